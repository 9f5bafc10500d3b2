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
from bylaw_inventory.rules.quantity import ZERO

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


class PaperKind(IntEnum):
    """What a paper is; the numbers are those of the contract."""

    DELIVERY_NOTE = 1
    SALES_ORDER = 2
    REQUISITION = 3
    RETURN_SLIP = 4
    CARRIER_RECEIPT = 5


OUTSIDE = frozenset({PlaceKind.CARRIER, PlaceKind.CUSTOMER})
BY_COUNT = frozenset({PlaceKind.LOST_AND_FOUND, PlaceKind.SCRAP})
"""What goes there or comes from there is booked by a count and its decision alone (WHS-6)."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that a movement is made by."""

    kind: PaperKind
    number: str


@dataclass(frozen=True, slots=True)
class MovedLine:
    """Goods that move from a place to another; `lot` is `NO_LOT` for an item that is not tracked."""

    item: UUID
    lot: UUID
    from_place: UUID
    to_place: UUID
    quantity: Decimal
    unit: str
    lot_code: str = ""
    expires: date | None = None

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
    """The same goods between the same places as one line, in the order in which they first came."""
    total: dict[MovedLine, Decimal] = {}
    for line in lines:
        same = replace(line, quantity=ZERO)
        total[same] = total.get(same, ZERO) + line.quantity
    return tuple(replace(line, quantity=quantity) for line, quantity in total.items())


def legs(lines: Sequence[MovedLine]) -> dict[BalanceKey, Decimal]:
    """By how much each balance changes: what leaves one place arrives at another; all sum to zero (WHS-4)."""
    found: dict[BalanceKey, Decimal] = {}
    for line in lines:
        for place, quantity in ((line.from_place, -line.quantity), (line.to_place, line.quantity)):
            key = BalanceKey(line.item, place, line.lot)
            found[key] = found.get(key, ZERO) + quantity
    return found


def day_is_open(day: date, today: date, days_back: int) -> bool:
    """Whether the books still take an entry of a day: the same day, or so many days later (WHS-4)."""
    return today - timedelta(days=days_back) <= day <= today
