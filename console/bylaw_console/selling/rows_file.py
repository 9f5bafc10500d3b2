"""Rows as a file that a spreadsheet opens: UTF-8 with its mark, and no text that would be taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from flask import Response

BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def rows_file(name: str, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """A download; a text that begins like a formula gets an apostrophe before it."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(heading)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return download(name, (BYTE_ORDER_MARK + written.getvalue()).encode(), "text/csv; charset=utf-8")


def download(name: str, content: bytes, kind: str) -> Response:
    """A file to be kept, under a name that may be Chinese."""
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) and not _number(cell) else cell


def _number(cell: str) -> bool:
    digits = cell.removeprefix("-")
    return digits.replace(".", "", 1).isascii() and digits.replace(".", "", 1).isdigit()
