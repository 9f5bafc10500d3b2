"""A person's sheet: what it shows besides findings, and which names of sheets are refused."""

import grpc
import pytest
from bylaw.attendance.v1 import sheets_pb2

from tests.builders.attendance import AttendanceService
from tests.builders.people import reason


def anna_in(attendance: AttendanceService) -> str:
    people = attendance.people
    site, unit = people.site(), people.unit("shop")
    attendance.assign(since="2026-01-01")
    return people.person("A-1", unit.name, site.name).name


BEGUN = {"anna": anna_in}


@pytest.fixture
def anna(attendance: AttendanceService) -> str:
    """Anna works at HQ by the rulebook's week."""
    found: str = attendance.filled
    return found


def stamped(attendance: AttendanceService, *times: str) -> None:
    lines = (f"A-1\t{time}:00\t0\t1" for time in times)
    attendance.imported("\n".join(lines).encode(), "HQ", complete_until_date="2026-02-28")


@pytest.mark.clause("ATT-1")
def test_a_punch_that_no_card_took_is_shown_with_its_day(attendance: AttendanceService, anna: str) -> None:
    stamped(attendance, *(f"2026-02-03 {time}" for time in ("08:20", "10:30", "12:01", "13:50", "18:01")))

    day = attendance.sheet(anna, "2026-02").days[2]

    assert [card.punch_time[11:16] for half in day.halves for card in half.card_points] == [
        "08:20",
        "12:01",
        "13:50",
        "18:01",
    ]
    assert list(day.other_punch_times) == ["2026-02-03 10:30:00"]


def test_a_punch_on_a_rest_day_is_shown_and_judged_by_nobody(attendance: AttendanceService, anna: str) -> None:
    stamped(attendance, "2026-02-08 09:00")

    day = attendance.sheet(anna, "2026-02").days[7]

    assert (day.kind, len(day.halves)) == (sheets_pb2.DAY_KIND_REST, 0)
    assert list(day.other_punch_times) == ["2026-02-08 09:00:00"]


@pytest.mark.clause("HRS-5", "ATT-2", "ATT-3")
def test_each_finding_of_a_working_day_names_its_clause(attendance: AttendanceService, anna: str) -> None:
    stamped(attendance, *(f"2026-02-03 {time}" for time in ("08:25", "11:56", "14:10", "17:54")))

    cards = [card for half in attendance.sheet(anna, "2026-02").days[2].halves for card in half.card_points]

    assert [(card.finding, card.minutes, card.clause) for card in cards] == [
        (sheets_pb2.FINDING_ON_TIME, 0, "HRS-5"),
        (sheets_pb2.FINDING_EARLY, 4, "ATT-3"),
        (sheets_pb2.FINDING_LATE, 15, "ATT-2"),
        (sheets_pb2.FINDING_LEAVE_REQUIRED, 6, "ATT-3"),
    ]


def test_the_etag_changes_with_what_is_shown_and_with_nothing_else(attendance: AttendanceService, anna: str) -> None:
    stamped(attendance, "2026-02-03 08:20")
    first = attendance.sheet(anna, "2026-02")
    attendance.clock.pass_time(hours=2)
    again = attendance.sheet(anna, "2026-02")
    attendance.punch(anna, "2026-02-03 12:01:00")
    changed = attendance.sheet(anna, "2026-02")

    assert again.etag == first.etag
    assert changed.etag != first.etag


@pytest.mark.clause("HRS-3")
def test_a_month_whose_official_calendar_is_not_announced_says_so(attendance: AttendanceService, anna: str) -> None:
    said = {month: attendance.sheet(anna, month).calendar_provisional for month in ("2026-12", "2031-02", "2031-12")}

    assert said == {"2026-12": False, "2031-02": True, "2031-12": True}


@pytest.mark.clause("HRS-3")
def test_who_works_where_no_calendar_is_kept_waits_for_none(attendance: AttendanceService, anna: str) -> None:  # noqa: ARG001
    people = attendance.people
    site = people.site("LAB", "UTC", "NONE")
    person = people.person("N-1", people.unit("lab").name, site.name).name

    assert not attendance.sheet(person, "2031-02").calendar_provisional


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("{anna}/sheets/2026-13", "FIELD_INVALID"),
        ("{anna}/sheets/9999-12", "FIELD_INVALID"),
        ("{anna}/sheets/0001-01", "FIELD_INVALID"),
        ("{anna}/sheets/", "FIELD_INVALID"),
        ("{anna}", "FIELD_INVALID"),
        ("people/me/sheets/2026-02", "FIELD_INVALID"),
        ("people/00000000-0000-7000-8000-000000000009/sheets/2026-02", "PERSON_NOT_FOUND"),
    ],
)
def test_a_name_that_is_no_sheet_is_refused(attendance: AttendanceService, anna: str, name: str, why: str) -> None:
    request = sheets_pb2.GetSheetRequest(name=name.format(anna=anna))
    with pytest.raises(grpc.RpcError) as refused:
        attendance.sheets.GetSheet(request, metadata=attendance.everything)
    assert reason(refused.value) == why


def test_the_first_and_the_last_month_that_can_be_meant_are_shown(attendance: AttendanceService, anna: str) -> None:
    attendance.assign(anna, since="1990-01-01")

    assert [len(attendance.sheet(anna, month).days) for month in ("1990-01", "2199-12")] == [31, 31]
