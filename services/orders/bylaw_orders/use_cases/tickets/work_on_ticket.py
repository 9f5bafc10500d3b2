"""Assigns, answers, closes and opens tickets again, takes them further up, and records how they are rated (CUS-2)."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.notice_wish import NoticeWish, said
from bylaw_chassis.notices import have_told
from bylaw_chassis.values import resource_name

from bylaw_orders.rules.orders.timeline import Happened
from bylaw_orders.rules.tickets import life
from bylaw_orders.rules.tickets.refusals import PersonNotFound
from bylaw_orders.rules.tickets.ticket import MessageKind, Ticket, Written
from bylaw_orders.use_cases.tickets.rise import TakeFurtherUp
from bylaw_orders.use_cases.tickets.ticket_desk import TicketDesk

TITLE = ("有工单指派给您", "A ticket is yours")
BODY = (
    "工单 {ticket} 已指派给您，请于 {due} 前答复客户（CUS-2）。",
    "The ticket {ticket} is yours; the customer is to be answered by {due} (CUS-2).",
)


@dataclass(frozen=True, slots=True)
class WorkOnTicket:
    """Each step looks at the ticket under its lock: of two at once the second sees what the first made of it."""

    database: Database
    desk: TicketDesk
    rise: TakeFurtherUp

    def assign(self, identifier: UUID, person: UUID, caller: Caller, reach: Reach) -> Ticket:
        """Refuses TICKET_NOT_FOUND, TICKET_CLOSED, PERSON_NOT_FOUND (also of somebody out of reach)."""
        if self.desk.finding.organisation.person(reach, person) is None:
            raise PersonNotFound(person=resource_name("people", person))
        with self.database.work() as work:
            found = self.desk.held(work, identifier, reach)
            made = self.desk.change(work, found, life.assigned(found, person), by=caller.key)
            if person != caller.person:
                have_told(work, _yours(made, person))
        return made

    def add(self, identifier: UUID, written: Written, caller: Caller, reach: Reach) -> Ticket:
        """Refuses TICKET_NOT_FOUND, TICKET_CLOSED."""
        with self.database.work() as work:
            found = self.desk.held(work, identifier, reach)
            life.check_open(found)
            made = found
            if written.kind is MessageKind.CUSTOMER:
                made = life.customer_said(found, work.now, self._promise(work, found))
            return self.desk.change(work, found, made, by=caller.key, written=written)

    def answer(self, identifier: UUID, written: Written, caller: Caller, reach: Reach, *, waits: bool) -> Ticket:
        """Refuses TICKET_NOT_FOUND, TICKET_CLOSED."""
        with self.database.work() as work:
            found = self.desk.held(work, identifier, reach)
            made = life.answered(found, work.now, caller.person, waits=waits)
            happened = Happened.TICKET_ANSWERED
            return self.desk.change(work, found, made, by=caller.key, written=written, happened=happened)

    def escalate(self, identifier: UUID, written: Written, caller: Caller, reach: Reach) -> Ticket:
        """Refuses TICKET_NOT_FOUND, TICKET_CLOSED, TICKET_AT_TOP."""
        with self.database.work() as work:
            return self.rise.rise(work, self.desk.held(work, identifier, reach), by=caller.key, written=written)

    def close(self, identifier: UUID, written: Written, caller: Caller, reach: Reach) -> Ticket:
        """Refuses TICKET_NOT_FOUND, TICKET_CLOSED, TICKET_NOT_ANSWERED, TICKET_ACTION_WAITS."""
        with self.database.work() as work:
            found = self.desk.held(work, identifier, reach)
            made = life.closed(found, work.now, caller.key)
            happened = Happened.TICKET_CLOSED
            return self.desk.change(work, found, made, by=caller.key, written=written, happened=happened)

    def reopen(self, identifier: UUID, written: Written, caller: Caller, reach: Reach) -> Ticket:
        """Refuses TICKET_NOT_FOUND, TICKET_OPEN."""
        with self.database.work() as work:
            found = self.desk.held(work, identifier, reach)
            made = life.reopened(found, work.now, self._promise(work, found))
            happened = Happened.TICKET_REOPENED
            return self.desk.change(work, found, made, by=caller.key, written=written, happened=happened)

    def rate(self, identifier: UUID, rating: int, written: Written, caller: Caller, reach: Reach) -> Ticket:
        """Refuses TICKET_NOT_FOUND, TICKET_OPEN, TICKET_RATED."""
        with self.database.work() as work:
            found = self.desk.held(work, identifier, reach)
            return self.desk.change(work, found, life.rated(found, rating), by=caller.key, written=written)

    def _promise(self, work: Work, ticket: Ticket) -> timedelta:
        return self.desk.policies.of_channel(work.connection, ticket.wish.channel).promise(ticket.wish.kind)


def _yours(made: Ticket, person: UUID) -> NoticeWish:
    due = f"{made.due_at or made.first_due_at:%Y-%m-%d %H:%M} UTC"
    return NoticeWish([person], TITLE, said(BODY, ticket=made.name, due=due), about=made.name)
