"""A file as tables, whatever it is: csv or tsv in one encoding, or the sheets of a workbook (ORD-1)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from bylaw_chassis.files.csv_rows import delimiter_of, numbered_rows
from bylaw_chassis.files.opening import GZIP_START, SIZE_LIMIT_BYTES, open_text, unpack
from bylaw_chassis.files.refused import FileReason, FileRefused
from bylaw_chassis.files.workbook import ZIP_START, sheets_of
from bylaw_hooks.orders import Header, OrderTable, Row
from bylaw_hooks.orders.facts import ROWS_OF_A_FILE

FIRST_LINES = 10
"""A heading stands among so many lines that are not blank: platforms put titles above it."""
Numbered = Iterator[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may be the heading, and what gives the lines from the first one on."""

    line: int
    header: Header
    walk: Callable[[], Numbered]

    def table(self, file: int) -> OrderTable:
        """The table below it; rows are numbered by file and line."""
        return OrderTable(self.header, partial(_below, self, file * ROWS_OF_A_FILE))


def candidates(data: bytes) -> list[Candidate]:
    """The lines of a file that may be its heading; raises FileRefused for what is no table at all."""
    found = [one for walk in _walks(data) for one in _first(walk)]
    if not found:
        raise FileRefused(FileReason.EMPTY)
    return found


def _first(walk: Callable[[], Numbered]) -> Iterator[Candidate]:
    for line, cells in islice(filter(_is_filled, walk()), FIRST_LINES):
        yield Candidate(line, tuple(cells), walk)


def _below(heading: Candidate, first: int) -> Iterator[Row]:
    rows = heading.walk()
    for line, _ in rows:
        if line == heading.line:
            break
    for line, cells in rows:
        if any(cells):
            yield first + line, cells


def _is_filled(row: tuple[int, list[str]]) -> bool:
    return any(map(str.strip, row[1]))


def _walks(data: bytes) -> Iterator[Callable[[], Numbered]]:
    """What walks each table, each time anew: told apart by what is in the file, whatever it is called."""
    if len(data) > SIZE_LIMIT_BYTES:
        raise FileRefused(FileReason.TOO_LARGE, limit_bytes=str(SIZE_LIMIT_BYTES))
    plain = unpack(data, SIZE_LIMIT_BYTES) if data.startswith(GZIP_START) else data
    if plain.startswith(ZIP_START):
        for sheet in sheets_of(plain, size_limit_bytes=SIZE_LIMIT_BYTES):
            yield sheet.rows
        return
    text = open_text(plain, in_one_encoding=True)
    yield partial(numbered_rows, text, delimiter_of(text))
