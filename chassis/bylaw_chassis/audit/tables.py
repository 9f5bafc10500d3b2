"""The tables of the audit trail: rows that nobody changes, and the seals over them."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_chassis.tables import chassis_metadata

AUDIT_TABLES = ("audit", "audit_seals")
"""Nothing may be updated, deleted or truncated in them, in any service."""

GIVEN_BY_SERVER = ("id", "xid", "incarnation")
"""Columns of `audit` that no service may write: a row cannot be slipped into what is sealed."""


class Xid8(sa.types.UserDefinedType[int]):
    """A transaction id that never comes again; a number in Python, text on the wire."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "xid8"

    def bind_processor(self, dialect: sa.Dialect) -> Any:  # noqa: ARG002
        return str

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Any:  # noqa: ARG002
        return int


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _texts(name: str) -> sa.Column[list[str]]:
    return sa.Column(name, pg.ARRAY(sa.Text), nullable=False)


audit = sa.Table(
    "audit",
    chassis_metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True, cache=1), primary_key=True),
    sa.Column("xid", Xid8, nullable=False, server_default=sa.func.pg_current_xact_id()),
    sa.Column(
        "incarnation",
        sa.DateTime(timezone=True),
        nullable=False,
        server_default=sa.func.pg_postmaster_start_time(),
    ),
    sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
    *map(_text, ("actor", "session", "on_behalf_of", "method")),
    *map(_texts, ("targets", "fields", "sources", "scopes")),
    *map(_text, ("address", "trace_id", "reason", "clause")),
    sa.Column("dropped", sa.Integer, nullable=False),
    _text("digest"),
)
"""A row for each committed write, each refusal that matters and each reveal.

`incarnation` is the start of the database server that gave `xid`: only within one do transaction ids say who was first.
`reason` is empty for what was done; `dropped` counts the refusals before this row for which there was no room.
"""

audit_seals = sa.Table(
    "audit_seals",
    chassis_metadata,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("previous", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("head", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("incarnation", sa.DateTime(timezone=True), nullable=False),
    sa.Column("from_xid", Xid8, nullable=False),
    sa.Column("to_xid", Xid8, nullable=False),
    sa.Column("first_id", sa.BigInteger, nullable=False),
    sa.Column("last_id", sa.BigInteger, nullable=False),
    sa.Column("entries", sa.Integer, nullable=False),
    sa.Column("marks", sa.LargeBinary, nullable=False),
    sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
    sa.Index("audit_seals_incarnation", "incarnation", "number"),
)
"""A link of the chain: the rows of one incarnation with `from_xid <= xid < to_xid`, and the head they come to.

`marks` are sixteen bytes a row, id and the beginning of its hash: with them a changed row is named, not only its batch.
"""
