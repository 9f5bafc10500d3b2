"""Rows of a comma-separated file with the line each starts in."""

import csv
import io
from collections.abc import Iterator

from bylaw_chassis.files.refused import FileReason, FileRefused

MOST_CELLS = 5_000
DELIMITERS = (",", "\t", ";")


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
    reader = csv.reader(_lines(text, delimiter), strict=True, delimiter=delimiter)
    while True:
        line_number = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise FileRefused(FileReason.DAMAGED, line_number=str(line_number)) from error
        if row is None:
            return
        if row and row != [""]:
            yield line_number, row


def _lines(text: str, delimiter: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if line.count(delimiter) >= MOST_CELLS:
            raise FileRefused(FileReason.DAMAGED, line_number=str(number))
        yield line


def delimiter_of(text: str) -> str:
    """What stands between the cells of the first line that is not blank, outside quotes; a comma where none does."""
    first = next(filter(str.strip, io.StringIO(text, newline="")), "")
    plain = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=plain.count)
