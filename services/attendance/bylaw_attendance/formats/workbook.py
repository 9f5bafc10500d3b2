"""Sheets of an xlsx file as rows of text, read with limits: a small file can unpack to a huge one."""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from openpyxl import load_workbook

from bylaw_attendance.rules.punch import FileReason, FileRefused

ZIP_START = b"PK\x03\x04"
WORKBOOK_PART = "xl/workbook.xml"
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 200_000, 400, 32

Row = tuple[int, list[str]]
"""The number of a line as Excel shows it, and the texts of its cells."""


class Sheet(NamedTuple):
    """A sheet, or the rows of a text file as one ("" for its title); `rows` walks it anew each time."""

    title: str
    rows: Callable[[], Iterator[Row]]


def sheets_of(data: bytes, *, size_limit_bytes: int) -> tuple[Sheet, ...]:
    """Open an xlsx file; raises FileRefused for what is none, is damaged, or unpacks beyond the limit."""
    with _damage():
        parts = {part.filename: part.file_size for part in zipfile.ZipFile(io.BytesIO(data)).infolist()}
    if WORKBOOK_PART not in parts:
        raise FileRefused(FileReason.NOT_RECOGNISED, seen="zip")
    if sum(parts.values()) > size_limit_bytes:
        raise FileRefused(FileReason.TOO_LARGE, limit_bytes=str(size_limit_bytes))
    with _damage():
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        return tuple(_sheet(found) for found in book.worksheets[:MOST_SHEETS])


def _sheet(found: Any) -> Sheet:
    # What a sheet says of its own size is not to be believed: by it a row may be padded to sixteen thousand cells.
    found.reset_dimensions()
    return Sheet(str(found.title).strip(), lambda: _rows(found))


def _rows(found: Any) -> Iterator[Row]:
    count = 0
    with _damage():
        for number, values in enumerate(found.iter_rows(values_only=True), start=1):
            texts = [text_of(value) for value in values]
            if not any(texts):
                continue
            count += 1
            if count > MOST_ROWS:
                raise FileRefused(FileReason.TOO_MANY_LINES, limit_lines=str(MOST_ROWS))
            if len(texts) > MOST_COLUMNS and any(texts[MOST_COLUMNS:]):
                raise FileRefused(FileReason.DAMAGED, line_number=str(number))
            yield number, texts


@contextmanager
def _damage() -> Iterator[None]:
    """Whatever a reader of foreign bytes stumbles over says one thing: the file is damaged."""
    try:
        yield
    except FileRefused:
        raise
    except Exception as error:  # zip, XML and openpyxl fail in dozens of ways on bytes that are no workbook
        raise FileRefused(FileReason.DAMAGED, line_number="1") from error


def text_of(value: object) -> str:
    """The text of a cell as people see it: dates and times in full, whole numbers without a point."""
    match value:
        case None:
            return ""
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M:%S")
        case time():
            return value.strftime("%H:%M:%S")
        case timedelta():
            minutes, seconds = divmod(int(value.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).strip()
