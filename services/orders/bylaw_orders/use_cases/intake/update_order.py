"""Makes a newer version of an order the one that counts; the former stays on record (ORD-1)."""

from dataclasses import dataclass, replace
from uuid import UUID

from bylaw_chassis.database import Database, Work

from bylaw_orders.events import order_changed
from bylaw_orders.ports.customers import Customers
from bylaw_orders.ports.stores import ClaimStore, OrderStore
from bylaw_orders.rules.channels.channel import Channel
from bylaw_orders.rules.orders.drafting import Came, claim_of
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.orders.to_whom import to_whom
from bylaw_orders.rules.orders.timeline import Event, Happened
from bylaw_orders.rules.orders.updating import Updated, updated
from bylaw_orders.rules.orders.versions import Seen, Version, compared
from bylaw_orders.rules.stocking.claim import ClaimState, Wanted
from bylaw_orders.use_cases.orders.restating import EVERYBODY, NO_DAY, Restating

HOLDING = {ClaimState.ASKED, ClaimState.HELD, ClaimState.CONFIRMED, ClaimState.SHORT}


@dataclass(frozen=True, slots=True)
class UpdateOrder:
    """The order's row is locked first; whoever comes second compares with what the first made of it."""

    database: Database
    orders: OrderStore
    claims: ClaimStore
    customers: Customers
    restating: Restating

    def update(self, order: UUID, came: Came) -> Placed:
        """Refuses ORDER_SHIPPED. A version that is not the newest any more changes nothing."""
        with self.database.work() as work:
            kept = self.orders.find(work.connection, [order], EVERYBODY, NO_DAY, lock=True)[order]
            seen = Seen(came.wish.source_at, came.wish.source_state, came.digest)
            if compared(kept.seen, seen) is not Version.NEWER:
                return kept
            change = updated(kept, replace(came, at=work.now))
            made = self.write(work, kept, change, channel=came.channel)
            ready = self.customers.prepared(work.connection, [to_whom(came.wish, came.channel)])
            self.customers.write(work.connection, [(order, one) for one in ready if one], work.now)
            return made

    def write(self, work: Work, kept: Placed, change: Updated, *, channel: Channel) -> Placed:
        """Writes what changed: the order with its former version, its holds, what it claims, its timeline."""
        connection, placed = work.connection, change.placed
        if change.claims_anew:
            self.claims.unwant(connection, [placed.identifier], work.now)
        events = list(change.events)
        claims = self.claims.of_orders(connection, [placed.identifier]).get(placed.identifier, [])
        live = any(one.wanted is Wanted.HELD and one.state in HOLDING for one in claims)
        claim = claim_of(placed, channel) if change.wants_stock and not live else None
        if claim:
            placed = replace(placed, standing=replace(placed.standing, rounds=claim.round))
            events.append(Event(placed.identifier, work.now, Happened.STOCK_ASKED, change.events[0].actor))
        placed = self.restating.stated(placed, claims, self.restating.stages_of(connection, placed.identifier))
        self.orders.rewrite(connection, placed, replaced=kept, at=work.now)
        self.orders.open_holds(connection, change.new_holds)
        ended = [hold.identifier for hold in change.ended_holds]
        by = change.events[0].actor
        self.orders.end_holds(connection, ended, at=work.now, by=by, why="")
        if claim:
            self.claims.add(connection, [claim], due=work.now, now=work.now)
        self.orders.note(connection, events)
        work.publish(order_changed(placed))
        return placed
