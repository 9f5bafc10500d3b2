"""What a reservation takes to be made: what it asks for is found and locked first, and written with the commit."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.array_texts import bytes_array, plain_array, text_array
from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Work

from bylaw_inventory.rules.goods.item import Counted
from bylaw_inventory.rules.goods.place import PlaceKind
from bylaw_inventory.rules.ledger.balance import Balance, BalanceKey, Limits
from bylaw_inventory.rules.ledger.chain import Entry
from bylaw_inventory.rules.reserving.reservation import Claimed, FreeBalance, Reservation
from bylaw_inventory.rules.units.unit import ItemUnit
from bylaw_inventory.store import units
from bylaw_inventory.store.tables import entries
from bylaw_inventory.store.warehouses import house_within

# Each part reads from the one before it, so that the call's key is claimed first, then ids in their order, and balances
# are locked last, in the order of their ids, as by everybody. An array comes as a subquery, of which the planner knows
# as little each time: so one plan serves every call.
_MADE = """
    made as (
        insert into reservations (
            id, warehouse, purpose, partial, hold_minutes, state, created_at, created_by, expires_at)
        select {wish}
        from claimed cross join house {wishes} on conflict do nothing returning id
    )
"""
_FOUND = """
    bins as (
        select kept.id, kept.item, kept.place, kept.lot, kept.below_zero, kept.one_piece, kept.on_hand, kept.reserved,
            kept.entries, kept.head, lots.expires
        from balances as kept join places on places.id = kept.place left join lots on lots.id = kept.lot
        where kept.item = any((select %(items)s::uuid[])::uuid[]) and places.warehouse = %(warehouse)s
            and places.kind = %(kind)s and exists (select from made)
        order by kept.id for update of kept
    )
    select house.time_zone, {taken},
        items.id, items.code, items.unit, items.fraction_digits, bins.place,
        bins.lot, bins.below_zero, bins.one_piece, bins.on_hand, bins.reserved, bins.entries, bins.head, bins.expires
    from claimed left join house on true
        left join items on items.id = any((select %(items)s::uuid[])::uuid[]) left join bins on bins.item = items.id
"""
_WISHES = """
    wish as (
        select * from unnest(
            (select %(ids)s::uuid[]), (select %(purposes)s::text[]), (select %(partials)s::boolean[]),
            (select %(minutes)s::integer[]), (select %(ends)s::timestamptz[])
        ) as wish (id, purpose, partial, hold_minutes, expires_at)
    )
"""
_ONE = "%(id)s::uuid, house.id, %(purpose)s, %(partial)s, %(minutes)s, %(state)s, %(at)s, %(by)s, %(ends)s"
_EACH = "wish.id, house.id, wish.purpose, wish.partial, wish.hold_minutes, %(state)s, %(at)s, %(by)s, wish.expires_at"
_LEFT = "(select array_agg(wish.id) from wish where not exists (select from made where made.id = wish.id))"
_CLAIM = ", ".join(
    [
        _MADE.format(wish=_ONE, wishes=""),
        _FOUND.format(taken="case when not exists (select from made) then array[%(id)s::uuid] end"),
    ]
)
_CLAIM_MANY = ", ".join(
    [_WISHES, _MADE.format(wish=_EACH, wishes="cross join wish order by wish.id"), _FOUND.format(taken=_LEFT)]
)
# A balance moves only from the entry that was seen: one that did not move has no id, which the entry cannot be without.
_ENTRIES = """
    made (balance, number, reserved, previous, hash, day, reservation) as ({made}), moved as (
        update balances as kept
        set reserved = kept.reserved + made.reserved, entries = made.last, head = made.head
        from {moves} where kept.id = made.balance and kept.entries = made.first - 1
        returning kept.id
    ), entered as (
        insert into entries (balance, number, on_hand, reserved, reservation, day, at, previous, hash)
        select moved.id, made.number, 0, made.reserved, made.reservation, made.day, %(at)s::timestamptz,
            made.previous, made.hash
        from made left join moved on moved.id = made.balance
    )
