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
    sa.Column("import", pg.UUID(as_uuid=True), key="import_id"),
)
"""Append-only: the punches themselves are never changed. `import` is the import that was taken back, if it was that.

What was struck with its import may come again, by a file that is right: see `taken_again`.
"""
