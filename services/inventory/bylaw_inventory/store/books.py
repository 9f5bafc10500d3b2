"""Closed days and spot counts, and what the ledger says of the days that are still open (WHS-4)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.books.day import (
    MOST_NAMED,
    UNSEALED,
    ClosedDay,
    DayEntries,
    Disagreement,
    DisagreementKind,
)
from bylaw_inventory.rules.books.refusals import DayClosed
from bylaw_inventory.rules.books.spot_count import Compared, SpotCount
from bylaw_inventory.rules.ledger.balance import BalanceKey
from bylaw_inventory.rules.ledger.movement import MOVEMENTS
from bylaw_inventory.rules.receiving.delivery import DELIVERIES, DeliveryState
from bylaw_inventory.store.books_tables import closed_days, spot_counts
from bylaw_inventory.store.receiving_tables import deliveries, delivery_notes
from bylaw_inventory.store.tables import balances, entries, items, movement_lines, movements, warehouses

_CLOSED_THROUGH = warehouses.c.books_closed_through

# Hashes of the entries in one fixed order; each holds all that its entry says.
_BOOKED = sa.text("""
    select count(distinct moved.id) as movements, count(made.balance) as entries,
        sha256(coalesce(string_agg(made.hash, ''::bytea order by made.balance, made.number), ''::bytea)) as digest
    from movements as moved join entries as made on made.movement = moved.id
    where moved.warehouse = :warehouse and moved.day between :first and :last
""")
# Of several counts of the same goods on a day the last counts; the ledger then is what was entered until that instant:
# what its card was sealed with, if all of that was, and what came since; else the card from its first entry on.
_COMPARED = sa.text("""
    select last.id, items.code, places.code, last.lot_code, last.counted, coalesce(sealed.on_hand, 0) + coalesce((
        select sum(made.on_hand) from entries as made where made.balance = last.balance
            and made.number > coalesce(sealed.entries, 0) and made.at <= last.counted_at
    ), 0)
    from (
        select distinct on (balance) id, item, place, lot_code, balance, counted, counted_at from spot_counts
        where warehouse = :warehouse and day between :first and :last order by balance, counted_at desc, id desc
    ) as last join items on items.id = last.item join places on places.id = last.place
        left join sealed_cards as sealed
            on sealed.balance = last.balance and sealed.last_at <= last.counted_at and :sealed
    order by items.code, places.code, last.lot_code
""")
# What comes first behind a day and before another, of what was moved and what was counted.
_SOMETHING = sa.text("""
    select least(
        (select min(day) from movements where warehouse = :warehouse and day > :behind and day < :before),
        (select min(day) from spot_counts where warehouse = :warehouse and day > :behind and day < :before)
    )
