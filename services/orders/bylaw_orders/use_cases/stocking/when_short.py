"""What follows for orders whose claims came out short, in part, or were lost in the warehouse (ORD-1, WHS-3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bylaw_chassis.database import Work

from bylaw_orders.ports.stores import ChannelStore, ClaimStore, OrderStore
from bylaw_orders.rules.orders.hold import Finding, held
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.orders.timeline import Event, Happened
from bylaw_orders.rules.orders.together import parted
from bylaw_orders.rules.stocking.claim import SHORT_PAUSE, Claim, ClaimState, Wanted
from bylaw_orders.rules.stocking.reserved import remainder, when_short
from bylaw_orders.use_cases.merging.tell_packers import have_packers_told
from bylaw_orders.use_cases.orders.restating import EVERYBODY, NO_DAY

LOST = Finding(
    "STOCK_LOST",
    "ORD-1",
    "仓库已取消该订单的预留；查明原因后放行以重新预留，或取消订单",
    "the warehouse let go what was reserved for it; find out why, then release it to reserve anew, or cancel it",
)


@dataclass(frozen=True, slots=True)
class WhenShort:
    """Works within a unit of work that holds the locks of the orders."""

    channels: ChannelStore
    orders: OrderStore
    claims: ClaimStore

    def follow(self, work: Work, claims: Sequence[Claim]) -> None:
        """By the channel's policy: what is short waits, is held or cancelled; what is lost is held for a person."""
        wanted = [claim for claim in claims if claim.wanted is Wanted.HELD]
        self._claim_rest(work, [claim for claim in wanted if claim.state is ClaimState.HELD])
        hit = {claim.order: claim for claim in wanted if claim.state in {ClaimState.SHORT, ClaimState.LOST}}
        if not hit:
            return
        for order, placed in self.orders.find(work.connection, hit, EVERYBODY, NO_DAY).items():
            now = replace(placed, created_at=work.now, created_by="service:orders")
            made, events = self._followed(work, now, hit[order])
            if made == now:
                continue
            made, alone = parted(made, work.now, now.created_by)
            made = replace(made, created_at=placed.created_at, created_by=placed.created_by)
            self.orders.rewrite(work.connection, made, replaced=None, at=work.now)
            self.orders.open_holds(work.connection, [hold for hold in made.holds if hold not in placed.holds])
            self.claims.unwant(work.connection, [order], work.now)
            self.orders.note(work.connection, [*events, *alone])
            if alone:
                have_packers_told(work, [order], placed.standing.together)

    def _followed(self, work: Work, placed: Placed, claim: Claim) -> tuple[Placed, list[Event]]:
        if claim.state is ClaimState.LOST:
            if any(hold.finding.check == LOST.check for hold in placed.holds):
                return placed, []
            holds = held(placed.identifier, (LOST,), work.now)
            noted = Event(placed.identifier, work.now, Happened.HELD, placed.created_by, data=(("checks", LOST.check),))
            return replace(placed, holds=(*placed.holds, *holds)), [noted]
        channel = self.channels.find(work.connection, placed.channel, EVERYBODY, NO_DAY)
        if channel is None or claim.tries or placed.standing.cancelled_at or placed.holds:
            return placed, []
        return when_short(placed, channel)

    def _claim_rest(self, work: Work, claims: Sequence[Claim]) -> None:
        """What partial claims left open is claimed in rounds of their own, which wait."""
        for claim in claims:
            if not remainder(claim, 0):
                continue
            placed = self.orders.find(work.connection, [claim.order], EVERYBODY, NO_DAY)[claim.order]
            rest = remainder(claim, placed.standing.rounds + 1)
            if rest:
                made = replace(placed, standing=replace(placed.standing, rounds=rest.round))
                self.orders.rewrite(work.connection, made, replaced=None, at=work.now)
                self.claims.add(work.connection, [rest], due=work.now + SHORT_PAUSE, now=work.now)
