"""Tickets: by when an answer is owed; answered, assigned, taken up, paid back by decision, closed, rated (CUS-2)."""

from typing import Any

from bylaw.orders.v1 import orders_pb2, ticket_actions_pb2, tickets_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post
from bylaw_console.selling.channels import Channels
from bylaw_console.selling.faults import in_rows, renamed
from bylaw_console.selling.gathering import gather, shown_of
from bylaw_console.selling.money import money
from bylaw_console.selling.showing import age, axes, id_of
from bylaw_console.selling.ticket_deeds import DEEDS, FIELDS, SLIP, assignees, slip_rows
from bylaw_console.selling.typed import chosen

READ, WORK = ("orders.tickets.read",), ("orders.tickets.work", "orders.tickets.rate", "orders.ticket_actions.create")
MOST = 1000
WAITING = ticket_actions_pb2.TICKET_ACTION_STATE_WAITING
ACTION_MARKS = {
    WAITING: "late",
    ticket_actions_pb2.TICKET_ACTION_STATE_AGREED: "leave",
    ticket_actions_pb2.TICKET_ACTION_STATE_DONE: "good",
    ticket_actions_pb2.TICKET_ACTION_STATE_REFUSED: "missing",
}
NEVER = 2**40


def tickets(desk: Desk) -> Response:
    """The queue: whoever is owed an answer soonest comes first."""
    found = gather(desk, _wish(desk), "tickets")
    found.sort(key=lambda one: (one.due_time.seconds or NEVER, -one.create_time.seconds))
    shown, following = shown_of(desk, found)
    return desk.render(
        "tickets.html",
        rows=[(one, id_of(one.name), age(desk, one.due_time), _is_past(desk, one.due_time)) for one in shown],
        count=len(found),
        following=following,
        channels=Channels(desk),
        who=desk.who(*(one.assignee for one in shown)),
        kinds=[("", desk.t("order.any")), *_names(desk, tickets_pb2.TicketKind, "TicketKind")],
        states=[("", desk.t("tickets.unclosed")), *_names(desk, tickets_pb2.TicketState, "TicketState")],
    )


def ticket(desk: Desk, ticket: str) -> Response:
    """A ticket with what was written and what it moves."""
    return desk.render("ticket.html", **_page(desk, ticket))


def act(desk: Desk, ticket: str) -> Response:
    """Do one of the things that are done from its page."""
    deed = DEEDS.get(desk.field("deed"))
    if deed is None:
        return desk.render("not_there.html", 404)
    name = f"tickets/{ticket}"
    try:
        found = desk.ask(tickets_pb2.GetTicketRequest(name=name))
        said = deed(desk, found, _order(desk, found))
    except Refusal as refusal:
        named = renamed(in_rows(refusal, slip_rows(desk), SLIP), FIELDS.get(desk.field("deed"), {}))
        return desk.render_again("ticket.html", named, **_page(desk, ticket))
    return desk.go(f"/tickets/{ticket}", said=said)


def new(desk: Desk) -> Response:
    """What a customer comes with."""
    return desk.render("ticket_new.html", **_taking(desk))


def take(desk: Desk) -> Response:
    """Take it: from now on an answer is promised."""
    order = desk.field("order")
    wish = tickets_pb2.CreateTicketRequest(
        ticket=tickets_pb2.Ticket(
            channel="" if order else desk.field("channel"),
            order=f"orders/{order}" if order else "",
            kind=chosen(tickets_pb2.TicketKind, desk.field("kind")),
            category=desk.field("category"),
        ),
        subject=desk.field("subject"),
        text=desk.field("text"),
        request_id=desk.request_id,
    )
    try:
        made = desk.ask(wish)
    except Refusal as refusal:
        return desk.render_again("ticket_new.html", refusal, **_taking(desk))
    return desk.go(f"/tickets/{id_of(made.name)}", said="tickets.said_taken")


