"""Has an order go to somebody, and tells whether that is somebody else (CUS-1, ORD-2)."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.database import Work

from bylaw_orders.ports.customers import CustomerMadeMeanwhile, Customers, RecipientUnreadable
from bylaw_orders.rules.orders.together import same_recipient
from bylaw_orders.rules.privacy.recipient import Recipient

TRIES = 5


@dataclass(frozen=True, slots=True)
class Readdressing:
    """To whom orders go that are on record and locked."""

    customers: Customers

    def elsewhere(self, connection: sa.Connection, order: UUID, to: Recipient) -> bool:
        """Whether that is another recipient than now, or another customer; what cannot be read is another."""
        try:
            before = self.customers.opened(connection, [order]).get(order)
        except RecipientUnreadable:
            return True
        if not same_recipient(before, to):
            return True
        (ready,) = self.customers.prepared(connection, [to])
        return ready is None or self.customers.customer_of(connection, order) != ready.customer

    def write(self, work: Work, order: UUID, to: Recipient) -> None:
        """Puts it on record; a customer whom another transaction made meanwhile is taken as they are."""
        for left in reversed(range(TRIES)):
            ready = self.customers.prepared(work.connection, [to])
            try:
                self.customers.write(work.connection, [(order, one) for one in ready if one], work.now)
            except CustomerMadeMeanwhile:
                if not left:
                    raise
            else:
                return
