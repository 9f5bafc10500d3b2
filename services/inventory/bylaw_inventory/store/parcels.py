"""Parcels handed to carriers and the carriers' receipts (WHS-12)."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.rules.goods.place import PlaceKind
from bylaw_inventory.rules.ledger.movement import MovementKind, PaperKind
from bylaw_inventory.rules.parcels.parcel import Parcel, Receipt
from bylaw_inventory.store.packed_issues import unpacked
from bylaw_inventory.store.parcels_tables import parcel_receipts, parcels
from bylaw_inventory.store.tables import movement_lines, movements, places
from bylaw_inventory.store.warehouses import reached

__all__ = ["acknowledge", "add", "find", "issued", "listed", "papers", "unpacked"]
COLUMNS, RECEIPT = parcels.c, parcel_receipts.c
_SHOWN = sa.select(
    parcels,
    RECEIPT.number.label("receipt"),
    RECEIPT.recorded_at.label("receipt_at"),
    RECEIPT.recorded_by.label("receipt_by"),
).outerjoin(parcel_receipts, RECEIPT.parcel == COLUMNS.id)


def issued(connection: sa.Connection, warehouse: UUID, wanted: Collection[UUID]) -> set[UUID]:
    """Which of these movements are issues of a warehouse to a carrier, and were not reversed."""
    back = movements.alias("back")
    to_carrier = (
        sa.select(movement_lines.c.movement)
        .join(places, places.c.id == movement_lines.c.to_place)
        .where(movement_lines.c.movement == movements.c.id, places.c.kind == int(PlaceKind.CARRIER))
    )
    own = (movements.c.id.in_(list(wanted)), movements.c.warehouse == warehouse)
    kind = movements.c.kind == int(MovementKind.ISSUE)
    reversed_ = sa.select(back.c.id).where(back.c.reverses == movements.c.id)
    query = sa.select(movements.c.id).where(*own, kind, to_carrier.exists(), ~reversed_.exists())
    return set(connection.execute(query).scalars())


def papers(connection: sa.Connection, wanted: Collection[UUID]) -> dict[UUID, tuple[date, frozenset[PaperKind]]]:
    """On which day of the books movements are, and by which kinds of papers."""
    query = sa.select(movements.c.id, movements.c.day, movements.c.papers).where(movements.c.id.in_(list(wanted)))
    return {
        row.id: (row.day, frozenset(PaperKind(one["kind"]) for one in row.papers)) for row in connection.execute(query)
    }


def add(connection: sa.Connection, made: Sequence[Parcel]) -> set[UUID]:
    """Puts parcels on record with the receipts that are there; answers which, without those handed over before."""
    rows = [
        {
            "id": one.identifier,
            "warehouse": one.warehouse,
            "carrier": one.carrier,
            "number": one.number,
            "movement": one.movement,
            "handed_at": one.handed_at,
            "handed_by": one.handed_by,
            "more": list(one.more),
        }
        for one in sorted(made, key=lambda one: one.number.lower())
    ]
    inserted = pg.insert(parcels).values(rows).on_conflict_do_nothing().returning(COLUMNS.id)
    new = set(connection.execute(inserted).scalars())
    receipts = [_receipt_row(one.identifier, one.receipt) for one in made if one.receipt and one.identifier in new]
    if receipts:
        connection.execute(parcel_receipts.insert(), receipts)
    return new


def acknowledge(connection: sa.Connection, parcel: UUID, receipt: Receipt) -> bool:
    """Puts a receipt on record; says no where the parcel has one."""
    wanted = pg.insert(parcel_receipts).values(_receipt_row(parcel, receipt)).on_conflict_do_nothing()
    return connection.execute(wanted.returning(RECEIPT.parcel)).first() is not None


def find(connection: sa.Connection, identifier: UUID, reach: Reach, today: date) -> Parcel | None:
    """A parcel of a warehouse within reach."""
    query = _SHOWN.where(COLUMNS.id == identifier, COLUMNS.warehouse.in_(reached(reach, today)))
    row = connection.execute(query).one_or_none()
    return _parcel(row) if row else None


def listed(connection: sa.Connection, warehouse: UUID, *, lacking: bool, page: tuple[UUID | None, int]) -> list[Parcel]:
    """A warehouse's parcels, newest first, behind one; those without a receipt alone where that is wanted."""
    after, limit = page
    query = _SHOWN.where(COLUMNS.warehouse == warehouse).order_by(COLUMNS.id.desc()).limit(limit)
    if lacking:
        query = query.where(RECEIPT.parcel.is_(None))
    if after:
        query = query.where(COLUMNS.id < after)
    return [_parcel(row) for row in connection.execute(query)]


def _receipt_row(parcel: UUID, receipt: Receipt) -> dict[str, Any]:
    return {"parcel": parcel, "number": receipt.number, "recorded_at": receipt.at, "recorded_by": receipt.by}


def _parcel(row: Any) -> Parcel:
    receipt = Receipt(row.receipt, row.receipt_at, row.receipt_by) if row.receipt else None
    said = (row.carrier, row.number, row.movement, row.handed_at, row.handed_by)
    return Parcel(row.id, row.warehouse, *said, receipt, tuple(row.more))
