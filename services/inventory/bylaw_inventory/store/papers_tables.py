"""The tables of paperwork."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.store.tables import metadata

_UUID, _INSTANT = pg.UUID(as_uuid=True), sa.DateTime(timezone=True)

paper_rules = sa.Table(
    "paper_rules",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("warehouse", _UUID),
    sa.Column("kind", sa.SmallInteger),
    sa.Column("first_day", sa.Date),
    sa.Column("needs", pg.JSONB),
    sa.Column("reason", sa.Text),
    sa.Column("set_at", _INSTANT),
    sa.Column("set_by", sa.Text),
)
refused_movements = sa.Table(
    "refused_movements",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("warehouse", _UUID),
    sa.Column("kind", sa.SmallInteger),
    sa.Column("day", sa.Date),
    sa.Column("lines", pg.JSONB),
    sa.Column("papers", pg.JSONB),
    sa.Column("missing", pg.JSONB),
    sa.Column("clause", sa.Text),
    sa.Column("attempt", sa.LargeBinary),
    sa.Column("refused_at", _INSTANT),
    sa.Column("tried_by", sa.Text),
)
