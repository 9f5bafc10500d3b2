"""The tables of clocks that push, as the migrations make them."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.store.tables import metadata

_UUID = pg.UUID(as_uuid=True)
_INSTANT = sa.DateTime(timezone=True)

pushing_clocks = sa.Table(
    "pushing_clocks",
    metadata,
    sa.Column("clock", _UUID, primary_key=True),
    sa.Column("serial_number", sa.Text),
    sa.Column("utc_offset_minutes", sa.SmallInteger),
    sa.Column("allowed_lag_seconds", sa.SmallInteger),
    sa.Column("registered_at", _INSTANT),
    sa.Column("registered_by", sa.Text),
    sa.Column("hello_at", _INSTANT),
    sa.Column("seen_at", _INSTANT),
    sa.Column("since", _INSTANT),
    sa.Column("backlog_at", _INSTANT),
    sa.Column("is_unsettled", sa.Boolean),
    sa.Column("stamp", sa.Text),
    sa.Column("operation_stamp", sa.Text),
    sa.Column("deviation_seconds", sa.Integer),
    sa.Column("time_is_wrong", sa.Boolean),
    sa.Column("read_count", sa.BigInteger),
    sa.Column("taken_count", sa.BigInteger),
    sa.Column("repeated_count", sa.BigInteger),
    sa.Column("refused_count", sa.BigInteger),
    sa.Column("count_asked_for", sa.Date),
    sa.Column("key_digest", sa.LargeBinary),
    sa.Column("key_address", sa.Text),
    sa.Column("source_networks", pg.ARRAY(sa.Text)),
)
clock_counts = sa.Table(
    "clock_counts",
    metadata,
    sa.Column("clock", _UUID, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("clock_count", sa.Integer),
    sa.Column("recorded_count", sa.Integer),
    sa.Column("check_count", sa.Integer),
    sa.Column("checked_at", _INSTANT),
)
clock_troubles = sa.Table(
    "clock_troubles",
    metadata,
    sa.Column("clock", _UUID, primary_key=True),
    sa.Column("kind", sa.SmallInteger, primary_key=True),
    sa.Column("first_seen_at", _INSTANT),
    sa.Column("last_seen_at", _INSTANT),
    sa.Column("seen_count", sa.BigInteger),
    sa.Column("ended_at", _INSTANT),
)
clock_refused_lines = sa.Table(
    "clock_refused_lines",
    metadata,
    sa.Column("clock", _UUID, primary_key=True),
    sa.Column("ordinal", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("line", sa.Integer),
    sa.Column("field", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Column("zh", sa.Text),
    sa.Column("en", sa.Text),
)
"""Those that a clock was refused last; older ones make room."""
clock_commands = sa.Table(
    "clock_commands",
    metadata,
    sa.Column("number", sa.Integer, sa.Identity(always=True), primary_key=True),
    sa.Column("clock", _UUID),
    sa.Column("body", sa.Text),
    sa.Column("asked_at", _INSTANT),
    sa.Column("asked_by", sa.Text),
    sa.Column("sent_at", _INSTANT),
    sa.Column("answered_at", _INSTANT),
    sa.Column("result", sa.Integer),
)
unknown_clocks = sa.Table(
    "unknown_clocks",
    metadata,
    sa.Column("serial_number", sa.Text, primary_key=True),
    sa.Column("first_seen_at", _INSTANT),
    sa.Column("last_seen_at", _INSTANT),
)
"""Serial numbers that knocked and are not registered: a bounded list."""
