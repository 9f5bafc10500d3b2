"""Mails an answer to the customer: the address is opened just for that, and kept nowhere (CUS-2, CUS-1)."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.database import Database
from bylaw_chassis.jobs import Lease, NotNow

from bylaw_orders.ports.couriers import Letter, Letters
from bylaw_orders.ports.customers import Customers, RecipientUnreadable
from bylaw_orders.ports.tickets import TicketStore, TicketTexts
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.orders.timeline import Event, Happened
from bylaw_orders.rules.tickets.answering import language_of, title_of
from bylaw_orders.rules.tickets.ticket import Message, Ticket
from bylaw_orders.use_cases.orders.restating import EVERYBODY, NO_DAY
from bylaw_orders.use_cases.tickets.ticket_desk import MAIL_ANSWER, TicketDesk

__all__ = ["MAIL_ANSWER", "MailAnswer"]
BY = "service:orders"
TRIED_FOR = timedelta(hours=36)
"""An answer that is older than this is told by hand."""


@dataclass(frozen=True, slots=True)
class MailAnswer:
    """The job of one answer. Whoever dies behind the sending sends it once more, under the same key."""

    database: Database
    desk: TicketDesk
    customers: Customers
    letters: Letters

    def __call__(self, lease: Lease) -> None:
        """Sends it where there is an order with an address; raises NotNow while no way takes it and it is news yet."""
        with self.database.read() as connection:
            found = self._found(connection, UUID(lease.key))
        if found is None:
            return
        message, ticket, placed, address = found
        if not self._is_sent(message, placed, address, lease.key):
            return
        with self.database.work() as work:
            lease.hold(work.connection)
            data = (("ticket", ticket.name),)
            told = Event(placed.identifier, work.now, Happened.CUSTOMER_TOLD, BY, data=data)
            self.desk.orders.note(work.connection, [told])

    def _found(self, connection: sa.Connection, identifier: UUID) -> tuple[Message, Ticket, Placed, str] | None:
        """The answer, its ticket, its order, and the address; nothing where one of them is not there."""
        texts: TicketTexts = self.desk.texts
        tickets: TicketStore = self.desk.tickets
        try:
            message = texts.one(connection, identifier)
            ticket = tickets.find(connection, message.ticket, EVERYBODY, NO_DAY) if message else None
            order = ticket.wish.order if ticket else None
            if message is None or ticket is None or order is None or not message.text:
                return None
            to = self.customers.opened(connection, [order]).get(order)
        except RecipientUnreadable:
            return None
        if to is None or not to.email:
            return None
        return message, ticket, self.desk.orders.find(connection, [order], EVERYBODY, NO_DAY)[order], to.email

    def _is_sent(self, message: Message, placed: Placed, address: str, key: str) -> bool:
        text, now = message.text or "", self.database.clock()
        language = language_of(text)
        letter = Letter(key, language, title_of(placed.number, language), text, now, address)
        outcome = self.letters.send(letter)
        if outcome.reason and not outcome.for_good and now - message.at < TRIED_FOR:
            raise NotNow(outcome.reason)
        return not outcome.reason
