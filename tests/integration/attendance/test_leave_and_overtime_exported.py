"""What payroll is told of leave and overtime: by kind and by rate, exactly, and the same once a month is closed."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from bylaw.attendance.v1 import closing_pb2 as closing
from bylaw.people.v1 import organisation_pb2 as org

from tests.builders.closing import FEBRUARY, Months
from tests.builders.exports import ZIP, files, rows
from tests.builders.leave import FIRST_HALF, leave_office, refusal
from tests.builders.overtime import FIVE_DAYS, TIME_OFF, OvertimeOffice
from tests.builders.people import SetClock
from tests.databases import Databases

MARCH = "2026-03"
TUESDAY, SATURDAY = "2026-03-24", "2026-03-28"


@pytest.fixture
def overtime(postgres: Databases) -> Iterator[OvertimeOffice]:
    with leave_office(postgres, clock=SetClock(datetime(2026, 3, 20, 4, tzinfo=UTC))) as office:
        office.attendance.assign(office.anna, since="2026-03-01", **FIVE_DAYS)
        yield OvertimeOffice(office)


def tables(months: Months, month: str = MARCH) -> dict[str, list[dict[str, str]]]:
    return {
        name.removesuffix(".csv"): rows(file) for name, file in files(months.exported(month, format=ZIP).data).items()
    }


def shown(found: list[dict[str, str]], *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in columns) for row in found]


def asked(overtime: OvertimeOffice) -> None:
    """A day and a half of annual leave, unpaid hours, a trip; overtime after work, and on a Saturday as time off."""
    office = overtime.office
    overtime.agreed(TUESDAY, "18:00-20:00")
    overtime.agreed(SATURDAY, "09:00-12:00", compensation=TIME_OFF)
    office.agreed("annual", "2026-03-30", "2026-03-31", end_half=FIRST_HALF)
    office.agreed("personal", "2026-03-26", start_time="08:30", end_time="09:40")
    office.agreed("trip", "2026-03-27")
    overtime.attendance.clock.pass_time(days=18)
    overtime.punched(TUESDAY, "08:25", "12:01", "13:55", "19:30")
    overtime.punched(SATURDAY, "09:00", "11:00")


def closed(overtime: OvertimeOffice) -> Months:
    """The office's March, closed on the 7th of April."""
    months = Months(overtime.office)  # type: ignore[arg-type]
    overtime.punched("2026-04-06", "08:25")
    months.finish(MARCH)
    return months


@pytest.mark.clause("SHT-1", "LVE-1", "LVE-3", "HRS-7")
def test_leave_stands_by_kind_and_overtime_by_rate_and_both_add_up_on_the_sheet(overtime: OvertimeOffice) -> None:
    asked(overtime)
    found = tables(Months(overtime.office))  # type: ignore[arg-type]
    of_kind = shown(
        found["leave"],
        "employee_number",
        "kind",
        "paid",
        "counts_as_worked",
        "minutes",
        "days",
        "days_numerator",
        "days_denominator",
    )
    assert of_kind == [
        ("A-1", "annual", "yes", "no", "660", "1.5", "3", "2"),
        ("A-1", "personal", "no", "no", "70", "0.155556", "7", "45"),
        ("A-1", "trip", "yes", "yes", "450", "1", "1", "1"),
    ]
    found_of = shown(
        found["overtime"], "work_date", "day_kind", "percent", "compensation", "agreed_minutes", "found_minutes"
    )
    assert found_of == [
        (TUESDAY, "working-day", "150", "pay", "120", "90"),
        (SATURDAY, "rest-day", "200", "time-off", "180", "120"),
    ]
    (anna,) = (row for row in found["sheets"] if row["employee_number"] == "A-1")
    assert (anna["overtime_150_pay_minutes"], anna["overtime_200_time_off_minutes"]) == ("90", "120")
    assert (anna["paid_leave_minutes"], anna["unpaid_leave_minutes"], anna["outside_minutes"]) == ("660", "70", "450")
    by_day = rows(Months(overtime.office).exported(MARCH, layout="exportLayouts/bylaw-days@1").data)  # type: ignore[arg-type]
    days = {row["work_date"]: row for row in by_day if row["employee_number"] == "A-1"}
    assert (days["2026-03-31"]["leave_kinds"], days["2026-03-31"]["leave_minutes"]) == ("annual", "210")
    assert (days[SATURDAY]["day_kind"], days[SATURDAY]["overtime_minutes"]) == ("rest", "120")
    assert {row["version"] for table in found.values() for row in table} == {"0"}