""")


def lock(connection: sa.Connection, warehouse: UUID) -> date | None:
    """Keeps everybody from posting in a warehouse until the transaction ends; answers up to which day it is closed.

    Whoever posts holds the same row shared, so that this waits for them, and what follows sees what they posted.
    """
    query = sa.select(_CLOSED_THROUGH).where(warehouses.c.id == warehouse)
    found: date | None = connection.execute(query.with_for_update(key_share=True)).scalar_one()
    return found


def hold(connection: sa.Connection, warehouse: UUID) -> date | None:
    """Keeps everybody from closing a day of a warehouse until the transaction ends; answers up to which day it is."""
    query = sa.select(_CLOSED_THROUGH).where(warehouses.c.id == warehouse)
    found: date | None = connection.execute(query.with_for_update(read=True)).scalar_one()
    return found


def hold_open(connection: sa.Connection, warehouse: UUID, day: date) -> None:
    """The same; refuses DAY_CLOSED where that day is."""
    closed_through = hold(connection, warehouse)
    if closed_through and day <= closed_through:
        raise DayClosed(day, closed_through)


def closed_through(connection: sa.Connection, warehouse: UUID) -> date | None:
    """Up to which day the books of a warehouse are closed; nothing where no day is."""
    query = sa.select(_CLOSED_THROUGH).where(warehouses.c.id == warehouse)
    found: date | None = connection.execute(query).scalar_one()
    return found


def first_with_something(
    connection: sa.Connection, warehouse: UUID, *, behind: date | None, before: date
) -> date | None:
    """The first day between two on which something moved or was counted."""
    bounds = {"warehouse": warehouse, "behind": behind or date.min, "before": before}
    found: date | None = connection.execute(_SOMETHING, bounds).scalar()
    return found


def booked(connection: sa.Connection, warehouse: UUID, first: date, last: date) -> DayEntries:
    """What is booked on some days."""
    row = connection.execute(_BOOKED, {"warehouse": warehouse, "first": first, "last": last}).one()
    return DayEntries(row.movements, row.entries, bytes(row.digest))


def unlike_papers(connection: sa.Connection, warehouse: UUID, first: date, last: date) -> list[Disagreement]:
    """Movements of some days whose entries are not what their lines say, at most 100."""
    own = sa.select(movements.c.id).where(movements.c.warehouse == warehouse, movements.c.day.between(first, last))
    found = connection.execute(unlike_lines(own).limit(MOST_NAMED)).scalars()
    zh, en = "库存卡分录与变动单行不符", "its entries are not what its lines say"
    return [Disagreement(DisagreementKind.MOVEMENT, f"{MOVEMENTS}/{one}", zh, en) for one in found]


def not_posted(connection: sa.Connection, warehouse: UUID, until: datetime) -> list[Disagreement]:
    """Deliveries that had begun before an instant and are neither decided nor called off, at most 100."""
    under_way = deliveries.c.state.in_([int(DeliveryState.COUNTING), int(DeliveryState.COUNTED)])
    query = sa.select(deliveries.c.id, delivery_notes.c.number)
    query = query.join(delivery_notes, delivery_notes.c.id == deliveries.c.note)
    query = query.where(delivery_notes.c.warehouse == warehouse, deliveries.c.started_at < until, under_way)
    found = []
    for row in connection.execute(query.order_by(deliveries.c.id).limit(MOST_NAMED)):
        zh, en = f"送货单 {row.number} 的到货尚未收货入账", f"goods of note {row.number} have come and are not posted"
        found.append(Disagreement(DisagreementKind.NOT_POSTED, resource_name(DELIVERIES, row.id), zh, en))
    return found


def unlike_lines(among: sa.Select[tuple[UUID]] | None = None) -> sa.Select[tuple[UUID]]:
    """Movements, of all or of some, whose entries are not what their lines say, by id."""
    lines = movement_lines.c
    arrived = sa.select(lines.movement, lines.item, lines.lot, lines.to_place.label("place"), lines.quantity)
    left = sa.select(lines.movement, lines.item, lines.lot, lines.from_place, -lines.quantity)
    made = (
        sa.select(entries.c.movement, balances.c.item, balances.c.lot, balances.c.place, -entries.c.on_hand)
        .join(balances, balances.c.id == entries.c.balance)
        .where(entries.c.movement.is_not(None))
    )
    if among is not None:
        arrived, left = (half.where(lines.movement.in_(among)) for half in (arrived, left))
        made = made.where(entries.c.movement.in_(among))
    columns = sa.union_all(arrived, left, made).subquery().c
    each = sa.select(columns.movement).group_by(columns.movement, columns.item, columns.lot, columns.place)
    apart = each.having(sa.func.sum(columns.quantity) != 0).subquery()
    return sa.select(apart.c.movement).distinct().order_by(apart.c.movement)


def compared(connection: sa.Connection, warehouse: UUID, days: tuple[date, date], *, sealed: bool) -> list[Compared]:
    """The last count of each goods on some days with what the ledger held at its instant.

    `sealed` is whether what cards were sealed with can be built on.
    """
    first, last = days
    bounds = {"warehouse": warehouse, "first": first, "last": last, "sealed": sealed}
    rows = connection.execute(_COMPARED, bounds)
    return [Compared(*row) for row in rows]


def counts_of(connection: sa.Connection, warehouse: UUID, first: date, last: date) -> int:
    """How many counts were made on some days."""
    own = (spot_counts.c.warehouse == warehouse, spot_counts.c.day.between(first, last))
    return connection.execute(sa.select(sa.func.count()).select_from(spot_counts).where(*own)).scalar_one()


def close(connection: sa.Connection, made: ClosedDay) -> None:
    """Puts a closed day on record, and says of its warehouse that its books are closed up to it."""
    row: dict[str, Any] = {
        "warehouse": made.warehouse,
        "day": made.day,
        "first_day": made.first_day,
        "movements": made.booked.movements,
        "entries": made.booked.entries,
        "entries_digest": made.booked.digest,
        "spot_counts": made.spot_counts,
        "disagreements": [[int(one.kind), one.subject, one.zh, one.en] for one in made.disagreements],
        "explanation": made.explanation,
        "closed_at": made.closed_at,
        "closed_by": made.closed_by,
        "previous": made.previous,
        "seal": made.seal,
        "cards_digest": made.cards or None,
    }
    connection.execute(closed_days.insert().values(row))
    own = warehouses.update().where(warehouses.c.id == made.warehouse)
    connection.execute(own.values(books_closed_through=made.day))


def last_seal(connection: sa.Connection, warehouse: UUID) -> bytes:
    """The seal of the day closed last."""
    query = sa.select(closed_days.c.seal).where(closed_days.c.warehouse == warehouse)
    found = connection.execute(query.order_by(closed_days.c.day.desc()).limit(1)).scalar()
    return bytes(found) if found else UNSEALED


def closed_with(connection: sa.Connection, warehouse: UUID, day: date) -> ClosedDay | None:
    """The record with which a day was closed, by itself or along with a later one; nothing where it is open."""
    query = sa.select(closed_days).where(closed_days.c.warehouse == warehouse, closed_days.c.day >= day)
    row = connection.execute(query.order_by(closed_days.c.day).limit(1)).one_or_none()
    return _day(row) if row else None


def listed(connection: sa.Connection, warehouse: UUID, *, page: tuple[date | None, int]) -> list[ClosedDay]:
    """A warehouse's closed days, newest first, behind one."""
    after, limit = page
    query = sa.select(closed_days).where(closed_days.c.warehouse == warehouse)
    if after:
        query = query.where(closed_days.c.day < after)
    return [_day(row) for row in connection.execute(query.order_by(closed_days.c.day.desc()).limit(limit))]


