"""A service asks for its user and learns the outcome: exactly once in effect, whatever dies when (DEC-2)."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from bylaw.people.v1 import decisions_pb2 as messages
from bylaw_chassis.findings import Examined
from bylaw_chassis.outcome_check import outcomes_applied
from bylaw_chassis.outcome_rows import decided
from bylaw_chassis.outcomes import Outcome, Outcomes
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.tables import cursors
from bylaw_chassis.work import Work

from tests.builders.decisions import REFUSE, SEND_BACK, Department, days, refusal
from tests.databases import Databases
from tests.integration.people.decisions.asking import MIGRATIONS, Asker, asker, book
from tests.integration.people.test_races import at_once

pytestmark = pytest.mark.postgresql15


@pytest.fixture
def attendance(acme: Department, postgres: Databases) -> Iterator[Asker]:
    with asker(acme, postgres) as made:
        yield made


def agreed(attendance: Asker, subject: str = "leaveRequests/1") -> messages.Decision:
    """A leave that was asked for by the service and agreed."""
    return attendance.acme.answer("chen", attendance.ask("wang", subject=subject))


@pytest.mark.clause("DEC-2", "LVE-2")
def test_what_a_service_asks_for_its_user_is_asked_once_and_is_the_users_request(attendance: Asker) -> None:
    first = attendance.ask("wang")
    assert (first.asking_service, first.requester) == ("attendance", attendance.acme.name("wang"))
    assert attendance.ask("wang").name == first.name
    with pytest.raises(Refusal, match="DECISION_ASKED_DIFFERENTLY"):
        attendance.ask("wang", "2")
    assert attendance.ask("zhao").name != first.name
    attendance.acme.withdraw("wang", first)
    assert attendance.ask("wang", "2").name != first.name


def test_the_same_asked_at_once_is_one_decision(attendance: Asker) -> None:
    attendance.acme.token("wang")
    answers = at_once(*[lambda: attendance.ask("wang")] * 3)
    assert len({getattr(answer, "name", answer) for answer in answers}) == 1


@pytest.mark.clause("SEC-1")
def test_nobody_passes_for_a_service(attendance: Asker) -> None:
    acme = attendance.acme
    own = acme.token("wang")[0][1].removeprefix("Bearer ")
    for token in (own, "attendance", own[:-2]):
        assert refusal(lambda t=token: acme.ask("wang", extra=(("x-service-token", t),))) == "TOKEN_INVALID"
    assert refusal(lambda: acme.ask("wang", asking_service="attendance", quantity=days("1"))) == "FIELD_NOT_WRITABLE"
    assert acme.ask("wang", quantity=days("1")).asking_service == ""


def test_what_a_service_asked_is_changed_by_it_alone(attendance: Asker) -> None:
    acme, asked = attendance.acme, attendance.ask("wang", "9")
    back = acme.answer("chen", asked, SEND_BACK, "shorter")
    assert refusal(lambda: acme.resubmit("wang", back, quantity=days("1"))) == "DECISION_OF_SERVICE"
    shorter = messages.ResubmitDecisionRequest(name=back.name, decision=messages.Decision(quantity=days("1")))
    assert attendance.send("wang", shorter).quantity.value == "1"


@pytest.mark.clause("DEC-2")
def test_an_outcome_has_its_effect_once_however_often_it_is_told(attendance: Asker) -> None:
    agreed(attendance)
    refused = attendance.ask("wang", subject="leaveRequests/2")
    attendance.acme.answer("chen", refused, REFUSE)
    attendance.ask("wang", subject="leaveRequests/3")
    attendance.acme.answer("chen", attendance.acme.ask("wang", quantity=days("1"), subjects=["leaveRequests/4"]))
    assert attendance.learn() == 2
    with attendance.own.database.engine.begin() as connection:
        connection.execute(cursors.delete())
    assert attendance.learn() == 0
    assert attendance.booked() == ["leaveRequests/1"]


@pytest.mark.clause("DEC-2")
def test_a_service_that_dies_between_the_effect_and_its_commit_makes_it_once_when_it_is_back(
    attendance: Asker,
) -> None:
    agreed(attendance)
    attendance.own.follower.catch_up()
    program = [sys.executable, "-m", "tests.integration.people.decisions.asking", attendance.url]
    assert subprocess.run(program, check=False, timeout=60).returncode == 9
    assert attendance.booked() == []
    assert attendance.learn() == 1
    assert attendance.learn() == 0
    assert attendance.booked() == ["leaveRequests/1"]


@pytest.mark.clause("DEC-2")
def test_two_workers_make_each_effect_once(attendance: Asker) -> None:
    subjects = [f"leaveRequests/{number}" for number in range(6)]
    for subject in subjects:
        agreed(attendance, subject)
    attendance.own.follower.catch_up()
    start = threading.Barrier(4)

    def work(_: int) -> int:
        start.wait()
        return attendance.outcomes.apply(attendance.own.database)

    with ThreadPoolExecutor(4) as pool:
        made = sum(pool.map(work, range(4)))
    made += attendance.outcomes.apply(attendance.own.database)
    assert (made, attendance.booked()) == (6, subjects)


def test_an_effect_that_fails_is_tried_again_and_holds_up_no_other(attendance: Asker) -> None:
    agreed(attendance, "leaveRequests/bad")
    agreed(attendance, "leaveRequests/good")
    attendance.own.follower.catch_up()

    def fragile(work: Work, outcome: Outcome) -> None:
        book(work, outcome)
        if outcome.subjects == ("leaveRequests/bad",):
            raise ValueError

    database = attendance.own.database
    assert Outcomes("attendance", {"leave": fragile}).apply(database) == 1
    assert attendance.booked() == ["leaveRequests/good"]
    with database.engine.begin() as connection:
        waiting = sa.select(decided.c.attempts, decided.c.last_error).where(decided.c.applied_at.is_(None))
        assert connection.execute(waiting).one() == (1, "ValueError")
        found = outcomes_applied(connection, Examined(database, MIGRATIONS))
        assert (found.holds, found.seen.en[:5], found.seen.en[-10:]) == (False, "leave", "ValueError")
        connection.execute(decided.update().values(try_at=sa.func.now()))
    assert attendance.learn() == 1
    with database.read() as connection:
        assert outcomes_applied(connection, Examined(database, MIGRATIONS)).holds
    assert attendance.booked() == ["leaveRequests/bad", "leaveRequests/good"]
