"""The stock ledger: balances locked in the order of their ids, entries added behind their cards' last (WHS-4)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.time_bounds import driver_within_deadline

from bylaw_inventory.rules.ledger.balance import Balance, BalanceKey, Limits
from bylaw_inventory.rules.ledger.chain import Entry
from bylaw_inventory.store.tables import balances, entries, places
from bylaw_inventory.store.warehouses import reached

# One statement moves the balances and adds their entries. A balance moves only from the entry that the caller has seen:
# its row is locked since then, and a constraint stands behind what it may come to. Arrays are subqueries, of which
# the planner knows as little each time: so one plan serves every call.
_APPEND = """
    with made as (
        select * from unnest(
            (select %(balance)s::uuid[]), (select %(number)s::bigint[]), (select %(on_hand)s::numeric[]),
            (select %(reserved)s::numeric[]), (select %(previous)s::bytea[]), (select %(hash)s::bytea[]),
            (select %(said)s::text[])
        ) as made (balance, number, on_hand, reserved, previous, hash, said)
    ), moved as (
        update balances as kept
        set on_hand = kept.on_hand + made.on_hand, reserved = kept.reserved + made.reserved,
            entries = made.number, head = made.hash
        from made where kept.id = made.balance and kept.entries = made.number - 1
        returning kept.id
    )
    insert into entries (balance, number, on_hand, reserved, movement, reservation, day, at, previous, hash, said)
    select made.balance, made.number, made.on_hand, made.reserved, %(movement)s::uuid, %(reservation)s::uuid,
        %(day)s::date, %(at)s::timestamptz, made.previous, made.hash, made.said
    from made join moved on moved.id = made.balance
    returning balance
"""
_OPEN = sa.text("""
    insert into balances (id, item, place, lot, below_zero, one_piece)
    select * from unnest(
        cast(:id as uuid[]), cast(:item as uuid[]), cast(:place as uuid[]), cast(:lot as uuid[]),
        cast(:below_zero as boolean[]), cast(:one_piece as boolean[])
    )
    on conflict do nothing
""")


class LedgerRace(RuntimeError):  # noqa: N818 - says what happened
    """A balance moved although its row was locked: never seen, and never to be passed over."""


def lock(connection: sa.Connection, wanted: Mapping[BalanceKey, Limits]) -> dict[BalanceKey, Balance]:
    """The balances, made where there are none yet, and locked until the transaction ends: in the order of their ids.

    Each says who has its place frozen. A movement is on record by then, and its warehouse's row shared with it:
    freezing takes that row whole, so what is said here holds until the transaction ends (WHS-6).
    """
    ordered = sorted(wanted, key=lambda key: key.identifier)
    connection.execute(
        _OPEN,
        {
            "id": [key.identifier for key in ordered],
            "item": [key.item for key in ordered],
            "place": [key.place for key in ordered],
            "lot": [key.lot for key in ordered],
            "below_zero": [wanted[key].below_zero for key in ordered],
            "one_piece": [wanted[key].one_piece for key in ordered],
        },
    )
    query = (
        sa.select(balances, places.c.frozen_by)
        .join(places, places.c.id == balances.c.place)
        .where(balances.c.id.in_([key.identifier for key in ordered]))
        .order_by(balances.c.id)
    )
    found = map(balance, connection.execute(query.with_for_update(of=balances)))
    return {one.key: one for one in found}


def lock_ids(connection: sa.Connection, wanted: Collection[UUID]) -> dict[UUID, Balance]:
    """Balances that are there, by id, locked in the order of their ids."""
    query = sa.select(balances).where(balances.c.id.in_(list(wanted))).order_by(balances.c.id).with_for_update()
    return {one.identifier: one for one in map(balance, connection.execute(query))}


def append(connection: sa.Connection, made: Sequence[Entry]) -> None:
    """Adds entries of one movement or reservation, each behind its card's last, and moves their balances."""
    first = made[0]
    done = driver_within_deadline(connection).execute(
        _APPEND,
        {
            "balance": [one.balance for one in made],
            "number": [one.number for one in made],
            "on_hand": [one.on_hand for one in made],
            "reserved": [one.reserved for one in made],
            "previous": [one.previous for one in made],
            "hash": [one.hash for one in made],
            "said": [one.said or None for one in made],
            "movement": first.movement,
            "reservation": first.reservation,
            "day": first.day,
            "at": first.at,
        },
    )
    if len(done.fetchall()) != len(made):
        raise LedgerRace


