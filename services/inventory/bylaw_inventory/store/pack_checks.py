"""Checks of what is packed: what must go in, what is, and how they ended (WHS-3)."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_inventory.rules.packing.check import (
    PACKED,
    PackCheck,
    PackEnding,
    PackLine,
    PackState,
    Subject,
    Wanted,
)
from bylaw_inventory.rules.quantity import ZERO
from bylaw_inventory.store.packing_tables import pack_checks, pack_lines, pack_scans
from bylaw_inventory.store.tables import balances, entries, items, lots, movement_lines
from bylaw_inventory.store.warehouses import reached

COLUMNS, LINES, SCANS = pack_checks.c, pack_lines.c, pack_scans.c
COUNTED = [int(state) for state in PACKED]


def hold(connection: sa.Connection, subject: Subject) -> None:
    """Whoever begins a check of the same waits until the transaction ends."""
    key = sa.func.hashtextextended(f"packChecks/{subject.reservation or subject.movement}", 0)
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))


def open_of(connection: sa.Connection, subject: Subject) -> PackCheck | None:
    """The open check of a reservation or an issue, if there is one."""
    query = sa.select(pack_checks).where(_is_of(subject), COLUMNS.state == int(PackState.OPEN))
    return next(iter(_whole(connection, connection.execute(query).all())), None)


def taken(connection: sa.Connection, subject: Subject) -> list[Wanted]:
    """What a reservation took or an issue moves, by item and lot, less what was packed by checks that ended."""
    if subject.reservation:
        # What it took when it was made; what it gave back since it holds no more.
        gone = sa.or_(entries.c.reserved > 0, entries.c.movement.is_(None))
        whole = sa.select(balances.c.item, balances.c.lot, entries.c.reserved.label("quantity"))
        whole = whole.join(entries, entries.c.balance == balances.c.id)
        whole = whole.where(entries.c.reservation == subject.reservation, gone)
    else:
        whole = sa.select(movement_lines.c.item, movement_lines.c.lot, movement_lines.c.quantity)
        whole = whole.where(movement_lines.c.movement == subject.movement)
    both = sa.union_all(whole, packed_by(_is_of(subject), -SCANS.quantity)).subquery().c
    total = sa.func.sum(both.quantity).label("quantity")
    query = sa.select(both.item, both.lot, total).group_by(both.item, both.lot).having(total > 0)
    query = query.join(items, items.c.id == both.item).outerjoin(lots, lots.c.id == both.lot)
    query = query.group_by(items.c.code, lots.c.code).order_by(sa.func.lower(items.c.code), lots.c.code)
    return [Wanted(row.item, row.lot, row.quantity) for row in connection.execute(query)]


def packed_by(own: sa.ColumnElement[bool], quantity: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Item, lot and quantity of the scans that count, of checks that ended with something packed."""
    joined = pack_scans.join(pack_lines, sa.and_(LINES.pack_check == SCANS.pack_check, LINES.number == SCANS.line))
    joined = joined.join(pack_checks, COLUMNS.id == SCANS.pack_check)
    query = sa.select(LINES.item, LINES.lot, quantity.label("quantity")).select_from(joined)
    return query.where(own, COLUMNS.state.in_(COUNTED), SCANS.reason == "")


def add(connection: sa.Connection, made: PackCheck, wanted: Sequence[Wanted]) -> None:
    """Puts a check on record with what must go in."""
    row = {
        "id": made.identifier,
        "warehouse": made.warehouse,
        "reservation": made.subject.reservation,
        "movement": made.subject.movement,
        "started_at": made.started_at,
        "started_by": made.started_by,
        "state": int(made.state),
    }
    connection.execute(pack_checks.insert().values(row))
    lines = [
        {"pack_check": made.identifier, "number": number, "item": one.item, "lot": one.lot, "wanted": one.quantity}
        for number, one in enumerate(wanted, 1)
    ]
    connection.execute(pack_lines.insert(), lines)


def find(
    connection: sa.Connection, identifier: UUID, reach: Reach, today: date, *, lock: bool = False
) -> PackCheck | None:
    """A check of a warehouse within reach; locked until the transaction ends where that is wanted."""
    query = sa.select(pack_checks).where(COLUMNS.id == identifier, COLUMNS.warehouse.in_(reached(reach, today)))
    rows = connection.execute(query.with_for_update() if lock else query).all()
    return next(iter(_whole(connection, rows)), None)


def end(connection: sa.Connection, identifier: UUID, ending: PackEnding) -> None:
    """Writes how a check ended that was locked while it was open."""
    said = {"state": int(ending.state), "ended_at": ending.at, "ended_by": ending.by, "reason": ending.reason}
    connection.execute(pack_checks.update().where(COLUMNS.id == identifier).values(said))


def listed(
    connection: sa.Connection, warehouse: UUID, *, state: PackState | None, page: tuple[UUID | None, int]
) -> list[PackCheck]:
    """A warehouse's checks, newest first, behind one."""
    after, limit = page
    query = sa.select(pack_checks).where(COLUMNS.warehouse == warehouse).order_by(COLUMNS.id.desc()).limit(limit)
    if state:
        query = query.where(COLUMNS.state == int(state))
    if after:
        query = query.where(COLUMNS.id < after)
    return _whole(connection, connection.execute(query).all())


def _is_of(subject: Subject) -> sa.ColumnElement[bool]:
    return COLUMNS.reservation == subject.reservation if subject.reservation else COLUMNS.movement == subject.movement


def _whole(connection: sa.Connection, rows: Collection[Any]) -> list[PackCheck]:
    """Rows with their lines and what is in."""
    if not rows:
        return []
    ids = [row.id for row in rows]
    total = sa.func.coalesce(sa.func.sum(SCANS.quantity), 0).label("packed")
    scanned = sa.select(SCANS.pack_check, SCANS.line, total)
    scanned = scanned.add_columns(sa.func.count().filter(SCANS.reason != "").label("refused"))
    known = connection.execute(scanned.where(SCANS.pack_check.in_(ids)).group_by(SCANS.pack_check, SCANS.line)).all()
    packed = {(one.pack_check, one.line): one.packed for one in known}
    refused = {one: sum(row.refused for row in known if row.pack_check == one) for one in ids}
    query = (
        sa.select(pack_lines, items.c.code.label("item_code"), items.c.unit, lots.c.code.label("lot_code"))
        .add_columns(lots.c.expires)
        .join(items, items.c.id == LINES.item)
        .outerjoin(lots, lots.c.id == LINES.lot)
        .where(LINES.pack_check.in_(ids))
        .order_by(LINES.pack_check, LINES.number)
    )
    lines: dict[UUID, list[PackLine]] = {one: [] for one in ids}
    for row in connection.execute(query):
        goods = (row.item, row.item_code, row.lot_code or "", row.expires, row.unit, row.wanted)
        lines[row.pack_check].append(PackLine(row.number, *goods, packed.get((row.pack_check, row.number), ZERO)))
    return [_check(row, lines[row.id], refused[row.id]) for row in rows]


def _check(row: Any, lines: Sequence[PackLine], refused: int) -> PackCheck:
    ending = PackEnding(PackState(row.state), row.ended_at, row.ended_by, row.reason) if row.ended_at else None
    subject = Subject(row.reservation, row.movement)
    said = (row.started_at, row.started_by, tuple(lines), ending, refused)
    return PackCheck(row.id, row.warehouse, subject, *said)
