"""What was counted of a delivery, in which condition; a count that is set right adds differences, and hides nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Any, NamedTuple
from uuid import UUID

from bylaw_chassis.refusals import Violation

from bylaw_inventory.rules.goods.item import Item, Tracking, gtin14
from bylaw_inventory.rules.ledger.posting import ONE, lot_fault
from bylaw_inventory.rules.quantity import ZERO
from bylaw_inventory.rules.receiving.note import GoodsKey, two_dates
from bylaw_inventory.rules.refusals import Fault, LinesRefused
from bylaw_inventory.rules.units.converting import Stated, stated_of
from bylaw_inventory.rules.units.unit import Said, together

FIELD = "lines"


class Condition(IntEnum):
    """How goods arrived; the numbers are those of the contract."""

    FIT = 1
    DAMAGED = 2
    OTHER_VARIETY = 3


PARTS = {"fit": Condition.FIT, "damaged": Condition.DAMAGED, "other_variety": Condition.OTHER_VARIETY}
"""The fields of a line of the form."""


class CountedLine(NamedTuple):
    """How much of an item, of one lot of it, arrived in which condition.

    `fit_said` is how the fit ones were stated, where all of them were in one further unit of the item.
    """

    item: UUID
    lot: str
    expires: date | None
    unit: str
    fit: Decimal = ZERO
    damaged: Decimal = ZERO
    other_variety: Decimal = ZERO
    fit_said: Said | None = None

    @property
    def key(self) -> GoodsKey:
        """What was counted."""
        return self.item, self.lot

    @property
    def total(self) -> Decimal:
        """In whatever condition."""
        return self.fit + self.damaged + self.other_variety

    def of(self, condition: Condition) -> Decimal:
        """In one condition."""
        return {Condition.FIT: self.fit, Condition.DAMAGED: self.damaged}.get(condition, self.other_variety)

    def has_expired(self, day: date) -> bool:
        """Whether it is past its date."""
        return self.expires is not None and self.expires < day


class CountEntry(NamedTuple):
    """By how much a count changed, of what, in which condition; `said` in a further unit, if it was."""

    item: UUID
    lot: str
    expires: date | None
    condition: Condition
    difference: Decimal
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class FormLine:
    """A line of a form as it was filled in: value and unit of each condition, empty where there is none."""

    item: UUID
    lot: str
    expires: date | None
    parts: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Scan:
    """One scan as it came in: an item, or a barcode."""

    item: UUID | None
    barcode: str
    value: str
    unit: str
    lot: str
    expires: date | None
    condition: Condition
    take_off: bool


def counted_by_form(lines: Sequence[FormLine], goods: Mapping[UUID, Item]) -> dict[GoodsKey, CountedLine]:
    """What a form says, the same goods summed; LinesRefused with every fault of every line."""
    made: dict[GoodsKey, CountedLine] = {}
    faults: list[Violation] = []
    for number, line in enumerate(lines):
        found = _counted(line, goods.get(line.item))
        if not isinstance(found, CountedLine):
            faults += [fault.at(f"{FIELD}[{number}].{part}") for part, fault in found.items()]
            continue
        before = made.get(found.key)
        if before and (fault := _together(before, found, goods[line.item])):
            faults.append(fault.at(f"{FIELD}[{number}].lot"))
        made[found.key] = _summed(before, found) if before else found
    if faults:
        raise LinesRefused(faults)
    return made


def differences(before: Mapping[GoodsKey, CountedLine], after: Mapping[GoodsKey, CountedLine]) -> list[CountEntry]:
    """What makes one count the other, condition by condition."""
    found = []
    for key in {**before, **after}:
        old, new = before.get(key), after.get(key)
        line = new or old
        assert line  # noqa: S101 - it is in one of them
        for condition in Condition:
            change = (new.of(condition) if new else ZERO) - (old.of(condition) if old else ZERO)
            if change:
                said = _said_between(old, new) if condition is Condition.FIT else None
                found.append(CountEntry(*key, line.expires, condition, change, said))
    return found


def scanned(scan: Scan, item: Item, before: CountedLine | None) -> CountEntry | dict[str, Fault]:
    """What a scan adds to the count of the same goods, or takes off it; its faults else.

    The barcode of a further unit counts that unit, where none is stated.
    """
    wish = item.wish
    packed = item.unit_with(gtin14(scan.barcode)) if scan.barcode and not scan.unit else None
    stated = stated_of(scan.value, packed.name if packed else scan.unit, wish.counted)
    if isinstance(stated, Fault):
        return {"quantity": stated}
    if fault := lot_fault(wish.tracking, scan.lot, scan.expires, stated.quantity):
        return {"lot": fault}
    known = before or CountedLine(item.identifier, scan.lot, scan.expires, wish.unit)
    if scan.expires and known.expires and scan.expires != known.expires:
        return {"expiry_date": two_dates(known.expires)}
    change, said = (-stated.quantity, stated.said and -stated.said) if scan.take_off else stated
    if known.of(scan.condition) + change < ZERO:
        return {"quantity": Fault("COUNT_BELOW_ZERO", "此前没有点到这么多", "so much of it was not counted")}
    if wish.tracking is Tracking.SERIAL and known.total + change > ONE:
        return {"lot": Fault("SERIAL_NOT_ONE", "该序列号已点过", "this serial number was counted already")}
    return CountEntry(item.identifier, scan.lot, scan.expires or known.expires, scan.condition, change, said)


def counted_on(before: Mapping[GoodsKey, CountedLine], entry: CountEntry, unit: str) -> dict[GoodsKey, CountedLine]:
    """A count with one entry more; goods of which nothing is left are not in it."""
    after, key = dict(before), (entry.item, entry.lot)
    line = before.get(key, CountedLine(*key, None, unit))
    part = next(name for name, condition in PARTS.items() if condition is entry.condition)
    changed: dict[str, Any] = {part: line.of(entry.condition) + entry.difference}
    if entry.condition is Condition.FIT:
        changed["fit_said"] = together(line.fit_said, entry.said) if line.fit else entry.said
    made = line._replace(expires=entry.expires, **changed)
    after[key] = made
    if not made.total:
        del after[key]
    return after


def keyed(lines: Iterable[CountedLine]) -> dict[GoodsKey, CountedLine]:
    """Lines by what they count."""
    return {line.key: line for line in lines}


def _counted(line: FormLine, item: Item | None) -> CountedLine | dict[str, Fault]:
    if item is None:
        return {"item": Fault("ITEM_NOT_FOUND", "没有该商品", "there is no such item")}
    wish, found, faults = item.wish, dict[str, Stated](), dict[str, Fault]()
    for part, said in line.parts.items():
        stated = stated_of(*said, wish.counted)
        if isinstance(stated, Fault):
            faults[part] = stated
        else:
            found[part] = stated
    if faults:
        return faults
    if not found:
        return {"fit": Fault("QUANTITY_INVALID", "请填写点到的数量", "say how much was counted")}
    quantities = {part: stated.quantity for part, stated in found.items()}
    if fault := lot_fault(wish.tracking, line.lot, line.expires, sum(quantities.values(), ZERO)):
        return {"lot": fault}
    fit_said = found["fit"].said if "fit" in found else None
    return CountedLine(line.item, line.lot, line.expires, wish.unit, **quantities, fit_said=fit_said)


def _together(before: CountedLine, found: CountedLine, item: Item) -> Fault | None:
    if item.wish.tracking is Tracking.SERIAL:
        return Fault("SERIAL_NOT_ONE", "一个序列号只对应一件", "a serial number is one piece")
    return None if before.expires == found.expires else two_dates(before.expires)


def _summed(one: CountedLine, other: CountedLine) -> CountedLine:
    more = {part: getattr(one, part) + getattr(other, part) for part in PARTS}
    if one.fit and other.fit:
        return one._replace(**more, fit_said=together(one.fit_said, other.fit_said))
    return one._replace(**more, fit_said=one.fit_said or other.fit_said)


def _said_between(old: CountedLine | None, new: CountedLine | None) -> Said | None:
    """How the difference of the fit ones is stated, where both counts were in one unit, or there was nothing before."""
    before, after = old and old.fit_said, new and new.fit_said
    if not (old and old.fit):
        return after
    if not (new and new.fit):
        return before and -before
    return together(after, before and -before)
