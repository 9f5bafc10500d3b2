"""Sheets of an xlsx file as rows of text, read with limits: a small file can unpack to a huge one."""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from bylaw_chassis.files.refused import FileReason, FileRefused

if TYPE_CHECKING:
    from bylaw_chassis.files.workbook_parts import Contents

Row = tuple[int, list[str]]
"""The number of a line as Excel shows it, and the texts of its cells."""
ZIP_START = b"PK\x03\x04"
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 200_000, 400, 32


class Sheet(NamedTuple):
    """A sheet, or the rows of a text file as one ("" for its title); `rows` walks it anew each time."""

    title: str
    rows: Callable[[], Iterator[Row]]


def sheets_of(data: bytes, *, size_limit_bytes: int) -> tuple[Sheet, ...]:
    """Open an xlsx file; raises FileRefused for what is none, is damaged, or unpacks beyond the limit."""
    from bylaw_chassis.files.workbook_parts import (  # noqa: PLC0415 - openpyxl takes a while, and few files need it
        WORKBOOK_PART,
        contents,
    )

    with _damage():
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = {part.filename: part.file_size for part in archive.infolist()}
    if WORKBOOK_PART not in parts:
        raise FileRefused(FileReason.NOT_RECOGNISED, seen="zip")
    if sum(parts.values()) > size_limit_bytes:
        raise FileRefused(FileReason.TOO_LARGE, limit_bytes=str(size_limit_bytes))
    with _damage():
        held = contents(archive)
    return tuple(Sheet(title, partial(_rows, archive, part, held)) for title, part in held.sheets[:MOST_SHEETS])


def _rows(archive: zipfile.ZipFile, part: str, held: "Contents") -> Iterator[Row]:
    from bylaw_chassis.files.workbook_rows import rows_of  # noqa: PLC0415

    with _damage():
        for count, (number, texts) in enumerate(rows_of(archive, part, held), start=1):
            if count > MOST_ROWS:
                raise FileRefused(FileReason.TOO_MANY_LINES, limit_lines=str(MOST_ROWS))
            if len(texts) > MOST_COLUMNS:
                raise FileRefused(FileReason.DAMAGED, line_number=str(number))
            yield number, texts


@contextmanager
def _damage() -> Iterator[None]:
    """Whatever a reader of foreign bytes stumbles over says one thing: the file is damaged."""
    try:
        yield
    except FileRefused:
        raise
    except Exception as error:  # zip, XML and numbers fail in dozens of ways on bytes that are no workbook
        raise FileRefused(FileReason.DAMAGED, line_number="1") from error
