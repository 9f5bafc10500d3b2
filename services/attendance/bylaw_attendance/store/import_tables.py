"""The tables of imports that were taken back, and of what imports said of clocks, as the migrations make them."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.store.tables import metadata

_UUID = pg.UUID(as_uuid=True)
_INSTANT = sa.DateTime(timezone=True)

import_revocations = sa.Table(
    "import_revocations",
    metadata,
    sa.Column("import", _UUID, key="import_id", primary_key=True),
    sa.Column("revoked_at", _INSTANT),
    sa.Column("revoked_by", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Column("struck_count", sa.Integer),
    sa.Column("remaining_count", sa.Integer),
    sa.Column("remaining", pg.JSONB),
    sa.Column("again", pg.JSONB),
)
"""Append-only: what was taken back stays so; the right file is another import."""
import_clocks = sa.Table(
    "import_clocks",
    metadata,
    sa.Column("import", _UUID, key="import_id", primary_key=True),
    sa.Column("clock", _UUID, primary_key=True),
    sa.Column("reported_until", _INSTANT),
)
"""Append-only: up to when a clock had reported by an import alone (null: it was only heard of)."""
