"""Where that lies which a reservation still holds (WHS-8)."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from bylaw_inventory.rules.picking.picking import PickingLine
from bylaw_inventory.store.tables import balances, entries, items, lots, places


def of_reservation(connection: sa.Connection, reservation: UUID) -> list[PickingLine]:
    """Lines in the order of the places' labels, then of the items' codes and lots."""
    total = sa.func.sum(entries.c.reserved).label("quantity")
    held = sa.select(entries.c.balance, total).where(entries.c.reservation == reservation)
    own = held.group_by(entries.c.balance).having(total > 0).subquery()
    query = (
        sa.select(balances.c.place, places.c.code.label("place_code"), balances.c.item, items.c.code.label("item_code"))
        .add_columns(lots.c.code.label("lot"), lots.c.expires, own.c.quantity, items.c.unit)
        .join(own, own.c.balance == balances.c.id)
        .join(places, places.c.id == balances.c.place)
        .join(items, items.c.id == balances.c.item)
        .outerjoin(lots, lots.c.id == balances.c.lot)
        .order_by(sa.func.lower(places.c.code), sa.func.lower(items.c.code), lots.c.expires, lots.c.code)
    )
    return [_line(row) for row in connection.execute(query)]


def _line(row: Any) -> PickingLine:
    goods = (row.item, row.item_code, row.lot or "", row.expires, row.quantity, row.unit)
    return PickingLine(row.place, row.place_code, *goods)
