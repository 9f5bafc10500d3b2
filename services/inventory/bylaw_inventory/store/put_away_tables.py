"""The table of fixed places."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.store.tables import metadata

_UUID, _INSTANT = pg.UUID(as_uuid=True), sa.DateTime(timezone=True)

fixed_places = sa.Table(
    "fixed_places",
    metadata,
    sa.Column("warehouse", _UUID, primary_key=True),
    sa.Column("item", _UUID, primary_key=True),
    sa.Column("place", _UUID),
    sa.Column("changed_at", _INSTANT),
    sa.Column("changed_by", sa.Text),
)
