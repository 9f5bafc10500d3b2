"""What was counted beside what the book had at that instant: what is still to be counted, and what differs (WHS-6)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_inventory.rules.ledger.balance import BalanceKey
from bylaw_inventory.rules.quantity import ZERO
from bylaw_inventory.rules.stocktake.stocktake import Tolerance


class LineState(IntEnum):
    """What became of goods that were to be counted; the numbers are those of the contract."""

    UNCOUNTED = 1
    COUNTED = 2
    RECOUNT = 3


class DifferenceKind(IntEnum):
    """What differs; the numbers are those of the contract."""

    SURPLUS = 1
    SHORTAGE = 2
    DAMAGE = 3


@dataclass(frozen=True, slots=True)
class Count:
    """What somebody counted of some goods at a place: `sound`, and `damaged` beside it.

    `counted_on` is the day that it was there at the instant of the count.
    """

    number: int
    key: BalanceKey
    sound: Decimal
    damaged: Decimal
    counted_at: datetime
    counted_on: date
    counted_by: UUID
    recorded_at: datetime
    unit: str = ""
    lot_code: str = ""
    expires: date | None = None


class Standing(NamedTuple):
    """The count that stands, with what the book had at its instant, as the card's first `entries` say.

    `confirmed`: another person has counted the same goods.
    """

    number: int
    sound: Decimal
    damaged: Decimal
    book: Decimal
    entries: int
    confirmed: bool

    @property
    def lacking(self) -> Decimal:
        """By how much more the book has than was found, damaged or not; less than zero: by how much less."""
        return self.book - self.sound - self.damaged


class Line(NamedTuple):
    """Goods at a place that are to be counted; `standing` is nothing where nobody did."""

    key: BalanceKey
    unit: str
    lot_code: str
    place_code: str
    item_code: str
    standing: Standing | None

    @property
    def order(self) -> tuple[str, str, str]:
        """Where it stands in a list: as one walks from place to place."""
        return self.place_code.lower(), self.item_code.lower(), str(self.key.identifier)

    @property
    def label(self) -> str:
        """What it is, for a person who looks for it."""
        return f"{self.place_code} {self.item_code} {self.lot_code}".rstrip()

    def state(self, tolerance: Tolerance) -> LineState:
        """Whether they are: a difference beyond tolerance takes a second person's count too."""
        found = self.standing
        if found is None:
            return LineState.UNCOUNTED
        differs = not tolerance.allows(found.sound - found.book, found.book)
        return LineState.RECOUNT if differs and not found.confirmed else LineState.COUNTED


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs of some goods at a place, and how much: damage apart from loss."""

    key: BalanceKey
    kind: DifferenceKind
    quantity: Decimal
    book: Decimal


def differences(lines: Iterable[Line]) -> Iterator[Difference]:
    """All that differs, line by line; a line can be short and damaged as well."""
    for line in lines:
        if found := line.standing:
            lacking, book = found.lacking, found.book
            if lacking < ZERO:
                yield Difference(line.key, DifferenceKind.SURPLUS, -lacking, book)
            if lacking > ZERO:
                yield Difference(line.key, DifferenceKind.SHORTAGE, lacking, book)
            if found.damaged:
                yield Difference(line.key, DifferenceKind.DAMAGE, found.damaged, book)
