"""Says anew how far orders are, from their facts, after something changed; the one writer of their axes (ORD-2)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Work

from bylaw_orders.events import order_changed
from bylaw_orders.ports.stores import ClaimStore, OrderStore
from bylaw_orders.ports.tickets import TicketsOfOrders
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.orders.standing import AfterSales, Fulfilment, payment
from bylaw_orders.rules.stocking.claim import Claim
from bylaw_orders.rules.stocking.reserved import restated

EVERYBODY, NO_DAY = Reach(everyone=True), date.min


class ParcelStages(Protocol):
    """How far parcels are."""

    def stages(self, connection: sa.Connection, orders: Collection[UUID]) -> dict[UUID, list[Fulfilment]]:
        """Of each order that has any, the stage of each parcel."""
        ...


@dataclass(frozen=True, slots=True)
class Restating:
    """Works within a unit of work that holds the locks of the orders."""

    orders: OrderStore
    claims: ClaimStore
    parcels: ParcelStages
    tickets: TicketsOfOrders

    def restate(self, work: Work, wanted: Collection[UUID]) -> dict[UUID, Placed]:
        """The orders as they stand now; those that stand otherwise than before are written and told."""
        connection = work.connection
        found = self.orders.find(connection, wanted, EVERYBODY, NO_DAY, lock=True)
        claims = self.claims.of_orders(connection, found)
        stages = self.parcels.stages(connection, found)
        after_sales = self.tickets.after_sales(connection, found)
        made = {
            order: self.stated(
                placed, claims.get(order, []), stages.get(order, []), after_sales.get(order, AfterSales.NONE)
            )
            for order, placed in found.items()
        }
        changed = {order: one for order, one in made.items() if one.standing != found[order].standing}
        self.orders.restate(connection, {order: one.standing for order, one in changed.items()})
        work.publish(*(order_changed(one) for one in changed.values()))
        return made

    def stages_of(self, connection: sa.Connection, order: UUID) -> list[Fulfilment]:
        """How far the parcels of an order are."""
        return self.parcels.stages(connection, [order]).get(order, [])

    def stated(
        self, placed: Placed, claims: list[Claim], stages: list[Fulfilment], after_sales: AfterSales | None = None
    ) -> Placed:
        """An order with its axes as its facts say; its revision counts where they changed.

        `after_sales`: as its tickets say; none: they did not change.
        """
        history = placed.standing.fulfilment is Fulfilment.NOTHING
        made = restated(placed, claims, history=history, parcels=stages)
        head = placed.head
        standing = replace(
            made.standing,
            payment=payment(head.total, head.paid, head.refunded),
            after_sales=placed.standing.after_sales if after_sales is None else after_sales,
        )
        if standing != placed.standing:
            standing = replace(standing, revision=standing.revision + 1)
        return replace(made, standing=standing)
