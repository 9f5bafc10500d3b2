"""Has orders of one customer go in one parcel, and one of them by itself again (ORD-1, ORD-2)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.values import new_id

from bylaw_orders.events import order_changed
from bylaw_orders.ports.merges import TogetherStore
from bylaw_orders.ports.stores import OrderStore
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.orders.timeline import Event, Happened
from bylaw_orders.rules.orders.together import Mergeable, are_together, faults_of, missing_of, parted
from bylaw_orders.rules.refusals import OrderNotFound, OrderShipped, OrdersNotMerged
from bylaw_orders.use_cases.finding import Finding
from bylaw_orders.use_cases.merging.looking import LookingAtOrders
from bylaw_orders.use_cases.merging.tell_packers import have_packers_told


@dataclass(frozen=True, slots=True)
class MergeOrders:
    """The orders' rows are locked first, in the order of their ids: who comes second sees what the first made."""

    database: Database
    finding: Finding
    orders: OrderStore
    merges: TogetherStore
    looking: LookingAtOrders

    def merge(self, wanted: Sequence[UUID], reason: str, caller: Caller, reach: Reach) -> list[Placed]:
        """Refuses ORDER_NOT_FOUND and ORDERS_NOT_MERGED; in the order asked."""
        with self.database.work() as work:
            found = self.finding.orders_of(work.connection, wanted, reach, lock=True)
            if missing := missing_of(wanted, found):
                raise OrderNotFound(violations=missing)
            looked_at = self.looking.at(work.connection, found)
            faults = faults_of(wanted, looked_at)
            if faults:
                raise OrdersNotMerged(faults)
            if are_together(looked_at.values()):
                return [found[one] for one in wanted]
            made = self._joined(work, looked_at, reason, caller)
        return [made[one] for one in wanted]

    def apart(self, identifier: UUID, reason: str, caller: Caller, reach: Reach) -> Placed:
        """Refuses ORDER_NOT_FOUND and ORDER_SHIPPED; one that goes by itself stays so."""
        with self.database.work() as work:
            found = self.finding.order(work.connection, identifier, reach, lock=True)
            if found.standing.together is None:
                return found
            if any(line.issued for line in found.lines):
                raise OrderShipped(number=found.number)
            alone, events = parted(found, work.now, caller.key, apart=True)
            made = replace(alone, standing=replace(alone.standing, revision=found.standing.revision + 1))
            self.orders.rewrite(work.connection, made, replaced=None, at=work.now)
            self.orders.note(work.connection, [replace(event, reason=reason) for event in events])
            have_packers_told(work, [identifier], found.standing.together)
            work.publish(order_changed(made))
        return made

    def _joined(self, work: Work, found: dict[UUID, Mergeable], reason: str, caller: Caller) -> dict[UUID, Placed]:
        group, made = new_id(), dict[UUID, Placed]()
        for identifier, one in found.items():
            standing = replace(one.placed.standing, together=group, revision=one.placed.standing.revision + 1)
            made[identifier] = replace(one.placed, standing=standing)
        self.merges.join(work.connection, made, group)
        have_packers_told(work, made)
        data = (("orders", str(len(made))),)
        events = [Event(one, work.now, Happened.MERGED, caller.key, reason, data) for one in sorted(made)]
        self.orders.note(work.connection, events)
        work.publish(*(order_changed(made[one]) for one in sorted(made)))
        return made
