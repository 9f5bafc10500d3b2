"""Three axes on which an order stands, each worked out from facts: payment, fulfilment, after-sales (ORD-1, ORD-2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from bylaw_orders.rules.orders.order import ZERO, Line, LineKind, OrderKind, SourceState


class Payment(IntEnum):
    """How far an order is paid for; the numbers are those of the contract."""

    UNPAID = 1
    PAID_IN_PART = 2
    PAID = 3
    REFUNDED_IN_PART = 4
    REFUNDED = 5


class Fulfilment(IntEnum):
    """How far its goods are; the numbers are those of the contract."""

    WAITING = 1
    RESERVED_IN_PART = 2
    RESERVED = 3
    ISSUED_IN_PART = 4
    ISSUED = 5
    HANDED_OVER = 6
    IN_TRANSIT = 7
    SIGNED = 8
    CANCELLED = 9
    NOTHING = 10


class AfterSales(IntEnum):
    """Whether the customer came back with it; the numbers are those of the contract."""

    NONE = 1
    OPEN = 2
    CLOSED = 3


@dataclass(frozen=True, slots=True)
class Shipping:
    """What is known of an order's goods: `reserved` of what is left to ship, and how far its parcels are.

    `parcels`: of each the furthest of HANDED_OVER, IN_TRANSIT and SIGNED that it has come to.
    """

    reserved: Decimal = ZERO
    parcels: Sequence[Fulfilment] = ()


def payment(total: int, paid: int, refunded: int) -> Payment:
    """An order that comes to nothing is paid."""
    if refunded > 0:
        return Payment.REFUNDED if refunded >= paid else Payment.REFUNDED_IN_PART
    if paid >= total:
        return Payment.PAID
    return Payment.PAID_IN_PART if paid > 0 else Payment.UNPAID


BY_THE_SHOP = {
    SourceState.SHIPPED: Fulfilment.HANDED_OVER,
    SourceState.SIGNED: Fulfilment.SIGNED,
    SourceState.FINISHED: Fulfilment.SIGNED,
}
"""What the platform's word says of goods that never were in our hands."""


def fulfilment(
    kind: OrderKind, lines: Sequence[Line], shipping: Shipping, *, source: SourceState, history: bool = False
) -> Fulfilment:
    """The least that is true of all its goods, so that nobody believes more has left than has."""
    if kind is not OrderKind.SALE or history:
        return Fulfilment.NOTHING
    goods = [line for line in lines if line.kind is LineKind.GOODS]
    if not goods:
        return Fulfilment.NOTHING
    wanted = sum((line.wanted for line in goods), ZERO)
    issued = sum((line.issued for line in goods), ZERO)
    if wanted <= 0 and issued == 0:
        return Fulfilment.CANCELLED
    if issued >= wanted:
        return min(shipping.parcels, default=Fulfilment.ISSUED)
    return Fulfilment.ISSUED_IN_PART if issued > 0 else _before_leaving(wanted, shipping, source)


def _before_leaving(wanted: Decimal, shipping: Shipping, source: SourceState) -> Fulfilment:
    """How far goods are that nobody saw leave our shelves."""
    if shipping.reserved >= wanted:
        return Fulfilment.RESERVED
    if shipping.reserved > 0:
        return Fulfilment.RESERVED_IN_PART
    if shipping.parcels:
        return min(shipping.parcels)
    return BY_THE_SHOP.get(source, Fulfilment.WAITING)
