"""What is done with a ticket from its page: each says, when it is done, in which words (CUS-2)."""

from collections.abc import Callable, Mapping

from bylaw.orders.v1 import orders_pb2, ticket_actions_pb2, tickets_pb2
from bylaw.people.v1 import staff_pb2

from bylaw_console.desk import Desk
from bylaw_console.selling.typed import Typed, chosen

Order = orders_pb2.Order | None
Deed = Callable[[Desk, tickets_pb2.Ticket, Order], str]
MOST_PEOPLE = 1000
MOST_LINES = 100
SLIP = {"code": "back", "quantity": "back"}
"""What the cells of a slip are called."""
FIELDS: Mapping[str, Mapping[str, str]] = {
    "answer": {"text": "answer"},
    "write": {"text": "message"},
    "escalate": {"reason": "escalate_reason"},
    "close": {"reason": "close_reason"},
    "reopen": {"reason": "reopen_reason"},
    "move": {"reason": "action_reason", "lines": "instead", "code": "instead", "quantity": "instead"},
}
"""What the form of a deed calls the fields of its call."""


def assignees(desk: Desk) -> list[tuple[str, str]]:
    """To whom a ticket may be assigned, as far as whoever asks sees people; themselves first."""
    me = (desk.me.person, desk.me.display_name)
    if not desk.may("people.staff.read"):
        return [me]
    wish = staff_pb2.ListPeopleRequest(page_size=MOST_PEOPLE)
    people = desk.ask_or(staff_pb2.ListPeopleResponse(), wish).people
    rest = sorted((one.display_name, one.name) for one in people if one.name != desk.me.person)
    return [me, *((name, display) for display, name in rest)]


def slip_rows(desk: Desk) -> list[int]:
    """The lines of which something is to come back."""
    return [row for row in range(1, MOST_LINES + 1) if desk.field(f"back_{row}")]


def _answer(desk: Desk, ticket: tickets_pb2.Ticket, _: Order) -> str:
    wish = tickets_pb2.AnswerTicketRequest(
        name=ticket.name,
        text=desk.field("answer"),
        wait_for_customer=bool(desk.field("wait")),
        request_id=desk.request_id,
    )
    desk.ask(wish)
    return "tickets.said_answered"


def _write(desk: Desk, ticket: tickets_pb2.Ticket, _: Order) -> str:
    heard = desk.field("whose") == "customer"
    kind = tickets_pb2.TICKET_MESSAGE_KIND_CUSTOMER if heard else tickets_pb2.TICKET_MESSAGE_KIND_NOTE
    message = tickets_pb2.TicketMessage(kind=kind, text=desk.field("message"))
    wish = tickets_pb2.CreateTicketMessageRequest(
        parent=ticket.name, ticket_message=message, request_id=desk.request_id
    )
    desk.ask(wish)
    return "tickets.said_heard" if heard else "tickets.said_noted"


def _assign(desk: Desk, ticket: tickets_pb2.Ticket, _: Order) -> str:
    assignee = desk.field("assignee")
    desk.ask(tickets_pb2.AssignTicketRequest(name=ticket.name, assignee=assignee, request_id=desk.request_id))
    return "tickets.said_assigned"


def _escalate(desk: Desk, ticket: tickets_pb2.Ticket, _: Order) -> str:
    reason = desk.field("escalate_reason")
    desk.ask(tickets_pb2.EscalateTicketRequest(name=ticket.name, reason=reason, request_id=desk.request_id))
    return "tickets.said_escalated"


def _slip(desk: Desk, ticket: tickets_pb2.Ticket, order: Order) -> str:
    lines = [
        tickets_pb2.ReturnWish(code=order.lines[row - 1].code, quantity=desk.field(f"back_{row}"))
        for row in slip_rows(desk)
        if order is not None and row <= len(order.lines)
    ]
    desk.ask(tickets_pb2.IssueReturnSlipRequest(name=ticket.name, lines=lines, request_id=desk.request_id))
    return "tickets.said_slip"


def _close(desk: Desk, ticket: tickets_pb2.Ticket, _: Order) -> str:
    reason = desk.field("close_reason")
    desk.ask(tickets_pb2.CloseTicketRequest(name=ticket.name, reason=reason, request_id=desk.request_id))
    return "tickets.said_closed"


def _reopen(desk: Desk, ticket: tickets_pb2.Ticket, _: Order) -> str:
    reason = desk.field("reopen_reason")
    desk.ask(tickets_pb2.ReopenTicketRequest(name=ticket.name, reason=reason, request_id=desk.request_id))
    return "tickets.said_reopened"


def _rate(desk: Desk, ticket: tickets_pb2.Ticket, _: Order) -> str:
    stars = Typed(desk).whole("rating")
    wish = tickets_pb2.RateTicketRequest(
        name=ticket.name, rating=stars, comment=desk.field("comment"), request_id=desk.request_id
    )
    desk.ask(wish)
    return "tickets.said_rated"


def _move(desk: Desk, ticket: tickets_pb2.Ticket, order: Order) -> str:
    """Ask for a refund, a compensation or an exchange."""
    typed = Typed(desk)
    action = ticket_actions_pb2.TicketAction(
        kind=chosen(ticket_actions_pb2.TicketActionKind, desk.field("kind")),
        amount=typed.amount("amount", order.currency if order else ""),
        reason=desk.field("action_reason"),
    )
    typed.check()
    if action.kind == ticket_actions_pb2.TICKET_ACTION_KIND_EXCHANGE:
        action.lines.extend(_instead(desk))
    wish = ticket_actions_pb2.CreateTicketActionRequest(
        parent=ticket.name, ticket_action=action, request_id=desk.request_id
    )
    made = desk.ask(wish)
    return "tickets.said_moves" if made.decision else "tickets.said_moved"


def _withdraw(desk: Desk, _: tickets_pb2.Ticket, __: Order) -> str:
    name = f"ticketActions/{desk.field('action')}"
    desk.ask(ticket_actions_pb2.WithdrawTicketActionRequest(name=name, request_id=desk.request_id))
    return "tickets.said_withdrawn"


def _instead(desk: Desk) -> list[ticket_actions_pb2.ExchangeLine]:
    """Goods that are sent instead, a line each: a code, a blank, how many; one where nothing is said."""
    made = list[ticket_actions_pb2.ExchangeLine]()
    for line in desk.field("instead").splitlines()[:MOST_LINES]:
        code, _, quantity = line.strip().partition(" ")
        if code:
            made.append(ticket_actions_pb2.ExchangeLine(code=code, quantity=quantity.strip() or "1"))
    return made


DEEDS: Mapping[str, Deed] = {
    "answer": _answer,
    "write": _write,
    "assign": _assign,
    "escalate": _escalate,
    "slip": _slip,
    "close": _close,
    "reopen": _reopen,
    "rate": _rate,
    "move": _move,
    "withdraw": _withdraw,
}
