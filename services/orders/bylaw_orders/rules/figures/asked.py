"""Which figures are asked for: by what, of which days, of which channel (ANA-1, MKT-3)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

USUAL_DAYS, MOST_DAYS = 30, 3_653


class Dimension(IntEnum):
    """By what sales are summed up; the numbers are those of the contract."""

    DAY = 1
    CHANNEL = 2
    PRODUCT = 3
    REGION = 4
    PROMOTION = 5


class Part(IntEnum):
    """Which part of orders a figure by product is of; the numbers are those of the contract."""

    WHOLE = 0
    GOODS = 1
    CHARGE = 2
    CORRECTION = 3
    SHIPPING = 4
    DISCOUNT = 5
    DIFFERENCE = 6


class Kind(IntEnum):
    """One of the counts that say how sales went; the numbers are those of the contract."""

    ORDERS = 1
    REPEAT_ORDERS = 2
    REFUNDED = 3
    COMPLAINED = 4
    SHIPPED_IN_TIME = 5
    SHIPPED_LATE = 6
    DELIVERED_IN_TIME = 7
    DELIVERED_LATE = 8
    TICKETS = 9
    COMPLAINTS = 10
    ANSWERED = 11
    ANSWERED_IN_TIME = 12


class FigureFormat(IntEnum):
    """As what figures are written; the numbers are those of the contract."""

    XLSX = 1
    SVG = 2


OF_TICKETS = frozenset({Kind.TICKETS, Kind.COMPLAINTS, Kind.ANSWERED, Kind.ANSWERED_IN_TIME})


class Span(NamedTuple):
    """Days from a first to a last, in a zone."""

    first: date
    last: date
    zone: str

    @property
    def begins(self) -> datetime:
        """The instant with which it begins."""
        return _midnight(self.first, self.zone)

    @property
    def ends(self) -> datetime:
        """The instant before which it ends."""
        return _midnight(self.last + timedelta(days=1), self.zone)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which days, and of which channel and currency alone; none: of all within reach."""

    span: Span
    channel: UUID | None = None
    currency: str = ""


class KeyOf(NamedTuple):
    """Of which figure the records are asked for; `key` none and `part` WHOLE: of all."""

    key: str | None = None
    part: Part = Part.WHOLE


class Place(NamedTuple):
    """Where in a list of sales figures a page goes on: the last one's currency, part and key."""

    currency: str
    part: int
    key: str


class RecordPlace(NamedTuple):
    """Where in a list of an order's parts a page goes on."""

    placed_at: datetime
    order: UUID
    part: int
    key: str
