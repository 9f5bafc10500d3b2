"""Takes a ticket with the promise of an answer (CUS-2)."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.values import new_id

from bylaw_orders.rules.orders.timeline import Happened
from bylaw_orders.rules.tickets.refusals import OrderOfAnotherChannel, TicketNeedsOrder
from bylaw_orders.rules.tickets.ticket import ABOUT_AN_ORDER, Ticket, TicketWish, Written
from bylaw_orders.use_cases.tickets.ticket_desk import TicketDesk
from bylaw_orders.use_cases.tickets.ticket_forms import TicketAsked


@dataclass(frozen=True, slots=True)
class TakeTicket:
    """A ticket about an order is of the order's channel and customer."""

    database: Database
    desk: TicketDesk

    def take(self, asked: TicketAsked, written: Written, caller: Caller, reach: Reach) -> Ticket:
        """Refuses as the contract says."""
        with self.database.work() as work:
            wish = self._wish(work.connection, asked, reach)
            policy = self.desk.policies.of_channel(work.connection, wish.channel)
            due = work.now + policy.promise(wish.kind)
            customer = self.desk.texts.customer_of(work.connection, wish.order, work.now)
            made = Ticket(new_id(), wish, customer, work.now, caller.key, first_due_at=due, due_at=due)
            self.desk.add(work, made, written, Happened.TICKET_TAKEN)
        return made

    def _wish(self, connection: sa.Connection, asked: TicketAsked, reach: Reach) -> TicketWish:
        if asked.order is None:
            if asked.kind in ABOUT_AN_ORDER:
                raise TicketNeedsOrder
            return TicketWish(self._channel(connection, asked.channel, reach), None, asked.kind, asked.category)
        order = self.desk.finding.order(connection, asked.order, reach, lock=True)
        if asked.channel and asked.channel != order.channel:
            raise OrderOfAnotherChannel
        return TicketWish(order.channel, asked.order, asked.kind, asked.category)

    def _channel(self, connection: sa.Connection, channel: UUID | None, reach: Reach) -> UUID:
        assert channel  # noqa: S101 - the form has one or an order
        return self.desk.finding.channel(connection, channel, reach).identifier
