"""Movements as they are on record, and what is on hand."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.rules.ledger.movement import MovedLine, Movement, MovementKind, Paper, PaperKind
from bylaw_inventory.rules.ledger.shown import BalanceWish, ShownBalance
from bylaw_inventory.store import books, units
from bylaw_inventory.store.tables import (
    balances,
    entries,
    items,
    lots,
    movement_lines,
    movements,
    places,
    warehouses,
)
from bylaw_inventory.store.units_tables import item_units
from bylaw_inventory.store.warehouses import WITHIN_THE_DOOR, reached

_REVERSAL = movements.alias("reversal")
_SHOWN = sa.select(movements, _REVERSAL.c.id.label("reversed_by")).outerjoin(
    _REVERSAL, _REVERSAL.c.reverses == movements.c.id
)
_LINES = (
    sa.select(movement_lines, items.c.unit, lots.c.code, lots.c.expires, item_units.c.name.label("said_name"))
    .join(items, items.c.id == movement_lines.c.item)
    .outerjoin(item_units, item_units.c.id == movement_lines.c.said_unit)
    .outerjoin(lots, lots.c.id == movement_lines.c.lot)
    .order_by(movement_lines.c.movement, movement_lines.c.line)
)


def add(connection: sa.Connection, made: Movement) -> bool:
    """Puts a movement with its lines on record; says no where what it reverses was reversed before.

    Refuses DAY_CLOSED; until the transaction ends nobody closes its day (WHS-4).
    """
    papers = [{"kind": int(paper.kind), "number": paper.number} for paper in made.papers]
    row = {
        "id": made.identifier,
        "warehouse": made.warehouse,
        "kind": int(made.kind),
        "day": made.day,
        "papers": papers,
        "reservation": made.reservation,
        "reason": made.reason,
        "reverses": made.reverses,
        "posted_at": made.posted_at,
        "posted_by": made.posted_by,
    }
    done = pg.insert(movements).from_select([*row], _while_open(made, row)).on_conflict_do_nothing()
    if connection.execute(done.returning(movements.c.id)).first() is None:
        books.hold_open(connection, made.warehouse, made.day)
        return False
    lines = [
        {
            "movement": made.identifier,
            "line": number,
            "item": line.item,
            "lot": line.lot,
            "from_place": line.from_place,
            "to_place": line.to_place,
            "quantity": line.quantity,
            "said_unit": line.said.unit if line.said else None,
            "said_quantity": line.said.quantity if line.said else None,
        }
        for number, line in enumerate(made.lines, 1)
    ]
    connection.execute(movement_lines.insert(), lines)
    return True


def _while_open(made: Movement, row: Mapping[str, Any]) -> sa.Select[Any]:
    """The row, if its day is open: the warehouse's row is held shared, which whoever closes a day takes for itself."""
    values = [sa.literal(value, movements.c[name].type) for name, value in row.items()]
    closed_through = warehouses.c.books_closed_through
    is_open = sa.or_(closed_through.is_(None), closed_through < made.day)
    return sa.select(*values).where(warehouses.c.id == made.warehouse, is_open).with_for_update(read=True)


def find(connection: sa.Connection, identifier: UUID, reach: Reach, today: date) -> Movement | None:
    """A movement of a warehouse within reach."""
    query = _SHOWN.where(movements.c.id == identifier, movements.c.warehouse.in_(reached(reach, today)))
    return next(iter(_whole(connection, connection.execute(query).all())), None)


def listed(connection: sa.Connection, warehouse: UUID, *, page: tuple[UUID | None, int]) -> list[Movement]:
    """A warehouse's movements, newest first, behind one."""
    after, limit = page
    query = _SHOWN.where(movements.c.warehouse == warehouse).order_by(movements.c.id.desc()).limit(limit)
    if after:
        query = query.where(movements.c.id < after)
    return _whole(connection, connection.execute(query).all())


def balances_listed(
    connection: sa.Connection, wish: BalanceWish, *, page: tuple[tuple[UUID, UUID, UUID] | None, int]
) -> list[ShownBalance]:
    """Balances that are not zero, by item, place and lot, behind a place; each day's sums are the ledger's."""
    after, limit = page
    kept = balances if wish.as_of is None else _as_of(wish.as_of)
    order = (kept.c.item, kept.c.place, kept.c.id)
    own = sa.select(places.c.id).where(places.c.warehouse == wish.warehouse)
    query = (
        sa.select(*(kept.c[name] for name in ("id", "item", "place", "on_hand", "reserved")))
        .add_columns(items.c.unit, lots.c.code, lots.c.expires)
        .join(items, items.c.id == kept.c.item)
        .outerjoin(lots, lots.c.id == kept.c.lot)
        .where(kept.c.place.in_(own if wish.beyond else own.where(places.c.kind.in_(WITHIN_THE_DOOR))))
        .where(sa.or_(kept.c.on_hand != 0, kept.c.reserved != 0))
        .order_by(*order)
        .limit(limit)
    )
    if wish.item:
        query = query.where(kept.c.item == wish.item)
    if wish.place:
        query = query.where(kept.c.place == wish.place)
    if after:
        query = query.where(sa.tuple_(*order) > after)
    return [
        ShownBalance(row.id, row.item, row.place, row.unit, row.code or "", row.expires, row.on_hand, row.reserved)
        for row in connection.execute(query)
    ]


def _as_of(day: date) -> sa.Subquery:
    """What the entries of days up to one come to, balance by balance."""
    total = [sa.func.sum(entries.c[name]).label(name) for name in ("on_hand", "reserved")]
    summed = sa.select(entries.c.balance, *total).where(entries.c.day <= day).group_by(entries.c.balance).subquery()
    columns = balances.c
    return (
        sa.select(columns.id, columns.item, columns.place, columns.lot, summed.c.on_hand, summed.c.reserved)
        .join(summed, summed.c.balance == columns.id)
        .subquery()
    )


def _whole(connection: sa.Connection, rows: Collection[Any]) -> list[Movement]:
    """Rows with their lines."""
    lines: dict[UUID, list[MovedLine]] = {row.id: [] for row in rows}
    query = _LINES.where(movement_lines.c.movement.in_(list(lines)))
    for line in connection.execute(query):
        goods = (line.item, line.lot, line.from_place, line.to_place, line.quantity)
        made = MovedLine(*goods, line.unit, line.code or "", line.expires, units.said(line))
        lines[line.movement].append(made)
    return [_movement(row, lines[row.id]) for row in rows]


def _movement(row: Any, lines: list[MovedLine]) -> Movement:
    papers = tuple(Paper(PaperKind(one["kind"]), one["number"]) for one in row.papers)
    said = (row.id, row.warehouse, MovementKind(row.kind), row.day, tuple(lines), papers, row.posted_at, row.posted_by)
    return Movement(*said, row.reservation, row.reason, row.reverses, row.reversed_by)
