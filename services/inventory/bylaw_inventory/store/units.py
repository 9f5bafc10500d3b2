"""Further units of items: what is written stays as it is; another ratio is another row (GDS-1)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.rules.goods.item import Item
from bylaw_inventory.rules.units.unit import ItemUnit, Said
from bylaw_inventory.store.tables import item_barcodes, items
from bylaw_inventory.store.units_tables import item_units

COLUMNS = item_units.c
_LIVE = COLUMNS.retired_at.is_(None)
_BARCODE = sa.select(item_barcodes.c.written).where(
    item_barcodes.c.item == COLUMNS.item, item_barcodes.c.unit == COLUMNS.id
)
# Numbers as text, which nobody who reads JSON rounds.
_TOLD = sa.func.json_build_array(
    COLUMNS.id,
    COLUMNS.name,
    sa.cast(COLUMNS.base_quantity, sa.Text),
    sa.cast(COLUMNS.per, sa.Text),
    sa.func.coalesce(_BARCODE.scalar_subquery(), ""),
)
_BY_SIZE = (COLUMNS.base_quantity / COLUMNS.per, COLUMNS.name)
OF_ITEM = (
    sa.select(sa.func.json_agg(pg.aggregate_order_by(_TOLD, *_BY_SIZE)))
    .where(COLUMNS.item == items.c.id, _LIVE)
    .scalar_subquery()
    .label("units")
)
"""An item's units as `as_units` reads them, the smallest first."""


def of_items(connection: sa.Connection, wanted: Collection[UUID]) -> dict[UUID, tuple[ItemUnit, ...]]:
    """The units of items by id."""
    query = sa.select(items.c.id, OF_ITEM).where(items.c.id.in_(list(wanted)))
    return {row.id: as_units(row.units) for row in connection.execute(query)}


def write(connection: sa.Connection, made: Sequence[Item], now: datetime) -> None:
    """Makes these the units of items, whose rows are locked or new: others are retired from now on."""
    own = {unit.identifier: (item.identifier, unit) for item in made for unit in item.wish.units}
    among = sa.cast([item.identifier for item in made], pg.ARRAY(COLUMNS.item.type))
    mine = (COLUMNS.item == sa.any_(among), _LIVE)
    there = set(connection.execute(sa.select(COLUMNS.id).where(*mine)).scalars())
    if gone := there - own.keys():
        connection.execute(item_units.update().where(COLUMNS.id.in_(gone)).values(retired_at=now))
    rows = [
        {
            "id": identifier,
            "item": item,
            "name": unit.name,
            "base_quantity": unit.base_quantity,
            "per": unit.per,
            "created_at": now,
        }
        for identifier, (item, unit) in own.items()
        if identifier not in there
    ]
    if rows:
        connection.execute(item_units.insert(), rows)
    _hand_on(connection, [one for identifier, one in own.items() if identifier not in there], gone)


def _hand_on(connection: sa.Connection, made: Sequence[tuple[UUID, ItemUnit]], gone: Collection[UUID]) -> None:
    """Makes the barcodes of retired units those of the new ones that have them."""
    told = [{"of": item, "barcode": unit.barcode, "to": unit.identifier} for item, unit in made if unit.barcode]
    if told and gone:
        same = (item_barcodes.c.item == sa.bindparam("of"), item_barcodes.c.written == sa.bindparam("barcode"))
        moved = item_barcodes.update().where(*same, item_barcodes.c.unit.is_not(None))
        connection.execute(moved.values(unit=sa.bindparam("to")), told)


def said(row: Any) -> Said | None:
    """How a row's quantity was stated, where that was in a further unit; nothing else."""
    return Said(row.said_unit, row.said_name, row.said_quantity) if row.said_unit else None


def as_units(told: Any) -> tuple[ItemUnit, ...]:
    """What `OF_ITEM` found."""
    return tuple(
        ItemUnit(UUID(identifier), name, Decimal(base_quantity), Decimal(per), barcode)
        for identifier, name, base_quantity, per, barcode in told or ()
    )
