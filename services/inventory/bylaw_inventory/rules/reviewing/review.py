"""What a review looks at and proposes of each item, and which outcome fits it (GDS-3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.refusals import Violation
from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.quantity import ZERO
from bylaw_inventory.rules.refusals import Fault

REVIEWS = "goodsReviews"
MOST_DAYS = 366


class Proposal(IntEnum):
    """What is proposed; the numbers are those of the contract."""

    KEEP = 1
    REORDER = 2
    DELIST = 3
    INTRODUCE = 4


class Outcome(IntEnum):
    """What was decided; the numbers are those of the contract."""

    KEEP = 1
    DELIST = 2
    REPLACE = 3
    INTRODUCE = 4
    NOT_NOW = 5


OF_LISTED = frozenset({Outcome.KEEP, Outcome.DELIST, Outcome.REPLACE})
"""What may become of an item that was listed when the review was opened; the others are of one that was not."""


class Reviewed(NamedTuple):
    """What the ledger says of an item in the days before a day; `listed_at` is nothing where it is not listed."""

    item: UUID
    listed_at: datetime | None
    issued: Decimal
    last_issue: date | None
    on_hand: Decimal


class Decided(NamedTuple):
    """What a reviewer decided of an item."""

    outcome: Outcome
    reason: str
    replacement: UUID | None
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """An item in a review, with its code and unit for whoever reads it."""

    seen: Reviewed
    proposal: Proposal
    code: str
    unit: str
    decided: Decided | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A review of a channel; `ended_at` is nothing while lines of it wait."""

    identifier: UUID
    channel: str
    days: int
    opened_at: datetime
    opened_by: str
    lines: int = 0
    waiting: int = 0
    ended_at: datetime | None = None

    @property
    def name(self) -> str:
        """`goodsReviews/{goods_review}`."""
        return resource_name(REVIEWS, self.identifier)


class OutcomeWish(NamedTuple):
    """An outcome as it was asked for, and in which field."""

    field: str
    item: UUID
    outcome: Outcome
    reason: str
    replacement: UUID | None


def proposed(seen: Reviewed, opened_at: datetime, days: int) -> Proposal:
    """Keep, reorder, delist or introduce (GDS-3).

    What was listed throughout the days and of which nothing was issued is slow: delisted. What sells and, at the rate
    of these days, lasts no longer than half of them is reordered.
    """
    if seen.listed_at is None:
        return Proposal.INTRODUCE
    if seen.issued <= ZERO:
        throughout = seen.listed_at <= opened_at - timedelta(days=days)
        return Proposal.DELIST if throughout else Proposal.KEEP
    return Proposal.REORDER if seen.on_hand * 2 <= seen.issued else Proposal.KEEP


def outcome_faults(wishes: Sequence[OutcomeWish], lines: Mapping[UUID, ReviewLine]) -> list[Violation]:
    """What does not fit the lines of the review: unknown, decided before, twice, or of the wrong kind (GDS-3)."""
    faults, seen = list[Violation](), set[UUID]()
    for wish in wishes:
        fault = _fault(wish, lines.get(wish.item), twice=wish.item in seen)
        seen.add(wish.item)
        if fault:
            faults.append(fault.at(wish.field))
    return faults


def _fault(wish: OutcomeWish, line: ReviewLine | None, *, twice: bool) -> Fault | None:
    if line is None:
        return Fault("REVIEW_LINE_NOT_FOUND", "该商品不在本次评审中", "the item is not in this review")
    if line.decided or twice:
        return Fault("REVIEW_LINE_DONE", "该商品已有结论", "the item has its outcome")
    if (wish.outcome in OF_LISTED) != (line.seen.listed_at is not None):
        return Fault(
            "REVIEW_OUTCOME_UNFIT",
            "在架商品只能保留、下架或替换；未上架商品只能上架或暂不上架",
            "a listed item is kept, delisted or replaced; one that is not listed is introduced, or not now",
        )
    if (wish.outcome is Outcome.REPLACE) != (wish.replacement is not None) or wish.replacement == wish.item:
        return Fault(
            "REVIEW_OUTCOME_UNFIT",
            "“替换”须写明另一商品，其余结论不写",
            "a replacement names another item, and nothing else does",
        )
    return None


def due_after(last: datetime, interval_days: int) -> date:
    """The day by which a channel is reviewed again; `last`: when it was reviewed, or first listed on (GDS-3)."""
    return (last + timedelta(days=interval_days)).date()


def review_duty(channel: str, due: date) -> str:
    """Under which key the duty to review a channel by a day is declared."""
    return f"goods-review-{channel}-{due.isoformat()}"


def is_due(last: datetime, now: datetime, interval_days: int) -> date | None:
    """The day a channel was to be reviewed again, if that is over; `last`: when reviewed or listed first (GDS-3)."""
    due = last + timedelta(days=interval_days)
    return due.date() if due <= now else None
