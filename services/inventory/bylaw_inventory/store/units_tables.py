"""The table of further units of items."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.store.tables import metadata

_UUID, _INSTANT, _QUANTITY = pg.UUID(as_uuid=True), sa.DateTime(timezone=True), sa.Numeric(21, 6)

item_units = sa.Table(
    "item_units",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("item", _UUID),
    sa.Column("name", sa.Text),
    sa.Column("base_quantity", _QUANTITY),
    sa.Column("per", _QUANTITY),
    sa.Column("created_at", _INSTANT),
    sa.Column("retired_at", _INSTANT),
)
"""A row whose `retired_at` is nothing is a unit that may be stated; what names a row may name it for ever."""
