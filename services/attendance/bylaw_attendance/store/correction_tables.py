"""The table of corrections of missed punches, as the migrations make it."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.store.tables import metadata

_UUID = pg.UUID(as_uuid=True)
_INSTANT = sa.DateTime(timezone=True)

corrections = sa.Table(
    "corrections",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("person", _UUID),
    sa.Column("instant", _INSTANT),
    sa.Column("utc_offset_minutes", sa.SmallInteger),
    sa.Column("time_zone", sa.Text),
    sa.Column("month", sa.Date),
    sa.Column("direction", sa.SmallInteger),
    sa.Column("reason", sa.Text),
    sa.Column("evidence", sa.Text),
    sa.Column("state", sa.SmallInteger),
    sa.Column("revision", sa.Integer),
    sa.Column("asked_at", _INSTANT),
    sa.Column("ended_at", _INSTANT),
    sa.Column("ended_by", sa.Text),
    sa.Column("end_text", sa.Text),
    sa.Column("accepted_at", _INSTANT),
    sa.Column("accepted_by", sa.Text),
)
"""Of one person, instant and direction at most one waits or was accepted; that one's punch has its id.

One that was revoked is kept as refused, with the acceptance beside it: so the version before can read it.
"""
