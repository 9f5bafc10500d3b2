"""Two at once: one answer counts at a place, the other is told so; threads on a real database decide (DEC-1, DEC-2)."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from bylaw_people.app import build

from tests.builders.decisions import (
    AGREE,
    AGREED,
    FOR_ME,
    REFUSE,
    REFUSED,
    WAITING,
    WITHDRAWN,
    Department,
    days,
    yuan,
)
from tests.builders.people import QUICK, PeopleService, settings
from tests.integration.people.test_races import at_once

pytestmark = pytest.mark.postgresql15
ROUNDS = 4


@pytest.fixture
def second(acme: Department) -> Iterator[Department]:
    """Another worker on the same database."""
    first = acme.service
    service = build(settings(first.url), clock=first.clock, check=QUICK)
    worker = PeopleService(service, first.clock, first.url, first.administrator)
    yield Department(worker, acme.units, acme.people, acme.site)
    service.close()


@pytest.mark.clause("DEC-2")
def test_of_two_deciders_at_once_one_decides_and_the_other_is_told_that_the_step_is_done(
    acme: Department, second: Department
) -> None:
    acme.delegate("chen", "zhao")
    acme.token("zhao"), second.token("chen")
    for number in range(ROUNDS):
        decision = acme.ask("wang", quantity=days("1"), subjects=[f"leaveRequests/{number}"])
        answers = at_once(
            lambda d=decision: second.answer("chen", d, AGREE),
            lambda d=decision: acme.answer("zhao", d, REFUSE),
        )
        assert "DECISION_STEP_DONE" in answers
        (won,) = (answer for answer in answers if answer != "DECISION_STEP_DONE")
        seen = acme.see("wang", decision)
        assert (seen.state, seen.decided_by) == (won.state, won.decided_by)
        assert len(seen.answers) == 1
    told = [event.decision_changed for event in acme.service.events() if event.HasField("decision_changed")]
    assert len([one for one in told if one.state in {AGREED, REFUSED}]) == ROUNDS


@pytest.mark.clause("DEC-1")
def test_related_units_that_agree_at_once_both_count_and_open_the_next_step_once(
    acme: Department, second: Department
) -> None:
    acme.token("qian"), second.token("zhou")
    for _ in range(ROUNDS):
        decision = acme.ask("chen", "promotion-budget", money=yuan(9))
        answers = at_once(lambda d=decision: acme.answer("qian", d), lambda d=decision: second.answer("zhou", d))
        assert not [answer for answer in answers if isinstance(answer, str)]
        seen = acme.see("lin", decision)
        assert (seen.state, seen.step, len(seen.steps), len(seen.answers)) == (WAITING, 2, 2, 2)
    assert len(acme.listed("lin", FOR_ME)) == ROUNDS


@pytest.mark.clause("DEC-2")
def test_of_an_answer_and_a_withdrawal_at_once_one_counts(acme: Department, second: Department) -> None:
    acme.token("wang"), second.token("chen")
    for number in range(ROUNDS):
        decision = acme.ask("wang", quantity=days("1"), subjects=[f"leaveRequests/{number}"])
        answers = at_once(lambda d=decision: second.answer("chen", d), lambda d=decision: acme.withdraw("wang", d))
        refused = [answer for answer in answers if isinstance(answer, str)]
        assert refused in (["DECISION_STEP_DONE"], ["DECISION_OVER"])
        expected = WITHDRAWN if refused == ["DECISION_STEP_DONE"] else AGREED
        assert acme.see("wang", decision).state == expected


def test_timers_of_two_workers_remind_and_escalate_each_place_once(acme: Department, second: Department) -> None:
    decision = acme.ask("zhao", quantity=days("1"))
    acme.service.clock.pass_time(hours=97)
    at_once(acme.run_timers, second.run_timers, acme.run_timers, second.run_timers)
    statement = sa.text("select count(*) from notices where about = :about and title_en like :title")
    with acme.service.service.database.read() as connection:
        for title, expected in {"%is due%": 1, "%overdue%": 1, "A decision waits%": 1}.items():
            found = connection.execute(statement, {"about": decision.name, "title": title}).scalar()
            assert found == expected, title


@pytest.mark.clause("DEC-2")
def test_the_database_itself_refuses_that_somebody_decides_for_themselves(acme: Department) -> None:
    acme.ask("wang", quantity=days("1"))
    statement = "update decisions set state = 'agreed', decided_at = now(), decided_by = requester"
    with (
        pytest.raises(sa.exc.IntegrityError),
        acme.service.service.database.engine.begin() as connection,
    ):
        connection.execute(sa.text(statement))
