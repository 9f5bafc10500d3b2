"""A ticket: what a customer comes with, and the facts of which its state follows (CUS-2)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.values import resource_name

TICKETS, MESSAGES = "tickets", "messages"


class TicketKind(IntEnum):
    """What a customer comes with; the numbers are those of the contract."""

    INQUIRY = 1
    COMPLAINT = 2
    RETURN = 3
    REFUND = 4
    EXCHANGE = 5


ABOUT_AN_ORDER = frozenset({TicketKind.RETURN, TicketKind.REFUND, TicketKind.EXCHANGE})
"""These need an order."""
WITH_RETURN = frozenset({TicketKind.RETURN, TicketKind.EXCHANGE})
"""Goods may come back by these."""


class TicketState(IntEnum):
    """How far it is; the numbers are those of the contract."""

    OPEN = 1
    ASSIGNED = 2
    ANSWERED = 3
    WAITING_FOR_CUSTOMER = 4
    WAITING_FOR_GOODS = 5
    GOODS_BACK = 6
    WAITING_FOR_DECISION = 7
    DECIDED = 8
    CLOSED = 9


class Level(IntEnum):
    """How far up it was taken; the numbers are those of the contract."""

    NONE = 0
    HEAD = 1
    DIRECTOR = 2


class Goods(IntEnum):
    """Whether goods are to come back by it."""

    NONE = 0
    AWAITED = 1
    BACK = 2


class MessageKind(IntEnum):
    """Whose words a message is; the numbers are those of the contract."""

    CUSTOMER = 1
    ANSWER = 2
    NOTE = 3
    ESCALATION = 4
    END = 5
    REOPENING = 6
    RATING = 7


class TicketWish(NamedTuple):
    """A ticket as it is taken, without what was written."""

    channel: UUID
    order: UUID | None
    kind: TicketKind
    category: str


class Written(NamedTuple):
    """Something written in a ticket: whose words, and in clear; it lives in memory alone (CUS-1)."""

    kind: MessageKind
    subject: str
    text: str

    def __repr__(self) -> str:
        """Whose words alone."""
        return f"Written({self.kind.name})"


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it was kept; `text` is none where it was erased with its customer."""

    identifier: UUID
    ticket: UUID
    kind: MessageKind
    at: datetime
    by: str
    subject: str = ""
    text: str | None = None

    def __repr__(self) -> str:
        """Nothing of what was written."""
        return f"Message({self.identifier}, {self.kind.name})"


class ReturnLine(NamedTuple):
    """Goods that are to come back, how many are, and what became of those once the warehouse had looked at them."""

    item: UUID
    code: str
    quantity: Decimal
    returned: Decimal
    resold: Decimal = Decimal(0)
    scrapped: Decimal = Decimal(0)
    supplied: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket on record. `due_at`: until when an answer is owed; `deciding`: the action that waits for its decision.

    `customer`: by whose key what is written is sealed. `state` is what its facts come to, as it was written last.
    """

    identifier: UUID
    wish: TicketWish
    customer: UUID
    created_at: datetime
    created_by: str
    first_due_at: datetime
    due_at: datetime | None
    assignee: UUID | None = None
    answered_at: datetime | None = None
    waits: bool = False
    level: Level = Level.NONE
    escalated_at: datetime | None = None
    goods: Goods = Goods.NONE
    slip: str = ""
    deciding: UUID | None = None
    decided_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    rating: int = 0
    reopened: int = 0
    lines: tuple[ReturnLine, ...] = ()

    @property
    def name(self) -> str:
        """`tickets/{ticket}`."""
        return resource_name(TICKETS, self.identifier)

    @property
    def state(self) -> TicketState:
        """How far it is, as its facts say: the first that holds."""
        facts = (
            (self.closed_at is not None, TicketState.CLOSED),
            (self.deciding is not None, TicketState.WAITING_FOR_DECISION),
            (self.goods is Goods.AWAITED, TicketState.WAITING_FOR_GOODS),
            (self.decided_at is not None, TicketState.DECIDED),
            (self.goods is Goods.BACK, TicketState.GOODS_BACK),
            (self.waits, TicketState.WAITING_FOR_CUSTOMER),
            (self.answered_at is not None and self.due_at is None, TicketState.ANSWERED),
            (self.assignee is not None, TicketState.ASSIGNED),
        )
        return next((state for holds, state in facts if holds), TicketState.OPEN)

    def is_late(self, now: datetime) -> bool:
        """Whether its first answer came later than promised, or has not come and is late."""
        return (self.answered_at or now) > self.first_due_at

    def is_overdue(self, now: datetime) -> bool:
        """Whether an answer is owed, and late."""
        return self.closed_at is None and self.due_at is not None and self.due_at < now


@dataclass(frozen=True, slots=True)
class TicketQuery:
    """Which tickets are asked for; what is none does not matter."""

    channel: UUID | None = None
    order: UUID | None = None
    assignee: UUID | None = None
    overdue_at: datetime | None = None
    state: TicketState | None = None
    kind: TicketKind | None = None
    category: str | None = None
    unclosed: bool = False
