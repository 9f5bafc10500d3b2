"""Whoever is on a trip or on duty outside works: halves and days of it are counted as worked, and exported (LVE-3)."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from bylaw.attendance.v1 import closing_pb2 as closing
from bylaw.attendance.v1 import sheets_pb2

from tests.builders.closing import Months
from tests.builders.exports import rows
from tests.builders.leave import FIRST_HALF, SECOND_HALF, LeaveOffice, leave_office
from tests.builders.overtime import OvertimeOffice
from tests.builders.people import SetClock
from tests.databases import Databases

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (f"2026-03-{day}" for day in (24, 25, 26, 27))


@pytest.fixture
def office(postgres: Databases) -> Iterator[LeaveOffice]:
    with leave_office(postgres, clock=SetClock(datetime(2026, 3, 20, 4, tzinfo=UTC))) as made:
        yield made


def totals(office: LeaveOffice) -> sheets_pb2.Totals:
    return office.attendance.sheet(office.anna, "2026-03").totals


def exported(office: LeaveOffice) -> dict[str, int]:
    found = rows(Months(office).exported("2026-03").data)  # type: ignore[arg-type]
    (anna,) = (row for row in found if row["employee_number"] == "A-1" and row["row"] == "sheet")
    return {name: int(anna[name]) for name in ("planned_days", "worked_days", "planned_halves", "worked_halves")}


@pytest.mark.clause("LVE-3")
def test_halves_of_a_trip_and_of_duty_outside_are_planned_and_worked_and_so_are_their_days(office: LeaveOffice) -> None:
    planned, before = totals(office), exported(office)
    office.agreed("trip", TUESDAY, WEDNESDAY)
    office.agreed("outside-duty", THURSDAY, end_half=FIRST_HALF)
    office.agreed("outside-duty", FRIDAY, start_time="08:30", end_time="12:00")

    after = totals(office)
    assert (after.planned_halves, after.planned_days) == (planned.planned_halves, planned.planned_days)
    assert after.worked_halves == planned.worked_halves + 6
    found = exported(office)
    assert (found["planned_days"], found["planned_halves"]) == (before["planned_days"], before["planned_halves"])
    assert found["worked_halves"] == before["worked_halves"] + 6
    assert found["worked_days"] == before["worked_days"] + 2, "Thursday's and Friday's other halves are not worked yet"


@pytest.mark.clause("LVE-3", "LVE-1")
def test_a_half_counts_once_nothing_of_it_is_planned_and_leave_beside_it_does_not(office: LeaveOffice) -> None:
    planned = totals(office)
    office.agreed("outside-duty", TUESDAY, start_time="14:00", end_time="16:00")
    assert totals(office).worked_halves == planned.worked_halves, "two hours of it are planned still"
    office.agreed("personal", TUESDAY, start_time="16:00", end_time="18:00")
    assert totals(office).worked_halves == planned.worked_halves + 1, "of the whole half nobody has to be there"
    office.agreed("annual", WEDNESDAY, end_half=FIRST_HALF)
    office.agreed("outside-duty", WEDNESDAY, start_half=SECOND_HALF)
    after = totals(office)
    assert after.worked_halves == planned.worked_halves + 2
    assert after.planned_halves == planned.planned_halves - 1, "leave is not planned any more"
    assert exported(office)["worked_days"] == 1


@pytest.mark.clause("LVE-3", "HRS-7")
def test_hours_of_the_week_hold_trips_and_duty_outside_as_planned_and_worked(office: LeaveOffice) -> None:
    overtime = OvertimeOffice(office)
    before = overtime.hours()
    office.agreed("trip", TUESDAY, WEDNESDAY)
    office.agreed("outside-duty", THURSDAY, end_half=FIRST_HALF)
    office.agreed("outside-duty", FRIDAY, start_time="14:00", end_time="16:00")

    after = overtime.hours()
    assert after.planned_minutes == before.planned_minutes
    assert after.average_weekly_tenths == before.average_weekly_tenths
    assert after.worked_minutes == before.worked_minutes + 2 * 450 + 210 + 120
    found = [(one.start_date, one.worked_minutes, one.planned_minutes, one.free_days) for one in after.weeks]
    own = [(one.start_date, one.worked_minutes, one.planned_minutes, one.free_days) for one in before.weeks]
    (week,) = (place for place, one in enumerate(own) if one[0] == "2026-03-23")
    assert found[week] == (own[week][0], own[week][1] + 1230, *own[week][2:]), "a day of a trip is no free day"
    assert found[:week] + found[week + 1 :] == own[:week] + own[week + 1 :]

    office.agreed("annual", "2026-03-30")
    assert overtime.hours().planned_minutes == before.planned_minutes - 450, "leave is not planned any more"


@pytest.mark.clause("LVE-3", "HRS-7")
def test_overtime_on_a_day_of_a_trip_or_of_leave_is_that_of_a_working_day(office: LeaveOffice) -> None:
    overtime = OvertimeOffice(office)
    office.agreed("trip", TUESDAY, "2026-03-29")
    office.agreed("annual", "2026-03-30")
    percent = {day: overtime.ask(day, "19:00-21:00").percent for day in (TUESDAY, "2026-03-29", "2026-03-30")}
    assert percent == {TUESDAY: 150, "2026-03-29": 200, "2026-03-30": 150}, "a Sunday is a day of rest on a trip too"


@pytest.mark.clause("LVE-3", "SHT-3")
def test_a_trip_put_onto_a_closed_month_counts_where_the_correction_does(office: LeaveOffice) -> None:
    months = Months(office)  # type: ignore[arg-type]
    office.agreed("outside-duty", "2026-03-31", end_half=FIRST_HALF)
    office.attendance.clock.pass_time(days=18)
    OvertimeOffice(office).punched("2026-04-06", "08:25")
    months.finish("2026-03")
    before = totals(office)

    trip = closing.CorrectedLeave(kind="trip", start_date=TUESDAY)
    rest = closing.CorrectedLeave(kind="trip", start_date="2026-03-31", start_half=SECOND_HALF)
    first = months.correct(office.anna, month="2026-03", leave=trip)
    assert (first.difference.worked_halves, first.difference.planned_halves) == (2, 0)
    assert (first.difference.planned_days, first.difference.absent_halves) == (0, -2)
    second = months.correct(office.anna, month="2026-03", leave=rest)
    assert (second.difference.worked_halves, second.difference.planned_days) == (1, 0)
    assert totals(office).worked_halves == before.worked_halves + 3
    counted = [row for row in rows(months.exported("2026-04").data) if row["row"] == "adjustment"]
    assert [(row["worked_days"], row["worked_halves"]) for row in counted] == [("1", "2"), ("1", "1")]
