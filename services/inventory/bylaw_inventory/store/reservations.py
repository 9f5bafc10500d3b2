"""Reservations as they stand; what each holds of which balance is in the ledger's entries."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.rules.reserving.reservation import (
    LIVE,
    Reservation,
    ReservationState,
    ReservationWish,
    ReservedLine,
)
from bylaw_inventory.store.tables import items, reservation_lines, reservations
from bylaw_inventory.store.warehouses import reached


def add(connection: sa.Connection, made: Collection[Reservation]) -> set[UUID]:
    """Claims ids for reservations without lines, in their order; answers those that were free."""
    if not made:
        return set()
    rows = [_row(one) for one in sorted(made, key=lambda one: one.identifier)]
    done = pg.insert(reservations).values(rows).on_conflict_do_nothing().returning(reservations.c.id)
    return {*connection.execute(done).scalars()}


def lock(connection: sa.Connection, identifier: UUID, reach: Reach, today: date) -> Reservation | None:
    """A reservation of a warehouse within reach, locked until the transaction ends."""
    return lock_all(connection, [identifier], reach, today).get(identifier)


def find(connection: sa.Connection, identifier: UUID, reach: Reach, today: date) -> Reservation | None:
    """A reservation of a warehouse within reach."""
    return find_all(connection, [identifier], reach, today).get(identifier)


def lock_all(connection: sa.Connection, wanted: Collection[UUID], reach: Reach, today: date) -> dict[UUID, Reservation]:
    """Those of warehouses within reach, locked in the order of their ids until the transaction ends."""
    return _by_id(connection, _query(wanted, reach, today).order_by(reservations.c.id).with_for_update(), wanted)


def find_all(connection: sa.Connection, wanted: Collection[UUID], reach: Reach, today: date) -> dict[UUID, Reservation]:
    """Those of warehouses within reach."""
    return _by_id(connection, _query(wanted, reach, today), wanted)


def expired(connection: sa.Connection, now: datetime) -> Reservation | None:
    """One that nobody confirmed in time and nobody else is ending, locked until the transaction ends."""
    due = (reservations.c.state == ReservationState.HELD.value, reservations.c.expires_at <= now)
    query = sa.select(reservations).where(*due).order_by(reservations.c.expires_at).limit(1)
    rows = connection.execute(query.with_for_update(skip_locked=True)).all()
    return next(iter(_whole(connection, rows)), None)


def end(connection: sa.Connection, wanted: Collection[UUID], state: ReservationState, now: datetime) -> None:
    """Says that they ended, and how."""
    _change(connection, wanted, state=int(state), ended_at=now, expires_at=None)


def confirm(connection: sa.Connection, wanted: Collection[UUID]) -> None:
    """Says that they hold without an end."""
    _change(connection, wanted, state=int(ReservationState.CONFIRMED), expires_at=None)


def mark(connection: sa.Connection, marks: Mapping[UUID, str]) -> None:
    """Says what they are packed with."""
    told = [{"of": one, "told": marks[one]} for one in sorted(marks)]
    if told:
        row = reservations.update().where(reservations.c.id == sa.bindparam("of"))
        connection.execute(row.values(packed_with=sa.bindparam("told")), told)


def issue(connection: sa.Connection, identifier: UUID, issued: Mapping[UUID, Decimal]) -> None:
    """Adds what was issued of each item."""
    columns = reservation_lines.c
    row = reservation_lines.update().where(columns.reservation == identifier, columns.item == sa.bindparam("of_item"))
    more = [{"of_item": item, "more": quantity} for item, quantity in sorted(issued.items())]
    connection.execute(row.values(issued=columns.issued + sa.bindparam("more")), more)


def listed(
    connection: sa.Connection, warehouse: UUID, *, ended: bool, page: tuple[UUID | None, int]
) -> list[Reservation]:
    """A warehouse's reservations, those with later ids first, behind one."""
    after, limit = page
    query = sa.select(reservations).where(reservations.c.warehouse == warehouse)
    if not ended:
        query = query.where(reservations.c.state.in_([int(state) for state in LIVE]))
    if after:
        query = query.where(reservations.c.id < after)
    return _whole(connection, connection.execute(query.order_by(reservations.c.id.desc()).limit(limit)).all())


def _row(made: Reservation) -> dict[str, Any]:
    wish = made.wish
    return {
        "id": made.identifier,
        "warehouse": wish.warehouse,
        "purpose": wish.purpose,
        "partial": wish.partial,
        "hold_minutes": wish.hold_minutes,
        "state": int(made.state),
        "created_at": made.created_at,
        "created_by": made.created_by,
        "expires_at": made.expires_at,
        "ended_at": made.ended_at,
    }


def _query(wanted: Collection[UUID], reach: Reach, today: date) -> sa.Select[Any]:
    within = reservations.c.warehouse.in_(reached(reach, today))
    return sa.select(reservations).where(reservations.c.id.in_([*wanted]), within)


def _by_id(connection: sa.Connection, query: sa.Select[Any], wanted: Collection[UUID]) -> dict[UUID, Reservation]:
    found = _whole(connection, connection.execute(query).all()) if wanted else []
    return {one.identifier: one for one in found}


def _change(connection: sa.Connection, wanted: Collection[UUID], **values: object) -> None:
    if wanted:
        connection.execute(reservations.update().where(reservations.c.id.in_([*wanted])).values(**values))


def _whole(connection: sa.Connection, rows: Collection[Any]) -> list[Reservation]:
    if not rows:
        return []
    lines: dict[UUID, list[ReservedLine]] = {row.id: [] for row in rows}
    query = sa.select(reservation_lines, items.c.unit).join(items, items.c.id == reservation_lines.c.item)
    query = query.where(reservation_lines.c.reservation.in_(list(lines))).order_by(reservation_lines.c.place)
    for line in connection.execute(query):
        made = ReservedLine(line.item, line.wanted, line.reserved, line.unit, line.issued)
        lines[line.reservation].append(made)
    return [_reservation(row, tuple(lines[row.id])) for row in rows]


def _reservation(row: Any, lines: tuple[ReservedLine, ...]) -> Reservation:
    wanted = tuple((line.item, line.wanted) for line in lines)
    wish = ReservationWish(row.warehouse, row.purpose, wanted, row.partial, row.hold_minutes)
    state = ReservationState(row.state)
    made = (row.created_at, row.created_by, row.expires_at, row.ended_at)
    return Reservation(row.id, wish, state, lines, *made, row.packed_with)
