"""An exported month as a CSV, a workbook or a zip of CSVs: whatever anybody wrote stays text."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from bylaw_chassis.workbook_page import CONTENT_TYPE, Page, Value, guarded, new_workbook
from bylaw_hooks.exporting import Cell, ExportTable
from bylaw_hooks.exporting.answers import Encoding

from bylaw_attendance.rules.sheets.exported_month import Exported, ExportFormat
from bylaw_attendance.wording import Sentence

CSV_TYPES: Mapping[Encoding, str] = {
    "utf-8-sig": "text/csv; charset=utf-8",
    "utf-8": "text/csv; charset=utf-8",
    "gb18030": "text/csv; charset=gb18030",
}
ZIP_TYPE = "application/zip"
WIDTH = 16


def exported_file(exported: Exported, form: ExportFormat, table: str) -> tuple[bytes, str]:
    """The file and its type; refuses a table that there is not, or that is no file by itself."""
    if form in _WHOLE:
        write, content_type = _WHOLE[form]
        return write(exported), content_type
    encoding = exported.layout.encoding
    return _csv(exported.alone(table), encoding), CSV_TYPES[encoding]


def _workbook(exported: Exported) -> bytes:
    target = io.BytesIO()
    # It says which month it is of, not when somebody fetched it: the same month is the same bytes.
    book, styles = new_workbook(target, _instant(exported.month.month))
    for table in exported.tables:
        page = Page(book.add_worksheet(table.name), styles)
        page.head_with(_headings(table), [WIDTH] * len(table.columns))
        for row in table.rows:
            page.add(map(_value, row))
    book.close()
    return target.getvalue()


def _zip(exported: Exported) -> bytes:
    target, day = io.BytesIO(), exported.month.month
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in exported.tables:
            entry = zipfile.ZipInfo(f"{table.name}.csv", (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, _csv(table, exported.layout.encoding))
    return target.getvalue()


def _csv(table: ExportTable, encoding: Encoding) -> bytes:
    """One line of names, then the rows; what a spreadsheet would take for a formula begins with an apostrophe."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(guarded(column.name) for column in table.columns)
    for row in table.rows:
        writer.writerow(guarded(_value(cell)) for cell in row)
    return target.getvalue().encode(encoding)


def _headings(table: ExportTable) -> list[list[str]]:
    """A row a language, or one alone where no column has a title."""
    titles = [Sentence(*(column.title or (column.name, column.name))) for column in table.columns]
    titled = any(column.title for column in table.columns)
    return [[one.zh for one in titles], *([[one.en for one in titles]] if titled else [])]


def _instant(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _value(cell: Cell) -> Value:
    return "" if cell is None else cell


_WHOLE: Mapping[ExportFormat, tuple[Callable[[Exported], bytes], str]] = {
    ExportFormat.XLSX: (_workbook, CONTENT_TYPE),
    ExportFormat.ZIP: (_zip, ZIP_TYPE),
}
