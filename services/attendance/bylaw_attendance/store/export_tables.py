"""The table of export layouts that are at fault, as the migrations make it."""

import sqlalchemy as sa

from bylaw_attendance.store.tables import metadata

_INSTANT = sa.DateTime(timezone=True)

export_layout_faults = sa.Table(
    "export_layout_faults",
    metadata,
    sa.Column("layout", sa.Text, primary_key=True),
    sa.Column("distribution", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Column("rule", sa.Text),
    sa.Column("first_seen", _INSTANT),
    sa.Column("last_seen", _INSTANT),
    sa.Column("seen_count", sa.Integer),
)
"""What a layout could not do the last time, until it goes well again."""
