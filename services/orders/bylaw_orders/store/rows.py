"""Rows as PostgreSQL reads them: many at once, as JSON by the names of their columns.

A statement takes them with `json_populate_recordset(null::table, ...)`: one plan serves one row and two thousand.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import orjson


def rows_json(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as a JSON array; ids, instants, decimals and bytes in the form that PostgreSQL reads."""
    return orjson.dumps([*rows], default=_plain).decode()


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    raise TypeError(type(value).__name__)
