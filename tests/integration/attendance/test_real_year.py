"""The real files of 2015: every person and month, under the rulebook's week and under a week that fits them."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from bylaw.attendance.v1 import punches_pb2, sheets_pb2

from tests.builders.attendance import AttendanceService, attendance_service
from tests.databases import Databases
from tests.integration.attendance.real_files import numbers, packed, times

WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday"]
MONTHS = [f"2015-{month:02}" for month in range(1, 13)]


@dataclass
class Year:
    """The service with the people of the files, and their unit."""

    attendance: AttendanceService
    unit: str
    people: dict[str, str]

    def import_files(self) -> list[punches_pb2.PunchImport]:
        """Hands in both files."""
        formats = {"in": punches_pb2.PUNCH_FILE_FORMAT_WIDE_IN, "out": punches_pb2.PUNCH_FILE_FORMAT_WIDE_OUT}
        return [
            self.attendance.imported(packed(side), "BLR", format=layout, file_name=f"{side}.csv.gz")
            for side, layout in formats.items()
        ]


@pytest.fixture
def year(postgres: Databases) -> Iterator[Year]:
    """The people of the files at a site in Bangalore that keeps no official calendar."""
    with attendance_service(postgres) as attendance:
        site = attendance.people.site("BLR", "Asia/Kolkata", "NONE")
        unit = attendance.people.unit("lab", since="2015-01-01")
        people = {
            number: attendance.people.person(number, unit.name, site.name, since="2015-01-01").name
            for number in numbers()
        }
        yield Year(attendance, unit.name, people)


def test_every_stamp_of_the_files_is_taken_and_a_second_import_changes_nothing(year: Year) -> None:
    first, second = year.import_files(), year.import_files()

    expected = [len(times("in")), len(times("out"))]
    assert [made.taken_count for made in first] == expected
    assert [(made.taken_count, made.repeated_count) for made in second] == [(0, count) for count in expected]
    assert all(made.refused_count == 0 for made in first + second)


@pytest.mark.clause("ATT-2", "ATT-3", "ATT-4", "HRS-1", "HRS-4")
def test_under_a_week_that_fits_them_the_year_counts_as_the_files_say(year: Year) -> None:
    year.import_files()
    year.attendance.assign(working_days=WEEKDAYS, segments=[{"hours": "10:00-18:00"}], sign_in_lead_minutes=0)
    for month in MONTHS:
        answer = year.attendance.unit_sheets(year.unit, month)
        assert len(answer.sheets) == len(year.people)
        for sheet in answer.sheets:
            assert _counted(sheet) == _expected(sheet.employee_number, month), (sheet.employee_number, month)
        assert answer.totals.late_count == sum(sheet.totals.late_count for sheet in answer.sheets)


def _counted(sheet: sheets_pb2.Sheet) -> dict[str, int]:
    totals = sheet.totals
    return {
        "planned": totals.planned_days,
        "late": totals.late_count,
        "late_minutes": totals.late_minutes,
        "early": totals.early_count,
        "leave_required": totals.leave_required_count,  # none is left open behind the hand-over
        "absent": totals.absent_halves,
        "missing": totals.missing_card_count,
        "pending": totals.pending_count,
    }


def _expected(number: str, month: str) -> dict[str, int]:
    """Counted from the files by the rulebook's sentences: 15 minutes late, 5 early, beyond that leave; none granted."""
    found = dict.fromkeys(
        ("planned", "late", "late_minutes", "early", "leave_required", "absent", "missing", "pending"), 0
    )
    for day in _weekdays(month):
        found["planned"] += 1
        came, left = times("in").get((number, day)), times("out").get((number, day))
        if came is None or left is None:
            found["absent"] += 1
            continue
        late = max(0, _minutes(came) - 600)
        early = max(0, 1080 - _minutes(left))
        found["late"] += 0 < late <= 15
        found["late_minutes"] += late if 0 < late <= 15 else 0
        found["early"] += 0 < early <= 5
        found["absent"] += late > 15 or early > 5
    return found


def _minutes(stamp: datetime) -> int:
    return stamp.hour * 60 + stamp.minute


