"""What questions to a directory of 100,000 people and 5,000 units cost, against one of 1,000 people and 50 units.

Both have the same unit with ten teams below it, so that both answer alike: what grows is only what surrounds it.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bylaw.people.v1 import staff_pb2, staff_pb2_grpc
from bylaw_chassis.caller import Caller, HeldGrant, Scope
from bylaw_chassis.local_channel import LocalChannel
from bylaw_chassis.official_calendar import knows_calendar
from bylaw_chassis.tokens import mint
from bylaw_people.permissions import permissions
from bylaw_people.ports import Needs
from bylaw_people.rules.access.roles import roles
from bylaw_people.store.signing_keys import SigningKeys
from bylaw_people.store.work import Store
from bylaw_people.use_cases.finding import EVERYONE
from bylaw_people.use_cases.holding import caller_for
from bylaw_people.zones import knows_zone

from benchmarks.directory_world import MASTER_KEY, NOW, DirectoryWorld, directory_world, person_id, unit_id

SMALL, LARGE = (1_000, 50), (100_000, 5_000)
MIDDLE = {SMALL: 1, LARGE: 300}
"""A unit with ten teams below it, and nothing below those."""

ROUNDS, TIMEOUT_SECONDS, DAY = 40, 30, "2022-05-17"
Metadata = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Questions:
    """The questions, put to one directory."""

    world: DirectoryWorld
    middle: int
    anybody: Metadata
    head: Metadata

    def subtree(self) -> Any:
        """The first hundred people of the unit and below as of a date, for somebody who sees everybody."""
        return self._people(
            staff_pb2.ListPeopleRequest(unit=f"units/{unit_id(self.middle)}", as_of_date=DAY), self.anybody
        )

    def reach(self) -> Any:
        """The same for the unit's head, who sees nobody else."""
        return self._people(staff_pb2.ListPeopleRequest(as_of_date=DAY), self.head)

    def may(self) -> Any:
        """What the unit's head may do today."""
        database = self.world.service.database
        known, zone = permissions(), ZoneInfo("Asia/Shanghai")
        needs = Needs(Store(database), lambda: NOW, zone, roles(known.known), known, knows_zone, knows_calendar)
        with needs.store.read() as records:
            person = records.people.find(person_id(self.middle), EVERYONE, needs.today())
            assert person
            return caller_for(records, person, needs.today(), needs=needs)

    def _people(self, request: staff_pb2.ListPeopleRequest, metadata: Metadata) -> Any:
        stub = staff_pb2_grpc.StaffStub(LocalChannel(self.world.service.server))
        found = stub.ListPeople(request, metadata=metadata, timeout=TIMEOUT_SECONDS)
        assert len(found.people) == 100
        return found


def measure() -> list[dict[str, Any]]:
    """Each question put to both directories in turn, the quickest of many rounds of each."""
    with directory_world(*SMALL) as small, directory_world(*LARGE) as large:
        asked = [_questions(world, size) for world, size in ((small, SMALL), (large, LARGE))]
        return [
            _result("directory, subtree of a unit as of a date", [one.subtree for one in asked]),
            _result("directory, people within a head's reach as of a date", [one.reach for one in asked]),
            _result("directory, what may she do", [one.may for one in asked]),
        ]


def _questions(world: DirectoryWorld, size: tuple[int, int]) -> Questions:
    middle, permission = MIDDLE[size], frozenset({"people.staff.read"})
    anybody = _signed(world, HeldGrant(Scope.COMPANY, None, permission))
    head = _signed(world, HeldGrant(Scope.SUBTREE, unit_id(middle), permission))
    return Questions(world, middle, anybody, head)


def _signed(world: DirectoryWorld, grant: HeldGrant) -> Metadata:
    key = SigningKeys(world.service.database, MASTER_KEY).current()
    caller = Caller(person=person_id(0), grants=(grant,))
    token = mint(caller, key_id=key.id, key=key.private, now=NOW, lifetime=timedelta(minutes=15))
    return (("authorization", f"Bearer {token}"),)


def _result(name: str, questions: list[Callable[[], Any]]) -> dict[str, Any]:
    rounds = [[_milliseconds(question) for question in questions] for _ in range(ROUNDS)]
    small, large = (min(spent) for spent in zip(*rounds, strict=True))
    middle = [statistics.median(spent) for spent in zip(*rounds, strict=True)]
    detail = f"{large:.2f} ms with 100,000 people and 5,000 units, {small:.2f} ms with 1,000 and 50"
    return {
        "name": name,
        "ratio": round(large / small, 2),
        "goal": "<= 2",
        "unit": "times the time with 1,000 people",
        "detail": f"{detail}; medians {middle[1]:.2f} and {middle[0]:.2f} ms",
    }


def _milliseconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