"""
_MANY = """
    select * from unnest(
        (select %(balances)s::uuid[]), (select %(numbers)s::bigint[]), (select %(taken)s::numeric[]),
        (select %(heads)s::bytea[]), (select %(hashes)s::bytea[]), (select %(days)s::date[]),
        (select %(holders)s::uuid[]))
"""
_ONE_EACH = "(select balance, reserved, number as first, number as last, hash as head from made) as made"
_ENTERED = _ENTRIES.format(made=_MANY, moves=_ONE_EACH)
_ENTERED_BEHIND = _ENTRIES.format(
    made=_MANY,
    moves="""(
        select balance, sum(reserved) as reserved, min(number) as first, max(number) as last,
            (array_agg(hash order by number desc))[1] as head
        from made group by balance
    ) as made""",
)
"""The same where several entries are of one balance, each behind the one before."""
_LINES = "lined as (insert into reservation_lines (reservation, item, place, wanted, reserved) {lines})"
_LINED = _LINES.format(
    lines="""
        select * from unnest(
            (select %(of)s::uuid[]), (select %(goods)s::uuid[]), (select %(places)s::smallint[]),
            (select %(wanted)s::numeric[]), (select %(reserved)s::numeric[]))
    """
)
# Of few, each value stands by itself: for these, most of the time would go to arrays that are made and taken apart.
_FEW_ENTRIES = """(
    %(balance_{0})s::uuid, %(number_{0})s::bigint, %(taken_{0})s::numeric, %(head_{0})s::bytea, %(hash_{0})s::bytea,
    %(day)s::date, %(id)s::uuid)
