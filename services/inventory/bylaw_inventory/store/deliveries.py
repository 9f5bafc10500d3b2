"""Deliveries as they are on record: what was counted of each, entry by entry, and what was accepted (WHS-1, WHS-2)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.rules.receiving.comparing import Taken
from bylaw_inventory.rules.receiving.count import Condition, CountedLine, CountEntry
from bylaw_inventory.rules.receiving.delivery import Decision, Delivery, DeliveryEnding, DeliveryState
from bylaw_inventory.rules.receiving.note import GoodsKey
from bylaw_inventory.store import units
from bylaw_inventory.store.receiving_tables import (
    deliveries,
    delivery_accepted,
    delivery_counts,
    delivery_notes,
    delivery_photos,
)
from bylaw_inventory.store.tables import items, movements
from bylaw_inventory.store.units_tables import item_units
from bylaw_inventory.store.warehouses import reached

COLUMNS, COUNTS = deliveries.c, delivery_counts.c
WAITING = [int(DeliveryState.COUNTING), int(DeliveryState.COUNTED)]
_SHOWN = sa.select(deliveries, delivery_notes.c.warehouse).join(delivery_notes, delivery_notes.c.id == COLUMNS.note)


_IS_FIT = COUNTS.condition == int(Condition.FIT)
# How the fit ones were stated, where each of their entries was in one and the same further unit.
_IN_ONE_UNIT = sa.and_(
    sa.func.count().filter(_IS_FIT) == sa.func.count(COUNTS.said_unit).filter(_IS_FIT),
    sa.func.count(sa.distinct(COUNTS.said_unit)).filter(_IS_FIT) == 1,
)


def _sum_of(condition: Condition) -> sa.ColumnElement[Decimal]:
    return sa.func.coalesce(sa.func.sum(COUNTS.difference).filter(COUNTS.condition == int(condition)), 0)


# The date on the label as it was said last; in the order in which the goods were first counted.
_EXPIRES = sa.func.array_agg(pg.aggregate_order_by(COUNTS.expires, COUNTS.number.desc())).filter(
    COUNTS.expires.is_not(None)
)
_COUNTED = (
    sa.select(
        COUNTS.delivery,
        COUNTS.item,
        COUNTS.lot,
        _EXPIRES[1].label("expires"),
        items.c.unit,
        _sum_of(Condition.FIT).label("fit"),
        _sum_of(Condition.DAMAGED).label("damaged"),
        _sum_of(Condition.OTHER_VARIETY).label("other_variety"),
        sa.case((_IN_ONE_UNIT, sa.func.array_agg(COUNTS.said_unit).filter(_IS_FIT)[1])).label("said_unit"),
        sa.func.min(item_units.c.name).filter(_IS_FIT).label("said_name"),
        sa.func.sum(COUNTS.said_quantity).filter(_IS_FIT).label("said_quantity"),
    )
    .join(items, items.c.id == COUNTS.item)
    .outerjoin(item_units, item_units.c.id == COUNTS.said_unit)
    .group_by(COUNTS.delivery, COUNTS.item, COUNTS.lot, items.c.unit)
    .having(sa.func.sum(COUNTS.difference) != 0)
    .order_by(COUNTS.delivery, sa.func.min(COUNTS.number))
)


def add(connection: sa.Connection, made: Delivery) -> UUID | None:
    """Puts a delivery on record; answers the one that is there under its reference, in which case nothing is."""
    row = {
        "id": made.identifier,
        "note": made.note,
        "number": made.number,
        "reference": made.reference,
        "partial": made.partial,
        "state": int(made.state),
        "started_at": made.started_at,
        "started_by": made.started_by,
    }
    done = pg.insert(deliveries).values(row).on_conflict_do_nothing().returning(COLUMNS.id)
    if connection.execute(done).first():
        return None
    same = (COLUMNS.note == made.note, sa.func.lower(COLUMNS.reference) == sa.func.lower(made.reference))
    first: UUID = connection.execute(sa.select(COLUMNS.id).where(*same)).scalar_one()
    return first


def next_number(connection: sa.Connection, note: UUID) -> int:
    """The number of a note's next delivery; its note is locked meanwhile."""
    last = sa.select(sa.func.coalesce(sa.func.max(COLUMNS.number), 0)).where(COLUMNS.note == note)
    number: int = connection.execute(last).scalar_one()
    return number + 1


def waiting(connection: sa.Connection, note: UUID) -> list[UUID]:
    """A note's deliveries that are not decided."""
    query = sa.select(COLUMNS.id).where(COLUMNS.note == note, COLUMNS.state.in_(WAITING)).order_by(COLUMNS.number)
    return list(connection.execute(query).scalars())


def has_arrived(connection: sa.Connection, note: UUID) -> bool:
    """Whether a note has a delivery, beside those that were begun by mistake."""
    called_off = COLUMNS.state == int(DeliveryState.CALLED_OFF)
    query = sa.select(COLUMNS.id).where(COLUMNS.note == note, ~called_off).limit(1)
    return connection.execute(query).first() is not None


def taken(connection: sa.Connection, note: UUID) -> list[Taken]:
    """What was accepted of a note, delivery by delivery; a receipt that was reversed was a mistake, and is none."""
    one, is_reversed = delivery_accepted.c, sa.exists().where(movements.c.reverses == COLUMNS.movement)
    query = sa.select(one.delivery, COLUMNS.ended_at, one.item, one.lot, one.quantity)
    rows = query.join(deliveries, COLUMNS.id == one.delivery).where(COLUMNS.note == note, ~is_reversed)
    return [Taken(row.delivery, row.ended_at, (row.item, row.lot), row.quantity) for row in connection.execute(rows)]


