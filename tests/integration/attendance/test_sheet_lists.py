"""The sheets of a unit in pages: the first says what the unit comes to, each shows its own people, a board no days."""

import grpc
import pytest
import sqlalchemy as sa
from bylaw.attendance.v1 import sheets_pb2

from tests.builders.attendance import AttendanceService
from tests.builders.people import reason

MONTH = "2026-02"
NUMBERS = ("10", "9", "B-1", "a-1", "张-1", "À-1")
"""As people sort them; code points say otherwise, and pages go by those."""
TOTALS = sheets_pb2.SHEET_VIEW_TOTALS


def unit_in(attendance: AttendanceService) -> str:
    people = attendance.people
    site, unit = people.site(), people.unit("shop")
    for number in NUMBERS:
        people.person(number, unit.name, site.name)
    attendance.assign(since="2026-01-01")
    attendance.follow_people()
    lines = (f"{number}\t2026-02-02 08:31:00\t0\t1" for number in NUMBERS)
    attendance.imported("\n".join(lines).encode(), "HQ", complete_until_date="2026-02-28")
    return unit.name


BEGUN = {"unit": unit_in}


@pytest.fixture
def unit(attendance: AttendanceService) -> str:
    """Six people at HQ by the rulebook's week; everybody's day is stamped, everybody late once."""
    found: str = attendance.filled
    return found


def numbers(page: sheets_pb2.ListSheetsResponse) -> list[str]:
    return [sheet.employee_number for sheet in page.sheets]


def test_pages_follow_each_other_by_the_code_points_of_the_numbers(attendance: AttendanceService, unit: str) -> None:
    found, token = [], ""
    for _ in range(3):
        page = attendance.unit_sheets(unit, MONTH, page_size=2, page_token=token)
        found += numbers(page)
        token = page.next_page_token

    assert (found, token) == (sorted(NUMBERS), "")


def test_only_the_first_page_says_what_the_unit_comes_to(attendance: AttendanceService, unit: str) -> None:
    first = attendance.unit_sheets(unit, MONTH, page_size=2)
    second = attendance.unit_sheets(unit, MONTH, page_size=2, page_token=first.next_page_token)

    assert (first.totals.late_count, first.totals.late_minutes) == (6, 36)
    assert not second.HasField("totals")
    assert [sheet.totals.late_minutes for sheet in second.sheets] == [6, 6]


def test_a_later_page_judges_nobody_but_its_own_people(attendance: AttendanceService, unit: str) -> None:
    token = attendance.unit_sheets(unit, MONTH, page_size=2).next_page_token
    database = attendance.service.database
    with database.engine.begin() as connection:
        connection.exec_driver_sql("delete from sheets")

    page = attendance.unit_sheets(unit, MONTH, page_size=2, page_token=token)

    people = sa.text('select number from sheets join organisation_people using (person) order by number collate "C"')
    with database.read() as connection:
        assert list(connection.execute(people).scalars()) == numbers(page) == sorted(NUMBERS)[2:4]


def test_a_board_shows_the_totals_of_each_without_days(attendance: AttendanceService, unit: str) -> None:
    board = attendance.unit_sheets(unit, MONTH, view=TOTALS)
    whole = attendance.unit_sheets(unit, MONTH, view=sheets_pb2.SHEET_VIEW_FULL)

    assert whole == attendance.unit_sheets(unit, MONTH)
    assert board.totals == whole.totals
    assert not any(sheet.days for sheet in board.sheets)
    for short, long in zip(board.sheets, whole.sheets, strict=True):
        assert len(long.days) == 28
        for field in ("days", "time_zone", "distributions"):
            long.ClearField(field)
        assert short.etag != long.etag
        short.etag = long.etag
        assert short == long


def test_an_etag_stands_for_what_its_view_shows(attendance: AttendanceService, unit: str) -> None:
    """Who keeps a row of the board by its etag never takes it for the whole sheet, and sees each change of it."""

    def etags() -> tuple[list[str], list[str], list[str]]:
        whole = attendance.unit_sheets(unit, MONTH).sheets
        alone = [attendance.sheet(sheet.name.partition("/sheets/")[0], MONTH).etag for sheet in whole]
        board = attendance.unit_sheets(unit, MONTH, view=TOTALS).sheets
        return alone, [sheet.etag for sheet in whole], [row.etag for row in board]

    before = etags()
    assert before == etags()
    assert before[0] == before[1]
    assert not {*before[1]} & {*before[2]}
    someone = attendance.unit_sheets(unit, MONTH).sheets[0].name.partition("/sheets/")[0]
    attendance.punch(someone, "2026-02-03 08:29:30")
    after = etags()
    assert [one != other for one, other in zip(before[1], after[1], strict=True)].count(True) == 1
    assert [one != other for one, other in zip(before[2], after[2], strict=True)].count(True) == 1


def test_a_board_of_a_month_never_judged_judges_it(attendance: AttendanceService, unit: str) -> None:
    with attendance.service.database.engine.begin() as connection:
        connection.exec_driver_sql("delete from sheets")

    board = attendance.unit_sheets(unit, MONTH, view=TOTALS, page_size=1)

    assert board.totals.late_count == 6


def test_the_place_in_one_view_is_none_in_another(attendance: AttendanceService, unit: str) -> None:
    token = attendance.unit_sheets(unit, MONTH, page_size=2).next_page_token
    with pytest.raises(grpc.RpcError) as refused:
        attendance.unit_sheets(unit, MONTH, page_size=2, page_token=token, view=TOTALS)
    assert reason(refused.value) == "PAGE_TOKEN_INVALID"


def test_a_view_that_does_not_exist_is_refused(attendance: AttendanceService, unit: str) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        attendance.unit_sheets(unit, MONTH, view=9)
    assert reason(refused.value) == "FIELD_INVALID"


def test_a_sheet_that_cannot_be_judged_says_why_on_a_board_too(attendance: AttendanceService) -> None:
    people = attendance.people
    unit = people.unit("lab").name
    people.person("L-1", unit, people.site("S2").name)

    board = attendance.unit_sheets(unit, MONTH, view=TOTALS)

    assert [(sheet.employee_number, sheet.fault.reason) for sheet in board.sheets] == [("L-1", "NO_POLICY")]


def test_a_kept_sheet_is_shown_by_two_reads_and_no_write(attendance: AttendanceService, unit: str) -> None:
    person = attendance.unit_sheets(unit, MONTH).sheets[0].name.rpartition("/sheets/")[0]
    begun: list[sa.Connection] = []
    sa.event.listen(attendance.service.database.engine, "begin", begun.append)

    attendance.sheet(person, MONTH)

    assert len(begun) == 2, "the sheet with all that it is judged from, and the overtime that was agreed"
