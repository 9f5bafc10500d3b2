"""How rows and seals are written down before they are hashed, in SQL: netstrings of their fields.

A field is its text in UTF-8; a list as PostgreSQL writes an array, `{a,"b c"}`; an instant is whole microseconds since
1970 in UTC.
A netstring is the length in bytes, a colon, the bytes. The hash of a row is SHA-256 over the version `1` and its fields
in the order of `ROW_FIELDS`; a seal's head is SHA-256 over the version and the fields of `SEAL_FIELDS`, of which
`previous` is the head before it (32 zero bytes for the first) and `rows` is SHA-256 over the hashes of its rows by id;
both in hexadecimal.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

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
_INSTANTS = frozenset({"incarnation", "recorded_at", "sealed_at"})
_BYTES = frozenset({"previous", "rows"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(instant: datetime) -> str:
    """An instant as whole microseconds since 1970 in UTC."""
    return str((instant - _EPOCH) // timedelta(microseconds=1))


def netstrings(texts: Iterable[str]) -> bytes:
    """Texts one behind the other, each with its length in bytes before it."""
    encoded = (text.encode() for text in texts)
    return b"".join(b"%d:%b" % (len(text), text) for text in encoded)


def row_hash_sql() -> str:
    """The hash of a row as an SQL expression over a row of `audit`."""
    return _hash_sql(ROW_FIELDS)


def head_sql() -> str:
    """The head of a seal as an SQL expression over columns called as in `SEAL_FIELDS`."""
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
