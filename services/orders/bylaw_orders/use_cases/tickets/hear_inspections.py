"""Follows what became of goods that came back by a ticket's slip, once they were looked at (CUS-2, WHS-6)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from uuid import UUID

from bylaw_chassis.database import Work

from bylaw_orders.rules.following.heard import Heard, Inspected, Looked, Outcome
from bylaw_orders.rules.orders.timeline import Event, Happened
from bylaw_orders.rules.tickets.returning import inspected
from bylaw_orders.rules.tickets.ticket import Ticket
from bylaw_orders.use_cases.tickets.issue_slip import BY
from bylaw_orders.use_cases.tickets.ticket_desk import TicketDesk

HAPPENED: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.SALE: Happened.RETURN_RESOLD,
        Outcome.SCRAP: Happened.RETURN_SCRAPPED,
        Outcome.SUPPLIER: Happened.RETURN_TO_SUPPLIER,
    }
)


@dataclass(frozen=True, slots=True)
class HearInspections:
    """See `HearsStock`. A return with several slips counts for the first of them that is a ticket's."""

    desk: TicketDesk

    def hear(self, work: Work, told: Sequence[Heard]) -> None:
        """What became of goods by a slip of ours, or did not after all; others' slips change nothing."""
        looked = [one for one in told if isinstance(one, Looked)]
        known = self.desk.tickets.by_slips(work.connection, {slip for one in looked for slip in one.slips})
        if not known:
            return
        by_ticket = defaultdict[UUID, list[Looked]](list)
        for one in looked:
            if mine := [known[slip] for slip in one.slips if slip in known]:
                by_ticket[mine[0]].append(one)
        for found in self.desk.held_all(work, by_ticket):
            self._became(work, found, by_ticket[found.identifier])

    def _became(self, work: Work, found: Ticket, looked: Sequence[Looked]) -> None:
        order = found.wish.order
        assert order  # noqa: S101 - a ticket with a slip has one
        self.desk.orders.note(work.connection, [_event(one, order, found) for one in looked])
        self.desk.change(work, found, replace(found, lines=inspected(found.lines, looked)), by=BY)


def _event(one: Looked, order: UUID, found: Ticket) -> Event:
    happened = HAPPENED[one.outcome] if isinstance(one, Inspected) else Happened.INSPECTION_REVERSED
    return Event(order, one.at, happened, BY, data=(("movement", str(one.movement)), ("ticket", found.name)))
