"""What somebody wants to post, checked line by line against the goods and places on record (WHS-1, WHS-3, WHS-4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from bylaw_chassis.refusals import Violation

from bylaw_inventory.rules.goods.item import Item, Tracking
from bylaw_inventory.rules.goods.place import Place
from bylaw_inventory.rules.ledger.balance import lot_id
from bylaw_inventory.rules.ledger.movement import (
    BY_COUNT,
    MovedLine,
    MovementKind,
    Paper,
    day_is_open,
    kind_between,
)
from bylaw_inventory.rules.ledger.refusals import DayNotOpen, MovementNeedsCount, MovementNotAllowed
from bylaw_inventory.rules.refusals import Fault, LinesRefused
from bylaw_inventory.rules.units.converting import stated_of
from bylaw_inventory.rules.units.unit import Said

FIELD = "stock_movement.lines"
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class PostedLine:
    """A line as it was asked for; its quantity as it was written.

    `said` is how it was stated, where that was converted before: the quantity is in the item's own unit then.
    """

    item: UUID
    from_place: UUID
    to_place: UUID
    value: str
    unit: str
    lot: str
    expires: date | None
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class PostingWish:
    """A movement as it was asked for; `day` is nothing for today."""

    warehouse: UUID
    day: date | None
    lines: tuple[PostedLine, ...]
    papers: tuple[Paper, ...]
    reservation: UUID | None
    reason: str


def checked_lines(
    lines: Sequence[PostedLine], goods: Mapping[UUID, Item], places: Mapping[UUID, Place]
) -> tuple[MovedLine, ...]:
    """The lines in the ledger's terms; LinesRefused with every fault of every line."""
    made: list[MovedLine] = []
    faults: list[Violation] = []
    for number, line in enumerate(lines):
        found = _checked(line, goods.get(line.item), places)
        if isinstance(found, MovedLine):
            made.append(found)
        else:
            faults += [fault.at(f"{FIELD}[{number}].{part}") for part, fault in found.items()]
    if faults:
        raise LinesRefused(faults)
    return tuple(made)


def kind_of(lines: Sequence[MovedLine], places: Mapping[UUID, Place]) -> MovementKind:
    """What the lines are, which must be all the same; MovementNeedsCount and MovementNotAllowed name the line."""
    first: MovementKind | None = None
    for number, line in enumerate(lines):
        origin, target = places[line.from_place].kind, places[line.to_place].kind
        field = f"{FIELD}[{number}]"
        if {origin, target} & BY_COUNT:
            raise MovementNeedsCount(field=field)
        kind = kind_between(origin, target)
        first = first or kind
        if kind is None or kind is not first:
            raise MovementNotAllowed(field, origin, target)
    assert first  # noqa: S101 - there is a line
    return first


def open_day(wanted: date | None, today: date, days_back: int) -> date:
    """The day that an entry is booked on: the one wanted, or today; DayNotOpen where the books do not go (WHS-4)."""
    day = wanted or today
    if not day_is_open(day, today, days_back):
        raise DayNotOpen(day, today - timedelta(days=days_back), today)
    return day


def places_named(wishes: Iterable[PostingWish]) -> set[UUID]:
    """The places that movements name."""
    lines = [line for wish in wishes for line in wish.lines]
    return {place for line in lines for place in (line.from_place, line.to_place)}


def lot_faults(
    lines: Sequence[MovedLine], kind: MovementKind, recorded: Mapping[UUID, date | None], today: date
) -> list[Violation]:
    """Lots whose expiry is on record otherwise, and expired ones that would be issued."""
    found = []
    for number, line in enumerate(lines):
        expires = recorded.get(line.lot)
        if line.expires and expires != line.expires:
            said = expires or "-"
            fault = Fault("LOT_DIFFERS", f"该批次登记的有效期为 {said}", f"the lot is on record with expiry {said}")
            found.append(fault.at(f"{FIELD}[{number}].expiry_date"))
        elif kind is MovementKind.ISSUE and expires and expires < today:
            fault = Fault(
                "LOT_EXPIRED", f"该批次已于 {expires} 过期，不得发出", f"the lot expired on {expires} and is not issued"
            )
            found.append(fault.at(f"{FIELD}[{number}].lot"))
    return found


def _checked(line: PostedLine, item: Item | None, places: Mapping[UUID, Place]) -> MovedLine | dict[str, Fault]:
    if item is None:
        return {"item": Fault("ITEM_NOT_FOUND", "没有该商品", "there is no such item")}
    faults = {
        part: Fault("PLACE_NOT_FOUND", "该仓库没有此货位", "the warehouse has no such place")
        for part, place in (("from_place", line.from_place), ("to_place", line.to_place))
        if place not in places
    }
    if line.from_place == line.to_place:
        faults["to_place"] = Fault("PLACE_NOT_FOUND", "起止货位相同，没有变动", "it is where the goods are already")
    stated = stated_of(line.value, line.unit, item.wish.counted)
    if isinstance(stated, Fault):
        return {**faults, "quantity": stated}
    if fault := lot_fault(item.wish.tracking, line.lot, line.expires, stated.quantity):
        faults["lot"] = fault
    if faults:
        return faults
    goods = (line.item, lot_id(line.item, line.lot), line.from_place, line.to_place, stated.quantity)
    return MovedLine(*goods, item.wish.unit, line.lot, line.expires, line.said or stated.said)


def lot_fault(tracking: Tracking, lot: str, expires: date | None, quantity: Decimal) -> Fault | None:
    """What is wrong with the lot or serial number that goods of an item are said to have."""
    if tracking is Tracking.NONE:
        if lot or expires:
            return Fault("LOT_UNEXPECTED", "该商品不分批次，请勿填写批号或有效期", "the item is not told apart by lot")
        return None
    if not lot:
        return Fault(
            "LOT_MISSING", "该商品按批次或序列号管理，请填写", "the item is told apart: say the lot or serial number"
        )
    if tracking is Tracking.SERIAL and quantity != ONE:
        return Fault("SERIAL_NOT_ONE", "一个序列号只对应一件", "a serial number is one piece")
    return None
