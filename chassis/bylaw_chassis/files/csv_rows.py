"""Rows of a comma-separated file with the line each starts in."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from bylaw_chassis.files.refused import FileReason, FileRefused

MOST_CELLS = 5_000
DELIMITERS = (",", "\t", ";")
STRETCH = 32_768
"""So many characters are parsed at once."""
BLANK: tuple[list[str], ...] = ([], [""])
_LINE = re.compile(r"[^\r\n]+")


def header_and_rows(text: str) -> tuple[int, list[str], Iterator[tuple[int, list[str]]]]:
    """Give the line and the cells of the first row that is not blank, and the rows below it."""
    rows = numbered_rows(text)
    first = next(rows, None)
    if first is None:
        raise FileRefused(FileReason.EMPTY)
    return *first, rows


def numbered_rows(text: str, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Walk the rows that are not blank; a quote that never ends makes the file damaged.

    Between tabs a quote is a mark of inches, as platforms write it, unless it stands at both ends of a cell.
    """
    if delimiter == "\t":
        return _between_tabs(text)
    return _quoted(text, delimiter)


def _between_tabs(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(_lines(text, "\t"), start=1):
        if plain := line.rstrip("\r\n"):
            yield number, [_unquoted(cell) if cell[:1] == '"' else cell for cell in plain.split("\t")]


def _unquoted(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell.endswith('"') else cell


def _quoted(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    return chain.from_iterable(_stretches(text, delimiter))


def _stretches(text: str, delimiter: str) -> Iterator[Iterable[tuple[int, list[str]]]]:
    """Many rows at a time as long as each stands in a line of its own; from where one does not, row by row."""
    start, line_number = 0, 1
    while start < len(text):
        rest = len(text) - start
        end = len(text) if rest <= STRETCH else text.rfind("\n", start, start + STRETCH) + 1
        stretch = text[start:end].removesuffix("\n")
        rows = _one_a_line(stretch, delimiter)
        if rows is None:
            yield _row_by_row(text[start:], delimiter, line_number)
            return
        numbered = enumerate(rows, line_number)
        yield ((number, row) for number, row in numbered if row not in BLANK) if _has_blank(rows) else numbered
        start, line_number = end, line_number + len(rows)


def _one_a_line(text: str, delimiter: str) -> list[list[str]] | None:
    """A row for each line; none where a row goes over several, or where one of them may be damaged."""
    lines = text.split("\n")
    if not text or "\r" in text or max(map(len, lines)) >= MOST_CELLS:
        return None
    try:
        rows = list(csv.reader(lines, strict=True, delimiter=delimiter))
    except csv.Error:
        return None
    return rows if len(rows) == len(lines) else None


def _has_blank(rows: list[list[str]]) -> bool:
    return any(blank in rows for blank in BLANK)


def _row_by_row(text: str, delimiter: str, first: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(_lines(text, delimiter, first), strict=True, delimiter=delimiter)
    while True:
        line_number = reader.line_num + first
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise FileRefused(FileReason.DAMAGED, line_number=str(line_number)) from error
        if row is None:
            return
        if row not in BLANK:
            yield line_number, row


def _lines(text: str, delimiter: str, first: int = 1) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=first):
        if line.count(delimiter) >= MOST_CELLS:
            raise FileRefused(FileReason.DAMAGED, line_number=str(number))
        yield line


def delimiter_of(text: str) -> str:
    """What stands between the cells of the first line that is not blank, outside quotes; a comma where none does."""
    first = next((line[0] for line in _LINE.finditer(text) if line[0].strip()), "")
    plain = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=plain.count)
