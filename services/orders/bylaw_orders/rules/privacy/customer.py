"""A customer on record, their orders as they are shown, and that they were erased (CUS-1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from uuid import UUID

from bylaw_chassis.values import resource_name

from bylaw_orders.rules.privacy.masking import MaskedRecipient
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.rules.privacy.reveal import CUSTOMERS, ERASURES, Reveal

MOST_ORDERS, MOST_CUSTOMERS = 50, 50
"""So many are shown."""

ARRIVED_AFTER = timedelta(days=90)
"""An order that has left and of which nothing more was heard counts as ended so long after it was placed."""


class ErasureReason(IntEnum):
    """Why a customer was erased; the numbers are those of the contract."""

    CUSTOMER_ASKED = 1
    RETENTION = 2
    LEGAL = 3


@dataclass(frozen=True, slots=True)
class CustomerOrder:
    """An order of a customer, and what is shown of to whom it goes."""

    order: UUID
    channel: UUID
    number: str
    placed_at: datetime
    recipient: MaskedRecipient


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer, with the newest orders within reach, how many there are, and when the first of them was placed."""

    identifier: UUID
    made_at: datetime
    erased_at: datetime | None
    order_count: int
    orders: tuple[CustomerOrder, ...]

    @property
    def name(self) -> str:
        """`customers/{customer}`."""
        return resource_name(CUSTOMERS, self.identifier)


@dataclass(frozen=True, slots=True)
class HeldLine:
    """Goods of an order, as a customer may read them; `amount` in the currency's smallest unit."""

    code: str
    title: str
    quantity: str
    amount: int


@dataclass(frozen=True, slots=True)
class HeldOrder:
    """An order with all that is held of the customer in it, in clear; amounts in the currency's smallest unit."""

    order: UUID
    channel: str
    number: str
    placed_at: datetime
    currency: str
    total: int
    paid: int
    refunded: int
    lines: tuple[HeldLine, ...]
    recipient: Recipient
    reveals: tuple[Reveal, ...]


@dataclass(frozen=True, slots=True, repr=False)
class HeldMessage:
    """Something written in a ticket of the customer's, in clear; `kind` is the contract's number."""

    ticket: UUID
    at: datetime
    kind: int
    subject: str
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Held:
    """All that is held of a customer, in clear."""

    customer: UUID
    at: datetime
    made_at: datetime
    orders: tuple[HeldOrder, ...]
    messages: tuple[HeldMessage, ...]


@dataclass(frozen=True, slots=True)
class Erasure:
    """That a customer was erased; `by` is a caller's key, empty where the service did it by itself."""

    customer: UUID
    at: datetime
    by: str
    reason: ErasureReason
    explanation: str
    orders: int

    @property
    def name(self) -> str:
        """`erasures/{erasure}`."""
        return resource_name(ERASURES, self.customer)
