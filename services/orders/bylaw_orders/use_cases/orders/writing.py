"""Writes what became of an order: its former version, its holds, what it claims of the stock, its timeline (ORD-1)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bylaw_chassis.database import Work

from bylaw_orders.events import order_changed
from bylaw_orders.ports.stores import ClaimStore, OrderStore
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.orders.timeline import Event, Happened
from bylaw_orders.rules.orders.together import parted
from bylaw_orders.rules.orders.updating import Updated
from bylaw_orders.rules.stocking.claim import Claim
from bylaw_orders.rules.stocking.claiming import Wish, claims_of
from bylaw_orders.use_cases.merging.tell_packers import have_packers_told
from bylaw_orders.use_cases.orders.restating import Restating


@dataclass(frozen=True, slots=True)
class Writing:
    """Works within a unit of work that holds the order's lock."""

    orders: OrderStore
    claims: ClaimStore
    restating: Restating

    def write(
        self, work: Work, kept: Placed, change: Updated, *, wishes: Sequence[Wish], why: str = "", apart: bool = False
    ) -> Placed:
        """The order as it stands now. `wishes`: what it claims where it wants stock and nothing is claimed for it.

        `apart`: whatever it went with, it goes by itself now.
        """
        connection, by = work.connection, change.events[0].actor
        placed, alone = parted(change.placed, work.now, by, apart=apart)
        if change.claims_anew:
            self.claims.unwant(connection, [placed.identifier], work.now)
        events = [*change.events, *alone]
        if alone:
            have_packers_told(work, [placed.identifier], change.placed.standing.together)
        claims = self.claims.of_orders(connection, [placed.identifier]).get(placed.identifier, [])
        new = list[Claim]()
        if change.wants_stock and not any(claim.live for claim in claims):
            new = claims_of(placed, wishes)
        if new:
            placed = replace(placed, standing=replace(placed.standing, rounds=new[-1].round))
            events.append(Event(placed.identifier, work.now, Happened.STOCK_ASKED, by))
        placed = self.restating.stated(placed, claims, self.restating.stages_of(connection, placed.identifier))
        self.orders.rewrite(connection, placed, replaced=kept, at=work.now)
        self.orders.open_holds(connection, change.new_holds)
        ended = [hold.identifier for hold in change.ended_holds]
        self.orders.end_holds(connection, ended, at=work.now, by=by, why=why)
        self.claims.add(connection, new, due=work.now, now=work.now)
        self.orders.note(connection, events)
        work.publish(order_changed(placed))
        return placed
