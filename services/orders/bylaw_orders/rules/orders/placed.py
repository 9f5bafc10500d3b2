"""An order on record, whole, and one that is about to be put there (ORD-1)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bylaw_orders.rules.orders.hold import Hold
from bylaw_orders.rules.orders.order import Line, OrderKind, SourceState, order_name
from bylaw_orders.rules.orders.standing import AfterSales, Fulfilment, Payment
from bylaw_orders.rules.orders.timeline import Event
from bylaw_orders.rules.orders.versions import Seen
from bylaw_orders.rules.stocking.claim import Claim


@dataclass(frozen=True, slots=True)
class Head:
    """What is told of an order as a whole; amounts in the currency's smallest unit."""

    kind: OrderKind
    placed_at: datetime
    paid_at: datetime | None
    currency: str
    shipping: int
    discount: int
    total: int
    paid: int
    refunded: int
    promotion: str
    courier: str = ""
    waybill: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far it is, until when it is to be so, and how often it was changed.

    `together`: the same of all orders that go in one parcel; none, or of no other order: it goes by itself.
    """

    payment: Payment
    fulfilment: Fulfilment
    after_sales: AfterSales = AfterSales.NONE
    ship_by: datetime | None = None
    deliver_by: datetime | None = None
    rounds: int = 0
    cancelled_at: datetime | None = None
    revision: int = 1
    together: UUID | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """An order on record."""

    identifier: UUID
    channel: UUID
    number: str
    seen: Seen
    head: Head
    lines: tuple[Line, ...]
    standing: Standing
    holds: tuple[Hold, ...]
    created_at: datetime
    created_by: str

    @property
    def name(self) -> str:
        """`orders/{order}`."""
        return order_name(self.identifier)


@dataclass(frozen=True, slots=True)
class NewOrder:
    """An order to be put on record, with what it claims of the stock and what its timeline begins with."""

    placed: Placed
    claims: tuple[tuple[Claim, datetime | None], ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is on record under a number: enough to tell a repeat from a newer version."""

    identifier: UUID
    seen: Seen
    state: SourceState
    cancelled: bool


@dataclass(frozen=True, slots=True)
class OrderQuery:
    """Which orders are asked for; what is none or empty does not matter."""

    channel: UUID | None = None
    number: str = ""
    held: bool = False
    fulfilment: Fulfilment | None = None
    payment: Payment | None = None
    start: datetime | None = None
    end: datetime | None = None
