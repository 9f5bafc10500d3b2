"""What a reservation takes to be made: what it asks for is found and locked first, and written with the commit."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.array_texts import bytes_array, plain_array
from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Work

from bylaw_inventory.rules.goods.item import Counted
from bylaw_inventory.rules.goods.place import PlaceKind
from bylaw_inventory.rules.ledger.balance import Balance, BalanceKey, Limits
from bylaw_inventory.rules.ledger.chain import Entry
from bylaw_inventory.rules.reserving.reservation import Claimed, FreeBalance, Reservation, ReservedLine
from bylaw_inventory.rules.units.unit import ItemUnit
from bylaw_inventory.store import units
from bylaw_inventory.store.warehouses import house_within

# Each part reads from the one before it, so that the call's key is claimed first, then the id, and balances are locked
# last, in the order of their ids, as by everybody. An array comes as a subquery, of which the planner knows as little
# each time: so one plan serves every call.
_CLAIM = """
    made as (
        insert into reservations (
            id, warehouse, purpose, partial, hold_minutes, state, created_at, created_by, expires_at)
        select %(id)s::uuid, house.id, %(purpose)s, %(partial)s, %(hold_minutes)s, %(state)s, %(created_at)s,
            %(created_by)s, %(expires_at)s
        from claimed cross join house on conflict do nothing returning id
    ), bins as (
        select kept.id, kept.item, kept.place, kept.lot, kept.below_zero, kept.one_piece, kept.on_hand, kept.reserved,
            kept.entries, kept.head, lots.expires
        from balances as kept join places on places.id = kept.place left join lots on lots.id = kept.lot
        where kept.item = any((select %(items)s::uuid[])::uuid[]) and places.warehouse = %(warehouse)s
            and places.kind = %(kind)s and exists (select from made)
        order by kept.id for update of kept
    )
    select house.time_zone, made.id is not null, items.id, items.code, items.unit, items.fraction_digits, bins.place,
        bins.lot, bins.below_zero, bins.one_piece, bins.on_hand, bins.reserved, bins.entries, bins.head, bins.expires
    from claimed left join house on true left join made on true
        left join items on items.id = any((select %(items)s::uuid[])::uuid[]) left join bins on bins.item = items.id
"""
# A balance moves only from the entry that was seen: one that did not move has no id, which the entry cannot be without.
_WRITE = """
    made as (
        select * from unnest(
            (select %(balances)s::uuid[]), (select %(numbers)s::bigint[]), (select %(taken)s::numeric[]),
            (select %(heads)s::bytea[]), (select %(hashes)s::bytea[])
        ) as made (balance, number, reserved, previous, hash)
    ), moved as (
        update balances as kept
        set reserved = kept.reserved + made.reserved, entries = made.number, head = made.hash
        from made where kept.id = made.balance and kept.entries = made.number - 1
        returning kept.id
    ), entered as (
        insert into entries (balance, number, on_hand, reserved, reservation, day, at, previous, hash)
        select moved.id, made.number, 0, made.reserved, %(reservation)s::uuid, %(day)s::date, %(at)s::timestamptz,
            made.previous, made.hash
        from made left join moved on moved.id = made.balance
    ), lined as (
        insert into reservation_lines (reservation, item, place, wanted, reserved)
        select %(reservation)s::uuid, * from unnest(
            (select %(goods)s::uuid[]), (select %(places)s::smallint[]), (select %(wanted)s::numeric[]),
            (select %(reserved)s::numeric[]))
    )
"""


def claim(work: Work, made: Reservation, wanted: Collection[UUID], reach: Reach, today: date) -> Claimed:
    """Claims the call's key and the reservation's id, and locks what it may be made of, in one round trip."""
    wish = made.wish
    of = {"id": made.identifier, "purpose": wish.purpose, "partial": wish.partial}
    of |= {"hold_minutes": wish.hold_minutes, "state": int(made.state), "expires_at": made.expires_at}
    of |= {"created_at": made.created_at, "created_by": made.created_by}
    house, found = house_within(reach, wish.warehouse, today)
    asked = {"items": plain_array(wanted), "kind": PlaceKind.BIN.value}
    return _claimed(work.first(f"house as ({house}), {_CLAIM}", {**found, **of, **asked}))


def units_of(connection: sa.Connection, wanted: Collection[UUID]) -> dict[UUID, tuple[ItemUnit, ...]]:
    """The further units of items: asked for where one is stated alone."""
    return units.of_items(connection, wanted)


def write(work: Work, identifier: UUID, lines: Sequence[ReservedLine], made: Sequence[Entry]) -> None:
    """Has what is reserved, and the entries that hold it, written with the commit."""
    first = made[0]
    entries = {
        "balances": plain_array(one.balance for one in made),
        "numbers": plain_array(one.number for one in made),
        "taken": plain_array(one.reserved for one in made),
        "heads": bytes_array(one.previous for one in made),
        "hashes": bytes_array(one.hash for one in made),
        "day": first.day,
        "at": first.at,
    }
    goods = {
        "reservation": identifier,
        "goods": plain_array(line.item for line in lines),
        "places": plain_array(range(len(lines))),
        "wanted": plain_array(line.wanted for line in lines),
        "reserved": plain_array(line.reserved for line in lines),
    }
    work.last(_WRITE, {**entries, **goods})


def _claimed(rows: Sequence[tuple[Any, ...]]) -> Claimed:
    zone, is_new = rows[0][:2]
    goods = {row[2]: Counted(*row[3:6]) for row in rows if row[2]}
    return Claimed(zone, is_new, goods, [_free(row) for row in rows if row[6]])


def _free(row: tuple[Any, ...]) -> FreeBalance:
    item, (place, lot, below_zero, one_piece, on_hand, reserved, entries, head, expires) = row[2], row[6:]
    limits = Limits(below_zero, one_piece)
    kept = Balance(BalanceKey(item, place, lot), limits, on_hand, reserved, entries, head)
    return FreeBalance(kept, expires)
