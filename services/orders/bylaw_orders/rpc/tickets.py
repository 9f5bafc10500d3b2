"""Calls about tickets."""

from dataclasses import dataclass
from typing import Any

from bylaw.orders.v1 import tickets_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.clock import Clock
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_orders.messages.tickets import said_message, ticket_message
from bylaw_orders.rules.tickets.ticket import (
    TICKETS,
    Message,
    MessageKind,
    Ticket,
    Written,
)
from bylaw_orders.use_cases.forms import one_id
from bylaw_orders.use_cases.tickets.issue_slip import IssueReturnSlip
from bylaw_orders.use_cases.tickets.show_tickets import ShowTickets
from bylaw_orders.use_cases.tickets.take_ticket import TakeTicket
from bylaw_orders.use_cases.tickets.ticket_forms import (
    LONGEST_TEXT,
    added,
    needed_text,
    opening,
    rating,
    reason,
    return_lines,
    ticket_asked,
    ticket_query,
)
from bylaw_orders.use_cases.tickets.work_on_ticket import WorkOnTicket

CREATE, READ, OPEN = "orders.tickets.create", "orders.tickets.read", "orders.tickets.open"
WORK, RATE = "orders.tickets.work", "orders.tickets.rate"


@dataclass(frozen=True, slots=True)
class TicketCalls:
    """The calls of `Tickets`."""

    taking: TakeTicket
    working: WorkOnTicket
    slips: IssueReturnSlip
    showing: ShowTickets
    tokens: PageTokens
    clock: Clock

    def CreateTicket(self, request: Any, call: Call) -> Any:  # noqa: N802
        asked, written = ticket_asked(request.ticket), opening(request)
        return self._shown(self.taking.take(asked, written, call.caller, call.caller.reach(CREATE)))

    def GetTicket(self, request: Any, call: Call) -> Any:  # noqa: N802
        return self._shown(self.showing.one(resource_id(request.name, TICKETS), call.caller.reach(READ)))

    def ListTickets(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        query = ticket_query(request, call.caller.person, self.clock())
        found = self.showing.listed(query, call.caller.reach(READ), page=(one_id(page.position), page.limit))
        shown = map(self._shown, found[: page.size])
        return tickets_pb2.ListTicketsResponse(tickets=shown, next_page_token=page.token(found, _by_id))

    def ListTicketMessages(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        ticket, place = resource_id(request.parent, TICKETS, field="parent"), (one_id(page.position), page.limit)
        found = self.showing.messages(ticket, call.caller.reach(OPEN), page=place)
        shown = map(said_message, found[: page.size])
        return tickets_pb2.ListTicketMessagesResponse(ticket_messages=shown, next_page_token=page.token(found, _by_id))

    def CreateTicketMessage(self, request: Any, call: Call) -> Any:  # noqa: N802
        ticket, written = resource_id(request.parent, TICKETS, field="parent"), added(request.ticket_message)
        return self._shown(self.working.add(ticket, written, call.caller, call.caller.reach(WORK)))

    def AssignTicket(self, request: Any, call: Call) -> Any:  # noqa: N802
        ticket, person = resource_id(request.name, TICKETS), resource_id(request.assignee, "people", field="assignee")
        return self._shown(self.working.assign(ticket, person, call.caller, call.caller.reach(WORK)))

    def AnswerTicket(self, request: Any, call: Call) -> Any:  # noqa: N802
        written = Written(MessageKind.ANSWER, "", needed_text(request.text, field="text", longest=LONGEST_TEXT))
        ticket, reach = resource_id(request.name, TICKETS), call.caller.reach(WORK)
        made = self.working.answer(ticket, written, call.caller, reach, waits=request.wait_for_customer)
        return self._shown(made)

    def EscalateTicket(self, request: Any, call: Call) -> Any:  # noqa: N802
        ticket, written = resource_id(request.name, TICKETS), reason(request, MessageKind.ESCALATION)
        return self._shown(self.working.escalate(ticket, written, call.caller, call.caller.reach(WORK)))

    def IssueReturnSlip(self, request: Any, call: Call) -> Any:  # noqa: N802
        ticket, lines = resource_id(request.name, TICKETS), return_lines(request.lines)
        return self._shown(self.slips.issue(ticket, lines, call.caller, call.caller.reach(WORK)))

    def CloseTicket(self, request: Any, call: Call) -> Any:  # noqa: N802
        ticket, written = resource_id(request.name, TICKETS), reason(request, MessageKind.END)
        return self._shown(self.working.close(ticket, written, call.caller, call.caller.reach(WORK)))

    def ReopenTicket(self, request: Any, call: Call) -> Any:  # noqa: N802
        ticket, written = resource_id(request.name, TICKETS), reason(request, MessageKind.REOPENING)
        return self._shown(self.working.reopen(ticket, written, call.caller, call.caller.reach(WORK)))

    def RateTicket(self, request: Any, call: Call) -> Any:  # noqa: N802
        ticket, (stars, written) = resource_id(request.name, TICKETS), rating(request)
        return self._shown(self.working.rate(ticket, stars, written, call.caller, call.caller.reach(RATE)))

    def _shown(self, made: Ticket) -> Any:
        return ticket_message(made, self.clock())


def _by_id(listed: Ticket | Message) -> str:
    return str(listed.identifier)
