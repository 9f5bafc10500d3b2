"""Rows of a comma-separated file with the line each starts in."""

import csv
import io
from collections.abc import Iterator

from bylaw_chassis.files.refused import FileReason, FileRefused

MOST_CELLS = 5_000


def header_and_rows(text: str) -> tuple[int, list[str], Iterator[tuple[int, list[str]]]]:
    """Give the line and the cells of the first row that is not blank, and the rows below it."""
    rows = numbered_rows(text)
    first = next(rows, None)
    if first is None:
        raise FileRefused(FileReason.EMPTY)
    return *first, rows


def numbered_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Walk the rows that are not blank; a quote that never ends makes the file damaged."""
    reader = csv.reader(_lines(text), strict=True)
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


def _lines(text: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if line.count(",") >= MOST_CELLS:
            raise FileRefused(FileReason.DAMAGED, line_number=str(number))
        yield line
