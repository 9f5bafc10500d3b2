"""What a reservation takes to be made, in two round trips: what it asks for is looked up and locked, then written."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.time_bounds import driver_within_deadline

from bylaw_inventory.rules.goods.item import Counted
from bylaw_inventory.rules.goods.place import PlaceKind
from bylaw_inventory.rules.ledger.balance import Balance, BalanceKey, Limits
from bylaw_inventory.rules.ledger.chain import Entry
from bylaw_inventory.rules.reserving.reservation import Claimed, FreeBalance, Reservation, ReservedLine
from bylaw_inventory.store import ledger

_GOODS = "select id, code, unit, fraction_digits from items where id = any(%s::uuid[])"
_CLAIM = """
    insert into reservations (id, warehouse, purpose, partial, hold_minutes, state, created_at, created_by, expires_at)
    values (%s, %s, %s, %s, %s, %s, %s, %s, %s) on conflict do nothing returning id
"""
# Locked in the order of their ids, as by everybody.
_BINS = """
    select kept.item, kept.place, kept.lot, kept.below_zero, kept.one_piece, kept.on_hand, kept.reserved,
        kept.entries, kept.head, lots.expires
    from balances as kept join places on places.id = kept.place left join lots on lots.id = kept.lot
    where kept.item = any(%s::uuid[]) and places.warehouse = %s and places.kind = %s
    order by kept.id for update of kept
"""
_LINES = """
    insert into reservation_lines (reservation, item, place, wanted, reserved)
    select %s, * from unnest(%s::uuid[], %s::smallint[], %s::numeric[], %s::numeric[])
"""


def claim(connection: sa.Connection, made: Reservation, wanted: Collection[UUID]) -> Claimed:
    """Claims the id for a reservation and locks what it may be made of, in one round trip."""
    wish, goods = made.wish, list(wanted)
    row = (made.identifier, wish.warehouse, wish.purpose, wish.partial, wish.hold_minutes, int(made.state))
    driver = driver_within_deadline(connection)
    with driver.pipeline() as pipeline:
        counted = driver.execute(_GOODS, (goods,))
        claimed = driver.execute(_CLAIM, (*row, made.created_at, made.created_by, made.expires_at))
        bins = driver.execute(_BINS, (goods, wish.warehouse, PlaceKind.BIN.value))
        pipeline.sync()
        return Claimed(
            is_new=claimed.fetchone() is not None,
            goods={row[0]: Counted(*row[1:]) for row in counted},
            bins=[_free(row) for row in bins],
        )


def write(connection: sa.Connection, identifier: UUID, lines: Sequence[ReservedLine], made: Sequence[Entry]) -> None:
    """Writes what is reserved, and the entries that hold it, in one round trip."""
    columns: tuple[list[UUID], list[int], list[Decimal], list[Decimal]] = (
        [line.item for line in lines],
        list(range(len(lines))),
        [line.wanted for line in lines],
        [line.reserved for line in lines],
    )
    driver = driver_within_deadline(connection)
    with driver.pipeline():
        driver.execute(_LINES, (identifier, *columns))
        ledger.append(connection, made)


def _free(row: tuple[Any, ...]) -> FreeBalance:
    item, place, lot, below_zero, one_piece, on_hand, reserved, entries, head, expires = row
    limits = Limits(below_zero, one_piece)
    kept = Balance(BalanceKey(item, place, lot), limits, on_hand, reserved, entries, bytes(head))
    return FreeBalance(kept, expires)
