"""The table of requests for overtime, as the migrations make it."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.store.tables import metadata

_UUID = pg.UUID(as_uuid=True)
_INSTANT = sa.DateTime(timezone=True)

overtime_requests = sa.Table(
    "overtime_requests",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("person", _UUID),
    sa.Column("work_date", sa.Date),
    sa.Column("wall_start", sa.SmallInteger),
    sa.Column("wall_end", sa.SmallInteger),
    sa.Column("start_minute", sa.BigInteger),
    sa.Column("end_minute", sa.BigInteger),
    sa.Column("compensation", sa.SmallInteger),
    sa.Column("reason", sa.Text),
    sa.Column("percent", sa.SmallInteger),
    sa.Column("planned", pg.JSONB),
    sa.Column("wish_key", sa.Text),
    sa.Column("decision", _UUID),
    sa.Column("state", sa.SmallInteger),
    sa.Column("revision", sa.Integer),
    sa.Column("asked_at", _INSTANT),
    sa.Column("ended_at", _INSTANT),
    sa.Column("ended_by", sa.Text),
)
"""Of one person no two that count hold the same minute; `planned` is the day's plan as it was, in epoch minutes."""
