"""Sentences about our own punch CSV."""

import pytest
from bylaw_attendance.formats.columns import NO_OFFSET_MINUTES, PunchFile
from bylaw_attendance.formats.csv_punches import read_csv_punches, read_csv_text
from bylaw_attendance.rules.judging.punch import PunchReason
from bylaw_chassis.files.refused import FileReason, FileRefused
from hypothesis import given
from hypothesis import strategies as st

SHORT = "employee_number,local_time\n"
LONG = "employee_number,local_time,direction,device,status\n"


def read(text: str, *, encoding: str = "utf-8") -> PunchFile:
    return read_csv_punches(text.encode(encoding), device="gate")


def header_fault(header: str) -> tuple[str, str]:
    with pytest.raises(FileRefused) as caught:
        read(header + "\n")
    assert caught.value.reason is FileReason.HEADER_WRONG
    return caught.value.variables["column_number"], caught.value.variables["seen"]


def test_two_columns_are_enough() -> None:
    (row,) = read(SHORT + "E7,2026-09-01 08:20\n").columns.rows()
    assert (row.person_number, row.local_text, row.direction, row.device) == ("E7", "2026-09-01 08:20", "", "gate")
    assert row.local_second % 86_400 == 8 * 3600 + 20 * 60


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_numbers_and_doors_in_chinese_read_the_same_in_every_encoding(encoding: str) -> None:
    (row,) = read(LONG + "工7,2026-09-01 08:20:01,进,东门,0\r\n", encoding=encoding).columns.rows()
    assert (row.person_number, row.direction, row.device, row.status) == ("工7", "进", "东门", "0")
    assert row.certain_direction == 0


def test_columns_may_stand_in_any_order_and_quotes_are_understood() -> None:
    (row,) = read('direction,local_time,employee_number\nin,"2026-09-01T08:20:01","7, Ltd"\n').columns.rows()
    assert (row.person_number, row.direction, row.status) == ("7, Ltd", "in", "in")


def test_an_explicit_offset_is_kept_and_its_absence_too() -> None:
    lines = "7,2026-09-01 08:20:01+05:30\n7,2026-09-01T08:21:00Z\n7,2026-09-01 08:22\n"
    assert read(SHORT + lines).columns.sent_offsets_minutes.tolist() == [330, 0, NO_OFFSET_MINUTES]


def test_both_passes_of_a_repeated_hour_are_two_punches_when_their_offsets_differ() -> None:
    file = read(SHORT + "7,2026-10-25 02:30+02:00\n7,2026-10-25 02:30+01:00\n7,2026-10-25 02:30+01:00\n")
    assert (len(file.columns), file.repeated_lines.tolist()) == (2, [4])


def test_faulty_lines_are_named_and_the_others_are_taken() -> None:
    lines = ",2026-09-01 08:20\n7,2026-02-30 08:20\n\n7\n7,soon\n7,2026-09-01 08:20\n"
    file = read(SHORT + lines)
    assert [(refusal.line_number, refusal.column, refusal.reason) for refusal in file.refusals] == [
        (2, "employee_number", PunchReason.PERSON_MISSING), (3, "local_time", PunchReason.DATE_IMPOSSIBLE),
        (5, "line", PunchReason.LINE_MALFORMED), (6, "local_time", PunchReason.LINE_MALFORMED),
    ]  # fmt: skip
    assert file.columns.line_numbers.tolist() == [7]


def test_an_unknown_a_double_or_a_missing_heading_refuses_the_file() -> None:
    assert header_fault("employee_number,local_time,salary") == ("3", "salary")
    assert header_fault("employee_number,local_time,local_time") == ("3", "local_time")
    assert header_fault("employee_number,device") == ("3", "")


CELLS = st.sampled_from(
    ["7", " 8 ", "", "2026-09-01 08:20", "2026-09-01 08:20:01+08:00", "2026-09-31 08:20", "in", "王"]
)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=4).map(",".join), max_size=12).map("\n".join)


@given(ROWS)
def test_cutting_whole_columns_and_walking_rows_give_the_same(rows: str) -> None:
    text = "employee_number,local_time,status\n" + rows
    quick, careful = read_csv_text(text), read_csv_text(text, bulk=False)
    assert list(quick.columns.rows()) == list(careful.columns.rows())
    assert quick.refusals == careful.refusals
    assert quick.repeated_lines.tolist() == careful.repeated_lines.tolist()
