"""The audit's written form a second time, in Python: what an auditor computes of a copy, to compare with the SQL."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from bylaw_chassis.audit.canonical import ROW_FIELDS, SEAL_FIELDS, microseconds, netstrings

VERSION = "1"
LISTS = frozenset({"targets", "fields", "sources", "scopes"})
INSTANTS = frozenset({"incarnation", "recorded_at", "sealed_at"})
BYTES = frozenset({"previous", "rows"})
MEANS_SOMETHING = re.compile(r'[{},"\\ \t\n\r\v\f]')


def row_hash(row: Mapping[str, Any]) -> bytes:
    """The hash of a row as read from the table."""
    return hashlib.sha256(netstrings((VERSION, *(_text(name, row[name]) for name in ROW_FIELDS)))).digest()


def head(seal: Mapping[str, Any], row_hashes: Iterable[bytes]) -> bytes:
    """The head that a seal over rows with these hashes must have."""
    whole = {**seal, "rows": hashlib.sha256(b"".join(row_hashes)).digest()}
    return hashlib.sha256(netstrings((VERSION, *(_text(name, whole[name]) for name in SEAL_FIELDS)))).digest()


def _text(name: str, value: Any) -> str:
    if name in LISTS:
        return f"{{{','.join(map(_item, value))}}}"
    if name in INSTANTS:
        return microseconds(value)
    return value.hex() if name in BYTES else str(value)


def _item(text: str) -> str:
    """An item of an array: in quotes where it is empty, reads as null or has a character that means something."""
    if text and text.lower() != "null" and not MEANS_SOMETHING.search(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
