"""Shows which open orders could go together (ORD-2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database

from bylaw_orders.ports.merges import CandidateStore
from bylaw_orders.rules.orders.together import Mergeable, alike
from bylaw_orders.use_cases.finding import Finding
from bylaw_orders.use_cases.merging.looking import LookingAtOrders
from bylaw_orders.use_cases.orders.show_orders import Shown, ShowOrders

BATCH = 200
Place = tuple[UUID, UUID]
"""A customer, and the first of their orders that could go together."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Orders of a customer that could go together."""

    place: Place
    orders: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class ShowCandidates:
    """By customer: who has several open orders, and of these those to the same recipient."""

    database: Database
    finding: Finding
    looking: LookingAtOrders
    candidates: CandidateStore
    showing: ShowOrders

    def listed(self, channel: UUID | None, reach: Reach, *, page: tuple[Place | None, int]) -> list[Candidate]:
        """Refuses CHANNEL_NOT_FOUND."""
        after, limit = page
        with self.database.read() as connection:
            if channel:
                self.finding.channel(connection, channel, reach)
            found = list(islice(self._behind(connection, channel, reach, after), limit))
        shown = iter(self.showing.many([one.placed for _, group in found for one in group]))
        return [Candidate(place, tuple(next(shown) for _ in group)) for place, group in found]

    def _behind(
        self, connection: sa.Connection, channel: UUID | None, reach: Reach, after: Place | None
    ) -> Iterator[tuple[Place, list[Mergeable]]]:
        """What is behind a place, batch by batch."""
        first, seen = (after[0] if after else None), None
        while True:
            rows = self.candidates.candidates(connection, channel, reach, self.finding.today, page=(first, BATCH))
            new = [row for row in rows if row[0] != seen]
            ids = [order for _, orders in new for order in orders]
            looked_at = self.looking.at(connection, self.finding.orders_of(connection, ids, reach))
            for customer, orders in new:
                known = [looked_at[one] for one in orders if one in looked_at]
                places = [((customer, _first(group)), group) for group in alike(sorted(known, key=_placed))]
                yield from (one for one in sorted(places, key=_place) if after is None or one[0] > after)
            if len(rows) < BATCH:
                return
            first = seen = rows[-1][0]


def _place(found: tuple[Place, list[Mergeable]]) -> Place:
    return found[0]


def _first(group: list[Mergeable]) -> UUID:
    return min(one.placed.identifier for one in group)


def _placed(one: Mergeable) -> tuple[object, ...]:
    return one.placed.head.placed_at, one.placed.identifier
