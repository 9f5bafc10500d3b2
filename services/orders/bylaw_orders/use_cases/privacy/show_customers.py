"""Shows customers masked, by name or by a number, and counts who searches (CUS-1)."""

from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.notices import have_told

from bylaw_orders.ports.customers import Asked, ById, CustomerRecords, Customers, PrivacyLog, RevealQuery
from bylaw_orders.rules.privacy.customer import Customer, Erasure
from bylaw_orders.rules.privacy.masking import on_label
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.rules.privacy.refusals import CustomerNotFound, SearchesTooMany
from bylaw_orders.rules.privacy.reveal import Reveal, Usual, search_alarms
from bylaw_orders.use_cases.finding import Finding
from bylaw_orders.use_cases.privacy.opening import recipient_of

BY_NUMBER_OR_NICK, BY_DIGITS = 1, 2


@dataclass(frozen=True, slots=True)
class ShowCustomers:
    """Whoever has an order within reach is within reach."""

    database: Database
    finding: Finding
    records: CustomerRecords
    customers: Customers
    log: PrivacyLog
    usual: Usual

    def one(self, identifier: UUID, reach: Reach) -> Customer:
        """Refuses CUSTOMER_NOT_FOUND."""
        with self.database.read() as connection:
            found = self.records.one(connection, identifier, reach, self.finding.today)
        if found is None:
            raise CustomerNotFound
        return found

    def found(self, asked: Asked, caller: Caller, reach: Reach) -> list[Customer]:
        """Refuses SEARCHES_TOO_MANY; the last that is allowed is told to whoever looks after the data."""
        most, kind = self.usual.searches_per_hour, BY_DIGITS if asked.digits else BY_NUMBER_OR_NICK
        with self.database.work() as work:
            count = self.log.search(work.connection, caller.key, kind, work.now)
            if count > most:
                raise SearchesTooMany(count=most)
            if count == most:
                for wish in search_alarms(caller.key, count):
                    have_told(work, wish)
            return self.records.found(work.connection, asked, reach, self.finding.today)

    def label(self, order: UUID, reach: Reach) -> tuple[str, Recipient]:
        """The order's number and what its label shows; refuses as the contract says."""
        with self.database.read() as connection:
            number = self.finding.order(connection, order, reach).number
            return number, on_label(recipient_of(self.customers, connection, order))

    def reveals(self, query: RevealQuery, reach: Reach, *, page: ById) -> list[Reveal]:
        """Reveals of orders within reach, newest first."""
        with self.database.read() as connection:
            return self.log.reveals(connection, query, reach, self.finding.today, page=page)

    def erasures(self, *, page: ById) -> list[Erasure]:
        """Erasures, newest first."""
        with self.database.read() as connection:
            return self.log.erasures(connection, page=page)
