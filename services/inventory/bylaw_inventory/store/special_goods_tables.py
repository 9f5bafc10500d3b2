"""The table of special goods."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.store.tables import metadata

_UUID, _INSTANT = pg.UUID(as_uuid=True), sa.DateTime(timezone=True)

special_goods = sa.Table(
    "special_goods",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("item", _UUID),
    sa.Column("category", sa.Text),
    sa.Column("warning_zh", sa.Text),
    sa.Column("warning_en", sa.Text),
    sa.Column("keepers", pg.JSONB),
    sa.Column("reason", sa.Text),
    sa.Column("set_at", _INSTANT),
    sa.Column("set_by", sa.Text),
)
