"""Caps on the rota: weeks without rest, short nights and long weeks are refused, naming cap and days (HRS-7)."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from bylaw.attendance.v1 import policies_pb2 as policies

from tests.builders.attendance import BY_ROTA, FIXED_WEEK, AttendanceService, attendance_service, cell
from tests.builders.leave import refusal
from tests.databases import Databases
from tests.integration.attendance.rota_office import Office, refused

CREWS = "shiftPatterns/crews@1"
LONG = [{"hours": "08:00-20:00"}]
EVERY_DAY = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def office_in(attendance: AttendanceService) -> tuple[Any, ...]:
    people = attendance.people
    company, site = people.unit("ACME").name, people.site().name
    shop, store = people.unit("shop", company).name, people.unit("store", company).name
    anna, ben = (people.person(number, shop, site).name for number in ("A-1", "B-1"))
    cleo = people.person("C-1", store, site).name
    attendance.assign(shop, since="2026-01-01", pattern=BY_ROTA)
    attendance.assign(store, since="2026-01-01")
    return shop, shop, store, anna, ben, cleo, site


@pytest.fixture
def office(postgres: Databases) -> Iterator[Office]:
    """The shop rests by rota, five days a month; the store works the week."""
    with attendance_service(postgres, fill=office_in) as attendance:
        yield Office(attendance, *attendance.filled)


def rest(person: str, *days: int, month: str = "2026-03") -> list[Any]:
    return [cell(person, f"{month}-{day:02}", "rest") for day in days]


def told(office: Office, *cells: Any, unit: str = "") -> list[tuple[str, str, str]]:
    """The faults of a refused batch: field, reason, English words."""
    return [(one.field, one.reason, one.en) for one in refused(office, *cells, unit=unit).violations]


@pytest.mark.clause("HRS-7")
def test_days_of_rest_that_leave_a_week_without_any_are_refused_naming_the_cap_and_the_weeks(office: Office) -> None:
    """March begins on a Sunday: five days off in its first two weeks leave none for the others."""
    refusal = refused(office, *rest(office.anna, 2, 3, 4, 9, 10), *rest(office.ben, 1, 2, 9, 16, 23))

    (fault,) = refusal.violations
    assert refusal.clause == "HRS-7"
    assert (fault.field, fault.reason) == ("rota_cells[4].code", "ROTA_WEEK_WITHOUT_REST")
    assert fault.en == (
        "A-1 has not the day off that each week must have (cap: at least 1) in the weeks 2026-03-16 to 2026-03-22,"
        " 2026-03-23 to 2026-03-29, and too few days of rest are left for them. Give each of these weeks one, or move"
        " one there."
    )
    assert fault.zh == (
        "A-1 在以下各周排不到每周至少 1 天的休息：2026-03-16 至 2026-03-22、2026-03-23 至 2026-03-29。"
        "请为这几周安排休息日，或调换其他日子的休息。"
    )
    assert office.cells(office.shop, "2026-03") == []


@pytest.mark.clause("HRS-7")
def test_a_rota_may_be_published_week_by_week_until_too_few_days_of_rest_are_left(office: Office) -> None:
    for days in ((2,), (3,), (9,)):
        office.attendance.publish(office.shop, *rest(office.anna, *days))

    (fault,) = told(office, *rest(office.anna, 10))

    assert fault[:2] == ("rota_cells[0].code", "ROTA_WEEK_WITHOUT_REST")
    assert office.attendance.publish(office.shop, *rest(office.anna, 16, 29)).published_count == 2


@pytest.mark.clause("HRS-7")
def test_a_week_over_the_edge_of_a_month_counts_in_the_month_in_which_it_ends(office: Office) -> None:
    """The week from 29 June to 5 July: only who rested on the twenty-ninth needs no day off in it in July."""
    office.attendance.publish(office.shop, *rest(office.anna, 1, 8, 15, 22, 29, month="2026-06"))
    office.attendance.publish(office.shop, *rest(office.ben, 1, 8, 15, 22, 23, month="2026-06"))
    july = (6, 13, 14, 20, 21)

    faults = told(office, *rest(office.anna, *july, month="2026-07"), *rest(office.ben, *july, month="2026-07"))

    assert [(field, reason) for field, reason, _ in faults] == [("rota_cells[9].code", "ROTA_WEEK_WITHOUT_REST")]
    assert "B-1 " in faults[0][2]
    assert "in the weeks 2026-06-29 to 2026-07-05, and" in faults[0][2]


@pytest.mark.clause("HRS-7")
def test_a_sunday_that_the_rota_has_worked_needs_another_day_off_in_its_week(office: Office) -> None:
    """Whoever works Monday to Saturday can still be given the floating day; with it taken, nothing is left."""
    sunday = [cell(office.cleo, "2026-03-15", pattern=FIXED_WEEK, working_days=["sunday"])]
    assert office.attendance.publish(office.store, *sunday).published_count == 1
    office.delete(office.cleo, "2026-03-15")
    office.attendance.publish(office.store, cell(office.cleo, "2026-03-03", "floating"))

    (fault,) = told(office, *sunday, unit=office.store)

    assert fault[1] == "ROTA_WEEK_WITHOUT_REST"
    assert "2026-03-09 to 2026-03-15" in fault[2]
    assert office.cells(office.cleo, "2026-03") == [(office.cleo, "2026-03-03", "floating")]


@pytest.mark.clause("HRS-7")
def test_shifts_with_too_little_time_between_them_are_refused_with_their_days_also_over_the_end_of_a_month(
    office: Office,
) -> None:
    office.attendance.assign(office.cleo, since="2026-01-01", pattern=CREWS, cycle=["early", "early", "rest"])
    night, late = cell(office.cleo, "2026-03-03", "late"), cell(office.cleo, "2026-03-31", "late")

    faults = told(office, night, late, cell(office.cleo, "2026-04-01", "early"), unit=office.store)

    assert [(field, reason) for field, reason, _ in faults] == [
        ("rota_cells[1].code", "ROTA_GAP_TOO_SHORT"),
        ("rota_cells[2].code", "ROTA_GAP_TOO_SHORT"),
    ]
    assert faults[0][2] == (
        "C-1 has less than 10 hours between shifts: 2026-03-31/2026-04-01 (8.0 h). Choose other shifts, or put a day of"
        " rest between them."
    )
    resting = cell(office.cleo, "2026-04-01", "rest")
    assert office.attendance.publish(office.store, night, late, resting).published_count == 3


@pytest.mark.clause("HRS-7")
def test_hours_beyond_the_monthly_average_are_refused_with_the_days_that_add_to_them(office: Office) -> None:
    """A week of 45 hours with its floating day comes to less than 44 on average; Fridays of twelve hours do not."""
    floating = cell(office.cleo, "2026-03-03", "floating")
    fridays = [cell(office.cleo, f"2026-03-{day:02}", pattern=FIXED_WEEK, segments=LONG) for day in (6, 13, 20, 27)]
    assert office.attendance.publish(office.store, floating, fridays[0]).published_count == 2

    (fault,) = told(office, *fridays, unit=office.store)

    assert fault[:2] == ("rota_cells[1].code", "ROTA_HOURS_EXCEEDED")
    assert fault[2] == (
        "C-1 would work 46.4 hours a week in 2026-03 on average, beyond the cap of 44; 2026-03-13, 2026-03-20,"
        " 2026-03-27 add to them. Plan shorter shifts, or more days of rest."
    )


@pytest.mark.clause("HRS-7", "HRS-1", "HRS-2")
@pytest.mark.parametrize("month", ["2026-03", "2026-07", "2026-08"])
def test_the_shipped_week_with_its_floating_day_and_the_shipped_rota_with_its_five_days_pass(
    office: Office, month: str
) -> None:
    """Also in July, which has four Sundays and no holiday in 31 days."""
    sundays = {"2026-03": (1, 8, 15, 22, 29), "2026-07": (5, 12, 19, 26, 31), "2026-08": (2, 9, 16, 23, 30)}[month]
    floating = cell(office.cleo, f"{month}-11", "floating")
    assert office.attendance.publish(office.store, floating).published_count == 1
    assert office.attendance.publish(office.shop, *rest(office.anna, *sundays, month=month)).published_count == 5


@pytest.mark.clause("HRS-7")
def test_a_month_that_broke_a_cap_before_stops_nobody_who_makes_it_no_worse(office: Office) -> None:
    """Two days of rest a month are the fault of the pattern's parameters, which nobody held against the caps then."""
    office.attendance.assign(office.anna, since="2026-01-01", pattern=BY_ROTA)
    with office.attendance.service.database.engine.begin() as connection:
        fewer = "update assignments set parameters = jsonb_set(parameters, '{rest_days}', '2') where subject = :one"
        connection.execute(sa.text(fewer), {"one": office.anna.removeprefix("people/")})
    assert office.attendance.publish(office.shop, *rest(office.anna, 2, 9)).published_count == 2
    assert office.attendance.publish(office.shop, cell(office.anna, "2026-03-20", pattern=BY_ROTA)).published_count == 1


