"""Books a movement: balances locked in one order, each change checked under its lock, all of them or none (WHS-4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.refusals import Violation

from bylaw_inventory.ports.stores import LedgerStore
from bylaw_inventory.rules.goods.item import Item, Tracking
from bylaw_inventory.rules.goods.place import WITHIN, Place
from bylaw_inventory.rules.ledger.balance import (
    Balance,
    BalanceKey,
    Change,
    Limits,
    NotOnePieceError,
    ShortError,
    entered,
)
from bylaw_inventory.rules.ledger.chain import Entry
from bylaw_inventory.rules.ledger.movement import Movement, legs
from bylaw_inventory.rules.ledger.posting import FIELD
from bylaw_inventory.rules.quantity import ZERO, written
from bylaw_inventory.rules.refusals import Fault, LinesRefused
from bylaw_inventory.rules.reserving.refusals import ReservationShort, StockShort


@dataclass(frozen=True, slots=True)
class Booking:
    """Works inside the caller's transaction."""

    ledger: LedgerStore

    def book(
        self,
        connection: sa.Connection,
        movement: Movement,
        *,
        goods: Mapping[UUID, Item],
        places: Mapping[UUID, Place],
        reserved: bool = False,
    ) -> None:
        """Refuses STOCK_SHORT, SERIAL_NOT_ONE, and RESERVATION_SHORT where it is to take what is reserved."""
        moved = {key: on_hand for key, on_hand in legs(movement.lines).items() if on_hand}
        limits = {key: limits_of(goods[key.item], places[key.place]) for key in moved}
        locked = self.ledger.lock(connection, limits)
        held = self.ledger.held(connection, movement.reservation) if reserved and movement.reservation else None
        entries: list[Entry] = []
        faults: list[Violation] = []
        for key, on_hand in moved.items():
            freed = _freed(movement, key, on_hand, held)
            made = _entered(locked[key], _change(movement, on_hand, freed))
            if isinstance(made, Fault):
                faults.append(made.at(_field(movement, key)))
            else:
                entries.append(made)
        if faults:
            raise _refusal(faults)
        if entries:
            self.ledger.append(connection, entries)


def limits_of(item: Item, place: Place) -> Limits:
    """What a balance of an item at a place may come to."""
    below_zero = item.wish.may_go_below_zero or place.kind not in WITHIN
    return Limits(below_zero, one_piece=item.wish.tracking is Tracking.SERIAL)


def _change(movement: Movement, on_hand: Decimal, freed: Decimal) -> Change:
    return Change(on_hand, -freed, movement.day, movement.posted_at, movement.identifier, movement.reservation)


def _freed(movement: Movement, key: BalanceKey, on_hand: Decimal, held: Mapping[UUID, Decimal] | None) -> Decimal:
    """How much of what the reservation holds there is taken by this change."""
    if held is None or on_hand >= ZERO:
        return ZERO
    there = held.get(key.identifier, ZERO)
    if there < -on_hand:
        raise ReservationShort(field=_field(movement, key), held=written(there))
    return -on_hand


def _entered(balance: Balance, change: Change) -> Entry | Fault:
    try:
        return entered(balance, change)
    except ShortError as short:
        free = written(short.free)
        return Fault("STOCK_SHORT", f"此处可用仅 {free}", f"only {free} is free there")
    except NotOnePieceError:
        return Fault(
            "SERIAL_NOT_ONE", "该序列号已在别处，不能再次收发", "this serial number is elsewhere, and cannot move so"
        )


def _field(movement: Movement, key: BalanceKey) -> str:
    """Which line a balance is of: the first that leaves there, or arrives."""
    for number, line in enumerate(movement.lines):
        if (line.item, line.lot) == (key.item, key.lot) and key.place in {line.from_place, line.to_place}:
            return f"{FIELD}[{number}].quantity"
    return FIELD


def _refusal(faults: Sequence[Violation]) -> StockShort | LinesRefused:
    short = all(fault.reason == StockShort.reason for fault in faults)
    return StockShort(faults) if short else LinesRefused(faults)
