"""How rows and seals are written down before they are hashed: netstrings of their fields, in SQL and in Python.

A field is its text in UTF-8; a list as PostgreSQL writes an array, `{a,"b c"}`; an instant is whole microseconds since
1970 in UTC.
A netstring is the length in bytes, a colon, the bytes. The hash of a row is SHA-256 over the version `1` and its fields
in the order of `ROW_FIELDS`; a seal's head is SHA-256 over the version and the fields of `SEAL_FIELDS`, of which
`previous` is the head before it (32 zero bytes for the first) and `rows` is SHA-256 over the hashes of its rows by id;
both in hexadecimal.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

ROW_FIELDS = (
    "id", "xid", "incarnation", "recorded_at", "actor", "session", "on_behalf_of", "method", "targets", "fields",
    "sources", "scopes", "address", "trace_id", "reason", "clause", "dropped", "digest",
)  # fmt: skip
SEAL_FIELDS = (
    "number", "previous", "incarnation", "from_xid", "to_xid", "first_id", "last_id", "entries", "rows", "sealed_at",
)  # fmt: skip
FIRST = bytes(32)
"""What stands as the previous head of the first seal."""

_VERSION = "1"
_LISTS = frozenset({"targets", "fields", "sources", "scopes"})
_INSTANTS = frozenset({"incarnation", "recorded_at", "sealed_at"})
_BYTES = frozenset({"previous", "rows"})
_MEANS_SOMETHING = re.compile(r'[{},"\\ \t\n\r\v\f]')
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def row_hash(row: Mapping[str, Any]) -> bytes:
    """The hash of a row as read from the table."""
    return hashlib.sha256(netstrings((_VERSION, *(_text(name, row[name]) for name in ROW_FIELDS)))).digest()


def head(seal: Mapping[str, Any], row_hashes: Iterable[bytes]) -> bytes:
    """The head that a seal over rows with these hashes must have."""
    whole = {**seal, "rows": hashlib.sha256(b"".join(row_hashes)).digest()}
    return hashlib.sha256(netstrings((_VERSION, *(_text(name, whole[name]) for name in SEAL_FIELDS)))).digest()


def microseconds(instant: datetime) -> str:
    """An instant as whole microseconds since 1970 in UTC."""
    return str((instant - _EPOCH) // timedelta(microseconds=1))


def netstrings(texts: Iterable[str]) -> bytes:
    """Texts one behind the other, each with its length in bytes before it."""
    encoded = (text.encode() for text in texts)
    return b"".join(b"%d:%b" % (len(text), text) for text in encoded)


def _text(name: str, value: Any) -> str:
    if name in _LISTS:
        return f"{{{','.join(map(_item, value))}}}"
    if name in _INSTANTS:
        return microseconds(value)
    return value.hex() if name in _BYTES else str(value)


def _item(text: str) -> str:
    """An item of an array: in quotes where it is empty, reads as null or has a character that means something."""
    if text and text.lower() != "null" and not _MEANS_SOMETHING.search(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def row_hash_sql() -> str:
    """The same hash as an SQL expression over a row of `audit`."""
    return _hash_sql(ROW_FIELDS)


def head_sql() -> str:
    """The same head as an SQL expression over columns called as in `SEAL_FIELDS`."""
    return _hash_sql(SEAL_FIELDS)


def _hash_sql(names: Iterable[str]) -> str:
    """One `concat`: a chain of operators would copy the text anew at each."""
    netstrings = (f"octet_length({text}), ':', {text}" for text in map(_text_sql, names))
    parts = ", ".join([f"'{len(_VERSION)}:{_VERSION}'", *netstrings])
    return f"sha256(convert_to(concat({parts}), 'UTF8'))"


def _text_sql(name: str) -> str:
    if name in _INSTANTS:
        return f"(extract(epoch from {name}) * 1000000)::bigint::text"
    return f"encode({name}, 'hex')" if name in _BYTES else f"{name}::text"
