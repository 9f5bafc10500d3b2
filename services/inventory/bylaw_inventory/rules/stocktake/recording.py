"""Counts as somebody wants to record them, checked one by one against what the stocktake counts (WHS-6)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from bylaw_chassis.refusals import Violation

from bylaw_inventory.rules.goods.item import Item, Tracking
from bylaw_inventory.rules.goods.place import WITHIN, Place
from bylaw_inventory.rules.ledger.balance import BalanceKey, lot_id
from bylaw_inventory.rules.ledger.posting import lot_fault
from bylaw_inventory.rules.quantity import ZERO
from bylaw_inventory.rules.refusals import Fault, LinesRefused
from bylaw_inventory.rules.stocktake.counting import Count
from bylaw_inventory.rules.stocktake.stocktake import StocktakeWish
from bylaw_inventory.rules.units.converting import counted_of

FIELD = "counts"
ONE = Decimal(1)
Written = tuple[str, str]
"""A quantity as it was written, and its unit."""


@dataclass(frozen=True, slots=True)
class CountWish:
    """A count as somebody wants to record it; `counted_at` is nothing for now."""

    item: UUID
    place: UUID
    sound: Written
    damaged: Written | None
    lot: str
    expires: date | None
    counted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What counts are checked against: what is counted, from when until now, by whom, and which day it was there."""

    wish: StocktakeWish
    goods: Mapping[UUID, Item]
    places: Mapping[UUID, Place]
    started_at: datetime
    now: datetime
    counted_by: UUID
    day_at: Callable[[datetime], date]

    @property
    def counted_places(self) -> Collection[UUID]:
        """The places that are counted."""
        return self.wish.places or [one.identifier for one in self.places.values() if one.kind in WITHIN]


def checked_counts(wishes: Sequence[CountWish], sheet: Sheet, *, last_number: int) -> list[Count]:
    """The counts, numbered behind the last; LinesRefused with every fault of every one."""
    made: list[Count] = []
    faults: list[Violation] = []
    places = frozenset(sheet.counted_places)
    for position, wish in enumerate(wishes):
        found = _checked(wish, sheet, places=places, number=last_number + position + 1)
        if isinstance(found, Count):
            made.append(found)
        else:
            faults += [fault.at(f"{FIELD}[{position}].{part}") for part, fault in found.items()]
    if faults:
        raise LinesRefused(faults)
    return made


def lot_differs(wishes: Sequence[CountWish], recorded: Mapping[UUID, date | None]) -> list[Violation]:
    """Lots whose expiry is on record otherwise."""
    found = []
    for position, wish in enumerate(wishes):
        kept = recorded.get(lot_id(wish.item, wish.lot))
        if wish.expires and kept != wish.expires:
            said = kept or "-"
            fault = Fault("LOT_DIFFERS", f"该批次登记的有效期为 {said}", f"the lot is on record with expiry {said}")
            found.append(fault.at(f"{FIELD}[{position}].expiry_date"))
    return found


def _checked(wish: CountWish, sheet: Sheet, *, places: Collection[UUID], number: int) -> Count | dict[str, Fault]:
    faults = _outside(wish, sheet, places)
    at = wish.counted_at or sheet.now
    if not sheet.started_at <= at <= sheet.now:
        faults["count_time"] = Fault(
            "COUNT_TIME_INVALID",
            f"点数时刻应在 {sheet.started_at:%Y-%m-%dT%H:%M:%SZ} 之后、现在之前",
            f"expected an instant from {sheet.started_at:%Y-%m-%dT%H:%M:%SZ}, when counting began, until now",
        )
    item = sheet.goods.get(wish.item)
    if item is None:
        return {**faults, "item": Fault("ITEM_NOT_FOUND", "没有该商品", "there is no such item")}
    amounts = _amounts(wish, item)
    if isinstance(amounts, dict):
        return {**faults, **amounts}
    if faults:
        return faults
    key = BalanceKey(wish.item, wish.place, lot_id(wish.item, wish.lot))
    counted = (*amounts, at, sheet.day_at(at), sheet.counted_by, sheet.now)
    return Count(number, key, *counted, item.wish.unit, wish.lot, wish.expires)


def _outside(wish: CountWish, sheet: Sheet, places: Collection[UUID]) -> dict[str, Fault]:
    """A place or an item that the stocktake does not count."""
    faults = {}
    if wish.place not in places:
        faults["place"] = Fault(
            "STOCKTAKE_PLACE_OUTSIDE", "该货位不在本次盘点范围内", "the stocktake does not count this place"
        )
    if sheet.wish.items and wish.item not in sheet.wish.items:
        faults["item"] = Fault(
            "STOCKTAKE_ITEM_OUTSIDE", "该商品不在本次盘点范围内", "the stocktake does not count this item"
        )
    return faults


def _amounts(wish: CountWish, item: Item) -> tuple[Decimal, Decimal] | dict[str, Fault]:
    """How much is there sound, and damaged."""
    faults: dict[str, Fault] = {}
    found = [ZERO, ZERO]
    for place, (part, said) in enumerate((("quantity", wish.sound), ("damaged", wish.damaged))):
        amount = _amount(said, item) if said else ZERO
        if isinstance(amount, Fault):
            faults[part] = amount
        else:
            found[place] = amount
    if fault := lot_fault(item.wish.tracking, wish.lot, wish.expires, ONE):
        faults["lot"] = fault
    elif item.wish.tracking is Tracking.SERIAL and sum(found) > ONE:
        faults["lot"] = Fault("SERIAL_NOT_ONE", "一个序列号只对应一件", "a serial number is one piece")
    return faults or (found[0], found[1])


def _amount(said: Written, item: Item) -> Decimal | Fault:
    return counted_of(*said, item.wish.counted)
