"""Where each kind of goods has its fixed place, and what lies in inspection and waits to be put away (WHS-8)."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.rules.goods.place import PlaceKind
from bylaw_inventory.rules.put_away.fixed_place import FixedPlace, Waiting
from bylaw_inventory.store.put_away_tables import fixed_places
from bylaw_inventory.store.tables import balances, items, lots, places

COLUMNS = fixed_places.c


def of_items(connection: sa.Connection, warehouse: UUID, wanted: Collection[UUID]) -> dict[UUID, UUID]:
    """The fixed places of items in a warehouse, of those that have one."""
    own = sa.and_(COLUMNS.warehouse == warehouse, COLUMNS.item.in_(list(wanted)))
    return {row.item: row.place for row in connection.execute(sa.select(COLUMNS.item, COLUMNS.place).where(own))}


def write(connection: sa.Connection, made: FixedPlace) -> None:
    """Makes it the item's fixed place, in the stead of the one before."""
    own = {"warehouse": made.warehouse, "item": made.item}
    said = {"place": made.place, "changed_at": made.changed_at, "changed_by": made.changed_by}
    wanted = pg.insert(fixed_places).values({**own, **said})
    connection.execute(wanted.on_conflict_do_update(index_elements=[*own], set_=said))


def drop(connection: sa.Connection, warehouse: UUID, item: UUID) -> None:
    """The item has no fixed place there any more."""
    connection.execute(fixed_places.delete().where(COLUMNS.warehouse == warehouse, COLUMNS.item == item))


def listed(connection: sa.Connection, warehouse: UUID, *, page: tuple[UUID | None, int]) -> list[FixedPlace]:
    """A warehouse's fixed places by the id of the item, behind one."""
    after, limit = page
    query = sa.select(fixed_places).where(COLUMNS.warehouse == warehouse).order_by(COLUMNS.item).limit(limit)
    if after:
        query = query.where(COLUMNS.item > after)
    return [
        FixedPlace(row.warehouse, row.item, row.place, row.changed_at, row.changed_by)
        for row in connection.execute(query)
    ]


def waiting(
    connection: sa.Connection, warehouse: UUID, *, page: tuple[tuple[UUID, UUID, UUID] | None, int]
) -> list[Waiting]:
    """What lies in inspection and is not reserved, with where it goes: by item, place and lot, behind a place."""
    after, limit = page
    kept, free = balances.c, balances.c.on_hand - balances.c.reserved
    order = (kept.item, kept.place, kept.id)
    own = sa.select(places.c.id).where(places.c.warehouse == warehouse, places.c.kind == int(PlaceKind.INSPECTION))
    fixed = sa.and_(COLUMNS.item == kept.item, COLUMNS.warehouse == warehouse)
    query = (
        sa.select(kept.id, kept.item, kept.place, free.label("quantity"), COLUMNS.place.label("fixed"))
        .add_columns(items.c.unit, lots.c.code, lots.c.expires)
        .join(items, items.c.id == kept.item)
        .outerjoin(lots, lots.c.id == kept.lot)
        .outerjoin(fixed_places, fixed)
        .where(kept.place.in_(own), free > 0)
        .order_by(*order)
        .limit(limit)
    )
    if after:
        query = query.where(sa.tuple_(*order) > after)
    return [
        Waiting(row.id, row.item, row.place, row.code or "", row.expires, row.quantity, row.unit, row.fixed)
        for row in connection.execute(query)
    ]
