"""A month as a file for payroll: a row for each sheet with its version, and for each correction that counts in it."""

import csv
import io
from collections.abc import Iterator

import pytest
from bylaw.attendance.v1 import closing_pb2
from bylaw_attendance.exported_files import HEADINGS
from openpyxl import load_workbook

from tests.builders.closing import FEBRUARY, MARCH, Months, months_of
from tests.builders.corrections import refusal
from tests.databases import Databases

FRIDAY = "2026-02-27"
XLSX = closing_pb2.EXPORT_FORMAT_XLSX
COLUMNS = [
    *("layout", "row", "counted_month", "sheet_month", "unit_code", "employee_number", "display_name", "version"),
    *("inputs_digest", "planned_days", "worked_days", "planned_halves", "worked_halves", "late_count", "late_minutes"),
    *("early_count", "early_minutes", "leave_required_count", "missing_card_count", "absent_halves", "pending_count"),
    *("worked_minutes", "remark"),
]
"""The layout `bylaw-sheets-1`: whoever changes it gives it another name."""


@pytest.fixture
def months(postgres: Databases) -> Iterator[Months]:
    with months_of(postgres) as made:
        yield made


def rows(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.clause("SHT-1", "SHT-3")
def test_an_export_says_of_each_sheet_which_version_it_holds(months: Months) -> None:
    shop = months.shop
    open_ones = rows(months.exported().data)
    assert [(one["employee_number"], one["version"]) for one in open_ones] == [("A-1", "0"), ("B-1", "0"), ("H-1", "0")]
    months.finish()
    months.correct(shop.anna, "the gate's book", punches=[f"{FRIDAY} 08:21", f"{FRIDAY} 12:01"])

    file = months.exported(unit=months.company)

    assert file.content_type == "text/csv; charset=utf-8"
    assert file.data.startswith(b"\xef\xbb\xbflayout,row,")
    shown = [(one["row"], one["unit_code"], one["employee_number"], one["version"]) for one in rows(file.data)]
    assert shown == [
        ("sheet", "shop", "A-1", "2"),
        ("sheet", "shop", "B-1", "1"),
        ("sheet", "store", "C-1", "0"),
        ("sheet", "shop", "H-1", "1"),
    ]
    anna, sheet = rows(file.data)[0], shop.attendance.sheet(shop.anna, FEBRUARY)
    assert (anna["inputs_digest"], anna["layout"]) == (sheet.inputs_digest, "bylaw-sheets-1")
    assert anna["worked_halves"] == str(sheet.totals.worked_halves)
    assert months.exported(unit=months.company) == file, "the same is the same to the byte"


@pytest.mark.clause("SHT-3")
def test_what_was_corrected_is_a_row_of_the_month_in_which_it_counts(months: Months) -> None:
    shop = months.shop
    months.finish()
    months.correct(shop.anna, "=HYPERLINK(1)", punches=[f"{FRIDAY} 08:21", f"{FRIDAY} 12:01"])
    *_, last = rows(months.exported(MARCH).data)
    assert (last["row"], last["counted_month"], last["sheet_month"]) == ("adjustment", MARCH, FEBRUARY)
    assert (last["employee_number"], last["version"], last["worked_halves"]) == ("A-1", "2", "1")
    assert last["remark"] == "'=HYPERLINK(1)", "nothing is a formula"


@pytest.mark.clause("SHT-1")
def test_a_workbook_holds_the_same_rows_headed_in_both_languages(months: Months) -> None:
    months.finish()
    file = months.exported(format=XLSX)
    book = load_workbook(io.BytesIO(file.data), read_only=True)
    chinese, english, *found = book["sheets"].iter_rows(values_only=True)
    assert (chinese[5], english[5]) == ("工号", "Employee number")
    told = [
        {name: "" if value is None else str(value) for name, value in zip(COLUMNS, row, strict=True)} for row in found
    ]
    assert told == rows(months.exported().data)


@pytest.mark.clause("SHT-1")
def test_the_layout_is_the_one_that_is_documented(months: Months) -> None:
    assert list(HEADINGS) == COLUMNS
    (first, *_) = months.exported().data.decode("utf-8-sig").splitlines()
    assert first.split(",") == COLUMNS


@pytest.mark.clause("SEC-1")
def test_a_head_exports_the_own_unit_alone(months: Months) -> None:
    shop = months.shop
    assert len(rows(months.exported(caller=shop.head).data)) == 3
    assert refusal(months.exported, unit=months.company, caller=shop.head).reason == "UNIT_NOT_FOUND"
    assert refusal(months.exported, format=9).reason == "FIELD_INVALID"
