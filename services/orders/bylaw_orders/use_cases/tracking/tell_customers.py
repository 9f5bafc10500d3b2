"""Tells a customer of a step of their parcel: the address is opened just for that, and kept nowhere (ORD-2, CUS-1)."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.database import Database
from bylaw_chassis.jobs import Lease, NotNow

from bylaw_orders.ports.couriers import Letter, LetterOutcome, Letters
from bylaw_orders.ports.customers import Customers, RecipientUnreadable
from bylaw_orders.ports.parcels import MessageStore, Outgoing
from bylaw_orders.ports.stores import OrderStore
from bylaw_orders.rules.orders.timeline import Event, Happened
from bylaw_orders.rules.tracking.messages import Step, message

TELL_CUSTOMER = "tell-customer"
BY = "service:orders"
TRIED_FOR = timedelta(hours=36)
"""A message that is older than this is news to nobody."""
SENT, NO_ADDRESS, UNREADABLE = "SENT", "NO_ADDRESS", "ADDRESS_UNREADABLE"


def told_key(parcel: UUID, step: Step) -> str:
    """The key of the job that tells of a step."""
    return f"{parcel}.{int(step)}"


@dataclass(frozen=True, slots=True)
class TellCustomers:
    """The job of one message. Whoever dies behind the sending sends it once more, under the same key."""

    database: Database
    messages: MessageStore
    customers: Customers
    orders: OrderStore
    letters: Letters

    def __call__(self, lease: Lease) -> None:
        """Sends what is still wanted; raises NotNow while no way takes it and it is news yet."""
        parcel, _, step = lease.key.partition(".")
        with self.database.read() as connection:
            outgoing = self.messages.outgoing(connection, UUID(parcel), Step(int(step)))
            address = self._address(connection, outgoing) if outgoing else ""
        if outgoing is None:
            return
        outcome = address if address in {NO_ADDRESS, UNREADABLE} else self._sent(outgoing, address)
        with self.database.work() as work:
            lease.hold(work.connection)
            self.orders.lock(work.connection, [outgoing.parcel.order])
            self.messages.end(work.connection, outgoing.parcel.identifier, outgoing.step, outcome=outcome, now=work.now)
            if outcome == SENT:
                data = (("parcel", str(outgoing.parcel.identifier)), ("step", outgoing.step.name))
                self.orders.note(
                    work.connection, [Event(outgoing.parcel.order, work.now, Happened.CUSTOMER_TOLD, BY, data=data)]
                )

    def _address(self, connection: sa.Connection, outgoing: Outgoing) -> str:
        order = outgoing.parcel.order
        try:
            to = self.customers.opened(connection, [order]).get(order)
        except RecipientUnreadable:
            return UNREADABLE
        return to.email if to and to.email else NO_ADDRESS

    def _sent(self, outgoing: Outgoing, address: str) -> str:
        parcel, now = outgoing.parcel, self.database.clock()
        title, body = message(
            outgoing.step,
            language=outgoing.language,
            number=outgoing.number,
            shop=outgoing.shop,
            parcel=(parcel.carrier, parcel.waybill),
        )
        key = told_key(parcel.identifier, outgoing.step)
        outcome: LetterOutcome = self.letters.send(Letter(key, outgoing.language, title, body, now, address))
        if outcome.reason and not outcome.for_good and now - outgoing.wanted_at < TRIED_FOR:
            raise NotNow(outcome.reason)
        return outcome.reason or SENT