def every(connection: sa.Connection) -> list[ClosedDay]:
    """All closed days, warehouse by warehouse in their order."""
    query = sa.select(closed_days).order_by(closed_days.c.warehouse, closed_days.c.day)
    return [_day(row) for row in connection.execute(query)]


def said_closed(connection: sa.Connection) -> Mapping[UUID, date]:
    """Up to which day each warehouse says that its books are closed, where it does."""
    query = sa.select(warehouses.c.id, _CLOSED_THROUGH).where(_CLOSED_THROUGH.is_not(None))
    return {row.id: row.books_closed_through for row in connection.execute(query)}


def add_count(connection: sa.Connection, made: SpotCount) -> None:
    """Puts a count on record."""
    item, place, lot = made.key
    row = {
        "id": made.identifier,
        "warehouse": made.warehouse,
        "item": item,
        "place": place,
        "lot": lot,
        "balance": made.key.identifier,
        "lot_code": made.lot_code,
        "counted": made.counted,
        "counted_at": made.counted_at,
        "day": made.day,
        "on_ledger": made.on_ledger,
        "created_at": made.created_at,
        "created_by": made.created_by,
    }
    connection.execute(spot_counts.insert().values(row))


def counts_listed(
    connection: sa.Connection, warehouse: UUID, *, day: date | None, page: tuple[UUID | None, int]
) -> list[SpotCount]:
    """A warehouse's counts, of a day or of any, newest first, behind one."""
    after, limit = page
    query = sa.select(spot_counts, items.c.unit).join(items, items.c.id == spot_counts.c.item)
    query = query.where(spot_counts.c.warehouse == warehouse).order_by(spot_counts.c.id.desc()).limit(limit)
    if day:
        query = query.where(spot_counts.c.day == day)
    if after:
        query = query.where(spot_counts.c.id < after)
    return [_count(row) for row in connection.execute(query)]


def _day(row: Any) -> ClosedDay:
    booked_then = DayEntries(row.movements, row.entries, bytes(row.entries_digest))
    found = tuple(Disagreement(DisagreementKind(kind), *said) for kind, *said in row.disagreements)
    cards = bytes(row.cards_digest or b"")
    said = (row.explanation, row.closed_at, row.closed_by, bytes(row.previous), cards, bytes(row.seal))
    return ClosedDay(row.warehouse, row.first_day, row.day, booked_then, row.spot_counts, found, *said)


def _count(row: Any) -> SpotCount:
    key = BalanceKey(row.item, row.place, row.lot)
    said = (row.lot_code, row.counted, row.unit, row.counted_at, row.day, row.on_ledger, row.created_at, row.created_by)
    return SpotCount(row.id, row.warehouse, key, *said)
