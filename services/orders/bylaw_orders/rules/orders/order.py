"""An order: what was asked for, by which number on which channel, and what is on record of it (ORD-1)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import IntEnum
from uuid import UUID

from bylaw_chassis.values import resource_name

from bylaw_orders.rules.privacy.recipient import Recipient

ORDERS = "orders"
PLACED_HERE = "service:orders"
"""Who placed the order that an exchange is."""

ZERO = Decimal(0)


class OrderKind(IntEnum):
    """What an order is; the numbers are those of the contract."""

    SALE = 1
    CREDIT = 2
    ADJUSTMENT = 3


class SourceState(IntEnum):
    """Where the platform says that it stands; the numbers are those of the contract."""

    UNPAID = 1
    PAID = 2
    SHIPPED_IN_PART = 3
    SHIPPED = 4
    SIGNED = 5
    FINISHED = 6
    CLOSED = 7
    BLOCKED = 8


class LineKind(IntEnum):
    """What a line is; the numbers are those of the contract."""

    GOODS = 1
    CHARGE = 2
    CORRECTION = 3


@dataclass(frozen=True, slots=True)
class WishLine:
    """A line as it comes. `unit_price` in the currency's smallest unit, of one; `amount` as stated, if it is."""

    code: str
    title: str
    quantity: Decimal
    unit_price: Decimal
    discount: int = 0
    amount: int | None = None
    kind: LineKind = LineKind.GOODS


@dataclass(frozen=True, slots=True)
class OrderWish:
    """An order as it comes, amounts in the currency's smallest unit. `total`: as the platform says, if it does.

    Without a `currency` it is in its channel's. `is_exchange`: a ticket was decided so, and its goods cost nothing.
    `courier` and `waybill`: who carries it, as the platform says.
    """

    number: str
    kind: OrderKind
    source_state: SourceState
    source_at: datetime | None
    placed_at: datetime
    paid_at: datetime | None
    currency: str
    lines: tuple[WishLine, ...]
    shipping: int = 0
    discount: int = 0
    total: int | None = None
    paid: int = 0
    refunded: int = 0
    promotion: str = ""
    recipient: Recipient | None = None
    is_exchange: bool = False
    courier: str = ""
    waybill: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line on record, and what became of it; `item` is none where the code is not known."""

    kind: LineKind
    code: str
    title: str
    item: UUID | None
    unit: str
    quantity: Decimal
    unit_price: Decimal
    discount: int
    amount: int
    cancelled: Decimal = ZERO
    issued: Decimal = ZERO
    returned: Decimal = ZERO

    @property
    def wanted(self) -> Decimal:
        """What of it is to be shipped at all."""
        return self.quantity - self.cancelled if self.kind is LineKind.GOODS else ZERO

    @property
    def left(self) -> Decimal:
        """What of it is to be shipped still."""
        return self.wanted - self.issued


def order_id(channel: UUID, number: str) -> UUID:
    """The same for the same channel and number, whoever takes it in: two at once speak of one order.

    A UUID of version 8 (RFC 9562) out of SHA-256.
    """
    return derived_id(b"order", channel, number.encode())


def derived_id(purpose: bytes, of: UUID, what: bytes) -> UUID:
    """An id that follows from what it is of, a UUID of version 8."""
    digest = bytearray(hashlib.sha256(b"\0".join((purpose, of.bytes, what))).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x80
    digest[8] = digest[8] & 0x3F | 0x80
    return UUID(bytes=bytes(digest))


def order_name(identifier: UUID) -> str:
    """`orders/{order}`."""
    return resource_name(ORDERS, identifier)
