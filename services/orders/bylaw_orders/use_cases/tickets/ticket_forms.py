"""Tickets and what they move in the form that rules take; what has another form is refused, naming the field."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from bylaw_chassis.forms import check_count, known, line_of_text, number_within, optional_known
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import optional_id

from bylaw_orders.rules.channels.channel import CHANNELS
from bylaw_orders.rules.orders.order import ORDERS
from bylaw_orders.rules.tickets.action import ActionKind, ActionWish, ExchangeLine
from bylaw_orders.rules.tickets.ticket import MessageKind, TicketKind, TicketQuery, TicketState, Written
from bylaw_orders.use_cases.forms import amount, decimal, slug, text_of_lines

LONGEST_SUBJECT, LONGEST_TEXT, LONGEST_REASON, LONGEST_COMMENT = 200, 10_000, 1_000, 2_000
MOST_LINES = 100


class TicketAsked(NamedTuple):
    """A ticket as it is asked for: of a channel, or of an order."""

    channel: UUID | None
    order: UUID | None
    kind: TicketKind
    category: str


def ticket_asked(wished: Any) -> TicketAsked:
    """Refuses FIELD_INVALID."""
    order = optional_id(wished.order, ORDERS, field="ticket.order")
    channel = optional_id(wished.channel, CHANNELS, field="ticket.channel")
    if order is None and channel is None:
        raise FieldInvalid(field="ticket.channel", zh="请填写渠道或订单", en="expected a channel or an order")
    category = slug(wished.category, field="ticket.category") if wished.category else ""
    return TicketAsked(channel, order, known(wished.kind, TicketKind, field="ticket.kind"), category)


def ticket_query(request: Any, person: UUID | None, now: datetime) -> TicketQuery:
    """Which tickets are asked for, by whom and when."""
    return TicketQuery(
        optional_id(request.channel, CHANNELS, field="channel"),
        optional_id(request.order, ORDERS, field="order"),
        person if request.mine else None,
        now if request.overdue else None,
        optional_known(request.state, TicketState, field="state"),
        optional_known(request.kind, TicketKind, field="kind"),
        slug(request.category, field="category") if request.category else None,
        request.unclosed,
    )


def opening(request: Any) -> Written:
    """What a customer comes with."""
    subject = line_of_text(request.subject, field="subject", longest=LONGEST_SUBJECT, needed=False)
    return Written(MessageKind.CUSTOMER, subject, needed_text(request.text, field="text", longest=LONGEST_TEXT))


def added(wished: Any) -> Written:
    """A message that is added: the customer's, or a note."""
    kind = known(wished.kind, MessageKind, field="ticket_message.kind")
    if kind not in {MessageKind.CUSTOMER, MessageKind.NOTE}:
        raise FieldInvalid(field="ticket_message.kind", zh="应为客户来信或备注", en="expected CUSTOMER or NOTE")
    subject = line_of_text(wished.subject, field="ticket_message.subject", longest=LONGEST_SUBJECT, needed=False)
    return Written(kind, subject, needed_text(wished.text, field="ticket_message.text", longest=LONGEST_TEXT))


def reason(request: Any, kind: MessageKind) -> Written:
    """Why something is done with a ticket."""
    return Written(kind, "", needed_text(request.reason, field="reason", longest=LONGEST_REASON))


def rating(request: Any) -> tuple[int, Written]:
    """How it is rated, with what was written."""
    stars = number_within(request.rating, field="rating", first=1, last=5)
    return stars, Written(
        MessageKind.RATING, "", text_of_lines(request.comment, field="comment", longest=LONGEST_COMMENT)
    )


def return_lines(wished: Sequence[Any]) -> list[tuple[str, Decimal]]:
    """Which goods are to come back, and how many."""
    check_count(len(wished), field="lines", most=MOST_LINES)
    return [_goods(line, field=f"lines[{place}]") for place, line in enumerate(wished)]


def action_wish(wished: Any) -> ActionWish:
    """What is asked for; refuses FIELD_INVALID."""
    kind = known(wished.kind, ActionKind, field="ticket_action.kind")
    is_exchange = kind is ActionKind.EXCHANGE
    least = 0 if is_exchange else 1
    lines = list[ExchangeLine]()
    if is_exchange:
        check_count(len(wished.lines), field="ticket_action.lines", most=MOST_LINES)
        lines = [
            ExchangeLine(*_goods(line, field=f"ticket_action.lines[{place}]"))
            for place, line in enumerate(wished.lines)
        ]
    elif wished.lines:
        raise FieldInvalid(field="ticket_action.lines", zh="只有换货填写商品", en="only an exchange has goods")
    return ActionWish(
        kind,
        amount(wished.amount, field="ticket_action.amount", least=least),
        tuple(lines),
        line_of_text(wished.reason, field="ticket_action.reason", longest=500),
    )


def needed_text(text: str, *, field: str, longest: int) -> str:
    """A text of several lines that is not empty."""
    found = text_of_lines(text, field=field, longest=longest)
    if not found:
        raise FieldInvalid(field=field, zh=f"应为 1 至 {longest} 个字符", en=f"expected 1 to {longest} characters")
    return found


def _goods(line: Any, *, field: str) -> tuple[str, Decimal]:
    code = line_of_text(line.code, field=f"{field}.code", longest=64)
    quantity = decimal(line.quantity, field=f"{field}.quantity")
    if quantity <= 0:
        raise FieldInvalid(field=f"{field}.quantity", zh="应大于零", en="expected more than nothing")
    return code, quantity
