"""A refused sign-in is the same work whoever's login it names: statements, argon2, connections, and so time (SEC-1)."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher, extract_parameters
from bylaw.people.v1 import accounts_pb2 as accounts
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_people.use_cases.sign_in.password_check import PasswordCheck
from google.protobuf.field_mask_pb2 import FieldMask

from tests.builders.people import PeopleService, people_service
from tests.builders.sign_in import accounts_of, everything, refusal, session_of
from tests.databases import Databases

WRONG = "not it at all"
PAIRS, MOST_ROUNDS = 40, 4
WITHIN = 0.05
BEYOND_CHANCE = 4.0
"""Standard deviations: where neither of two is slower, one in sixteen thousand runs comes to as much."""

Work = tuple[tuple[str, int], ...]


def wrongly(people: PeopleService, login: str) -> str:
    """Why a try with a wrong password is refused."""
    return refusal(lambda: session_of(people, login, WRONG))


class WatchedHasher(PasswordHasher):
    """Argon2 that notes how much work each comparison was: the parameters of the hash and the length of the try."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.compared: list[tuple[str, int]] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - argon2's own name
        """Compares as argon2 does."""
        self.compared.append((repr(extract_parameters(str(hash))), len(password)))
        return super().verify(hash, password)


@contextmanager
def watched(people: PeopleService) -> Iterator[list[tuple[str, int]]]:
    """What the engine is asked meanwhile: each statement with how many rows it brings, and each connection taken."""
    seen: list[tuple[str, int]] = []

    def asked(_connection: Any, _cursor: Any, statement: str, rows: Any, *_: Any) -> None:
        seen.append((statement, len(rows)))

    def taken(*_: Any) -> None:
        seen.append(("a connection", 1))

    engine = people.service.database.engine
    sa.event.listen(engine, "before_cursor_execute", asked)
    sa.event.listen(engine, "checkout", taken)
    try:
        yield seen
    finally:
        sa.event.remove(engine, "before_cursor_execute", asked)
        sa.event.remove(engine, "checkout", taken)


def logins(people: PeopleService) -> list[str]:
    """A login of each kind there is, and one that nobody has."""
    site, company = people.site().name, people.unit("ACME").name
    people.person("works-here", company, site, login="works-here")
    people.person("left", company, site, login="left", until="2026-02-10")
    locked = people.person("locked", company, site, login="locked")
    accounts_of(people).LockAccount(accounts.LockAccountRequest(name=locked.name), metadata=everything(people))
    bare = people.person("no-password", company, site).name
    named = staff.UpdatePersonRequest(
        person=staff.Person(name=bare, login="no-password"), update_mask=FieldMask(paths=["login"])
    )
    people.staff.UpdatePerson(named, metadata=people.everything)
    return ["admin", "works-here", "left", "locked", "no-password", "nobody-has-this-one"]


@dataclass
class Stopwatch:
    """Refused tries of two logins in turn: what each took on the clock on the wall, and of this process's own work."""

    people: PeopleService
    walls: dict[str, list[float]] = field(default_factory=lambda: {"admin": [], "nobody": []})
    works: dict[str, list[float]] = field(default_factory=lambda: {"admin": [], "nobody": []})

    def measure(self) -> None:
        """As many pairs as make a round."""
        for number in range(PAIRS):
            for login in ("admin", "nobody") if number % 2 else ("nobody", "admin"):
                self._refused(login)

    def _refused(self, login: str) -> None:
        self.people.clock.pass_time(minutes=20)
        begun, used = time.perf_counter(), time.process_time()
        assert wrongly(self.people, login) == "SIGN_IN_REFUSED"
        self.works[login].append(time.process_time() - used)
        self.walls[login].append(time.perf_counter() - begun)

    @property
    def apart(self) -> tuple[float, float]:
        """By how much the medians differ, of a whole: work, and time on the wall."""
        medians = [[statistics.median(seconds[login]) for login in seconds] for seconds in (self.works, self.walls)]
        (work, other_work), (wall, other_wall) = medians
        return abs(work / other_work - 1), abs(wall / other_wall - 1)

    @property
    def leaning(self) -> float:
        """In how many more pairs than chance explains one of both was the slower on the wall; standard deviations."""
        slower = sum(one > other for one, other in zip(self.walls["admin"], self.walls["nobody"], strict=True))
        pairs = len(self.walls["admin"])
        return abs(2 * slower - pairs) / pairs**0.5


@pytest.mark.clause("SEC-1")
def test_a_refused_sign_in_asks_the_database_and_argon2_the_same_whoever_is_named(postgres: Databases) -> None:
    hasher = WatchedHasher()
    with people_service(postgres, check=PasswordCheck(hasher)) as people:
        done: dict[str, tuple[Work, Work]] = {}
        for login in logins(people) * 2:  # the second time their counts are on record
            people.clock.pass_time(minutes=20)
            hasher.compared.clear()
            with watched(people) as seen:
                assert wrongly(people, login) == "SIGN_IN_REFUSED"
            done[login] = (tuple(seen), tuple(hasher.compared))
        assert len(set(done.values())) == 1, done
        statements, compared = done["admin"]
        assert len(compared) == 1
        assert any("ON CONFLICT" in statement for statement, _ in statements)  # the try is counted


@pytest.mark.clause("SEC-1")
def test_refusing_takes_as_long_whether_the_login_exists_or_not(postgres: Databases) -> None:
    """Medians of interleaved tries within five per cent: of this process's own work, and of what a caller can measure.

    The clock on the wall also measures who else uses the machine: more tries are made until that evens out. A
    difference that stays is ours where the same one of both is the slower, pair by pair, more often than chance has it.
    """
    with people_service(postgres, check=PasswordCheck()) as people:
        Stopwatch(people).measure()  # what is slow the first time is over
        watch = Stopwatch(people)
        for _ in range(MOST_ROUNDS):
            watch.measure()
            if max(watch.apart) < WITHIN:
                break
        work, wall = watch.apart
        assert work < WITHIN
        assert wall < WITHIN or watch.leaning < BEYOND_CHANCE, (wall, watch.leaning)
