"""Items of goods and their lots."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.rules.goods.item import Item, ItemWish, Tracking, gtin14
from bylaw_inventory.rules.ledger.balance import lot_id
from bylaw_inventory.store import units
from bylaw_inventory.store.tables import balances, item_barcodes, items, lots, places
from bylaw_inventory.store.warehouses import WITHIN_THE_DOOR, behind

_BARCODES = (
    sa.select(sa.func.array_agg(pg.aggregate_order_by(item_barcodes.c.written, item_barcodes.c.place)))
    .where(item_barcodes.c.item == items.c.id, item_barcodes.c.unit.is_(None))
    .scalar_subquery()
    .label("barcodes")
)
SHOWN = sa.select(items, _BARCODES, units.OF_ITEM)
"""What `as_item` reads."""


def add(connection: sa.Connection, made: Item) -> bool:
    """Puts an item on record; says no where its code is another's."""
    inserted = pg.insert(items).values(item_row(made)).on_conflict_do_nothing().returning(items.c.id)
    return connection.execute(inserted).first() is not None


def change(connection: sa.Connection, made: Item) -> None:
    """Writes what may change of an item."""
    row = item_row(made)
    connection.execute(items.update().where(items.c.id == row.pop("id")).values(**row))


def write_barcodes(connection: sa.Connection, made: Item) -> tuple[str, UUID] | None:
    """Makes these its barcodes, and those of its units; answers the first that is of other goods, and of which.

    In that case nothing counts.
    """
    told: list[tuple[str, UUID | None]] = [(written, None) for written in made.wish.barcodes]
    told += [(unit.barcode, unit.identifier) for unit in made.wish.units if unit.barcode]
    own = [
        {"gtin": gtin14(written), "item": made.identifier, "place": place, "written": written, "unit": unit}
        for place, (written, unit) in enumerate(told)
    ]
    connection.execute(item_barcodes.delete().where(item_barcodes.c.item == made.identifier))
    for row in sorted(own, key=lambda one: str(one["gtin"])):
        done = pg.insert(item_barcodes).values(row).on_conflict_do_nothing().returning(item_barcodes.c.gtin)
        if connection.execute(done).first() is None:
            other = sa.select(item_barcodes.c.item).where(item_barcodes.c.gtin == row["gtin"])
            return str(row["written"]), connection.execute(other).scalar_one()
    return None


def by_code(connection: sa.Connection, code: str) -> UUID | None:
    """Whose code it is, in whatever case."""
    return connection.execute(sa.select(items.c.id).where(sa.func.lower(items.c.code) == sa.func.lower(code))).scalar()


def find(connection: sa.Connection, wanted: Collection[UUID], *, lock: bool = False) -> dict[UUID, Item]:
    """Items by id; locked first and read then, so that barcodes and units are those of behind the wait."""
    own = items.c.id.in_(list(wanted))
    if lock:
        connection.execute(locked(own))
    return {row.id: as_item(row) for row in connection.execute(SHOWN.where(own).order_by(items.c.id))}


def locked(own: sa.ColumnElement[bool]) -> sa.Select[tuple[UUID]]:
    """Locks items in the order of their ids. What is beside them is read by a statement of its own.

    One that has waited for a lock sees the row anew, and everything else as it was before.
    """
    return sa.select(items.c.id).where(own).order_by(items.c.id).with_for_update(key_share=True)


def listed(
    connection: sa.Connection, *, code: str, barcode: str, page: tuple[tuple[str, UUID] | None, int]
) -> list[Item]:
    """Items by code, behind a place; of one code or barcode where that is asked for."""
    after, limit = page
    query = SHOWN.order_by(sa.func.lower(items.c.code), items.c.id).limit(limit)
    if code:
        query = query.where(sa.func.lower(items.c.code) == sa.func.lower(code))
    if barcode:
        owner = sa.select(item_barcodes.c.item).where(item_barcodes.c.gtin == barcode)
        query = query.where(items.c.id.in_(owner))
    if after:
        query = query.where(sa.tuple_(sa.func.lower(items.c.code), items.c.id) > behind(*after))
    return [as_item(row) for row in connection.execute(query)]


def allow_below_zero(connection: sa.Connection, item: UUID, *, allowed: bool) -> str:
    """Says so of the item's balances within the door; answers a place's code where it is below zero and must not be.

    They are locked in the order of their ids, as by everybody.
    """
    within = sa.select(places.c.id).where(places.c.kind.in_(WITHIN_THE_DOOR))
    own = sa.and_(balances.c.item == item, balances.c.place.in_(within))
    locked = sa.select(balances.c.place, balances.c.on_hand, balances.c.reserved).where(own).order_by(balances.c.id)
    for row in connection.execute(locked.with_for_update()).all():
        if not allowed and row.on_hand < row.reserved:
            place = sa.select(places.c.code).where(places.c.id == row.place)
            return str(connection.execute(place).scalar_one())
    connection.execute(balances.update().where(own).values(below_zero=allowed))
    return ""


def write_lots(connection: sa.Connection, wanted: Mapping[tuple[UUID, str], date | None]) -> dict[UUID, date | None]:
    """Puts lots on record that are not; answers when each expires by what is on record."""
    rows = [{"id": lot_id(*key), "item": key[0], "code": key[1], "expires": day} for key, day in wanted.items()]
    rows.sort(key=lambda row: str(row["id"]))
    connection.execute(pg.insert(lots).on_conflict_do_nothing(), rows)
    known = sa.select(lots.c.id, lots.c.expires).where(lots.c.id.in_([row["id"] for row in rows]))
    return {row.id: row.expires for row in connection.execute(known)}


def item_row(made: Item) -> dict[str, Any]:
    """A row of an item, without its barcodes."""
    wish = made.wish
    return {
        "id": made.identifier,
        "code": wish.code,
        "display_name": wish.display_name,
        "specification": wish.specification,
        "category": wish.category,
        "unit": wish.unit,
        "fraction_digits": wish.fraction_digits,
        "tracking": int(wish.tracking),
        "may_go_below_zero": wish.may_go_below_zero,
        "revision": made.revision,
        "created_at": made.created_at,
    }


def as_item(row: Any) -> Item:
    """A row of `SHOWN`."""
    wish = ItemWish(
        row.code,
        row.display_name,
        row.specification,
        row.category,
        row.unit,
        row.fraction_digits,
        Tracking(row.tracking),
        row.may_go_below_zero,
        tuple(row.barcodes or ()),
        units.as_units(row.units),
    )
    return Item(row.id, wish, row.created_at, row.revision)
