"""From bytes to lines: whatever comes, it is lines or one clear refusal, and line numbers are those of the file."""

import csv
import gzip
import io
from datetime import date

import pytest
from bylaw_chassis.refusals import Refusal
from bylaw_people.files.csv_lines import read_lines
from bylaw_people.files.headers import COLUMNS, FileKind, columns_of
from bylaw_people.rules.importing.lines import line_date
from hypothesis import given
from hypothesis import strategies as st

cells = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(str.strip)


@given(st.binary(max_size=300), st.sampled_from(FileKind))
def test_any_bytes_are_lines_or_one_refusal(data: bytes, kind: FileKind) -> None:
    reason = "none"
    try:
        read_lines(data, kind)
    except Refusal as refusal:
        reason = refusal.reason
    assert reason in {"none", "FILE_EMPTY", "FILE_NOT_RECOGNISED", "FILE_TOO_LARGE"}


@given(
    st.lists(st.tuples(cells, cells), min_size=1, max_size=6),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
    st.booleans(),
)
def test_what_is_written_is_read_whatever_the_encoding(
    rows: list[tuple[str, str]],
    encoding: str,
    zipped: bool,  # noqa: FBT001
) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([("number", "unit"), *rows])
    data = file.getvalue().encode(encoding)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        data = file.getvalue().encode("utf-8")  # what happens to be UTF-8 is read as such
    lines = read_lines(gzip.compress(data) if zipped else data, FileKind.PEOPLE)
    assert [(line["number"], line["unit"]) for line in lines] == [
        (number.strip(), unit.strip()) for number, unit in rows
    ]
    assert [line.number for line in lines] == list(range(2, len(rows) + 2))


def test_lines_are_numbered_as_in_the_file_across_breaks_and_blank_lines() -> None:
    data = b'number,unit,name\n1,A,"two\nlines"\n\n2,B,x\n'
    assert [(line["number"], line.number) for line in read_lines(data, FileKind.PEOPLE)] == [("1", 2), ("2", 5)]


@pytest.mark.parametrize("kind", FileKind)
def test_every_known_header_leads_to_its_column_and_to_no_other(kind: FileKind) -> None:
    for column, words in COLUMNS[kind].items():
        for word in words.split():
            header = [word, *(other for other in COLUMNS[kind] if other != column)]
            assert columns_of(kind, header)[column] == 0


@pytest.mark.parametrize("header", ["EmployeeID", "employee_id", "EMPLOYEE ID", "Employee-Id", "工号", "number"])
def test_common_headers_of_an_employee_number_are_known(header: str) -> None:
    assert columns_of(FileKind.PEOPLE, [header, "Department"]) == {"number": 0, "unit": 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015-03-01", date(2015, 3, 1)),
        ("2015/3/1", date(2015, 3, 1)),
        ("2015-02-30", None),
        ("01/03/2015", None),
        ("20150301", None),
        ("２０１５-03-01", None),
        ("", None),
    ],
)
def test_dates_are_read_as_files_write_them(text: str, expected: date | None) -> None:
    assert line_date(text) == expected
