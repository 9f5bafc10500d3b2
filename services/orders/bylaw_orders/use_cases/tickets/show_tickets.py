"""Shows tickets and what they move; what was written is shown with numbers and addresses masked (CUS-1, CUS-2)."""

from dataclasses import dataclass, replace
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database

from bylaw_orders.ports.customers import RecipientUnreadable
from bylaw_orders.ports.tickets import ActionQuery, ActionStore, ById, TicketStore, TicketTexts
from bylaw_orders.rules.privacy.scrubbing import scrubbed
from bylaw_orders.rules.tickets.action import Action
from bylaw_orders.rules.tickets.refusals import TicketActionNotFound, TicketDamaged, TicketNotFound
from bylaw_orders.rules.tickets.ticket import Message, Ticket, TicketQuery
from bylaw_orders.use_cases.finding import Finding


@dataclass(frozen=True, slots=True)
class ShowTickets:
    """What is out of reach is answered like what there is not."""

    database: Database
    finding: Finding
    tickets: TicketStore
    actions: ActionStore
    texts: TicketTexts

    def one(self, identifier: UUID, reach: Reach) -> Ticket:
        """Refuses TICKET_NOT_FOUND."""
        with self.database.read() as connection:
            found = self.tickets.find(connection, identifier, reach, self.finding.today)
        if found is None:
            raise TicketNotFound
        return found

    def listed(self, query: TicketQuery, reach: Reach, *, page: ById) -> list[Ticket]:
        """Refuses CHANNEL_NOT_FOUND."""
        with self.database.read() as connection:
            if query.channel:
                self.finding.channel(connection, query.channel, reach)
            return self.tickets.listed(connection, query, reach, self.finding.today, page=page)

    def messages(self, identifier: UUID, reach: Reach, *, page: ById) -> list[Message]:
        """Refuses TICKET_NOT_FOUND, TICKET_DAMAGED."""
        with self.database.read() as connection:
            if self.tickets.find(connection, identifier, reach, self.finding.today) is None:
                raise TicketNotFound
            try:
                found = self.texts.listed(connection, identifier, page=page)
            except RecipientUnreadable:
                raise TicketDamaged from None
        return [_masked(one) for one in found]

    def action(self, identifier: UUID, reach: Reach) -> Action:
        """Refuses TICKET_ACTION_NOT_FOUND."""
        with self.database.read() as connection:
            found = self.actions.find(connection, identifier, reach, self.finding.today)
        if found is None:
            raise TicketActionNotFound
        return found

    def page_of_actions(self, query: ActionQuery, reach: Reach, *, page: ById) -> list[Action]:
        """Actions within reach, newest first."""
        with self.database.read() as connection:
            return self.actions.listed(connection, query, reach, self.finding.today, page=page)


def _masked(one: Message) -> Message:
    if one.text is None:
        return one
    return replace(one, subject=scrubbed(one.subject), text=scrubbed(one.text))
