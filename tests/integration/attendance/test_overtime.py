"""Overtime is asked for ahead, agreed by the head, and counts to the minute as the punches bear it out (HRS-7)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import overtime_pb2 as overtime
from bylaw_chassis.caller import Scope
from bylaw_chassis.status import refusal_from

from tests.builders.calendar import company_day
from tests.builders.calendar import published as day_published
from tests.builders.leave import NO, leave_office, refusal
from tests.builders.leave_policies import STATUTORY, assign_leave
from tests.builders.overtime import (
    AGREED,
    FIVE_DAYS,
    PAY,
    REFUSED,
    TIME_OFF,
    WAITING,
    WITHDRAWN,
    OvertimeOffice,
)
from tests.databases import Databases

TODAY, TOMORROW, SATURDAY, SUNDAY = "2026-03-02", "2026-03-03", "2026-03-07", "2026-03-08"
HOLIDAY = "2026-04-05"
"""Tomb-Sweeping Day, a Sunday."""
REASON = "time off for overtime"
WORKED = ("08:20", "12:01", "13:50")


@pytest.fixture
def office(postgres: Databases) -> Iterator[OvertimeOffice]:
    with leave_office(postgres) as made:
        yield OvertimeOffice(made)


@pytest.mark.clause("HRS-7")
@pytest.mark.postgresql15
def test_what_was_agreed_and_is_in_the_punches_counts_to_the_minute_and_nothing_else(office: OvertimeOffice) -> None:
    asked = office.ask(TOMORROW, "18:00-20:30")
    assert (asked.state, asked.percent, asked.asked_minutes) == (WAITING, 150, 150)
    assert office.decided(asked).state == AGREED
    office.attendance.clock.pass_time(days=2)
    assert not office.get(asked.name).settled, "the clock may still send punches"
    office.punched(TOMORROW, *WORKED, "19:47")

    found = office.get(asked.name)

    assert (found.found_minutes, found.settled, found.day_changed) == (107, True, False)
    office.punched(TOMORROW, "21:10")
    assert office.get(asked.name).found_minutes == 150, "no more than was agreed"
    sheet = office.attendance.sheet(office.anna, "2026-03")
    assert (sheet.overtime.working_day_minutes, sheet.overtime.time_off_minutes) == (150, 0)
    (other, *_) = office.attendance.unit_sheets(office.office.store, "2026-03").sheets
    assert not other.HasField("overtime")
    hours = office.hours()
    assert (hours.overtime.working_day_minutes, hours.overtime.rest_day_minutes) == (150, 0)
    assert [week.overtime_minutes for week in hours.weeks][:3] == [0, 150, 0]


@pytest.mark.clause("HRS-7")
def test_a_refused_one_counts_nothing_and_frees_its_cap(office: OvertimeOffice) -> None:
    asked = office.ask(TOMORROW, "18:00-21:00")
    assert refusal(office.ask, TOMORROW, "21:00-21:30").reason == "OVERTIME_DAY_CAP"
    assert office.decided(asked, NO).state == REFUSED
    assert office.ask(TOMORROW, "21:00-21:30").state == WAITING
    office.attendance.service.runner.write_timers()
    while office.attendance.service.runner.run_one(["feed"]):
        pass
    assert office.told() == [WAITING, REFUSED, WAITING]


@pytest.mark.clause("HRS-7")
def test_it_is_asked_for_before_it_begins_and_outside_of_planned_hours(office: OvertimeOffice) -> None:
    late = refusal(office.ask, TODAY, "12:00-13:00")
    assert (late.reason, late.clause) == ("OVERTIME_TOO_LATE", "HRS-7")
    assert "2026-03-02 12:00" in late.message_en
    within = refusal(office.ask, TOMORROW, "17:30-19:00")
    assert within.reason == "OVERTIME_WITHIN_HOURS"
    assert "08:30-12:00, 14:00-18:00" in within.message_en
    assert office.ask(TODAY, "12:01-13:00").percent == 150


@pytest.mark.clause("HRS-7")
def test_a_cap_is_named_with_its_days_and_a_month_has_thirty_six_hours(office: OvertimeOffice) -> None:
    days = [f"2026-03-{number:02}" for number in (3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 16)]
    for day in days:
        office.ask(day, "18:00-21:00")
    refused = refusal(office.ask, "2026-03-17", "18:00-18:01")
    assert refused.reason == "OVERTIME_MONTH_CAP"
    assert "cap of 2160 minutes: 2160 count already, 1 are asked for (2026-03-03, " in refused.message_en
    assert office.ask("2026-04-01", "18:00-21:00").state == WAITING, "of another month"
    other = refusal(office.ask, "2026-04-01", "20:00-20:30")
    assert other.reason == "OVERTIME_OVERLAPS"


@pytest.mark.clause("HRS-7")
def test_two_requests_at_once_do_not_outrun_a_cap(office: OvertimeOffice) -> None:
    def ask(hours: str) -> str:
        try:
            return overtime.OvertimeState.Name(office.ask(TOMORROW, hours).state)
        except grpc.RpcError as error:
            return refusal_from(error).reason

    with ThreadPoolExecutor(2) as threads:
        found = sorted(threads.map(ask, ("18:00-20:00", "20:00-22:00")))
    assert found == ["OVERTIME_DAY_CAP", "OVERTIME_STATE_WAITING"]


@pytest.mark.clause("HRS-7")
def test_a_week_keeps_its_day_of_rest(office: OvertimeOffice) -> None:
    refused = refusal(office.ask, SUNDAY, "09:00-11:00")
    assert refused.reason == "OVERTIME_WEEK_WITHOUT_REST"
    assert "from 2026-03-02 to 2026-03-08" in refused.message_en
    office.attendance.assign(office.anna, since="2026-03-01", **FIVE_DAYS)
    assert office.ask(SATURDAY, "09:00-11:00").percent == 200
    assert refusal(office.ask, SUNDAY, "09:00-11:00").reason == "OVERTIME_WEEK_WITHOUT_REST", "the other one is taken"


@pytest.mark.clause("HRS-7")
def test_a_statutory_holiday_is_paid_three_times_over_and_never_by_time_off(office: OvertimeOffice) -> None:
    assert refusal(office.ask, HOLIDAY, "09:00-11:00", compensation=TIME_OFF).reason == "OVERTIME_NO_TIME_OFF"
    asked = office.ask(HOLIDAY, "09:00-11:00", compensation=PAY)
    assert (asked.percent, asked.compensation) == (300, PAY)


@pytest.mark.clause("HRS-7")
@pytest.mark.clause("HRS-3")
def test_a_day_that_changes_falls_back_until_the_head_confirms_it(office: OvertimeOffice) -> None:
    made = office.agreed(TOMORROW, "18:00-20:00")
    assert refusal(office.confirm, made.name).reason == "OVERTIME_DAY_UNCHANGED"
    day_published(office.attendance, company_day("", TOMORROW))
    office.attendance.clock.pass_time(days=2)
    office.punched(TOMORROW, "17:55", "20:05")

    changed = office.get(made.name)

    assert (changed.day_changed, changed.found_minutes, changed.percent) == (True, 0, 150)
    assert office.hours().overtime.working_day_minutes == 0
    own = office.attendance.caller(Scope.COMPANY, person=office.anna)
    assert refusal(office.confirm, made.name, own).reason == "OVERTIME_OWN"
    assert refusal(office.confirm, made.name, etag="77").reason == "OVERTIME_CHANGED"
    confirmed = office.confirm(made.name, etag=changed.etag)
    assert (confirmed.day_changed, confirmed.found_minutes, confirmed.percent) == (False, 120, 200)
    assert office.hours().overtime.rest_day_minutes == 120


@pytest.mark.clause("HRS-7")
@pytest.mark.clause("LVE-1")
def test_time_off_is_credited_once_it_is_found_and_put_right_when_it_is_found_otherwise(office: OvertimeOffice) -> None:
    lieu = office.office
    assign_leave(office.attendance, policy=STATUTORY)
    office.agreed(TOMORROW, "18:00-20:00", compensation=TIME_OFF)
    office.agreed("2026-03-04", "18:00-20:00", compensation=PAY)
    office.attendance.clock.pass_time(days=3)
    lieu.run("overtime-time-off")
    assert lieu.balances("2026-03-31").get("lieu", "0") == "0", "no clock has reported"
    office.punched(TOMORROW, *WORKED, "19:00")
    office.punched("2026-03-04", *WORKED, "20:00")

    for _ in range(2):
        lieu.run("overtime-time-off")

    assert lieu.balances("2026-03-31")["lieu"] == "60"
    office.punched(TOMORROW, "19:45")
    lieu.run("overtime-time-off")
    assert [(one.amount, one.explanation.en) for one in lieu.entries("lieu")] == [("45", REASON), ("60", REASON)]


@pytest.mark.clause("HRS-7", "DEC-2")
def test_overtime_that_nobody_could_decide_leaves_no_request_and_is_on_nobodys_own_responsibility(
    office: OvertimeOffice,
) -> None:
    told = refusal(office.ask, TOMORROW, person=office.office.dora)
    assert told.reason == "DECISION_HAS_NOBODY", "whoever heads everything grants themselves no pay"
    assert office.names(office.attendance.everything) == []


def test_one_that_waits_or_has_not_begun_is_taken_back_and_no_other(office: OvertimeOffice) -> None:
    waiting, agreed = office.ask(TOMORROW, "18:00-19:00"), office.agreed("2026-03-04", "18:00-19:00")
    assert refusal(office.confirm, waiting.name).reason == "OVERTIME_NOT_AGREED"
    assert refusal(office.withdraw, waiting.name, office.office.oneself(office.heidi)).reason == "OVERTIME_NOT_FOUND"
    told = refusal(office.withdraw, waiting.name, office.office.head)
    assert (told.reason, told.variables["person"]) == ("OVERTIME_NOT_OWN", "A-1")
    for made in (waiting, agreed):
        assert refusal(office.withdraw, made.name, etag="9").reason == "OVERTIME_CHANGED"
        assert office.withdraw(made.name, etag=made.etag).state == WITHDRAWN
        assert refusal(office.withdraw, made.name).reason == "OVERTIME_OVER"
    begun = office.agreed(TOMORROW, "18:00-19:00")
    office.attendance.clock.pass_time(days=2)
    assert refusal(office.withdraw, begun.name).reason == "OVERTIME_OVER"


def test_the_same_wish_again_is_the_same_request(office: OvertimeOffice) -> None:
    first = office.ask(TOMORROW, "18:00-19:00", request_id="one-and-the-same")
    assert office.ask(TOMORROW, "18:00-19:00", request_id="one-and-the-same") == first
    assert office.names() == [first.name]


def test_requests_are_listed_newest_first_by_unit_person_month_and_state(office: OvertimeOffice) -> None:
    first, second = office.ask(TOMORROW), office.agreed("2026-03-04")
    third = office.ask("2026-04-01", person=office.office.ben)
    assert office.names() == [third.name, second.name, first.name]
    assert office.names(parent=office.anna, month="2026-03") == [second.name, first.name]
    assert office.names(parent=office.office.shop, state=AGREED) == [second.name]
    assert office.names(office.office.oneself(office.office.cleo)) == []
    assert refusal(office.get, first.name, office.office.oneself(office.office.ben)).reason == "OVERTIME_NOT_FOUND"


def test_what_was_never_put_to_people_ends_by_itself_and_what_was_goes_on(office: OvertimeOffice) -> None:
    """As after a crash between keeping and asking, or between asking and noting: what is kept has no decision."""
    asked, lost = office.ask(TOMORROW, "18:00-19:00"), office.ask(TOMORROW, "19:00-20:00")
    office.attendance.clock.pass_time(minutes=16)
    office.office.run("organisation")
    with office.attendance.service.database.engine.begin() as connection:
        connection.exec_driver_sql("update overtime_requests set decision = null")
        connection.exec_driver_sql("delete from asked_decisions where subject = %s", (lost.name,))
    office.office.run("overtime-never-asked")
    assert (office.get(lost.name).state, office.get(lost.name).decision) == (WITHDRAWN, "")
    assert (office.get(asked.name).state, office.get(asked.name).decision) == (WAITING, asked.decision)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"hours": "18-20"}, "overtime_request.hours"),
        ({"hours": "18:00-18:00"}, "overtime_request.hours"),
        ({"day": "2099-03-03"}, "overtime_request.work_date"),
        ({"compensation": 0}, "overtime_request.compensation"),
        ({"compensation": 9}, "overtime_request.compensation"),
        ({"reason": " "}, "overtime_request.reason"),
        ({"day": "2026-02-30"}, "overtime_request.work_date"),
    ],
    ids=str,
)
def test_what_cannot_be_read_is_refused_with_its_field(
    office: OvertimeOffice, wrong: dict[str, Any], field: str
) -> None:
    given = {"day": TOMORROW, "hours": "18:00-19:00", **wrong}
    found = refusal(office.ask, given.pop("day"), given.pop("hours"), **given)
    assert found.reason == "FIELD_INVALID"
    assert field in found.message_en
    assert office.names() == []


def test_overtime_of_a_day_without_employment_or_by_no_person_is_refused(office: OvertimeOffice) -> None:
    assert refusal(office.ask, "2019-03-03").reason == "PERSON_NOT_EMPLOYED"
