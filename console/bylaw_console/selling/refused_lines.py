"""Exactly those lines of a file that an import refused, under its heading, to be mended and handed in again (ORD-1)."""

import csv
import io
from collections.abc import Collection, Iterator

from bylaw_chassis.files.csv_rows import delimiter_of, numbered_rows
from bylaw_chassis.files.opening import GZIP_START, SIZE_LIMIT_BYTES, open_text, unpack
from bylaw_chassis.files.workbook import ZIP_START, sheets_of

from bylaw_console.selling.rows_file import BYTE_ORDER_MARK


def cut(data: bytes, lines: Collection[int], first: int) -> bytes:
    """What stands above the line `first`, and the lines that are asked for; FileRefused where it cannot be read.

    Text stays as it was, character for character; of a workbook the cells become a csv.
    """
    plain = unpack(data, SIZE_LIMIT_BYTES) if data.startswith(GZIP_START) else data
    if plain.startswith(ZIP_START):
        return _written(_of_workbook(plain, lines, first))
    text = open_text(plain)
    return (BYTE_ORDER_MARK + "".join(_of_text(text, lines, first)).removeprefix(BYTE_ORDER_MARK)).encode()


def _of_text(text: str, lines: Collection[int], first: int) -> Iterator[str]:
    raw = text.split("\n")
    starts = [number for number, _ in numbered_rows(text, delimiter_of(text))]
    for start, following in zip(starts, [*starts[1:], len(raw) + 1], strict=True):
        if start < first or start in lines:
            yield "\n".join(raw[start - 1 : following - 1]).rstrip("\n") + "\r\n"


def _of_workbook(data: bytes, lines: Collection[int], first: int) -> Iterator[list[str]]:
    sheet = max(sheets_of(data, size_limit_bytes=SIZE_LIMIT_BYTES), key=lambda one: sum(1 for _ in one.rows()))
    return (cells for number, cells in sheet.rows() if number < first or number in lines)


def _written(rows: Iterator[list[str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return (BYTE_ORDER_MARK + written.getvalue()).encode()
