"""What an export layout answers: tables of plain cells, which the host writes as a workbook or as CSV."""

from dataclasses import dataclass
from typing import Literal

from bylaw_hooks.parameters import Both

Cell = str | int | float | None
"""Text stays text, whatever it begins with; a number has at most six decimal places; None is an empty cell."""
Encoding = Literal["utf-8-sig", "utf-8", "gb18030"]
"""Of a CSV: UTF-8 with or without a byte order mark, or what older Chinese programs read."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name, which heads it in a CSV; where it has titles, a workbook is headed in both languages."""

    name: str
    title: Both | None = None


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table: `name` is that of a workbook's page and of a CSV's file; each row has a cell for each column."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
