"""Looks at orders that are to be shipped together, or could be: whose they are and to whom they go (ORD-2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from bylaw_orders.ports.customers import Customers, RecipientUnreadable
from bylaw_orders.ports.merges import CandidateStore, TogetherStore
from bylaw_orders.ports.stores import ClaimStore
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.orders.together import Mergeable, warehouse_of
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.rules.stocking.claiming import ships
from bylaw_orders.use_cases.finding import Finding
from bylaw_orders.use_cases.orders.restating import EVERYBODY


@dataclass(frozen=True, slots=True)
class LookingAtOrders:
    """Recipients are compared in memory; nothing of them is answered."""

    finding: Finding
    customers: Customers
    merges: TogetherStore
    candidates: CandidateStore
    claims: ClaimStore

    def at(self, connection: sa.Connection, found: Mapping[UUID, Placed]) -> dict[UUID, Mergeable]:
        """Orders with all that says whether they can go together."""
        channels = {one: self.finding.channel(connection, one, EVERYBODY) for one in _channels(found)}
        groups = {one.standing.together for one in found.values() if one.standing.together}
        together = self.merges.together(connection, groups) if groups else {}
        whose, to = self.candidates.customers(connection, found), self._opened(connection, found)
        claims = self.claims.of_orders(connection, found)
        made = dict[UUID, Mergeable]()
        for identifier, placed in found.items():
            channel, group = channels[placed.channel], placed.standing.together
            goes = ships(channel, placed.head.kind, placed.seen.source_state)
            others = together[group] if group else ()
            of = (whose.get(identifier), to.get(identifier), others)
            made[identifier] = Mergeable(placed, goes, warehouse_of(claims.get(identifier, ()), channel), *of)
        return made

    def _opened(self, connection: sa.Connection, found: Mapping[UUID, Placed]) -> dict[UUID, Recipient | None]:
        """To whom they go; of what does not open each by itself, so that one that is damaged says nothing of others."""
        try:
            return self.customers.opened(connection, found)
        except RecipientUnreadable:
            return {one: self._opened_one(connection, one) for one in found}

    def _opened_one(self, connection: sa.Connection, order: UUID) -> Recipient | None:
        try:
            return self.customers.opened(connection, [order]).get(order)
        except RecipientUnreadable:
            return None


def _channels(found: Mapping[UUID, Placed]) -> list[UUID]:
    return sorted({placed.channel for placed in found.values()})
