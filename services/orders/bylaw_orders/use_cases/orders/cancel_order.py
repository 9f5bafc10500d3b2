"""Cancels what of an order has not left: its goods are free again, once in effect, whatever dies when (ORD-1)."""

from dataclasses import dataclass, replace
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database

from bylaw_orders.events import order_changed
from bylaw_orders.ports.stores import ClaimStore, OrderStore
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.orders.timeline import Event, Happened
from bylaw_orders.rules.orders.together import parted
from bylaw_orders.rules.orders.updating import cancelled_lines
from bylaw_orders.rules.refusals import OrderShipped
from bylaw_orders.use_cases.finding import Finding
from bylaw_orders.use_cases.merging.tell_packers import have_packers_told
from bylaw_orders.use_cases.orders.restating import Restating


@dataclass(frozen=True, slots=True)
class CancelOrder:
    """What it claimed of the stock is given back behind the answer, by whoever works on claims."""

    database: Database
    finding: Finding
    orders: OrderStore
    claims: ClaimStore
    restating: Restating

    def cancel(self, identifier: UUID, reason: str, caller: Caller, reach: Reach) -> Placed:
        """Refuses ORDER_NOT_FOUND and ORDER_SHIPPED; cancelled before, it stays so."""
        with self.database.work() as work:
            connection = work.connection
            found = self.finding.order(connection, identifier, reach, lock=True)
            if found.standing.cancelled_at:
                return found
            if any(line.issued for line in found.lines) and all(line.left <= 0 for line in found.lines):
                raise OrderShipped(number=found.number)
            self.claims.unwant(connection, [identifier], work.now)
            standing = replace(found.standing, cancelled_at=work.now, revision=found.standing.revision + 1)
            made = replace(found, lines=cancelled_lines(found.lines), standing=standing, holds=())
            made, alone = parted(made, work.now, caller.key)
            claims = self.claims.of_orders(connection, [identifier]).get(identifier, [])
            made = self.restating.stated(made, claims, self.restating.stages_of(connection, identifier))
            self.orders.rewrite(connection, made, replaced=None, at=work.now)
            holds = [hold.identifier for hold in found.holds]
            self.orders.end_holds(connection, holds, at=work.now, by=caller.key, why=reason)
            cancelled = Event(identifier, work.now, Happened.CANCELLED, caller.key, reason)
            self.orders.note(connection, [cancelled, *alone])
            if alone:
                have_packers_told(work, [identifier], found.standing.together)
            work.publish(order_changed(made))
        return made
