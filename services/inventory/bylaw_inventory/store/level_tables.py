"""The tables of stock levels, and of what became of proposals."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.store.tables import metadata

_UUID, _INSTANT, _QUANTITY = pg.UUID(as_uuid=True), sa.DateTime(timezone=True), sa.Numeric(21, 6)

stock_levels = sa.Table(
    "stock_levels",
    metadata,
    sa.Column("warehouse", _UUID, primary_key=True),
    sa.Column("item", _UUID, primary_key=True),
    sa.Column("reorder_point", _QUANTITY),
    sa.Column("reorder_quantity", _QUANTITY),
    sa.Column("lead_days", sa.SmallInteger),
    sa.Column("safety_days", sa.SmallInteger),
    sa.Column("cover_days", sa.SmallInteger),
    sa.Column("changed_at", _INSTANT),
    sa.Column("changed_by", sa.Text),
)
stock_proposal_outcomes = sa.Table(
    "stock_proposal_outcomes",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("warehouse", _UUID),
    sa.Column("item", _UUID),
    sa.Column("kind", sa.SmallInteger),
    sa.Column("result", sa.SmallInteger),
    sa.Column("reason", sa.Text),
    sa.Column("quiet_until", sa.Date),
    sa.Column("recorded_at", _INSTANT),
    sa.Column("recorded_by", sa.Text),
)
