"""What was counted, what there is to count, and what the book had at the instant of each count (WHS-6)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from bylaw_inventory.rules.ledger.balance import BalanceKey
from bylaw_inventory.rules.stocktake.counting import Count, Line, Standing
from bylaw_inventory.rules.stocktake.stocktake import Stocktake
from bylaw_inventory.store.stocktake_tables import stocktake_counts, stocktake_results
from bylaw_inventory.store.tables import items, lots
from bylaw_inventory.store.warehouses import WITHIN_THE_DOOR

COLUMNS = stocktake_counts.c

# What the card says of the instant of a count: entries up to it; those of a day before it, though they were booked
# later; and a reversal with what it reverses, which never happened. `entries` is how much of the card was seen.
_BOOK = """
    select coalesce(sum(entry.on_hand) filter (
            where coalesce(first.posted_at, entry.at) <= standing.counted_at
                or coalesce(first.day, entry.day) < standing.counted_on
        ), 0) as book, coalesce(max(entry.number), 0) as entries
    from entries as entry
        left join movements as reversal on reversal.id = entry.movement and reversal.reverses is not null
        left join movements as first on first.id = reversal.reverses
    where entry.balance = standing.balance
"""
_STANDING = """
    select distinct on (one.balance) one.*, exists (
            select from stocktake_counts as other
            where other.stocktake = one.stocktake and other.balance = one.balance
                and other.counted_by <> one.counted_by
        ) as confirmed
    from stocktake_counts as one where one.stocktake = :stocktake
    order by one.balance, one.counted_at desc, one.number desc
"""
_SHOWN = """
    select known.*, items.unit, items.code as item_code, lots.code as lot_code, places.code as place_code
    from known join items on items.id = known.item join places on places.id = known.place
        left join lots on lots.id = known.lot
"""
_COUNTING = sa.text(f"""
    with standing as ({_STANDING}), kept as (
        select balances.* from balances join places on places.id = balances.place
        where places.warehouse = :warehouse and places.kind = any(:within) and balances.on_hand <> 0
            and (:all_places or places.id = any(:places)) and (:all_items or balances.item = any(:items))
    ), known as (
        select coalesce(standing.balance, kept.id) as balance, coalesce(standing.item, kept.item) as item,
            coalesce(standing.place, kept.place) as place, coalesce(standing.lot, kept.lot) as lot,
            standing.number, standing.sound, standing.damaged, standing.confirmed, book.book, book.entries
        from standing full join kept on kept.id = standing.balance
            left join lateral ({_BOOK}) as book on standing.number is not null
    )
    {_SHOWN}
""")  # noqa: S608 - of parts that stand here
_COUNTED = sa.text(f"""
    with standing as ({_STANDING}), known as (
        select standing.balance, standing.item, standing.place, standing.lot, standing.number, standing.sound,
            standing.damaged, standing.confirmed, result.book, result.entries
        from standing join stocktake_results as result on result.stocktake = standing.stocktake
            and result.balance = standing.balance and result.revision = :revision
    )
    {_SHOWN}
""")  # noqa: S608 - of parts that stand here


def add(connection: sa.Connection, stocktake: UUID, made: Sequence[Count]) -> None:
    """Puts counts on record."""
    rows = [
        {
            "stocktake": stocktake,
            "number": one.number,
            "balance": one.key.identifier,
            **one.key._asdict(),
            "sound": one.sound,
            "damaged": one.damaged,
            "counted_at": one.counted_at,
            "counted_on": one.counted_on,
            "counted_by": one.counted_by,
            "recorded_at": one.recorded_at,
        }
        for one in made
    ]
    connection.execute(stocktake_counts.insert(), rows)


def last_number(connection: sa.Connection, stocktake: UUID) -> int:
    """The number of the newest count; its stocktake is locked."""
    newest = sa.select(sa.func.coalesce(sa.func.max(COLUMNS.number), 0)).where(COLUMNS.stocktake == stocktake)
    return int(connection.execute(newest).scalar_one())


def listed(connection: sa.Connection, stocktake: UUID, *, by: UUID | None, page: tuple[int | None, int]) -> list[Count]:
    """Counts as they were recorded, behind one; those of one person alone where one is named."""
    after, limit = page
    query = (
        sa.select(stocktake_counts, items.c.unit, lots.c.code, lots.c.expires)
        .join(items, items.c.id == COLUMNS.item)
        .outerjoin(lots, lots.c.id == COLUMNS.lot)
        .where(COLUMNS.stocktake == stocktake, COLUMNS.number > (after or 0))
        .order_by(COLUMNS.number)
        .limit(limit)
    )
    if by:
        query = query.where(COLUMNS.counted_by == by)
    return [_count(row) for row in connection.execute(query)]


def lines(connection: sa.Connection, made: Stocktake) -> list[Line]:
    """What there is to count and what was, in no order; once counting ended, what came of it."""
    if made.counted:
        told = {"stocktake": made.identifier, "revision": made.counted_revision}
        return [_line(row) for row in connection.execute(_COUNTED, told)]
    wish = made.wish
    told = {
        "stocktake": made.identifier,
        "warehouse": wish.warehouse,
        "within": WITHIN_THE_DOOR,
        "all_places": not wish.places,
        "places": list(wish.places),
        "all_items": not wish.items,
        "items": list(wish.items),
    }
    return [_line(row) for row in connection.execute(_COUNTING, told)]


def add_results(connection: sa.Connection, made: Stocktake, counted: Sequence[Line]) -> None:
    """Keeps with what each count was compared."""
    own = {"stocktake": made.identifier, "revision": made.counted_revision}
    rows = [
        {**own, "balance": line.key.identifier, "count": found.number, "book": found.book, "entries": found.entries}
        for line in counted
        if (found := line.standing)
    ]
    if rows:
        connection.execute(stocktake_results.insert(), rows)


def _count(row: Any) -> Count:
    key = BalanceKey(row.item, row.place, row.lot)
    counted = (row.sound, row.damaged, row.counted_at, row.counted_on, row.counted_by, row.recorded_at)
    return Count(row.number, key, *counted, row.unit, row.code or "", row.expires)


def _line(row: Any) -> Line:
    standing = None
    if row.number is not None:
        standing = Standing(row.number, row.sound, row.damaged, row.book, row.entries, row.confirmed)
    key = BalanceKey(row.item, row.place, row.lot)
    return Line(key, row.unit, row.lot_code or "", row.place_code, row.item_code, standing)
