"""A stocktake: what it counts, by whom, and where it stands (WHS-6)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.quantity import ZERO

STOCKTAKES = "stocktakes"
HUNDRED = 100


class StocktakeState(IntEnum):
    """Where a stocktake stands; the numbers are those of the contract."""

    OPENED = 1
    COUNTING = 2
    EXPLAINING = 3
    SUBMITTED = 4
    DONE = 5
    BLOCKED = 6
    CANCELLED = 7


OVER = frozenset({StocktakeState.DONE, StocktakeState.CANCELLED})


class Tolerance(NamedTuple):
    """Up to which difference one person's count will do: per cent of the book, or so many; neither: up to none."""

    percent: Decimal | None = None
    pieces: Decimal | None = None

    def allows(self, difference: Decimal, book: Decimal) -> bool:
        """Whether a difference from what the book has is within it."""
        if self.percent is not None:  # in fractions: nothing is rounded
            return Fraction(abs(difference)) * HUNDRED <= Fraction(abs(book)) * Fraction(self.percent)
        return abs(difference) <= (self.pieces or ZERO)


@dataclass(frozen=True, slots=True)
class StocktakeWish:
    """What is to be counted: no places are all places within the door, no items are all items."""

    warehouse: UUID
    places: tuple[UUID, ...]
    items: tuple[UUID, ...]
    tolerance: Tolerance
    freeze: bool

    def meets(self, other: "StocktakeWish") -> bool:
        """Whether both would count the same goods at the same place: a difference is never adjusted twice."""
        if self.warehouse != other.warehouse:
            return False
        return _meet(self.places, other.places) and _meet(self.items, other.items)


class Block(NamedTuple):
    """What stands in the way of an adjustment: of which difference, a stable reason, its words in both languages."""

    difference: int
    reason: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Stocktake:
    """A stocktake on record. `revision` counts the changes of its result, and a signature is for one of them.

    `counted_revision` is the one at which counting ended, 0 while it goes on; `submissions` counts how often the result
    was sent for decision; `decision` and `outcome` are those of the newest.
    """

    identifier: UUID
    wish: StocktakeWish
    state: StocktakeState
    keeper: UUID
    opened_at: datetime
    finance: UUID | None = None
    started_at: datetime | None = None
    revision: int = 1
    counted_revision: int = 0
    report: str = ""
    submissions: int = 0
    submitted_at: datetime | None = None
    decision: UUID | None = None
    outcome: str = ""
    movements: tuple[UUID, ...] = ()
    blocks: tuple[Block, ...] = ()
    ended_at: datetime | None = None
    cancel_reason: str = ""
    signatures: Mapping[UUID, datetime] = field(default_factory=dict)
    """Those under the result as it is now."""

    @property
    def name(self) -> str:
        """`stocktakes/{stocktake}`."""
        return resource_name(STOCKTAKES, self.identifier)

    @property
    def subject(self) -> str:
        """What people is asked about: this result, as it was sent."""
        return f"{self.name}/reports/{self.submissions}"

    @property
    def signatories(self) -> tuple[UUID | None, UUID | None]:
        """Keeper and finance."""
        return self.keeper, self.finance

    @property
    def signed(self) -> bool:
        """Whether both signed the result as it is now."""
        return all(one in self.signatures for one in self.signatories)

    @property
    def counted(self) -> bool:
        """Whether counting has ended, so that quantities may be seen."""
        return bool(self.counted_revision)


def stocktake_of(subject: str) -> tuple[str, int]:
    """The name of the stocktake, and which of its reports a decision was about."""
    name, _, number = subject.partition("/reports/")
    return name, int(number)


def _meet(some: Collection[UUID], others: Collection[UUID]) -> bool:
    return not some or not others or not set(some).isdisjoint(others)
