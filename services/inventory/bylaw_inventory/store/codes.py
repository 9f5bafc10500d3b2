"""Whose a code is: a place's label, an item's own code, or a barcode (WHS-8, GDS-1)."""

from uuid import UUID

import sqlalchemy as sa

from bylaw_inventory.rules.goods.item import Item
from bylaw_inventory.store import items
from bylaw_inventory.store.tables import places


def place(connection: sa.Connection, warehouse: UUID, label: str) -> UUID | None:
    """The place of a warehouse with a label, in whatever case."""
    own = sa.and_(places.c.warehouse == warehouse, sa.func.lower(places.c.code) == label.lower())
    return connection.execute(sa.select(places.c.id).where(own)).scalar()


def item(connection: sa.Connection, *, code: str = "", gtin: str = "") -> Item | None:
    """The item with a code, in whatever case, or with a barcode of 14 digits."""
    found = items.listed(connection, code=code, barcode=gtin, page=(None, 1))
    return found[0] if found else None