def find(
    connection: sa.Connection, identifier: UUID, reach: Reach, today: date, *, lock: bool = False
) -> Delivery | None:
    """A delivery to a warehouse within reach; locked until the transaction ends, if asked."""
    within = delivery_notes.c.warehouse.in_(reached(reach, today))
    query = _SHOWN.where(COLUMNS.id == identifier, within)
    rows = connection.execute(query.with_for_update(of=deliveries) if lock else query).all()
    return next(iter(_whole(connection, rows)), None)


def listed(connection: sa.Connection, note: UUID, *, page: tuple[int | None, int]) -> list[Delivery]:
    """A note's deliveries by number, behind one."""
    after, limit = page
    query = _SHOWN.where(COLUMNS.note == note, COLUMNS.number > (after or 0)).order_by(COLUMNS.number).limit(limit)
    return _whole(connection, connection.execute(query).all())


def count(connection: sa.Connection, identifier: UUID, made: Sequence[CountEntry], *, at: datetime, by: str) -> None:
    """Adds entries to the count of a delivery that is locked."""
    last = sa.select(sa.func.coalesce(sa.func.max(COUNTS.number), 0)).where(COUNTS.delivery == identifier)
    first = connection.execute(last).scalar_one() + 1
    rows = [
        {
            "delivery": identifier,
            "number": number,
            "item": one.item,
            "lot": one.lot,
            "expires": one.expires,
            "condition": int(one.condition),
            "difference": one.difference,
            "counted_at": at,
            "counted_by": by,
            "said_unit": one.said.unit if one.said else None,
            "said_quantity": one.said.quantity if one.said else None,
        }
        for number, one in enumerate(made, first)
    ]
    if rows:
        connection.execute(delivery_counts.insert(), rows)


def counted(connection: sa.Connection, identifier: UUID, goods: GoodsKey) -> CountedLine | None:
    """What was counted of some goods in a delivery."""
    item, lot = goods
    query = _COUNTED.where(COUNTS.delivery == identifier, COUNTS.item == item, COUNTS.lot == lot)
    row = connection.execute(query).one_or_none()
    return _line(row) if row else None


def finish(connection: sa.Connection, made: Delivery) -> None:
    """Finishes a count."""
    said = {"counted_at": made.counted_at, "counted_by": made.counted_by, "remark": made.remark}
    counted_now = {"state": int(made.state), **said}
    connection.execute(deliveries.update().where(COLUMNS.id == made.identifier).values(counted_now))


def end(connection: sa.Connection, identifier: UUID, ending: DeliveryEnding) -> None:
    """Writes what became of a delivery."""
    state = DeliveryState.DECIDED if ending.decision else DeliveryState.CALLED_OFF
    said = {
        "state": int(state),
        "decision": int(ending.decision) if ending.decision else None,
        "movement": ending.movement,
        "reason": ending.reason,
        "over_reason": ending.over_reason,
        "ended_at": ending.at,
        "ended_by": ending.by,
    }
    connection.execute(deliveries.update().where(COLUMNS.id == identifier).values(said))


def accept(connection: sa.Connection, identifier: UUID, accepted: Sequence[tuple[GoodsKey, Decimal]]) -> None:
    """Puts on record how much of what was accepted."""
    rows = [
        {"delivery": identifier, "line": number, "item": item, "lot": lot, "quantity": quantity}
        for number, ((item, lot), quantity) in enumerate(accepted, 1)
    ]
    if rows:
        connection.execute(delivery_accepted.insert(), rows)


def _whole(connection: sa.Connection, rows: Collection[Any]) -> list[Delivery]:
    """Rows with what was counted, accepted and photographed of each."""
    ids = [row.id for row in rows]
    lines: dict[UUID, list[CountedLine]] = {one: [] for one in ids}
    accepted: dict[UUID, dict[GoodsKey, Decimal]] = {one: {} for one in ids}
    photos: dict[UUID, list[UUID]] = {one: [] for one in ids}
    for line in connection.execute(_COUNTED.where(COUNTS.delivery.in_(ids))):
        lines[line.delivery].append(_line(line))
    taken = delivery_accepted.c
    for one in connection.execute(sa.select(delivery_accepted).where(taken.delivery.in_(ids))):
        accepted[one.delivery][one.item, one.lot] = one.quantity
    shown = sa.select(delivery_photos.c.delivery, delivery_photos.c.id).order_by(delivery_photos.c.id)
    for photo in connection.execute(shown.where(delivery_photos.c.delivery.in_(ids))):
        photos[photo.delivery].append(photo.id)
    return [_delivery(row, lines[row.id], accepted[row.id], photos[row.id]) for row in rows]


def _line(row: Any) -> CountedLine:
    counted_in = (row.fit, row.damaged, row.other_variety)
    return CountedLine(row.item, row.lot, row.expires, row.unit, *counted_in, units.said(row) if row.fit else None)


def _delivery(row: Any, lines: list[CountedLine], accepted: dict[GoodsKey, Decimal], photos: list[UUID]) -> Delivery:
    said = (row.id, row.note, row.warehouse, row.number, row.reference, row.partial, row.started_at, row.started_by)
    ending = None
    if row.ended_at:
        decision = Decision(row.decision) if row.decision else None
        ending = DeliveryEnding(decision, row.ended_at, row.ended_by, row.reason, row.over_reason, row.movement)
    return Delivery(*said, row.counted_at, row.counted_by, row.remark, ending, tuple(lines), accepted, tuple(photos))
