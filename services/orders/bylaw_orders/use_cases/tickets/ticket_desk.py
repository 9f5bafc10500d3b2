"""Where tickets are worked on: under their locks, what was written sealed, all told with the commit (CUS-2)."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Work
from bylaw_chassis.jobs import enqueue

from bylaw_orders.events import ticket_changed
from bylaw_orders.ports.stores import OrderStore
from bylaw_orders.ports.tickets import PolicyStore, TicketStore, TicketTexts
from bylaw_orders.rules.orders.timeline import Event
from bylaw_orders.rules.tickets.refusals import TicketNotFound
from bylaw_orders.rules.tickets.ticket import MessageKind, Ticket, Written
from bylaw_orders.use_cases.finding import Finding
from bylaw_orders.use_cases.orders.restating import EVERYBODY, Restating

MAIL_ANSWER = "mail-answer"
"""The job that mails an answer."""


@dataclass(frozen=True, slots=True)
class TicketDesk:
    """The order is locked before its ticket, so that an order's axes and its tickets never disagree."""

    finding: Finding
    tickets: TicketStore
    texts: TicketTexts
    policies: PolicyStore
    orders: OrderStore
    restating: Restating

    def held(self, work: Work, identifier: UUID, reach: Reach = EVERYBODY) -> Ticket:
        """A ticket, locked until the transaction ends; refuses TICKET_NOT_FOUND."""
        order = self.tickets.order_of(work.connection, identifier)
        if order:
            self.orders.lock(work.connection, [order])
        found = self.tickets.find(work.connection, identifier, reach, self.finding.today, lock=True)
        if found is None:
            raise TicketNotFound
        work.concerns(found.name)
        return found

    def held_all(self, work: Work, wanted: Collection[UUID]) -> list[Ticket]:
        """Tickets, with their orders locked first, in the order of their ids."""
        self.orders.lock(work.connection, self.tickets.orders_of(work.connection, wanted))
        return [self.held(work, identifier) for identifier in sorted(wanted)]

    def add(self, work: Work, made: Ticket, written: Written, happened: str) -> None:
        """Puts a new ticket on record."""
        self.tickets.add(work.connection, made)
        work.concerns(made.name)
        self._say(work, made, written, made.created_by)
        self._tell(work, made, happened, made.created_by, restates=True)

    def change(
        self, work: Work, before: Ticket, made: Ticket, *, by: str, written: Written | None = None, happened: str = ""
    ) -> Ticket:
        """Writes what became of a ticket, what was written, and what its order's timeline says of it."""
        self.tickets.write(work.connection, made)
        if made.lines != before.lines:
            self.tickets.put_lines(work.connection, made)
        if written:
            self._say(work, made, written, by)
        self._tell(work, made, happened, by, restates=(made.closed_at is None) != (before.closed_at is None))
        return made

    def _say(self, work: Work, made: Ticket, written: Written, by: str) -> None:
        """Keeps what was written; an answer about an order is mailed behind the commit, where there is an address."""
        if not (written.text or written.subject):
            return
        said = self.texts.add(work.connection, made.identifier, made.customer, written, by=by, now=work.now)
        if written.kind is MessageKind.ANSWER and made.wish.order:
            enqueue(work.connection, MAIL_ANSWER, str(said), b"")

    def _tell(self, work: Work, made: Ticket, happened: str, by: str, *, restates: bool) -> None:
        order = made.wish.order
        if order and happened:
            self.orders.note(work.connection, [Event(order, work.now, happened, by, data=(("ticket", made.name),))])
        if order and restates:
            self.restating.restate(work, [order])
        work.publish(ticket_changed(made, work.now))
