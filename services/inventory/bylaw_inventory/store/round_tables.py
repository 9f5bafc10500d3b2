"""The tables of rounds and their photos."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.store.tables import metadata

_UUID, _INSTANT = pg.UUID(as_uuid=True), sa.DateTime(timezone=True)

house_rounds = sa.Table(
    "house_rounds",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("warehouse", _UUID),
    sa.Column("day", sa.Date),
    sa.Column("side", sa.SmallInteger),
    sa.Column("keeper", sa.Text),
    sa.Column("handed_in_at", _INSTANT),
    sa.Column("locks", sa.Text),
    sa.Column("goods", sa.Text),
    sa.Column("surroundings", sa.Text),
)
"""Of each check what is unusual; empty where all is fine."""

round_photos = sa.Table(
    "round_photos",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("round", _UUID),
    sa.Column("kind", sa.SmallInteger),
    sa.Column("content_type", sa.Text),
    sa.Column("digest", sa.LargeBinary),
    sa.Column("size_bytes", sa.Integer),
    sa.Column("taken_at", _INSTANT),
    sa.Column("taken_by", sa.Text),
)
