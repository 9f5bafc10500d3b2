"""Tickets, what was written in them and what they move as messages of the contract (CUS-2)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from bylaw.orders.v1 import service_policies_pb2, ticket_actions_pb2, tickets_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name

from bylaw_orders.messages.values import timestamp, written
from bylaw_orders.rules.channels.channel import CHANNELS
from bylaw_orders.rules.orders.order import ORDERS
from bylaw_orders.rules.tickets.action import Action
from bylaw_orders.rules.tickets.policy import ServicePolicy
from bylaw_orders.rules.tickets.ticket import MESSAGES, TICKETS, Message, ReturnLine, Ticket


def ticket_message(made: Ticket, now: datetime) -> Any:
    """A ticket, without what was written; whether it is late as of now."""
    wish = made.wish
    return tickets_pb2.Ticket(
        name=made.name,
        channel=resource_name(CHANNELS, wish.channel),
        order=resource_name(ORDERS, wish.order),
        kind=tickets_pb2.TicketKind.ValueType(wish.kind),
        category=wish.category,
        state=tickets_pb2.TicketState.ValueType(made.state),
        assignee=_person(made.assignee),
        due_time=timestamp(made.due_at),
        answer_time=timestamp(made.answered_at),
        late=made.is_late(now),
        level=tickets_pb2.TicketLevel.ValueType(made.level),
        return_slip=made.slip,
        return_lines=map(_return_line, made.lines),
        close_time=timestamp(made.closed_at),
        rating=made.rating,
        reopen_count=made.reopened,
        create_time=timestamp(made.created_at),
        creator=by_key(made.created_by),
    )


def said_message(one: Message) -> Any:
    """Something written in a ticket."""
    return tickets_pb2.TicketMessage(
        name=f"{resource_name(TICKETS, one.ticket)}/{resource_name(MESSAGES, one.identifier)}",
        kind=tickets_pb2.TicketMessageKind.ValueType(one.kind),
        subject=one.subject,
        text=one.text or "",
        create_time=timestamp(one.at),
        author=by_key(one.by),
        erased=one.text is None,
    )


def action_message(made: Action, *, told: bool = False) -> Any:
    """What a ticket moves; where it is told to others, without why."""
    wish = made.wish
    return ticket_actions_pb2.TicketAction(
        name=made.name,
        ticket=resource_name(TICKETS, made.ticket),
        order=resource_name(ORDERS, made.order),
        kind=ticket_actions_pb2.TicketActionKind.ValueType(wish.kind),
        amount=wish.amount,
        currency=made.currency,
        lines=[ticket_actions_pb2.ExchangeLine(code=line.code, quantity=written(line.quantity)) for line in wish.lines],
        reason="" if told else wish.reason,
        state=ticket_actions_pb2.TicketActionState.ValueType(made.state),
        decision=resource_name("decisions", made.decision),
        requester=by_key(made.asked_by),
        create_time=timestamp(made.asked_at),
        decider=by_key(made.ended_by),
        end_time=timestamp(made.ended_at),
        exchange_order=resource_name(ORDERS, made.exchange_order),
    )


def policy_message(made: ServicePolicy) -> Any:
    """What a channel promises."""
    return service_policies_pb2.ServicePolicy(
        name=made.name,
        inquiry_hours=made.inquiry_hours,
        complaint_hours=made.complaint_hours,
        return_hours=made.return_hours,
        refund_hours=made.refund_hours,
        exchange_hours=made.exchange_hours,
        review_hours=made.review_hours,
        refund_limit=made.refund_limit,
        etag=str(made.revision),
    )


def by_key(key: str) -> str:
    """Who a caller's key is, `people/{person}`; empty: a service, or nobody."""
    return _person(caller_by_key(key).person) if key else ""


def _person(identifier: UUID | None) -> str:
    return resource_name("people", identifier)


def _return_line(line: ReturnLine) -> Any:
    return tickets_pb2.ReturnLine(
        code=line.code,
        quantity=written(line.quantity),
        returned=written(line.returned),
        resold=written(line.resold),
        scrapped=written(line.scrapped),
        supplied=written(line.supplied),
    )
