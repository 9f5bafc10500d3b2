"""What was sold, summed up, and what an order gives to a sum (ANA-1, MKT-3).

What counts is said here and in decision 52; `store.figure_facts` says the same to the database, and tests hold both
together.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from bylaw_orders.rules.figures.asked import Part
from bylaw_orders.rules.figures.refusals import FigureTooLarge
from bylaw_orders.rules.orders.order import OrderKind, SourceState
from bylaw_orders.rules.orders.standing import Fulfilment, Payment

LARGEST = 2**63 - 1
WHOLE = Decimal(1)
HAS_LEFT = frozenset(
    {
        Fulfilment.ISSUED_IN_PART,
        Fulfilment.ISSUED,
        Fulfilment.HANDED_OVER,
        Fulfilment.IN_TRANSIT,
        Fulfilment.SIGNED,
    }
)
"""Stages in which goods are gone: what is closed or cancelled then was a sale; what is paid back is another figure."""


@dataclass(frozen=True, slots=True)
class SalesFigure:
    """Sales, credits and adjustments of one thing in one currency; amounts in its smallest unit."""

    key: str
    title: tuple[str, str]
    part: Part
    currency: str
    orders: int
    lines: int
    units: Decimal
    sales: int
    credit_orders: int
    credits: int
    adjusting_orders: int
    adjustments: int

    @property
    def total(self) -> int:
        """All three together."""
        return self.sales + self.credits + self.adjustments


@dataclass(frozen=True, slots=True)
class SalesRecord:
    """What an order gives to a figure."""

    order: UUID
    number: str
    channel: UUID
    kind: OrderKind
    placed_at: datetime
    key: str
    part: Part
    currency: str
    lines: int
    units: Decimal
    amount: int


def counts(kind: OrderKind, source: SourceState, paid: Payment, how_far: Fulfilment, *, cancelled: bool) -> bool:
    """Whether an order counts in the figures: not where it was called off before anything left.

    Nor does a sale that waits for its payment; credits and adjustments wait for none.
    """
    called_off = cancelled or source is SourceState.CLOSED or how_far is Fulfilment.CANCELLED
    if called_off and how_far not in HAS_LEFT:
        return False
    return kind is not OrderKind.SALE or source is not SourceState.UNPAID or paid >= Payment.PAID


def kept_of(amount: int, quantity: Decimal, cancelled: Decimal) -> int:
    """What a line comes to without what was cancelled of it: that share, half away from zero, is taken off."""
    if not cancelled or not quantity:
        return amount
    return amount - int((amount * cancelled / quantity).quantize(WHOLE, ROUND_HALF_UP))


def fits(amount: int | Decimal) -> int:
    """A sum as the contract can tell it; refuses FIGURE_TOO_LARGE."""
    if not -LARGEST <= amount <= LARGEST:
        raise FigureTooLarge
    return int(amount)