def assigned(office: Office, **more: Any) -> policies.PatternAssignment:
    """Anna works every day from now on."""
    made = policies.PatternAssignment(subject=office.anna, shift_pattern=FIXED_WEEK, start_date="2026-03-01", **more)
    made.parameters["working_days"] = EVERY_DAY
    request = policies.CreatePatternAssignmentRequest(pattern_assignment=made)
    return office.attendance.policies.CreatePatternAssignment(request, metadata=office.attendance.everything)


@pytest.mark.clause("HRS-7")
def test_a_pattern_that_breaks_a_cap_by_itself_is_assigned_by_an_approved_system_of_hours_alone(office: Office) -> None:
    broken = refusal(assigned, office)
    assert (broken.reason, broken.clause) == ("PATTERN_WEEK_WITHOUT_REST", "HRS-7")
    unapproved = refusal(assigned, office, hours_system=policies.HOURS_SYSTEM_COMPREHENSIVE)
    assert unapproved.violations[0].field == "pattern_assignment.hours_approval"
    assert office.attendance.assignments(subject=office.anna) == [], "nothing is half-done"

    approved = {"hours_system": policies.HOURS_SYSTEM_COMPREHENSIVE, "hours_approval": "HRSS 2026-118"}
    made = assigned(office, **approved)

    assert (made.hours_system, made.hours_approval) == (policies.HOURS_SYSTEM_COMPREHENSIVE, "HRSS 2026-118")
    assert office.attendance.assignments(subject=office.anna) == [made], "the approval is on record"
    longer = cell(office.anna, "2026-03-20", pattern=FIXED_WEEK, working_days=EVERY_DAY, segments=LONG)
    assert office.attendance.publish(office.shop, longer).published_count == 1, "the rota heeds it too"
    early = [{"hours": "05:00-12:00"}]
    (fault,) = told(office, cell(office.anna, "2026-03-21", pattern=FIXED_WEEK, segments=early), unit=office.shop)
    assert fault[1] == "ROTA_GAP_TOO_SHORT", "but shifts stay apart"
