"""A product review: one however often it comes, without whose it is (CUS-3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.refusals import Code, Refusal
from bylaw_chassis.values import resource_name

from bylaw_orders.rules.order_files.refusals import OrderFileRefused, Wording
from bylaw_orders.rules.orders.order import derived_id

REVIEWS = "reviews"
HUNDREDTH = Decimal("0.01")


class ReviewOutcome(IntEnum):
    """How a review of a batch was taken; the numbers are those of the contract."""

    TAKEN = 1
    REPEATED = 2
    REFUSED = 3


class ReviewWish(NamedTuple):
    """A review as it is kept: numbers and addresses in its text are masked."""

    number: str
    code: str
    stars: int
    text: str
    placed_at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """A review on record; `due_at`: until when it is to be answered."""

    identifier: UUID
    channel: UUID
    wish: ReviewWish
    due_at: datetime
    created_at: datetime
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""

    @property
    def name(self) -> str:
        """`reviews/{review}`."""
        return resource_name(REVIEWS, self.identifier)


@dataclass(frozen=True, slots=True)
class ReviewQuery:
    """Which reviews are asked for; what is none or empty does not matter."""

    channel: UUID | None = None
    code: str = ""
    unanswered: bool = False
    overdue_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TakenReview:
    """What became of a review of a batch; `refusal` where it is refused."""

    number: str
    outcome: ReviewOutcome
    review: UUID | None
    refusal: Refusal | None = None


class ReviewFigure(NamedTuple):
    """Reviews of a product, counted."""

    code: str
    reviews: int
    stars: int
    answered: int
    in_time: int
    late: int

    @property
    def mean_stars(self) -> Decimal:
        """To the hundredth, half to even."""
        return (Decimal(self.stars) / self.reviews).quantize(HUNDREDTH, ROUND_HALF_EVEN)


class FigureQuery(NamedTuple):
    """Which reviews are counted, as of when."""

    channel: UUID | None
    start: datetime | None
    end: datetime | None
    now: datetime


def review_id(channel: UUID, number: str) -> UUID:
    """The same for the same channel and number."""
    return derived_id(b"review", channel, number.encode())


def answer_by(placed_at: datetime, promise: timedelta, now: datetime) -> datetime:
    """Until when it is to be answered: from when it was written; one that comes too late for that, from now on."""
    due = placed_at + promise
    return due if due > now else now + promise


class ReviewFileRefused(OrderFileRefused):
    """A file of reviews that is not read at all."""

    clause = "CUS-3"
    not_known = Wording(
        "文件不是表格（看起来是：{seen}）；请导出为 csv 或 xlsx",
        "the file is no table (it looks like {seen}); export it as csv or xlsx",
    )


class ReviewNotFound(Refusal):
    """No such review within reach."""

    code = Code.NOT_FOUND
    reason = "REVIEW_NOT_FOUND"
    zh = "没有找到该评价，或不在您的权限范围内；请核对名称。"
    en = "There is no such review within your reach; check its name."


class ReviewAnswered(Refusal):
    """A review is answered once."""

    code = Code.FAILED_PRECONDITION
    reason = "REVIEW_ANSWERED"
    clause = "CUS-3"
    zh = "该评价已答复；答复只记一次。"
    en = "The review has been answered; an answer is recorded once."
