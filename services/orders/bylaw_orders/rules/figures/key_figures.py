"""How sales went: counts of orders and tickets, and rates and means of them (ANA-1, MKT-3, ORD-3, CUS-2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal
from uuid import UUID

from bylaw_orders.rules.figures.asked import OF_TICKETS, Kind
from bylaw_orders.rules.orders.order import ORDERS
from bylaw_orders.rules.tickets.ticket import TICKETS

RATE, MEAN = Decimal("0.0001"), Decimal("0.01")
SECONDS_OF_HOUR = 3_600
EXACT = Context(prec=100)


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """How sales of a currency, or of one channel, went; amounts in the currency's smallest unit."""

    channel: UUID | None
    title: tuple[str, str]
    currency: str
    counts: Mapping[Kind, int]
    sales: int
    lines: int
    units: Decimal
    customers: int
    repeat_customers: int
    refunded: int
    answer_seconds: Decimal
    median_seconds: Decimal | None

    @property
    def place(self) -> list[str]:
        """Which of a list it is."""
        return [self.currency, str(self.channel or "")]

    def rate(self, kind: Kind, among: Kind) -> Decimal | None:
        """One count among another."""
        return rate(self.counts[kind], self.counts[among])

    def in_time(self, kept: Kind, late: Kind) -> Decimal | None:
        """Promises kept among those whose time has come."""
        return rate(self.counts[kept], self.counts[kept] + self.counts[late])

    @property
    def repeat_rate(self) -> Decimal | None:
        """Customers who bought at least twice, among those who bought."""
        return rate(self.repeat_customers, self.customers)

    @property
    def baskets(self) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
        """What a sale comes to, how many lines of goods it has, and how many units."""
        orders = self.counts[Kind.ORDERS]
        return mean(self.sales, orders), mean(self.lines, orders), mean(self.units, orders)

    @property
    def mean_hours(self) -> Decimal | None:
        """Until a ticket was first answered."""
        return mean(self.answer_seconds, self.counts[Kind.ANSWERED] * SECONDS_OF_HOUR)

    @property
    def median_hours(self) -> Decimal | None:
        """Within so many half of the tickets were answered."""
        return None if self.median_seconds is None else hours(self.median_seconds)


@dataclass(frozen=True, slots=True)
class KeyFigureRecord:
    """An order or a ticket that a figure counts; `answer_seconds` of a ticket that was answered."""

    record: UUID
    kind: Kind
    number: str
    channel: UUID
    at: datetime
    amount: int
    customer: UUID | None
    answer_seconds: Decimal | None

    @property
    def collection(self) -> str:
        """Of what it is."""
        return TICKETS if self.kind in OF_TICKETS else ORDERS

    @property
    def answer_hours(self) -> Decimal | None:
        """How long it took until it was first answered."""
        return None if self.answer_seconds is None else hours(self.answer_seconds)


def rate(some: int, among: int) -> Decimal | None:
    """A fraction of four digits, half to even; none among none."""
    return _divided(Decimal(some), among, RATE)


def mean(what: int | Decimal, among: int) -> Decimal | None:
    """With two digits, half to even; none among none."""
    return _divided(Decimal(what), among, MEAN)


def hours(seconds: Decimal) -> Decimal:
    """With two digits, half to even."""
    return EXACT.quantize(EXACT.divide(seconds, Decimal(SECONDS_OF_HOUR)), MEAN)


def _divided(what: Decimal, among: int, digits: Decimal) -> Decimal | None:
    return EXACT.divide(what, Decimal(among)).quantize(digits, ROUND_HALF_EVEN, EXACT) if among else None
