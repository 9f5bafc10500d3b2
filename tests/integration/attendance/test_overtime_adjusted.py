"""Overtime of a closed month that is found otherwise later becomes an adjustment in the month that is open (SHT-3)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from bylaw.attendance.v1 import closing_pb2 as closing
from bylaw.attendance.v1 import corrections_pb2 as corrections
from bylaw.attendance.v1 import punches_pb2 as punches

from tests.builders.closing import Months
from tests.builders.exports import ZIP, files, rows
from tests.builders.leave import LeaveOffice, leave_office
from tests.builders.overtime import FIVE_DAYS, TIME_OFF, OvertimeOffice
from tests.builders.people import SetClock
from tests.databases import Databases

MARCH, APRIL = "2026-03", "2026-04"
TUESDAY, SATURDAY, LAST = "2026-03-24", "2026-03-28", "2026-03-31"
AFTER = "2026-04-01"


@pytest.fixture
def overtime(postgres: Databases) -> Iterator[OvertimeOffice]:
    """Two hours on Tuesday evening, of which one and a half are found; a Saturday; the last night of the month."""
    with never_signed_out(postgres) as made:
        made.punched(AFTER, "01:02", "08:25")
        yield made


@pytest.fixture
def no_sign_out(postgres: Databases) -> Iterator[OvertimeOffice]:
    """Likewise, without the punch that ends the last night."""
    with never_signed_out(postgres) as made:
        made.punched(AFTER, "08:25")
        yield made


@contextmanager
def never_signed_out(postgres: Databases) -> Iterator[OvertimeOffice]:
    """Likewise, without the punches of the day after."""
    clock = SetClock(datetime(2026, 3, 20, 4, tzinfo=UTC))
    with leave_office(postgres, also=worked_overtime, clock=clock) as office:
        yield OvertimeOffice(office)


def worked_overtime(office: LeaveOffice) -> None:
    office.attendance.assign(office.anna, since="2026-03-01", **FIVE_DAYS)
    made = OvertimeOffice(office)
    made.agreed(TUESDAY, "18:00-20:00")
    made.agreed(SATURDAY, "09:00-12:00", compensation=TIME_OFF)
    made.agreed(LAST, "22:30-01:00")
    made.attendance.clock.pass_time(days=18)
    made.punched(TUESDAY, "08:25", "12:01", "13:55", "19:30")
    made.punched(SATURDAY, "09:00", "11:00")
    made.punched(LAST, "08:25", "12:01", "13:55", "18:05", "22:29")


def found(months: Months, month: str) -> list[tuple[str, str, str]]:
    """What an export holds of overtime: the row, the day, the minutes found."""
    told = {name: rows(file) for name, file in files(months.exported(month, format=ZIP).data).items()}
    return [(row["row"], row["work_date"], row["found_minutes"]) for row in told["overtime.csv"]]


def close(overtime: OvertimeOffice) -> Months:
    months = Months(overtime.office)  # type: ignore[arg-type]
    overtime.punched("2026-04-06", "08:25")
    months.finish(MARCH)
    return months


AS_CLOSED = [("sheet", TUESDAY, "90"), ("sheet", SATURDAY, "120"), ("sheet", LAST, "150")]


@pytest.mark.clause("HRS-7", "SHT-3")
def test_closing_a_month_changes_nothing_of_its_overtime_not_even_of_its_last_night(overtime: OvertimeOffice) -> None:
    assert found(Months(overtime.office), MARCH) == AS_CLOSED  # type: ignore[arg-type]
    assert found(close(overtime), MARCH) == AS_CLOSED


@pytest.mark.clause("HRS-7", "SHT-3")
def test_overtime_that_a_late_punch_shows_counts_in_the_month_that_is_open(overtime: OvertimeOffice) -> None:
    months = close(overtime)
    overtime.punched(TUESDAY, "19:59")
    overtime.punched(SATURDAY, "11:30")
    assert months.take_late() == 1
    assert found(months, APRIL) == [("adjustment", TUESDAY, "29"), ("adjustment", SATURDAY, "30")]
    (made,) = months.adjustments(APRIL)
    assert [(one.work_date, one.found_minutes, one.percent) for one in made.overtime] == [
        (TUESDAY, 29, 150),
        (SATURDAY, 30, 200),
    ]
    first, second = months.versions(overtime.anna, MARCH)
    assert (list(first.overtime), list(second.overtime)) == ([], list(made.overtime))


@pytest.mark.clause("HRS-7", "SHT-3")
def test_overtime_that_a_struck_punch_had_shown_is_taken_back_in_the_month_that_is_open(
    overtime: OvertimeOffice,
) -> None:
    months = close(overtime)
    request = punches.ListPunchesRequest(parent=overtime.anna, start_date=TUESDAY, end_date=TUESDAY)
    listed = overtime.attendance.punches.ListPunches(request, metadata=overtime.attendance.everything).punches
    (evening,) = (one.name for one in listed if "19:30" in one.local_time)
    made = months.correct(overtime.anna, "somebody else's card", month=MARCH, struck_punches=[evening])
    assert [(one.work_date, one.found_minutes) for one in made.overtime] == [(TUESDAY, -90)]
    assert found(months, APRIL) == [("adjustment", TUESDAY, "-90")]


@pytest.mark.clause("HRS-7", "SHT-3")
def test_overtime_of_a_day_that_a_correction_makes_another_is_taken_back(overtime: OvertimeOffice) -> None:
    months = close(overtime)
    day = closing.CorrectedDay(work_date=TUESDAY, day_off=True)
    made = months.correct(overtime.anna, "the office was shut", month=MARCH, days=[day])
    assert [(one.work_date, one.found_minutes) for one in made.overtime] == [(TUESDAY, -90)]


@pytest.mark.clause("HRS-7", "SHT-3")
def test_a_late_punch_that_ends_the_last_night_is_an_adjustment_and_no_silent_change(
    no_sign_out: OvertimeOffice,
) -> None:
    months = close(no_sign_out)
    assert found(months, MARCH) == [*AS_CLOSED[:2], ("sheet", LAST, "0")]
    no_sign_out.punched(AFTER, "01:02")
    assert found(months, MARCH) == [*AS_CLOSED[:2], ("sheet", LAST, "0")], "nothing changes by itself"
    assert (months.take_late(), months.take_late()) == (1, 0)
    assert found(months, APRIL) == [("adjustment", LAST, "150")]
    (made,) = months.adjustments(APRIL)
    assert (made.cause, made.version, made.counted_month) == (closing.SHEET_VERSION_CAUSE_LATE_PUNCHES, 2, APRIL)
    assert [(one.work_date, one.found_minutes, one.percent) for one in made.overtime] == [(LAST, 150, 150)]
    assert months.replays_the_same().count(2) == 1


@pytest.mark.clause("HRS-7", "SHT-3")
def test_a_late_punch_behind_a_closed_month_that_shows_no_overtime_of_it_makes_no_version(
    overtime: OvertimeOffice,
) -> None:
    months = close(overtime)
    overtime.punched(AFTER, "12:01")
    assert months.take_late() == 0
    assert found(months, MARCH) == AS_CLOSED
    assert len(months.versions(overtime.anna, MARCH)) == 1


@pytest.mark.clause("HRS-7", "SHT-3")
def test_a_punch_struck_behind_the_last_night_takes_its_overtime_back_on_record(overtime: OvertimeOffice) -> None:
    months = close(overtime)
    request = punches.ListPunchesRequest(parent=overtime.anna, start_date=AFTER, end_date=AFTER)
    listed = overtime.attendance.punches.ListPunches(request, metadata=overtime.attendance.everything).punches
    (night,) = (one.name for one in listed if "01:02" in one.local_time)
    made = months.correct(overtime.anna, "somebody else's card", month=MARCH, struck_punches=[night])
    assert [(one.work_date, one.found_minutes) for one in made.overtime] == [(LAST, -150)]
    assert (made.difference.worked_halves, months.take_late()) == (0, 0)
    assert [row[:2] for row in found(months, APRIL)] == [("adjustment", LAST)]


@pytest.mark.clause("HRS-7", "SHT-3", "ATT-1")
def test_a_missed_punch_of_the_open_month_that_ends_the_closed_night_is_an_adjustment(
    no_sign_out: OvertimeOffice,
) -> None:
    months = close(no_sign_out)
    attendance = no_sign_out.attendance
    asked = attendance.ask_correction(no_sign_out.anna, f"{AFTER} 01:02")
    accepted = corrections.AcceptPunchCorrectionRequest(name=asked.name)
    attendance.corrections.AcceptPunchCorrection(accepted, metadata=no_sign_out.office.head)
    assert found(months, MARCH)[-1] == ("sheet", LAST, "0")
    assert months.take_late() == 1
    assert found(months, APRIL) == [("adjustment", LAST, "150")]