def _wish(desk: Desk) -> tickets_pb2.ListTicketsRequest:
    wish = tickets_pb2.ListTicketsRequest(
        channel=desk.args.get("channel", ""),
        mine=bool(desk.args.get("mine")),
        overdue=bool(desk.args.get("overdue")),
        category=desk.args.get("category", "").strip(),
    )
    wish.kind = chosen(tickets_pb2.TicketKind, desk.args.get("kind", ""))
    wish.state = chosen(tickets_pb2.TicketState, desk.args.get("state", ""))
    wish.unclosed = not wish.state
    return wish


def _page(desk: Desk, ticket: str) -> dict[str, Any]:
    name = f"tickets/{ticket}"
    found = desk.ask(tickets_pb2.GetTicketRequest(name=name))
    messages = []
    if desk.may("orders.tickets.open"):
        wish = tickets_pb2.ListTicketMessagesRequest(parent=name, page_size=MOST)
        messages = list(desk.ask_or(tickets_pb2.ListTicketMessagesResponse(), wish).ticket_messages)
    moving = ticket_actions_pb2.ListTicketActionsRequest(ticket=name, page_size=MOST)
    actions = list(desk.ask_or(ticket_actions_pb2.ListTicketActionsResponse(), moving).ticket_actions)
    order, people = _order(desk, found), [message.author for message in messages]
    people += [found.assignee, found.creator]
    people += [person for action in actions for person in (action.requester, action.decider)]
    return {
        "ticket": found,
        "id": ticket,
        "messages": messages,
        "actions": [_action(desk, action) for action in actions],
        "order": order,
        "axes": axes(desk, order) if order else [],
        "who": desk.who(*people),
        "channels": Channels(desk),
        "money": money,
        "id_of": id_of,
        "due": age(desk, found.due_time),
        "is_late": _is_past(desk, found.due_time),
        "is_closed": found.state == tickets_pb2.TICKET_STATE_CLOSED,
        "takes_back": found.kind in {tickets_pb2.TICKET_KIND_RETURN, tickets_pb2.TICKET_KIND_EXCHANGE},
        "assignees": assignees(desk),
    }


def _action(desk: Desk, action: ticket_actions_pb2.TicketAction) -> tuple[ticket_actions_pb2.TicketAction, str, bool]:
    """What was asked for, how its mark looks, and whether whoever looks may take it back."""
    is_own = action.requester == desk.me.person and desk.may("orders.ticket_actions.create")
    return action, ACTION_MARKS.get(action.state, "plain"), is_own and action.state == WAITING


def _taking(desk: Desk) -> dict[str, Any]:
    wished = desk.form.get("order", desk.args.get("order", ""))
    order = desk.ask(orders_pb2.GetOrderRequest(name=f"orders/{wished}")) if wished else None
    return {
        "order": order,
        "order_id": wished,
        "channels": Channels(desk),
        "kinds": _names(desk, tickets_pb2.TicketKind, "TicketKind"),
    }


def _order(desk: Desk, ticket: tickets_pb2.Ticket) -> orders_pb2.Order | None:
    if not ticket.order:
        return None
    found: orders_pb2.Order | None = desk.ask_or(None, orders_pb2.GetOrderRequest(name=ticket.order), "ORDER_NOT_FOUND")
    return found


def _names(desk: Desk, kinds: Any, section: str) -> list[tuple[str, str]]:
    return [(name, desk.t(f"{section}.{name}")) for name in list(kinds.keys())[1:]]


def _is_past(desk: Desk, stamp: Any) -> bool:
    """Whether an answer that is owed is owed since before now; which of them were late is the service's to say."""
    return bool(stamp.seconds) and stamp.seconds < desk.local_now().timestamp()


ROUTES = (
    get("/tickets", tickets, needs=READ),
    get("/tickets/new", new, needs=("orders.tickets.create",)),
    post("/tickets/new", take, needs=("orders.tickets.create",)),
    get("/tickets/<ticket>", ticket, needs=READ),
    post("/tickets/<ticket>", act, needs=WORK),
)
