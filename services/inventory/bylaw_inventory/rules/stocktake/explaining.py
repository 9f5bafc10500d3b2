"""What is said of a difference, what is proposed, and the movements that an approval makes of it (WHS-6)."""

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_inventory.rules.goods.place import Place, PlaceKind
from bylaw_inventory.rules.ledger.movement import MovedLine
from bylaw_inventory.rules.stocktake.counting import Difference, DifferenceKind


class Proposal(IntEnum):
    """What is proposed for a difference; the numbers are those of the contract."""

    ADJUST = 1
    RECOUNT = 2
    KEEP = 3


class Explanation(NamedTuple):
    """What is said of a difference: its cause, who is responsible, what is proposed, and the report on it."""

    cause: str
    responsible: UUID
    proposal: Proposal
    report: str


class Explained(NamedTuple):
    """A difference by its number, with its explanation, and the movement that adjusted it."""

    number: int
    difference: Difference
    explanation: Explanation | None
    unit: str
    lot_code: str = ""
    movement: UUID | None = None

    @property
    def adjusts(self) -> bool:
        """Whether the book is to be adjusted once it is approved."""
        return self.explanation is not None and self.explanation.proposal is Proposal.ADJUST


def carried_over(found: Iterable[Difference], before: Iterable[Explained]) -> list[tuple[Difference, Explained | None]]:
    """What differs now, each with what was said of the very same difference before it was counted again."""
    said = {(one.difference.key, one.difference.kind, one.difference.quantity): one for one in before}
    return [(one, said.get((one.key, one.kind, one.quantity))) for one in found]


def adjusting_lines(approved: Sequence[Explained], places: Mapping[UUID, Place]) -> list[MovedLine]:
    """A line for each: a surplus comes from lost and found, what is lost goes there, what is damaged to scrap."""
    beyond = {place.kind: identifier for identifier, place in places.items()}
    return [_line(one, beyond) for one in approved]


def _line(one: Explained, beyond: Mapping[PlaceKind, UUID]) -> MovedLine:
    key, kind, quantity = one.difference.key, one.difference.kind, one.difference.quantity
    other = beyond[PlaceKind.SCRAP if kind is DifferenceKind.DAMAGE else PlaceKind.LOST_AND_FOUND]
    ends = (other, key.place) if kind is DifferenceKind.SURPLUS else (key.place, other)
    return MovedLine(key.item, key.lot, *ends, quantity, one.unit, one.lot_code)
