"""Delivery notes as they are on record, with what of each was accepted (WHS-1)."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.rules.receiving.note import DeliveryNote, GoodsKey, NoteEnding, NoteLine, NoteState
from bylaw_inventory.store import units
from bylaw_inventory.store.receiving_tables import deliveries, delivery_accepted, delivery_note_lines, delivery_notes
from bylaw_inventory.store.tables import items, movements
from bylaw_inventory.store.units_tables import item_units
from bylaw_inventory.store.warehouses import reached

COLUMNS = delivery_notes.c
_LINES = (
    sa.select(delivery_note_lines, items.c.unit, item_units.c.name.label("said_name"))
    .join(items, items.c.id == delivery_note_lines.c.item)
    .outerjoin(item_units, item_units.c.id == delivery_note_lines.c.said_unit)
    .order_by(delivery_note_lines.c.note, delivery_note_lines.c.line)
)
_REVERSED = sa.exists().where(movements.c.reverses == deliveries.c.movement)
# A receipt that was reversed was a mistake: its goods did not come by it.
_ACCEPTED = (
    sa.select(
        deliveries.c.note,
        delivery_accepted.c.item,
        delivery_accepted.c.lot,
        sa.func.sum(delivery_accepted.c.quantity).label("quantity"),
    )
    .join(deliveries, deliveries.c.id == delivery_accepted.c.delivery)
    .where(~_REVERSED)
    .group_by(deliveries.c.note, delivery_accepted.c.item, delivery_accepted.c.lot)
)


def add(connection: sa.Connection, made: DeliveryNote) -> UUID | None:
    """Puts a note on record; answers the one that is there under its supplier and number, in which case nothing is."""
    row = {
        "id": made.identifier,
        "warehouse": made.warehouse,
        "supplier": made.supplier,
        "number": made.number,
        "expected": made.expected,
        "blind": made.blind,
        "state": int(made.state),
        "created_at": made.created_at,
        "created_by": made.created_by,
    }
    done = pg.insert(delivery_notes).values(row).on_conflict_do_nothing().returning(COLUMNS.id)
    if connection.execute(done).first() is None:
        same = (COLUMNS.warehouse == made.warehouse, *_called(made.supplier, made.number))
        first: UUID = connection.execute(sa.select(COLUMNS.id).where(*same)).scalar_one()
        return first
    lines = [
        {
            "note": made.identifier,
            "line": number,
            "item": line.item,
            "lot": line.lot,
            "expires": line.expires,
            "quantity": line.quantity,
            "said_unit": line.said.unit if line.said else None,
            "said_quantity": line.said.quantity if line.said else None,
        }
        for number, line in enumerate(made.lines, 1)
    ]
    connection.execute(delivery_note_lines.insert(), lines)
    return None


def find(
    connection: sa.Connection, identifier: UUID, reach: Reach, today: date, *, lock: bool = False
) -> DeliveryNote | None:
    """A note of a warehouse within reach; locked until the transaction ends, if asked."""
    query = sa.select(delivery_notes).where(COLUMNS.id == identifier, COLUMNS.warehouse.in_(reached(reach, today)))
    rows = connection.execute(query.with_for_update(of=delivery_notes) if lock else query).all()
    return next(iter(_whole(connection, rows)), None)


def end(connection: sa.Connection, identifier: UUID, ending: NoteEnding) -> None:
    """Ends a note."""
    said = {"state": int(ending.state), "ended_at": ending.at, "ended_by": ending.by, "end_reason": ending.reason}
    connection.execute(delivery_notes.update().where(COLUMNS.id == identifier).values(said))


def reopen(connection: sa.Connection, identifier: UUID, reason: str) -> None:
    """Opens a note again."""
    said = {"state": int(NoteState.OPEN), "ended_at": None, "ended_by": "", "end_reason": "", "reopen_reason": reason}
    connection.execute(delivery_notes.update().where(COLUMNS.id == identifier).values(said))


def listed(
    connection: sa.Connection, warehouse: UUID, state: NoteState | None, *, page: tuple[UUID | None, int]
) -> list[DeliveryNote]:
    """A warehouse's notes, newest first, behind one; those that stand so."""
    after, limit = page
    query = sa.select(delivery_notes).where(COLUMNS.warehouse == warehouse).order_by(COLUMNS.id.desc()).limit(limit)
    if state:
        query = query.where(COLUMNS.state == int(state))
    if after:
        query = query.where(COLUMNS.id < after)
    return _whole(connection, connection.execute(query).all())


def _called(supplier: str, number: str) -> tuple[sa.ColumnElement[bool], ...]:
    """By the server's own small letters: those of its index."""
    lower = sa.func.lower
    return lower(COLUMNS.supplier) == lower(supplier), lower(COLUMNS.number) == lower(number)


def _whole(connection: sa.Connection, rows: Collection[Any]) -> list[DeliveryNote]:
    """Rows with their lines, and what was accepted of each."""
    lines: dict[UUID, list[NoteLine]] = {row.id: [] for row in rows}
    accepted: dict[UUID, dict[GoodsKey, Decimal]] = {row.id: {} for row in rows}
    for line in connection.execute(_LINES.where(delivery_note_lines.c.note.in_(list(lines)))):
        told = (line.item, line.lot, line.expires, line.quantity, line.unit, units.said(line))
        lines[line.note].append(NoteLine(*told))
    for one in connection.execute(_ACCEPTED.where(deliveries.c.note.in_(list(lines)))):
        accepted[one.note][one.item, one.lot] = one.quantity
    return [_note(row, lines[row.id], accepted[row.id]) for row in rows]


def _note(row: Any, lines: list[NoteLine], accepted: dict[GoodsKey, Decimal]) -> DeliveryNote:
    said = (row.id, row.warehouse, row.supplier, row.number, row.expected, row.blind, tuple(lines))
    ending = NoteEnding(NoteState(row.state), row.ended_at, row.ended_by, row.end_reason) if row.ended_at else None
    return DeliveryNote(*said, row.created_at, row.created_by, ending, accepted, row.reopen_reason)
