"""Rows of a comma-separated file with the line each starts in."""

import csv
import io
from collections.abc import Iterator

from bylaw_attendance.rules.punch import FileReason, FileRefused


def numbered_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Walk the rows that are not blank; a quote that never ends makes the file damaged."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
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
