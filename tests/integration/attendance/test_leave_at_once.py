"""Leave when several act at once, calls are cut off, or people does not answer: nothing is taken twice, or lost."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
from bylaw.people.v1 import decisions_pb2 as decisions
from bylaw_attendance.store import leave_requests
from bylaw_chassis.status import refusal_from

from tests.builders.closing import Months
from tests.builders.leave import AGREED, REFUSED, WAITING, WITHDRAWN, YES, LeaveOffice, leave_office, refusal
from tests.builders.people import identifier
from tests.databases import Databases

TUESDAY = "2026-03-10"


@pytest.fixture
def office(postgres: Databases) -> Iterator[LeaveOffice]:
    with leave_office(postgres) as made:
        yield made


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each answers, or why it is refused."""

    def tried(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except grpc.RpcError as error:
            return refusal_from(error).reason

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(tried, acts))


@pytest.mark.clause("LVE-2")
def test_two_heads_and_one_employee_at_once_come_to_one_end(office: LeaveOffice) -> None:
    office.delegate(office.ben)
    for number in range(3):
        asked = office.ask("annual", f"2026-03-{10 + number}")
        said = at_once(
            lambda asked=asked: office.answer(asked),
            lambda asked=asked: office.answer(asked, decisions.ANSWER_KIND_REFUSE, who=office.ben),
            lambda asked=asked: office.cancel(asked.name),
        )
        office.learn()
        ended = office.get(asked.name)
        assert sum(not isinstance(one, str) for one in said) == 1, said
        won = next(place for place, one in enumerate(said) if not isinstance(one, str))
        assert ended.state == (AGREED, REFUSED, WITHDRAWN)[won]
        taken = [entry for entry in office.entries("annual") if entry.leave_request == asked.name]
        assert len(taken) == (ended.state == AGREED)


@pytest.mark.clause("LVE-1")
def test_of_the_same_day_asked_for_twice_at_once_one_is_kept(office: LeaveOffice) -> None:
    said = at_once(*(lambda: office.ask("annual", TUESDAY) for _ in range(3)))
    kept = [one for one in said if not isinstance(one, str)]
    assert len(kept) == 1, said
    assert {one for one in said if isinstance(one, str)} <= {"LEAVE_NOT_ADMITTED", "LEAVE_IN_MOTION"}
    assert office.names() == [kept[0].name]


@pytest.mark.clause("LVE-1")
def test_a_balance_is_not_outrun_by_asking_at_once(office: LeaveOffice) -> None:
    weeks = ("2026-03-09", "2026-03-16", "2026-03-23")
    said = at_once(
        *(lambda first=first: office.ask("annual", first, f"2026-03-{int(first[8:]) + 2}") for first in weeks)
    )
    assert sum(not isinstance(one, str) for one in said) == 1, said
    (annual, *_) = office.shown_balances("2026-03-31")
    assert (annual.amount, annual.waiting) == ("5", "3")


def test_the_same_key_again_is_the_same_request(office: LeaveOffice) -> None:
    first = office.ask("annual", TUESDAY, request_id="k-1")
    assert office.ask("annual", TUESDAY, request_id="k-1") == first
    assert office.names() == [first.name]
    assert refusal(office.ask, "annual", "2026-03-11", request_id="k-1").reason == "KEY_REUSED"


@pytest.mark.clause("LVE-2")
def test_a_call_that_was_cut_off_before_people_answered_goes_on_with_its_key(office: LeaveOffice) -> None:
    asked = office.ask("annual", TUESDAY, request_id="k-1")
    forget(office, asked.name, with_key=True)
    again = office.ask("annual", TUESDAY, request_id="k-1")
    assert (again.name, again.decision, again.state) == (asked.name, asked.decision, WAITING)


@pytest.mark.clause("LVE-2")
def test_a_decision_that_was_not_noted_is_found_in_peoples_feed_and_counts(office: LeaveOffice) -> None:
    asked = office.ask("annual", TUESDAY)
    forget(office, asked.name)
    office.attendance.clock.pass_time(minutes=16)
    office.learn()
    office.run("leave-never-asked")
    assert office.get(asked.name).decision == asked.decision
    office.answer(asked, YES)
    office.learn()
    assert office.get(asked.name).state == AGREED


@pytest.mark.clause("LVE-2")
def test_what_people_was_never_asked_ends_by_itself_and_frees_its_days(office: LeaveOffice) -> None:
    asked = office.ask("annual", TUESDAY)
    forget(office, asked.name)
    with office.attendance.service.database.work() as work:
        work.connection.exec_driver_sql("delete from asked_decisions")
    office.attendance.clock.pass_time(minutes=16)
    office.run("leave-never-asked")
    ended = office.get(asked.name)
    assert (ended.state, ended.changed_by) == (WAITING, ""), "people's feed was not read to its end"
    office.run("organisation")
    with office.attendance.service.database.work() as work:
        work.connection.exec_driver_sql("delete from asked_decisions")
    office.run("leave-never-asked")
    assert office.get(asked.name).state == WITHDRAWN
    assert office.ask("annual", "2026-03-11").state == WAITING


@pytest.mark.clause("LVE-2")
def test_what_nobody_could_decide_is_refused_and_leaves_no_request(office: LeaveOffice) -> None:
    people = office.attendance.people
    branch = people.unit("BRANCH", since="2020-01-01").name
    eve = people.person("E-1", branch, Months(office).site, since="2020-01-01").name  # type: ignore[arg-type]
    office.attendance.assign(branch, since="2020-01-01")
    told = refusal(office.ask, "annual", TUESDAY, person=eve)
    assert told.reason == "DECISION_HAS_NOBODY"
    assert office.names(office.attendance.everything, parent=eve) == []
    with office.attendance.service.database.read() as connection:
        assert leave_requests.standing(connection, identifier(eve)) == []


def forget(office: LeaveOffice, name: str, *, with_key: bool = False) -> None:
    """As if the call had been cut off behind what it kept first."""
    with office.attendance.service.database.work() as work:
        work.connection.exec_driver_sql("update leave_requests set decision = null")
        if with_key:
            work.connection.exec_driver_sql("delete from request_keys")
    assert office.get(name).decision == ""
