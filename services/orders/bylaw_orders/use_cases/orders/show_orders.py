"""Shows orders, and what happened to them; of whom they go to what is masked (CUS-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database
from bylaw_chassis.refusals import Refusal

from bylaw_orders.ports.customers import Customers
from bylaw_orders.ports.stores import ByInstant, ClaimStore, OrderStore
from bylaw_orders.rules.orders.placed import OrderQuery, Placed
from bylaw_orders.rules.orders.timeline import NumberedEvent
from bylaw_orders.rules.privacy.masking import MaskedRecipient
from bylaw_orders.rules.refusals import OrderNotFound
from bylaw_orders.rules.stocking.claim import Claim
from bylaw_orders.use_cases.finding import Finding


@dataclass(frozen=True, slots=True)
class Shown:
    """An order with what of its recipient is shown, what it claims of the stock, and which others go in its parcel."""

    placed: Placed
    to: MaskedRecipient | None
    claims: tuple[Claim, ...]
    shipped_with: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowOrders:
    """What is out of reach is answered like what there is not."""

    database: Database
    finding: Finding
    orders: OrderStore
    claims: ClaimStore
    customers: Customers

    def one(self, identifier: UUID, reach: Reach) -> Shown:
        """Refuses ORDER_NOT_FOUND."""
        found, to, claims, beside = self.database.look(
            self.orders.asked(identifier, reach, self.finding.today),
            self.customers.masking(identifier),
            self.claims.asked(identifier),
            self.orders.beside(identifier),
        )
        if found is None:
            raise OrderNotFound
        return Shown(found, to, tuple(claims), beside)

    def of(self, placed: Placed, claims: tuple[Claim, ...] | None = None) -> Shown:
        """An order that was just written, with the claims that are written with the commit."""
        with self.database.read() as connection:
            if claims is None:
                return self._shown(connection, [placed])[0]
            masked = self.customers.masked(connection, [placed.identifier])
            return Shown(placed, masked.get(placed.identifier), claims)

    def released(self, made: Sequence[Placed | Refusal]) -> list[Shown | Refusal]:
        """Those that were released as they are shown, and why the others were not, in the order given."""
        shown = iter(self.many([one for one in made if isinstance(one, Placed)]))
        return [next(shown) if isinstance(one, Placed) else one for one in made]

    def many(self, placed: Sequence[Placed]) -> list[Shown]:
        """Orders that were just written, in the order given."""
        with self.database.read() as connection:
            return self._shown(connection, placed)

    def listed(self, query: OrderQuery, reach: Reach, *, page: ByInstant) -> list[Shown]:
        """Refuses CHANNEL_NOT_FOUND."""
        with self.database.read() as connection:
            if query.channel:
                self.finding.channel(connection, query.channel, reach)
            found = self.orders.listed(connection, query, reach, self.finding.today, page=page)
            return self._shown(connection, found)

    def claims_of(self, identifier: UUID, reach: Reach, *, page: tuple[int | None, int]) -> list[Claim]:
        """What an order claims and has claimed, by round; refuses ORDER_NOT_FOUND."""
        after, limit = page
        return [one for one in self.one(identifier, reach).claims if one.round > (after or 0)][:limit]

    def events(self, identifier: UUID, reach: Reach, *, page: tuple[int | None, int]) -> list[NumberedEvent]:
        """Refuses ORDER_NOT_FOUND."""
        with self.database.read() as connection:
            self.finding.order(connection, identifier, reach)
            return self.orders.events(connection, identifier, page=page)

    def _shown(self, connection: sa.Connection, found: Sequence[Placed]) -> list[Shown]:
        ids = [one.identifier for one in found]
        masked, claims = self.customers.masked(connection, ids), self.claims.of_orders(connection, ids)
        groups = {one.standing.together for one in found if one.standing.together}
        together = self.orders.together(connection, groups) if groups else {}
        return [
            Shown(one, masked.get(one.identifier), tuple(claims.get(one.identifier, ())), _others(one, together))
            for one in found
        ]


def _others(placed: Placed, together: Mapping[UUID, Sequence[UUID]]) -> tuple[UUID, ...]:
    group = placed.standing.together
    return tuple(one for one in together.get(group, ()) if one != placed.identifier) if group else ()
