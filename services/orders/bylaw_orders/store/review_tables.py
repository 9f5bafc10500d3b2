"""The table of product reviews (CUS-3)."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_orders.store.tables import metadata

_UUID, _INSTANT = pg.UUID(as_uuid=True), sa.DateTime(timezone=True)

reviews = sa.Table(
    "reviews",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("channel", _UUID),
    sa.Column("number", sa.Text),
    sa.Column("code", sa.Text),
    sa.Column("stars", sa.SmallInteger),
    sa.Column("text", sa.Text),
    sa.Column("placed_at", _INSTANT),
    sa.Column("due_at", _INSTANT),
    sa.Column("created_at", _INSTANT),
    sa.Column("answer", sa.Text),
    sa.Column("answered_at", _INSTANT),
    sa.Column("answered_by", sa.Text),
    sa.Column("told_at", _INSTANT),
)
