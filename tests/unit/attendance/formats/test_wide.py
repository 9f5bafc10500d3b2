"""Sentences about the wide in/out files: the real ones in full, and each fault named with line and column."""

import gzip
from datetime import UTC, datetime

import pytest
from bylaw_attendance.formats.columns import DIRECTION_IN, DIRECTION_OUT, PunchFile
from bylaw_attendance.formats.wide import read_wide
from bylaw_attendance.rules.judging.punch import PunchReason
from bylaw_chassis.files.refused import FileReason, FileRefused

from .clock_files import shared

HEADER = ",01/01/2015,02/01/2015,05/01/2015\r\n"


def read(*rows: str, header: str = HEADER, direction: int = DIRECTION_IN) -> PunchFile:
    return read_wide((header + "".join(row + "\r\n" for row in rows)).encode(), direction=direction)


def refused(file: PunchFile) -> list[tuple[int, str, PunchReason]]:
    return [(refusal.line_number, refusal.column, refusal.reason) for refusal in file.refusals]


def header_fault(header: str) -> tuple[str, str, str]:
    with pytest.raises(FileRefused) as caught:
        read("1,NA", header=header)
    assert caught.value.reason is FileReason.HEADER_WRONG
    variables = caught.value.variables
    return variables["line_number"], variables["column_number"], variables["seen"]


def second(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize(("stem", "direction"), [("in_time", DIRECTION_IN), ("out_time", DIRECTION_OUT)])
def test_the_real_files_give_all_their_5901_punches(stem: str, direction: int) -> None:
    path = shared("attendance", f"{stem}_2015_odd.csv.gz")
    packed = path.read_bytes() if path else generated_year()
    file = read_wide(packed, direction=direction)
    text = gzip.decompress(packed).decode()
    assert (len(file.columns), text.count("NA"), file.refusals) == (5901, 624, ())
    assert set(file.columns.person_numbers.values) == {str(number) for number in range(1, 50, 2)}
    assert set(file.columns.certain_directions.tolist()) == {direction}
    assert file.complete_until == {"": second("2016-01-01 00:00")}
    for row in file.columns.rows():
        day, month, year, clock = row.local_text[:2], row.local_text[3:5], row.local_text[6:10], row.local_text[11:]
        assert row.local_second == second(f"{year}-{month}-{day} {clock}")


def generated_year() -> bytes:
    """Write a file of the same shape: 25 employees, 261 days, 624 cells NA."""
    days = [datetime.fromordinal(datetime(2015, 1, 1).toordinal() + n) for n in range(365)]  # noqa: DTZ001
    headings = [day.strftime("%d/%m/%Y") for day in days if day.weekday() < 5]
    rows = [",".join(["", *headings])]
    for row in range(25):
        cells = ["NA" if place * 25 + row < 624 else f"{day} 10:{row:02}" for place, day in enumerate(headings)]
        rows.append(",".join([str(2 * row + 1), *cells]))
    return gzip.compress("\r\n".join([*rows, ""]).encode())


def test_a_cell_is_a_punch_of_its_row_s_employee_on_its_column_s_day() -> None:
    rows = list(read("1,NA,02/01/2015 09:43,05/01/2015 10:08", "3,01/01/2015 10:00,,NA").columns.rows())
    assert [(row.line_number, row.person_number, row.local_second) for row in rows] == [
        (2, "1", second("2015-01-02 09:43")), (2, "1", second("2015-01-05 10:08")),
        (3, "3", second("2015-01-01 10:00")),
    ]  # fmt: skip
    assert {row.direction for row in rows} == {"in"}


def test_a_cell_of_another_day_unknown_text_and_an_impossible_time_are_named_and_the_rest_is_taken() -> None:
    file = read("1,02/01/2015 10:00,02/01/2015 09:43,absent", "3,01/01/2015 25:00,31/02/2015 10:00,05/01/2015 9:00")
    assert refused(file) == [
        (2, "01/01/2015", PunchReason.DAY_MISMATCH), (2, "05/01/2015", PunchReason.LINE_MALFORMED),
        (3, "01/01/2015", PunchReason.DATE_IMPOSSIBLE), (3, "02/01/2015", PunchReason.DATE_IMPOSSIBLE),
        (3, "05/01/2015", PunchReason.LINE_MALFORMED),
    ]  # fmt: skip
    assert [row.local_text for row in file.columns.rows()] == ["02/01/2015 09:43"]


def test_a_row_cut_off_or_too_long_is_refused_whole_at_the_column_where_it_goes_wrong() -> None:
    file = read("1,NA,02/01/2015 09:43", "3,NA,NA,NA,NA", "5,01/01/2015 10:00,NA,NA")
    assert refused(file) == [(2, "05/01/2015", PunchReason.LINE_MALFORMED), (3, "line", PunchReason.LINE_MALFORMED)]
    assert len(file.columns) == 1


def test_a_second_row_of_an_employee_and_a_row_of_nobody_are_refused() -> None:
    file = read("1,NA,NA,NA", "1,01/01/2015 10:00,NA,NA", " ,NA,NA,NA")
    assert refused(file) == [
        (3, "employee_number", PunchReason.PERSON_REPEATED), (4, "employee_number", PunchReason.PERSON_MISSING),
    ]  # fmt: skip


def test_a_header_without_dates_with_an_impossible_one_or_one_twice_refuses_the_file() -> None:
    assert header_fault(",monday,tuesday\r\n") == ("1", "2", "monday")
    assert header_fault(",01/01/2015,31/02/2015\r\n") == ("1", "3", "31/02/2015")
    assert header_fault(",01/01/2015,01/01/2015\r\n") == ("1", "3", "01/01/2015")
    assert header_fault("id,01/01/2015\r\n") == ("1", "1", "id")


def test_a_file_that_is_neither_in_nor_out_is_refused() -> None:
    with pytest.raises(FileRefused) as caught:
        read("1,NA,NA,NA", direction=0)
    assert caught.value.reason is FileReason.DIRECTION_MISSING


def test_blank_lines_and_quoted_cells_do_not_shift_the_line_numbers() -> None:
    file = read("", '"1",NA,"02/01/2015 09:43",NA', "", "3,NA,NA,late")
    assert [row.line_number for row in file.columns.rows()] == [3]
    assert refused(file) == [(5, "05/01/2015", PunchReason.LINE_MALFORMED)]


def test_a_quote_that_never_ends_is_named_with_its_line() -> None:
    with pytest.raises(FileRefused) as caught:
        read("1,NA,NA,NA", '3,"NA,NA,NA')
    assert (caught.value.reason, caught.value.variables["line_number"]) == (FileReason.DAMAGED, "3")
