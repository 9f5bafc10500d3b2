"""Whose codes are: places' labels, items' own codes, and barcodes (WHS-8, GDS-1)."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.rules.goods.item import Item
from bylaw_inventory.store.items import SHOWN, as_item
from bylaw_inventory.store.tables import item_barcodes, items
from bylaw_inventory.store.tables import places as kept

_TEXTS = pg.ARRAY(sa.Text)


def places(connection: sa.Connection, warehouse: UUID, labels: Collection[str]) -> dict[str, UUID]:
    """The places of a warehouse with these labels, in whatever case."""
    told = _told(labels)
    own = (kept.c.warehouse == warehouse, sa.func.lower(kept.c.code) == sa.func.lower(told))
    query = sa.select(told.label("told"), kept.c.id).where(*own)
    return {row.told: row.id for row in connection.execute(query)}


def items_by_code(connection: sa.Connection, codes: Collection[str]) -> dict[str, Item]:
    """The items with these codes, in whatever case."""
    told = _told(codes)
    query = SHOWN.add_columns(told.label("told")).where(sa.func.lower(items.c.code) == sa.func.lower(told))
    return {row.told: as_item(row) for row in connection.execute(query)}


def items_by_gtin(connection: sa.Connection, gtins: Collection[str]) -> dict[str, Item]:
    """The items with these barcodes of 14 digits, their own or a unit's."""
    owner = item_barcodes.alias("owner")
    query = SHOWN.add_columns(owner.c.gtin).join(owner, owner.c.item == items.c.id)
    query = query.where(owner.c.gtin == sa.any_(sa.cast(sorted(gtins), _TEXTS)))
    return {row.gtin: as_item(row) for row in connection.execute(query)}


def _told(texts: Collection[str]) -> Any:
    return sa.func.unnest(sa.cast(sorted(texts), _TEXTS)).column_valued("told")