def _weekdays(month: str) -> list[date]:
    first = date.fromisoformat(f"{month}-01")
    days = [first + timedelta(days=number) for number in range(31)]
    return [day for day in days if day.month == first.month and day.weekday() < 5]


@pytest.mark.clause("HRS-1", "HRS-5", "ATT-1", "ATT-2", "SHT-1")
def test_under_the_rulebooks_week_nearly_every_day_speaks_and_says_why(year: Year) -> None:
    year.import_files()
    year.attendance.assign()
    for month in MONTHS:
        for sheet in year.attendance.unit_sheets(year.unit, month).sheets:
            planned = [day for day in sheet.days if day.halves]
            assert {date.fromisoformat(day.work_date).weekday() for day in planned} == set(range(6))
            worked = {day for (number, day) in times("in") if number == sheet.employee_number}
            for day in planned:
                _check_day(day, came=date.fromisoformat(day.work_date) in worked)


def _check_day(day: sheets_pb2.Day, *, came: bool) -> None:
    """They come after nine and no leave was granted: the morning is absence, and each card says in words why."""
    morning = day.halves[0]
    assert morning.verdict == sheets_pb2.FINDING_ABSENT
    arrival = morning.card_points[0]
    assert arrival.finding == sheets_pb2.FINDING_ABSENT
    assert arrival.explanation.en.startswith("Signed in" if came else "No punch at all")
    for half in day.halves:
        for card in half.card_points:
            assert card.clause in card.explanation.zh
            assert card.clause in card.explanation.en
            assert card.finding != sheets_pb2.FINDING_PENDING


def test_which_file_comes_first_makes_no_difference(year: Year) -> None:
    year.attendance.assign()
    year.attendance.imported(packed("out"), "BLR", format=punches_pb2.PUNCH_FILE_FORMAT_WIDE_OUT)
    year.attendance.unit_sheets(year.unit, "2015-03")
    year.attendance.imported(packed("in"), "BLR", format=punches_pb2.PUNCH_FILE_FORMAT_WIDE_IN)
    departures_first = year.attendance.unit_sheets(year.unit, "2015-03")
    with year.attendance.service.database.engine.begin() as connection:
        connection.exec_driver_sql("delete from sheets")

    assert year.attendance.unit_sheets(year.unit, "2015-03") == departures_first


def test_a_unit_is_shown_page_by_page_and_the_first_page_has_the_totals_of_all(year: Year) -> None:
    year.import_files()
    year.attendance.assign()
    whole = year.attendance.unit_sheets(year.unit, "2015-03")
    pages, token = [], ""
    while True:
        page = year.attendance.unit_sheets(year.unit, "2015-03", page_size=7, page_token=token)
        pages.append(page)
        token = page.next_page_token
        if not token:
            break

    assert [sheet for page in pages for sheet in page.sheets] == list(whole.sheets)
    assert [sheet.employee_number for sheet in whole.sheets] == sorted(year.people)
    assert pages[0].totals == whole.totals
    assert not any(page.HasField("totals") for page in pages[1:])


def test_readers_at_once_of_a_month_never_judged_are_shown_the_same(year: Year) -> None:
    year.import_files()
    year.attendance.assign()
    barrier, shown = threading.Barrier(3), []

    def read() -> None:
        barrier.wait()
        shown.append(year.attendance.unit_sheets(year.unit, "2015-05"))

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(shown) == 3
    assert shown[0] == shown[1] == shown[2]


def test_judging_again_writes_nothing(year: Year) -> None:
    year.import_files()
    year.attendance.assign()
    first = year.attendance.unit_sheets(year.unit, "2015-03")
    with year.attendance.service.database.read() as connection:
        before = connection.exec_driver_sql("select person, digest, judged_at, xmin::text from sheets").all()
    year.attendance.clock.pass_time(days=3)
    year.import_files()

    second = year.attendance.unit_sheets(year.unit, "2015-03")

    with year.attendance.service.database.read() as connection:
        after = connection.exec_driver_sql("select person, digest, judged_at, xmin::text from sheets").all()
    assert sorted(after) == sorted(before)
    assert [sheet.etag for sheet in second.sheets] == [sheet.etag for sheet in first.sheets]