"""
_FEW_LINES = "(%(id)s::uuid, %(goods_{0})s::uuid, {0}, %(wanted_{0})s::numeric, %(reserved_{0})s::numeric)"
FEW = 5
"""Entries, and lines, of one reservation that are few; for each number of them the statement is another."""
_UNDONE = "undone as (delete from reservations where id = any((select %(undone)s::uuid[])::uuid[]))"


def claim(work: Work, made: Sequence[Reservation], wanted: Collection[UUID], reach: Reach, today: date) -> Claimed:
    """Claims the call's key and the ids of one warehouse's reservations, and locks what they may be made of.

    In one round trip. Those of ids on record are as they were.
    """
    first = made[0]
    house, found = house_within(reach, first.wish.warehouse, today)
    statement, wishes = (_CLAIM, _one_said(first)) if len(made) == 1 else (_CLAIM_MANY, _many_said(made))
    asked = {"items": plain_array(wanted), "kind": PlaceKind.BIN.value}
    asked |= {"state": int(first.state), "at": first.created_at, "by": first.created_by}
    return _claimed(work.first(f"house as ({house}), {statement}", {**found, **wishes, **asked}))


def units_of(connection: sa.Connection, wanted: Collection[UUID]) -> dict[UUID, tuple[ItemUnit, ...]]:
    """The further units of items: asked for where one is stated alone."""
    return units.of_items(connection, wanted)


def held(connection: sa.Connection, reservations: Collection[UUID]) -> Sequence[tuple[UUID, UUID, Decimal]]:
    """What each of some reservations still holds of which balance."""
    total = sa.func.sum(entries.c.reserved)
    of = entries.c.reservation, entries.c.balance
    query = sa.select(*of, total).where(entries.c.reservation.in_([*reservations])).group_by(*of).having(total > 0)
    return [(row[0], row[1], row[2]) for row in connection.execute(query.order_by(*of))]


def write(work: Work, made: Sequence[Reservation], entered: Sequence[Entry], undone: Sequence[UUID] = ()) -> None:
    """Has written with the commit what is reserved, and the entries that hold it or give it back.

    What was claimed and cannot be made is as if it had never been.
    """
    several = len({one.balance for one in entered}) < len(entered)
    if len(made) == 1 and not (undone or several) and 0 < len(entered) <= FEW >= len(made[0].lines):
        work.last(_few(len(entered), len(made[0].lines)), _few_said(made[0], entered))
        return
    parts, said = list[str](), dict[str, object]()
    if entered:
        parts.append(_ENTERED_BEHIND if several else _ENTERED)
        said |= _entries_said(entered)
    if made:
        parts.append(_LINED)
        said |= _lines_said(made)
    if undone:
        parts.append(_UNDONE)
        said["undone"] = plain_array(undone)
    if parts:
        work.last(", ".join(parts), said)


@cache
def _few(entered: int, lines: int) -> str:
    """What writes one reservation of so many lines, held by so many entries, each of another balance."""
    made = f"values {', '.join(_FEW_ENTRIES.format(number) for number in range(entered))}"
    lined = f"values {', '.join(_FEW_LINES.format(place) for place in range(lines))}"
    return f"{_ENTRIES.format(made=made, moves=_ONE_EACH)}, {_LINES.format(lines=lined)}"


def _few_said(made: Reservation, entered: Sequence[Entry]) -> dict[str, object]:
    said: dict[str, object] = {"id": made.identifier, "day": entered[0].day, "at": entered[0].at}
    for number, one in enumerate(entered):
        said |= {f"balance_{number}": one.balance, f"number_{number}": str(one.number), f"taken_{number}": one.reserved}
        said |= {f"head_{number}": one.previous, f"hash_{number}": one.hash}
    for place, line in enumerate(made.lines):
        said |= {f"goods_{place}": line.item, f"wanted_{place}": line.wanted, f"reserved_{place}": line.reserved}
    return said


def _one_said(made: Reservation) -> dict[str, object]:
    wish = made.wish
    of = {"id": made.identifier, "purpose": wish.purpose, "partial": wish.partial}
    return {**of, "minutes": wish.hold_minutes, "ends": made.expires_at}


def _many_said(made: Sequence[Reservation]) -> dict[str, object]:
    return {
        "ids": plain_array(one.identifier for one in made),
        "purposes": text_array(one.wish.purpose for one in made),
        "partials": plain_array(one.wish.partial for one in made),
        "minutes": plain_array(one.wish.hold_minutes for one in made),
        "ends": text_array(str(one.expires_at) for one in made),
    }


def _entries_said(made: Sequence[Entry]) -> dict[str, object]:
    return {
        "balances": plain_array(one.balance for one in made),
        "numbers": plain_array(one.number for one in made),
        "taken": plain_array(one.reserved for one in made),
        "heads": bytes_array(one.previous for one in made),
        "hashes": bytes_array(one.hash for one in made),
        "days": plain_array(one.day for one in made),
        "holders": plain_array(one.reservation for one in made),
        "at": made[0].at,
    }


def _lines_said(made: Sequence[Reservation]) -> dict[str, object]:
    lines = [(one.identifier, place, line) for one in made for place, line in enumerate(one.lines)]
    return {
        "of": plain_array(of for of, *_ in lines),
        "goods": plain_array(line.item for *_, line in lines),
        "places": plain_array(place for _, place, _ in lines),
        "wanted": plain_array(line.wanted for *_, line in lines),
        "reserved": plain_array(line.reserved for *_, line in lines),
    }


def _claimed(rows: Sequence[tuple[Any, ...]]) -> Claimed:
    zone, taken = rows[0][:2]
    goods = {row[2]: Counted(*row[3:6]) for row in rows if row[2]}
    return Claimed(zone, frozenset(taken or ()), goods, [_free(row) for row in rows if row[6]])


def _free(row: tuple[Any, ...]) -> FreeBalance:
    item, (place, lot, below_zero, one_piece, on_hand, reserved, entries, head, expires) = row[2], row[6:]
    limits = Limits(below_zero, one_piece)
    kept = Balance(BalanceKey(item, place, lot), limits, on_hand, reserved, entries, head)
    return FreeBalance(kept, expires)
