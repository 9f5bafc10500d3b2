"""A price's timeline: each holds from its instant until the next: none overlap, and none leave a gap (GDS-2)."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_UP, Decimal
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.values import resource_name

PRICES = "prices"
ALL_NEW = Decimal(100)
MOST_PERCENT = Decimal(999_999)
_HUNDREDTH = Decimal("0.01")


class Amount(NamedTuple):
    """So much money, in the smallest unit of its currency."""

    minor_units: int
    currency: str


class Goods(NamedTuple):
    """Of what a price is: an item on a channel."""

    item: UUID
    channel: str


@dataclass(frozen=True, slots=True)
class Price:
    """A price on record; nothing of it changes. `until` is when the next one takes its place, if one is agreed.

    One that was taken back before it took effect stays as `withdrawn_at`; `again` counts such of its very instant.
    """

    identifier: UUID
    goods: Goods
    amount: Amount
    since: datetime
    change: UUID
    decision: UUID
    agreed_at: datetime
    until: datetime | None = None
    withdrawn_at: datetime | None = None
    again: int = 0

    @property
    def name(self) -> str:
        """`prices/{price}`."""
        return resource_name(PRICES, self.identifier)


def in_force(timeline: Sequence[Price], instant: datetime) -> Price | None:
    """The price that holds at an instant, of an item on a channel by their instants; none before the first (GDS-2)."""
    behind = bisect_right([one.since for one in timeline], instant)
    return timeline[behind - 1] if behind else None


def percent_between(old: Amount | None, new: Amount) -> Decimal:
    """By how much a price changes, in per cent of the old one to two digits, never rounded down (GDS-2).

    A first price, and one in another currency, count as 100.
    """
    if old is None or old.currency != new.currency:
        return ALL_NEW
    difference = Decimal(abs(new.minor_units - old.minor_units)) * 100 / old.minor_units
    return min(difference.quantize(_HUNDREDTH, ROUND_UP), MOST_PERCENT)
