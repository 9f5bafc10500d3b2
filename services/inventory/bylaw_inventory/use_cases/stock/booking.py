"""Books a movement: balances locked in one order, each change checked under its lock, all of them or none (WHS-4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.refusals import Violation
from bylaw_chassis.values import resource_name

from bylaw_inventory.ports.stores import LedgerStore
from bylaw_inventory.rules.books.day_ends import ByDay, first_below_zero
from bylaw_inventory.rules.books.refusals import DayBelowZero
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
from bylaw_inventory.rules.ledger.movement import Movement, MovementKind, legs, said_on_cards
from bylaw_inventory.rules.ledger.posting import FIELD
from bylaw_inventory.rules.quantity import ZERO, written
from bylaw_inventory.rules.refusals import Fault, LinesRefused
from bylaw_inventory.rules.reserving.refusals import ReservationShort, StockShort
from bylaw_inventory.rules.stocktake.refusals import PlaceFrozen
from bylaw_inventory.rules.stocktake.stocktake import STOCKTAKES


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
        today: date | None = None,
    ) -> None:
        """Refuses STOCK_SHORT, SERIAL_NOT_ONE, DAY_BELOW_ZERO, PLACE_FROZEN; RESERVATION_SHORT where it takes reserved.

        `today` at the warehouse, where it is known: an entry of today spoils no day since.
        """
        moved = {key: on_hand for key, on_hand in legs(movement.lines).items() if on_hand}
        limits = {key: limits_of(goods[key.item], places[key.place]) for key in moved}
        locked = self.ledger.lock(connection, limits)
        check_frozen(movement, locked)
        held = self.ledger.held(connection, movement.reservation) if reserved and movement.reservation else None
        said = said_on_cards(movement.lines)
        entries: list[Entry] = []
        faults: list[Violation] = []
        for key, on_hand in moved.items():
            freed = _freed(movement, key, on_hand, held)
            made = _entered(locked[key], _change(movement, on_hand, freed, said.get(key, "")))
            if isinstance(made, Fault):
                faults.append(made.at(fault_field(movement, key)))
            else:
                entries.append(made)
        if faults:
            raise _refusal(faults)
        if today is None or movement.day < today:
            self._check_day_ends(connection, movement, moved, locked)
        if entries:
            self.ledger.append(connection, entries)

    def _check_day_ends(
        self,
        connection: sa.Connection,
        movement: Movement,
        moved: Mapping[BalanceKey, Decimal],
        locked: Mapping[BalanceKey, Balance],
    ) -> None:
        """Booked into a day gone by it must not take what was not there yet, or was gone again (WHS-4)."""
        posted = {locked[key]: {movement.day: on_hand} for key, on_hand in moved.items()}
        if spoilt := spoilt_days(connection, self.ledger, posted):
            raise DayBelowZero(movement.day, [fault.at(fault_field(movement, one.key)) for one, fault in spoilt])


def spoilt_days(
    connection: sa.Connection, ledger: LedgerStore, posted: Mapping[Balance, ByDay]
) -> list[tuple[Balance, Fault]]:
    """Balances, as they were before, at which what is posted would leave less than nothing at the end of a day."""
    lowered = {
        one: by_day for one, by_day in posted.items() if not one.limits.below_zero and min(by_day.values()) < ZERO
    }
    if not lowered:
        return []
    first = min(day for by_day in lowered.values() for day in by_day)
    booked = ledger.booked_since(connection, [one.identifier for one in lowered], first)
    found = []
    for one, by_day in lowered.items():
        if spoilt := first_below_zero(one.on_hand, booked.get(one.identifier, {}), by_day):
            day, left = spoilt
            zh, en = f"{day} 日末结存会是 {written(left)}", f"it would leave {written(left)} at the end of {day}"
            found.append((one, Fault(DayBelowZero.reason, zh, en)))
    return found


def check_frozen(movement: Movement, locked: Mapping[BalanceKey, Balance]) -> None:
    """Nothing moves in or out of a place that is frozen while it is counted (WHS-6)."""
    if movement.kind is MovementKind.STOCKTAKE:
        return
    frozen = {key: one.frozen_by for key, one in locked.items() if one.frozen_by}
    if frozen:
        said = Fault(PlaceFrozen.reason, "该货位正在盘点，暂停收发", "the place is frozen while it is counted")
        first = resource_name(STOCKTAKES, next(iter(frozen.values())))
        raise PlaceFrozen([said.at(fault_field(movement, key)) for key in frozen], stocktake=first)


def limits_of(item: Item, place: Place) -> Limits:
    """What a balance of an item at a place may come to."""
    below_zero = item.wish.may_go_below_zero or place.kind not in WITHIN
    return Limits(below_zero, one_piece=item.wish.tracking is Tracking.SERIAL)


def _change(movement: Movement, on_hand: Decimal, freed: Decimal, said: str) -> Change:
    return Change(on_hand, -freed, movement.day, movement.posted_at, movement.identifier, movement.reservation, said)


def _freed(movement: Movement, key: BalanceKey, on_hand: Decimal, held: Mapping[UUID, Decimal] | None) -> Decimal:
    """How much of what the reservation holds there is taken by this change."""
    if held is None or on_hand >= ZERO:
        return ZERO
    there = held.get(key.identifier, ZERO)
    if there < -on_hand:
        raise ReservationShort(field=fault_field(movement, key), held=written(there))
    return -on_hand


def entry_of(balance: Balance, movement: Movement, key: BalanceKey, on_hand: Decimal, *, said: str) -> Entry:
    """The entry that a movement makes on a card; refuses STOCK_SHORT and SERIAL_NOT_ONE."""
    made = _entered(balance, _change(movement, on_hand, ZERO, said))
    if isinstance(made, Fault):
        raise _refusal([made.at(fault_field(movement, key))])
    return made


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


def fault_field(movement: Movement, key: BalanceKey) -> str:
    """Which line a balance is of: the first that leaves there, or arrives."""
    for number, line in enumerate(movement.lines):
        if (line.item, line.lot) == (key.item, key.lot) and key.place in {line.from_place, line.to_place}:
            return f"{FIELD}[{number}].quantity"
    return FIELD


def _refusal(faults: Sequence[Violation]) -> StockShort | LinesRefused:
    short = all(fault.reason == StockShort.reason for fault in faults)
    return StockShort(faults) if short else LinesRefused(faults)
