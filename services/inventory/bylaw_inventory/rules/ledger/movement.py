"""Movements: what kind one is by its places, its papers, and its legs (WHS-1, WHS-3, WHS-6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import IntEnum
from uuid import UUID

from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.goods.place import WITHIN, PlaceKind
from bylaw_inventory.rules.ledger.balance import BalanceKey
from bylaw_inventory.rules.quantity import ZERO, written
from bylaw_inventory.rules.units.unit import Said, together

MOVEMENTS = "stockMovements"


class MovementKind(IntEnum):
    """What a movement is; the numbers are those of the contract."""

    RECEIPT = 1
    ISSUE = 2
    TRANSFER = 3
    CUSTOMER_RETURN = 4
    SUPPLIER_RETURN = 5
    DELIVERY = 6
    REVERSAL = 7
    STOCKTAKE = 8
    SCRAP = 9


class PaperKind(IntEnum):
    """What a paper is; the numbers are those of the contract."""

    DELIVERY_NOTE = 1
    SALES_ORDER = 2
    REQUISITION = 3
    RETURN_SLIP = 4
    CARRIER_RECEIPT = 5


OUTSIDE = frozenset({PlaceKind.CARRIER, PlaceKind.CUSTOMER})
BY_COUNT = frozenset({PlaceKind.LOST_AND_FOUND, PlaceKind.SCRAP})
"""What goes there or comes from there is booked by a count and its decision alone, or by one on a return (WHS-6)."""
DECIDED = frozenset({MovementKind.STOCKTAKE, MovementKind.SCRAP})
"""What was decided stands: a mistake in it is put right by the next decision (WHS-6)."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that a movement is made by."""

    kind: PaperKind
    number: str


@dataclass(frozen=True, slots=True)
class MovedLine:
    """Goods that move from a place to another; `lot` is `NO_LOT` for an item that is not tracked.

    `said` is how the quantity was stated, where that was in a further unit of the item.
    """

    item: UUID
    lot: UUID
    from_place: UUID
    to_place: UUID
    quantity: Decimal
    unit: str
    lot_code: str = ""
    expires: date | None = None
    said: Said | None = None

    @property
    def back(self) -> "MovedLine":
        """The same goods on their way back."""
        return replace(self, from_place=self.to_place, to_place=self.from_place)


@dataclass(frozen=True, slots=True)
class Movement:
    """A movement on record; nothing of it ever changes. `reverses` names the one that was a mistake."""

    identifier: UUID
    warehouse: UUID
    kind: MovementKind
    day: date
    lines: tuple[MovedLine, ...]
    papers: tuple[Paper, ...]
    posted_at: datetime
    posted_by: str
    reservation: UUID | None = None
    reason: str = ""
    reverses: UUID | None = None
    reversed_by: UUID | None = None

    @property
    def name(self) -> str:
        """`stockMovements/{stock_movement}`."""
        return resource_name(MOVEMENTS, self.identifier)


def kind_between(origin: PlaceKind, target: PlaceKind) -> MovementKind | None:
    """What a movement from one place to another is; nothing where goods do not move so."""
    between = (
        (WITHIN, WITHIN, MovementKind.TRANSFER),
        ({PlaceKind.SUPPLIER}, WITHIN, MovementKind.RECEIPT),
        (WITHIN, OUTSIDE, MovementKind.ISSUE),
        (OUTSIDE, {PlaceKind.INSPECTION}, MovementKind.CUSTOMER_RETURN),
        (WITHIN, {PlaceKind.SUPPLIER}, MovementKind.SUPPLIER_RETURN),
        ({PlaceKind.CARRIER}, {PlaceKind.CUSTOMER}, MovementKind.DELIVERY),
    )
    return next((kind for origins, targets, kind in between if origin in origins and target in targets), None)


def summed(lines: Iterable[MovedLine]) -> tuple[MovedLine, ...]:
    """The same goods between the same places in the same unit as one line, in the order in which they first came."""
    found: dict[MovedLine, MovedLine] = {}
    for line in lines:
        same = replace(line, quantity=ZERO, said=line.said and line.said._replace(quantity=ZERO))
        before = found.get(same, same)
        found[same] = replace(line, quantity=before.quantity + line.quantity, said=together(before.said, line.said))
    return tuple(found.values())


def legs(lines: Sequence[MovedLine]) -> dict[BalanceKey, Decimal]:
    """By how much each balance changes: what leaves one place arrives at another; all sum to zero (WHS-4)."""
    found: dict[BalanceKey, Decimal] = {}
    for line in lines:
        for place, quantity in ((line.from_place, -line.quantity), (line.to_place, line.quantity)):
            key = BalanceKey(line.item, place, line.lot)
            found[key] = found.get(key, ZERO) + quantity
    return found


def said_on_cards(lines: Sequence[MovedLine]) -> dict[BalanceKey, str]:
    """How a movement's change of a balance was stated, unit by unit: `-2 carton, -3 piece` (WHS-4).

    Nothing for a balance all of whose change was stated in the item's own unit.
    """
    further = {BalanceKey(line.item, place, line.lot) for line in lines if line.said for place in _ends(line)}
    stated: dict[BalanceKey, dict[str, Decimal]] = {}
    for line in lines if further else ():
        unit, quantity = (line.said.name, line.said.quantity) if line.said else (line.unit, line.quantity)
        for place, sign in zip(_ends(line), (-1, 1), strict=True):
            by_unit = stated.setdefault(BalanceKey(line.item, place, line.lot), {})
            by_unit[unit] = by_unit.get(unit, ZERO) + sign * quantity
    return {
        key: ", ".join(f"{written(quantity)} {unit}" for unit, quantity in stated[key].items() if quantity)
        for key in further
    }


def _ends(line: MovedLine) -> tuple[UUID, UUID]:
    return line.from_place, line.to_place


def day_is_open(day: date, today: date, days_back: int) -> bool:
    """Whether the books still take an entry of a day: the same day, or so many days later (WHS-4)."""
    return today - timedelta(days=days_back) <= day <= today
