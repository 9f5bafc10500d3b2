"""What a ticket moves: money back, or goods instead; decided first, never beyond what was paid (CUS-2)."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.values import resource_name

from bylaw_orders.rules.orders.order import OrderKind, OrderWish, SourceState, WishLine
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.rules.tickets.refusals import RefundOverPaid
from bylaw_orders.rules.tickets.ticket import TICKETS, Ticket

ACTIONS = "ticketActions"
KIND = "refund"
"""The process in people."""
ZERO_PRICE = Decimal(0)
LINES_TOLD = 5


class ActionKind(IntEnum):
    """What is done; the numbers are those of the contract."""

    REFUND = 1
    COMPENSATION = 2
    EXCHANGE = 3


class ActionState(IntEnum):
    """How far it is; the numbers are those of the contract."""

    WAITING = 1
    AGREED = 2
    DONE = 3
    REFUSED = 4
    WITHDRAWN = 5
    LAPSED = 6


ENDS = {"agreed": ActionState.AGREED, "refused": ActionState.REFUSED, "withdrawn": ActionState.WITHDRAWN}
"""By what people say."""


class ExchangeLine(NamedTuple):
    """Goods that are sent instead."""

    code: str
    quantity: Decimal


class ActionWish(NamedTuple):
    """What is asked for; `amount` in the currency's smallest unit, of an exchange what the goods are worth."""

    kind: ActionKind
    amount: int
    lines: tuple[ExchangeLine, ...]
    reason: str

    @property
    def money(self) -> int:
        """How much money it moves."""
        return 0 if self.kind is ActionKind.EXCHANGE else self.amount


@dataclass(frozen=True, slots=True)
class Action:
    """An action on record; `alone`: within the channel's limit, without people's decision."""

    identifier: UUID
    ticket: UUID
    order: UUID
    wish: ActionWish
    currency: str
    asked_at: datetime
    asked_by: str
    state: ActionState = ActionState.WAITING
    alone: bool = False
    decision: UUID | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    exchange_order: UUID | None = None

    @property
    def name(self) -> str:
        """`ticketActions/{ticket_action}`."""
        return resource_name(ACTIONS, self.identifier)

    def ended(self, state: ActionState, at: datetime, by: str) -> "Action":
        """The same as it ended."""
        return replace(self, state=state, ended_at=at, ended_by=by)


class Spent(NamedTuple):
    """What an order's actions hold against what was paid: what waits, and what went back without a decision."""

    waiting: int = 0
    alone: int = 0


def check_left(placed: Placed, wish: ActionWish, spent: Spent) -> None:
    """Refuses REFUND_OVER_PAID where more would go back than was paid, with all that waits."""
    left = max(placed.head.paid - placed.head.refunded - spent.waiting, 0)
    if wish.money > left:
        raise RefundOverPaid(left=left)


def is_left(placed: Placed, wish: ActionWish) -> bool:
    """Whether so much is left to go back now."""
    return placed.head.refunded + wish.money <= placed.head.paid


def goes_alone(wish: ActionWish, spent: Spent, limit: int) -> bool:
    """Whether it is within the channel's limit, with all of the order that was so before; nothing unknown is."""
    return wish.amount > 0 and spent.alone + wish.amount <= limit


def refunded(placed: Placed, wish: ActionWish) -> Placed:
    """The order with what goes back."""
    return replace(placed, head=replace(placed.head, refunded=placed.head.refunded + wish.money))


def exchange_number(number: str, action: UUID) -> str:
    """The number of the order that an exchange is placed as: the same for the same action, however often."""
    return f"{number[:50]}-X{action.hex[-12:].upper()}"


def exchange_wish(action: Action, ticket: Ticket, original: Placed, recipient: Recipient | None) -> OrderWish:
    """The order that an exchange is placed as: the goods at price 0, to whom the first order went."""
    assert action.order == ticket.wish.order  # noqa: S101 - an action is of its ticket's order
    return OrderWish(
        exchange_number(original.number, action.identifier),
        OrderKind.SALE,
        SourceState.PAID,
        None,
        action.ended_at or action.asked_at,
        action.ended_at or action.asked_at,
        action.currency,
        tuple(WishLine(line.code, line.code, line.quantity, ZERO_PRICE) for line in action.wish.lines),
        recipient=recipient,
        is_exchange=True,
    )


def facts_of(action: Action, placed: Placed) -> tuple[tuple[str, str], ...]:
    """What people is told of it: of the customer nothing."""
    head, lines = placed.head, action.wish.lines[:LINES_TOLD]
    facts = {
        "ticket": resource_name(TICKETS, action.ticket),
        "order": placed.name,
        "number": placed.number,
        "what": action.wish.kind.name.lower(),
        "paid": f"{head.paid} {head.currency}",
        "refunded": f"{head.refunded} {head.currency}",
    }
    facts |= {f"line_{number}": f"{line.code} {line.quantity.normalize():f}" for number, line in enumerate(lines, 1)}
    return tuple(facts.items())
