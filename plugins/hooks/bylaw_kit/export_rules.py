"""What makes a layout's tables fit for files (X1 to X3): the host checks it of every export, the kit of its months."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from bylaw_hooks import Both
from bylaw_hooks.exporting import Column, ExportTable

NAME = re.compile("[a-z][a-z0-9]*([-_][a-z0-9]+)*")
VERSIONS = "versions"
"""The table that the host adds."""
MOST_TABLES, MOST_COLUMNS, MOST_ROWS = 20, 200, 1_000_000
LONGEST_TABLE, LONGEST_HEADING, LONGEST_TEXT = 31, 100, 4_000
"""A workbook's pages have names of at most 31 characters."""
GREATEST = 10**15
"""Beyond it a spreadsheet rounds whole numbers."""
PLACES = 6
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def fault_of_tables(tables: Sequence[ExportTable]) -> str:
    """X1; "" where nothing is wrong."""
    names = [table.name for table in tables]
    if not 1 <= len(tables) <= MOST_TABLES or len(set(names)) < len(names):
        return f"no table, more than {MOST_TABLES}, or two of one name"
    if VERSIONS in names:
        return f"{VERSIONS} is the host's own table"
    unsound = next((name for name in names if len(name) > LONGEST_TABLE or not NAME.fullmatch(name)), None)
    return "" if unsound is None else "a table's name is lower case letters, digits and single hyphens"


def fault_of_columns(table: ExportTable) -> str:
    """X2; "" where nothing is wrong."""
    names, width = [column.name for column in table.columns], len(table.columns)
    if not 1 <= width <= MOST_COLUMNS or len(set(names)) < width:
        return f"{table.name}: no column, more than {MOST_COLUMNS}, or two of one name"
    if not all(map(_headed, table.columns)):
        return f"{table.name}: a column without a name, or with a title in one language alone"
    if len(table.rows) > MOST_ROWS:
        return f"{table.name}: more than {MOST_ROWS} rows"
    crooked = next((place for place, row in enumerate(table.rows) if len(row) != width), None)
    return "" if crooked is None else f"{table.name}: row {crooked} has another number of cells than there are columns"


def fault_of_cells(table: ExportTable) -> str:
    """X3; "" where nothing is wrong."""
    for place, row in enumerate(table.rows):
        if not all(map(_plain, row)):
            return f"{table.name}: row {place} has a cell that no file can hold"
    return ""


def _headed(column: Column) -> bool:
    titles: Iterable[Any] = () if column.title is None else Both(*column.title)
    return all(
        isinstance(text, str) and text.strip() and len(text) <= LONGEST_HEADING and not _UNPRINTABLE.search(text)
        for text in (column.name, *titles)
    )


def _plain(cell: Any) -> bool:
    kind = type(cell)
    if kind is str:
        return len(cell) <= LONGEST_TEXT and not _UNPRINTABLE.search(cell)
    if kind is int:
        return bool(-GREATEST <= cell <= GREATEST)
    return cell is None or (kind is float and -GREATEST <= cell <= GREATEST and round(cell, PLACES) == cell)
