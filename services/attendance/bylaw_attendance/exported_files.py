"""An exported month as CSV and as a workbook, in the layout that the documentation describes."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime

from bylaw_attendance.messages import TOTAL_FIELDS
from bylaw_attendance.replay_workbook import FIGURE_NAMES, NAME, NUMBER
from bylaw_attendance.rules.exported_month import LAYOUT, ExportedMonth, ExportedRow
from bylaw_attendance.rules.sheet import TOTALS
from bylaw_attendance.wording import Sentence
from bylaw_attendance.workbook_page import FORMULA_STARTS, Page, Value, new_workbook

CSV_TYPE = "text/csv; charset=utf-8"
SHEET, ADJUSTMENT = "sheet", "adjustment"
COLUMNS = {**TOTAL_FIELDS, "days_worked": "worked_days"}
"""The names of totals, as the contract has them."""
HEADINGS: dict[str, Sentence] = {
    "layout": Sentence("版式", "Layout"),
    "row": Sentence("行类型", "Row"),
    "counted_month": Sentence("计入月份", "Counts in"),
    "sheet_month": Sentence("考勤月份", "Month of the sheet"),
    "unit_code": Sentence("单位", "Unit"),
    "employee_number": NUMBER,
    "display_name": NAME,
    "version": Sentence("考勤表版本", "Version of the sheet"),
    "inputs_digest": Sentence("依据摘要", "Digest of inputs"),
    **{COLUMNS[name]: FIGURE_NAMES[name] for name in TOTALS},
    "remark": Sentence("备注", "Remark"),
}
"""The columns in their order: by their names in a CSV, in both languages in a workbook."""


def csv_file(exported: ExportedMonth) -> bytes:
    """A CSV with a byte order mark, for spreadsheets; what they would take for a formula begins with an apostrophe."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for row in exported.rows:
        writer.writerow([_plain(value) for value in _values(row, exported)])
    return target.getvalue().encode("utf-8-sig")


def workbook_file(exported: ExportedMonth) -> bytes:
    """A workbook whose first page has the same rows, headed in both languages."""
    target = io.BytesIO()
    month = exported.month
    book, styles = new_workbook(target, datetime(month.year, month.month, 1, tzinfo=UTC))
    page = Page(book.add_worksheet("sheets"), styles)
    page.head(list(HEADINGS.values()), [16] * len(HEADINGS))
    for row in exported.rows:
        page.add(_values(row, exported))
    book.close()
    return target.getvalue()


def _values(row: ExportedRow, exported: ExportedMonth) -> Iterator[Value]:
    yield from (LAYOUT, ADJUSTMENT if row.is_adjustment else SHEET)
    yield from (f"{exported.month:%Y-%m}", f"{row.month:%Y-%m}")
    yield from (row.unit_code, row.number, row.display_name, row.version, row.digest.hex())
    yield from row.totals
    yield row.remark


def _plain(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
