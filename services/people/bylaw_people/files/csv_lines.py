"""Bytes of a CSV file as lines: gzip, encodings and separators are told from the file, sizes are bounded."""

import csv
import io
import zlib
from collections.abc import Iterator

from bylaw_people.files.headers import FileKind, columns_of
from bylaw_people.rules.importing.lines import Line
from bylaw_people.rules.refusals import FileEmpty, FileNotRecognised, FileTooLarge

LARGEST_BYTES = 32 * 1024 * 1024
MOST_LINES, MOST_COLUMNS, LONGEST_CELL = 100_000, 200, 8_000
ENCODINGS = ("utf-8-sig", "gb18030")


def read_lines(data: bytes, kind: FileKind) -> list[Line]:
    """The lines of a file, numbered as in the file (the header is line 1), blank ones left out.

    Refuses FILE_EMPTY, FILE_TOO_LARGE, FILE_NOT_RECOGNISED.
    """
    text = _decoded(_unzipped(data))
    rows = _rows(text)
    _, header = next(rows, (0, []))
    places = columns_of(kind, header)
    lines: list[Line] = []
    for number, row in rows:
        if len(lines) >= MOST_LINES:
            raise FileTooLarge(limit=f"{MOST_LINES} lines")
        cells = {column: row[place].strip() for column, place in places.items() if place < len(row)}
        lines.append(Line(number, cells, complete=len(row) >= len(header)))
    if not lines:
        raise FileEmpty
    return lines


def _unzipped(data: bytes) -> bytes:
    if len(data) > LARGEST_BYTES:
        raise FileTooLarge(limit="32 MiB")
    if not data.startswith(b"\x1f\x8b"):
        return data
    reader = zlib.decompressobj(wbits=31)
    try:
        plain = reader.decompress(data, LARGEST_BYTES + 1)
    except zlib.error as error:
        raise FileNotRecognised(detail_zh="gzip 数据已损坏", detail_en="its gzip data is damaged") from error
    if len(plain) > LARGEST_BYTES:
        raise FileTooLarge(limit="32 MiB")
    if not reader.eof:
        raise FileNotRecognised(detail_zh="gzip 文件不完整", detail_en="the gzip file is cut off")
    return plain


def _decoded(data: bytes) -> str:
    if not data.strip():
        raise FileEmpty
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
        break
    raise FileNotRecognised(
        detail_zh="不是 UTF-8 或 GB18030 编码的文本文件", detail_en="it is no text in UTF-8 or GB18030"
    )


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, with the number of the line on which each begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    begins = 1
    try:
        for row in reader:
            if len(row) > MOST_COLUMNS or any(len(cell) > LONGEST_CELL for cell in row):
                raise FileTooLarge(limit=f"{MOST_COLUMNS} columns, {LONGEST_CELL} characters a cell (line {begins})")
            if any(cell.strip() for cell in row):
                yield begins, row
            begins = reader.line_num + 1
    except csv.Error as error:
        raise FileNotRecognised(
            detail_zh=f"第 {begins} 行不是有效的 CSV，请检查引号",
            detail_en=f"line {begins} is no CSV: check its quotes",
        ) from error


def _separator(text: str) -> str:
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)