def booked_since(connection: sa.Connection, wanted: Collection[UUID], day: date) -> dict[UUID, dict[date, Decimal]]:
    """By how much balances changed on each day behind one, by their ids (WHS-4)."""
    total = sa.func.sum(entries.c.on_hand).label("on_hand")
    behind = (entries.c.balance.in_(list(wanted)), entries.c.day > day, entries.c.on_hand != 0)
    query = sa.select(entries.c.balance, entries.c.day, total).where(*behind).group_by(entries.c.balance, entries.c.day)
    found: dict[UUID, dict[date, Decimal]] = {}
    for row in connection.execute(query):
        found.setdefault(row.balance, {})[row.day] = row.on_hand
    return found


def held_at(connection: sa.Connection, kept: Balance, instant: datetime) -> Decimal:
    """What was on hand of a balance, which is locked, at an instant: what is there less what was entered behind it."""
    later = (entries.c.balance == kept.identifier, entries.c.at > instant)
    total = sa.select(sa.func.coalesce(sa.func.sum(entries.c.on_hand), 0)).where(*later)
    later_on: Decimal = connection.execute(total).scalar_one()
    return kept.on_hand - later_on


def held(connection: sa.Connection, reservation: UUID) -> dict[UUID, Decimal]:
    """How much a reservation still holds of each balance, by the balance's id."""
    total = sa.func.sum(entries.c.reserved)
    query = sa.select(entries.c.balance, total.label("held")).where(entries.c.reservation == reservation)
    rows = connection.execute(query.group_by(entries.c.balance).having(total > 0))
    return {row.balance: row.held for row in rows}


def card(
    connection: sa.Connection, identifier: UUID, reach: Reach, today: date, *, page: tuple[int | None, int]
) -> list[tuple[Entry, Decimal, Decimal]] | None:
    """A balance's entries behind one, each with what it came to; nothing where it is out of reach."""
    after, limit = page
    within = sa.select(places.c.id).where(places.c.warehouse.in_(reached(reach, today)))
    known = sa.select(balances.c.id).where(balances.c.id == identifier, balances.c.place.in_(within))
    if connection.execute(known).first() is None:
        return None
    rows = entries.c.balance == identifier
    begun = sa.select(
        sa.func.coalesce(sa.func.sum(entries.c.on_hand), 0), sa.func.coalesce(sa.func.sum(entries.c.reserved), 0)
    )
    on_hand, reserved = connection.execute(begun.where(rows, entries.c.number <= (after or 0))).one()
    query = sa.select(entries).where(rows, entries.c.number > (after or 0)).order_by(entries.c.number).limit(limit)
    found = []
    for one in map(entry, connection.execute(query)):
        on_hand, reserved = on_hand + one.on_hand, reserved + one.reserved
        found.append((one, on_hand, reserved))
    return found


def every(connection: sa.Connection) -> Iterator[Entry]:
    """All entries, card by card."""
    query = sa.select(entries).order_by(entries.c.balance, entries.c.number)
    # Of this statement alone: a connection's own options would stay, and a savepoint is no cursor's to release.
    return map(entry, connection.execute(query, execution_options={"yield_per": 5_000}))


def every_balance(connection: sa.Connection) -> Iterator[Balance]:
    """All balances in the order of their ids."""
    return map(balance, connection.execute(sa.select(balances).order_by(balances.c.id)))


def balance(row: Any) -> Balance:
    """A row."""
    key, limits = BalanceKey(row.item, row.place, row.lot), Limits(row.below_zero, row.one_piece)
    frozen_by = getattr(row, "frozen_by", None)
    return Balance(key, limits, row.on_hand, row.reserved, row.entries, bytes(row.head), frozen_by)


def entry(row: Any) -> Entry:
    """A row."""
    said = (row.balance, row.number, row.on_hand, row.reserved, row.movement, row.reservation, row.day, row.at)
    return Entry(*said, bytes(row.previous), bytes(row.hash), row.said or "")
