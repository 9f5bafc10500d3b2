"""The table of punches that do not count, as the migrations make it."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.store.tables import metadata

struck_punches = sa.Table(
    "struck_punches",
    metadata,
    sa.Column("punch", pg.UUID(as_uuid=True), primary_key=True),
    sa.Column("person", pg.UUID(as_uuid=True)),
    sa.Column("struck_at", sa.DateTime(timezone=True)),
    sa.Column("struck_by", sa.Text),
    sa.Column("reason", sa.Text),
)
"""Append-only: the punches themselves are never changed."""
