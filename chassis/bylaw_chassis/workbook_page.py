"""Pages of xlsx workbooks that grow by rows; whatever anybody wrote stays text."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula where somebody edits the cell, or saves the sheet as CSV."""
Value = str | int | float


class Heading(Protocol):
    """A column's heading in both languages."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


class Styles(NamedTuple):
    """How cells look."""

    heading: Format
    text: Format
    """Of a text that begins like a formula: Excel keeps it a text even where somebody edits it."""


class Page:
    """A page that grows by rows; texts are only ever written as texts, numbers as numbers."""

    def __init__(self, sheet: Worksheet, styles: Styles) -> None:
        self._sheet, self._styles, self._row = sheet, styles, 0

    def add(self, values: Iterable[Value], *, heading: bool = False) -> None:
        """Writes the next row."""
        for column, value in enumerate(values):
            if not isinstance(value, str):
                self._sheet.write_number(self._row, column, value)
            elif value:
                style = self._styles.heading if heading else self._style_of(value)
                self._sheet.write_string(self._row, column, value, style)
        self._row += 1

    def head(self, names: Sequence[Heading], widths: Sequence[int]) -> None:
        """Writes the headings, a language a row, and keeps them in sight."""
        self.head_with([[name.zh for name in names], [name.en for name in names]], widths)

    def head_with(self, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
        """Writes rows of headings and keeps them in sight."""
        for row in rows:
            self.add(row, heading=True)
        self._sheet.freeze_panes(len(rows), 0)
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)

    def _style_of(self, text: str) -> Format | None:
        return self._styles.text if text.startswith(FORMULA_STARTS) else None


def new_workbook(target: io.BytesIO, created: datetime) -> tuple[Workbook, Styles]:
    """An empty workbook that says when it was made, so that the same is the same bytes, and the styles of its cells."""
    # Rows go out as they come, in their order: a workbook of many people needs no more memory than a small one.
    book = Workbook(target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": created})
    return book, Styles(book.add_format({"bold": True}), book.add_format({"quote_prefix": True}))


def guarded(value: Value) -> Value:
    """A cell of a CSV: what a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