@pytest.mark.clause("SHT-1", "SHT-3")
def test_what_a_closed_month_says_of_leave_and_overtime_stays_whatever_comes_later(overtime: OvertimeOffice) -> None:
    asked(overtime)
    months = closed(overtime)
    before = months.exported(MARCH, format=ZIP)
    assert {row["final"] for row in tables(months)["overtime"]} == {"yes"}
    (leave, *_) = overtime.office.names()
    assert refusal(overtime.office.give_back, leave).reason == "MONTH_CLOSED"
    assert refusal(overtime.ask, TUESDAY, "20:00-21:00").reason == "OVERTIME_TOO_LATE"
    overtime.punched(TUESDAY, "19:59")
    assert months.exported(MARCH, format=ZIP) == before, "a punch that came late counts by a version of its own"


@pytest.mark.clause("SHT-3", "HRS-7", "LVE-1")
def test_what_a_correction_changes_of_leave_and_overtime_counts_in_the_month_of_the_correction(
    overtime: OvertimeOffice,
) -> None:
    asked(overtime)
    months = closed(overtime)
    (annual,) = (name for name in overtime.office.names() if overtime.office.get(name).kind == "annual")
    off = closing.LeaveTakenOff(leave_request=annual, dates=["2026-03-31"])
    months.correct(overtime.anna, "the gate's book", month=MARCH, punches=[f"{TUESDAY} 19:59"], leave_taken_off=[off])
    april = tables(months, "2026-04")
    (moved,) = shown(
        april["leave"], "row", "sheet_month", "version", "kind", "paid", "minutes", "days_numerator", "days_denominator"
    )
    assert moved == ("adjustment", MARCH, "2", "annual", "yes", "-210", "-1", "2")
    (more,) = shown(april["overtime"], "row", "sheet_month", "version", "work_date", "agreed_minutes", "found_minutes")
    assert more == ("adjustment", MARCH, "2", TUESDAY, "120", "29")
    (row,) = (row for row in april["sheets"] if row["row"] == "adjustment")
    assert (row["overtime_150_pay_minutes"], row["paid_leave_minutes"], row["remark"]) == (
        "29",
        "-210",
        "the gate's book",
    )
    anna = [one for one in tables(months)["sheets"] if one["employee_number"] == "A-1"]
    assert shown(anna, "version", "overtime_150_pay_minutes", "paid_leave_minutes") == [
        ("2", "119", "450"),
        ("2", "-29", "210"),
    ], "what counts in April is taken out of March"


@pytest.mark.clause("SHT-1", "SHT-3", "HRS-7")
def test_overtime_of_a_closed_month_stays_at_its_rate_whatever_the_calendar_of_the_site_is_by_now(
    postgres: Databases,
) -> None:
    """The 18th of February is a day of the Spring Festival, by the calendar of the site until it gets another one."""
    with leave_office(postgres, clock=SetClock(datetime(2026, 2, 16, 4, tzinfo=UTC))) as office:
        office.attendance.assign(office.anna, since="2026-02-01", **FIVE_DAYS)
        overtime = OvertimeOffice(office)
        overtime.agreed("2026-02-18", "09:00-11:00")
        overtime.attendance.clock.pass_time(days=18)
        overtime.punched("2026-02-18", "09:00", "11:00")
        overtime.punched("2026-03-06", "08:25")
        months = Months(office)  # type: ignore[arg-type]
        months.finish()
        before = months.exported(format=ZIP)
        found = shown(tables(months, FEBRUARY)["overtime"], "day_kind", "percent", "found_minutes", "final")
        assert found == [("statutory-holiday", "300", "120", "yes")]

        site = org.Site(name=months.site, calendar="NONE", effective_date="2026-02-01")
        request = org.UpdateSiteRequest(site=site, update_mask={"paths": ["calendar"]})
        overtime.attendance.people.organisation.UpdateSite(request, metadata=months.office)
        overtime.attendance.follow_people()

        assert months.exported(format=ZIP) == before
