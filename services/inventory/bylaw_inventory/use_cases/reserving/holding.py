"""What a wish comes to beside what is on record and what is free: of one wish, and of one of many."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.refusals import Violation

from bylaw_inventory.rules.goods.item import Counted
from bylaw_inventory.rules.ledger.balance import Change, entered
from bylaw_inventory.rules.ledger.chain import Entry
from bylaw_inventory.rules.quantity import ZERO, written
from bylaw_inventory.rules.refusals import Fault, LinesRefused
from bylaw_inventory.rules.reserving.refusals import (
    ReservationDiffers,
    ReservationEnded,
    ReservationNotFound,
    ReservationReleased,
    StockShort,
)
from bylaw_inventory.rules.reserving.reservation import (
    Allocation,
    Claimed,
    Reservation,
    ReservationState,
    ReservationWish,
    ReservedLine,
    allocated,
)
from bylaw_inventory.rules.units.converting import quantity_of

ALONE = "stock_reservation"


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A line as it was asked for; its quantity as it was written."""

    item: UUID
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A reservation as it was asked for; `at` is where it stands in the request."""

    identifier: UUID
    warehouse: UUID
    purpose: str
    lines: tuple[AskedLine, ...]
    partial: bool
    hold_minutes: int
    at: str = field(default=ALONE, compare=False)


class Hold(NamedTuple):
    """A reservation as it is made, and the entries that hold its goods."""

    made: Reservation
    entries: list[Entry]


def items_of(wishes: Iterable[Asked]) -> set[UUID]:
    """Every item that any of them asks for."""
    return {line.item for asked in wishes for line in asked.lines}


def stated_units(wishes: Iterable[Asked], goods: Mapping[UUID, Counted]) -> set[UUID]:
    """The items that one is stated of in a further unit."""
    lines = (line for asked in wishes for line in asked.lines if line.unit)
    return {line.item for line in lines if line.item in goods and line.unit != goods[line.item].unit}


def wish_of(asked: Asked, goods: Mapping[UUID, Counted]) -> ReservationWish:
    """How much of each item: the same item in several lines is summed; LinesRefused with every fault."""
    found: dict[UUID, Decimal] = {}
    faults: list[Violation] = []
    for number, line in enumerate(asked.lines):
        item = goods.get(line.item)
        if item is None:
            missing = Fault("ITEM_NOT_FOUND", "没有该商品", "there is no such item")
            faults.append(missing.at(f"{asked.at}.lines[{number}].item"))
            continue
        quantity = quantity_of(line.value, line.unit, item)
        if isinstance(quantity, Fault):
            faults.append(quantity.at(f"{asked.at}.lines[{number}].quantity"))
        else:
            found[line.item] = found.get(line.item, ZERO) + quantity
    if faults:
        raise LinesRefused(faults)
    return ReservationWish(asked.warehouse, asked.purpose, tuple(found.items()), asked.partial, asked.hold_minutes)


def held(begun: Reservation, wish: ReservationWish, found: Claimed, day: date, *, at: str = ALONE) -> Hold:
    """What is taken for a wish whose id was free; StockShort where that is not what was asked."""
    taken, short = allocated(dict(wish.wanted), found.bins, day)
    if short and not (wish.partial and taken):
        raise StockShort(_shortages(wish, short, found.goods, at))
    made = replace(begun, wish=wish, lines=_reserved(wish, taken, found.goods))
    return Hold(made, [_entry(one, made.identifier, day, made.created_at) for one in taken])


def again(found: Reservation | None, wish: ReservationWish) -> Reservation:
    """What stands under an id: the same wish is answered again, whatever became of it; a release forbids it."""
    if found is None:
        raise ReservationDiffers
    if found.state is ReservationState.RELEASED and not found.lines:
        raise ReservationReleased
    if found.wish != wish:
        raise ReservationDiffers
    return found


def to_confirm(found: Reservation | None, now: datetime) -> Reservation:
    """One that may be confirmed, or is; past its time but not yet ended, it is too late too."""
    if found is None:
        raise ReservationNotFound
    late = found.expires_at is not None and found.expires_at <= now
    if not found.live or late:
        raise ReservationEnded(state=ReservationState.EXPIRED.name if late else found.state.name)
    return found


def confirmed(found: Reservation) -> Reservation:
    """The same, confirmed."""
    return replace(found, state=ReservationState.CONFIRMED, expires_at=None)


def ended(found: Reservation, state: ReservationState, now: datetime) -> Reservation:
    """The same, ended."""
    return replace(found, state=state, expires_at=None, ended_at=now)


def tombstone(identifier: UUID, warehouse: UUID, by: str, now: datetime) -> Reservation:
    """A reservation that was released before it was made."""
    nothing = ReservationWish(warehouse, "", (), partial=False, hold_minutes=0)
    return Reservation(identifier, nothing, ReservationState.RELEASED, (), now, by, None, now)


def _reserved(
    wish: ReservationWish, taken: list[Allocation], goods: Mapping[UUID, Counted]
) -> tuple[ReservedLine, ...]:
    by_item = {item: ZERO for item, _ in wish.wanted}
    for one in taken:
        by_item[one.balance.key.item] += one.quantity
    return tuple(ReservedLine(item, wanted, by_item[item], goods[item].unit) for item, wanted in wish.wanted)


def _shortages(
    wish: ReservationWish, short: Mapping[UUID, Decimal], goods: Mapping[UUID, Counted], at: str
) -> list[Violation]:
    """Each item that is short, at its place among those wanted, with what is free."""
    found = []
    for number, (item, _) in enumerate(wish.wanted):
        if item in short:
            free, code = written(short[item]), goods[item].code
            fault = Fault("STOCK_SHORT", f"{code} 可用仅 {free}", f"only {free} of {code} is free")
            found.append(fault.at(f"{at}.lines[{number}]"))
    return found


def _entry(one: Allocation, reservation: UUID, day: date, now: datetime) -> Entry:
    return entered(one.balance, Change(ZERO, one.quantity, day, now, reservation=reservation))
