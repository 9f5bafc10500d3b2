"""The table of photos by which people sign in, as the migrations make it."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.store.tables import metadata

_UUID = pg.UUID(as_uuid=True)
_INSTANT = sa.DateTime(timezone=True)

photos = sa.Table(
    "sign_in_photos",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("person", _UUID),
    sa.Column("instant", _INSTANT),
    sa.Column("day", sa.Date),
    sa.Column("utc_offset_minutes", sa.SmallInteger),
    sa.Column("time_zone", sa.Text),
    sa.Column("direction", sa.SmallInteger),
    sa.Column("device", sa.Text),
    sa.Column("content_type", sa.Text),
    sa.Column("digest", sa.LargeBinary),
    sa.Column("size_bytes", sa.Integer),
    sa.Column("state", sa.SmallInteger),
    sa.Column("received_at", _INSTANT),
    sa.Column("ended_at", _INSTANT),
    sa.Column("ended_by", sa.Text),
    sa.Column("end_text", sa.Text),
    sa.Column("punch", _UUID),
    sa.Column("purged_at", _INSTANT),
)
"""Of one person an image is there once; `punch` is what an accepted one became (its own id) or confirms."""
