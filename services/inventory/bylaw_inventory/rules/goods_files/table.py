"""A table of goods as a file has it: columns found by their names, cells without stray blanks, faults by line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bylaw_chassis.files.csv_rows import numbered_rows
from bylaw_chassis.files.opening import GZIP_START, SIZE_LIMIT_BYTES, open_text, unpack
from bylaw_chassis.files.refused import FileReason, FileRefused
from bylaw_chassis.files.workbook import ZIP_START, sheets_of

from bylaw_inventory.rules.refusals import Fault

MOST_LINES = 50_000
MOST_SEEN = 40
_BROKEN = re.compile(r"#(REF!|VALUE!|N/A|NAME\?|DIV/0!|NULL!|NUM!)|nil|nill|null|n/a|nan", re.IGNORECASE)

Numbered = tuple[int, list[str]]
"""A line's number, and its cells."""
Names = Mapping[str, Sequence[str]]
"""Fields, and the names that a column for each may have; the first that is there counts."""


class LineFault(NamedTuple):
    """What is wrong in a line: its number, the column's name in the file, and what stands there."""

    line: int
    column: str
    seen: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Row:
    """A line: its cells by field, and the column's name in the file of each."""

    line: int
    cells: Mapping[str, str]
    columns: Mapping[str, str]

    def text(self, field: str) -> str:
        """What stands there; nothing where there is no such column."""
        return self.cells.get(field, "")

    def fault(self, field: str, fault: Fault) -> LineFault:
        """A fault of a cell."""
        return LineFault(self.line, self.columns.get(field, field), self.text(field)[:MOST_SEEN], fault)

    def broken(self) -> list[LineFault]:
        """Cells that hold a spreadsheet's error, or a word for nothing."""
        return [self.fault(field, CELL_BROKEN) for field, text in self.cells.items() if _BROKEN.fullmatch(text)]


CELL_BROKEN = Fault(
    "CELL_BROKEN",
    "单元格不是数据（如 #REF! 或 Nill）；请在原表中改正后重新导出",
    "the cell holds no data (such as #REF! or Nill); mend it where the file comes from, and save it again",
)


def rows_of(data: bytes, names: Names, *, needed: Sequence[str]) -> Iterator[Row]:
    """The lines of a file; raises FileRefused for what is no table, lacks a needed column or has too many lines."""
    heading, rows = _table(data, names, needed)
    places = _places(heading, names)
    columns = {field: heading[place].strip() for field, place in places.items()}
    count = 0
    for number, cells in rows:
        found = {field: _plain(cells[place]) if place < len(cells) else "" for field, place in places.items()}
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > MOST_LINES:
            raise FileRefused(FileReason.TOO_MANY_LINES, limit_lines=str(MOST_LINES))
        yield Row(number, found, columns)


def _table(data: bytes, names: Names, needed: Sequence[str]) -> tuple[list[str], Iterator[Numbered]]:
    """The heading, and the rows below it; of a workbook the first sheet that has every needed column."""
    refused = FileRefused(FileReason.EMPTY)
    for sheet in _sheets(data):
        rows = (row for row in sheet if any(cell.strip() for cell in row[1]))
        line, heading = next(rows, (0, []))
        if lacking := [", ".join(names[field]) for field in needed if field not in _places(heading, names)]:
            if heading and refused.reason is FileReason.EMPTY:
                refused = FileRefused(FileReason.HEADER_WRONG, line_number=str(line), expected=lacking[0])
            continue
        return heading, rows
    raise refused


def _sheets(data: bytes) -> Iterator[Iterator[Numbered]]:
    """Told apart by what is in the file, whatever it is called."""
    if len(data) > SIZE_LIMIT_BYTES:
        raise FileRefused(FileReason.TOO_LARGE, limit_bytes=str(SIZE_LIMIT_BYTES))
    plain = unpack(data, SIZE_LIMIT_BYTES) if data.startswith(GZIP_START) else data
    if plain.startswith(ZIP_START):
        return (sheet.rows() for sheet in sheets_of(plain, size_limit_bytes=SIZE_LIMIT_BYTES))
    return iter((numbered_rows(open_text(plain)),))


def _places(heading: Sequence[str], names: Names) -> dict[str, int]:
    there: dict[str, int] = {}
    for place, name in enumerate(heading):
        there.setdefault(_plain(name).lower(), place)
    found = {field: next((there[name] for name in wanted if name in there), None) for field, wanted in names.items()}
    return {field: place for field, place in found.items() if place is not None}


def _plain(text: str) -> str:
    """Without blanks at its ends, and with one where several stand."""
    return " ".join(text.split())
