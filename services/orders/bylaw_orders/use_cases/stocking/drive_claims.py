"""Brings claims to what orders want of them: reserves, confirms, releases, in batches, until each is at rest (ORD-1).

A claim is leased in one transaction, inventory is asked while none is open, and what it answered is written in another.
Whoever dies between leaves a lease that ends: the same step comes again, and inventory answers it as it did.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from bylaw_chassis.call import in_call
from bylaw_chassis.database import Database, Work
from bylaw_chassis.jobs import Lease
from bylaw_chassis.refusals import Refusal

from bylaw_orders.ports.stock import StockDesk
from bylaw_orders.ports.stores import ClaimStore, OrderStore
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.orders.timeline import Event
from bylaw_orders.rules.stocking.answer import Answer, settled, unanswered
from bylaw_orders.rules.stocking.claim import Claim, ClaimState, Settled, Step, next_step
from bylaw_orders.rules.stocking.reserved import happened
from bylaw_orders.use_cases.merging.tell_packers import have_packers_told
from bylaw_orders.use_cases.orders.restating import Restating
from bylaw_orders.use_cases.stocking.when_short import WhenShort

BATCH, LEASE = 100, timedelta(seconds=30)
BY = "service:orders"


@dataclass(frozen=True, slots=True)
class DriveClaims:
    """The timer."""

    database: Database
    orders: OrderStore
    claims: ClaimStore
    desk: StockDesk
    restating: Restating
    when_short: WhenShort

    def __call__(self, lease: Lease | None = None) -> None:  # noqa: ARG002
        """Until nothing is due but what may be gathered until the next time."""
        with in_call(None):
            while self.some():
                pass

    def some(self) -> bool:
        """A batch; says whether to go on at once: with more of them, or with the next step of these.

        What comes while a few are confirmed is confirmed the next time, all in one go.
        """
        with self.database.work() as work:
            leased = self.claims.lease(work.connection, work.now, work.now + LEASE, BATCH)
        by_step: dict[Step | None, list[Claim]] = {}
        for claim in leased:
            by_step.setdefault(next_step(claim.wanted, claim.state), []).append(claim)
        for step in (None, Step.RELEASE, Step.CONFIRM, Step.RESERVE):
            if step in by_step:
                self._step(step, by_step[step])
        return len(leased) == BATCH or not by_step.keys() <= {Step.CONFIRM}

    def _step(self, step: Step | None, claims: Sequence[Claim]) -> None:
        if step is None:
            self._write([(claim, Settled(claim.state, reserved=claim.reserved)) for claim in claims])
            return
        do: dict[Step, Callable[[Sequence[Claim]], Mapping[UUID, Answer]]] = {
            Step.RESERVE: self.desk.reserve,
            Step.CONFIRM: self.desk.confirm,
            Step.RELEASE: self.desk.release,
        }
        now = self.database.clock()
        try:
            answers = do[step](claims)
        except Refusal:
            self._write([(claim, unanswered(claim, now)) for claim in claims])
            return
        self._write([(claim, settled(claim, step, answers[claim.reservation], now)) for claim in claims])

    def _write(self, came_to: Sequence[tuple[Claim, Settled]]) -> None:
        """Writes where claims stand, then what follows for their orders, in one transaction, orders locked first."""
        with self.database.work() as work:
            changed = [(claim, to) for claim, to in came_to if claim.state is not to.state]
            orders = sorted({claim.order for claim, _ in changed})
            if orders:
                self.orders.lock(work.connection, orders)
            self.claims.settle(work.connection, came_to, work.now)
            self._note(work, changed)
            given_back = [claim for claim, to in changed if to.state is ClaimState.RELEASED]
            self.claims.wake(work.connection, {item for claim in given_back for item in claim.lines}, work.now)
            self.when_short.follow(work, [replace(one, state=to.state, reserved=to.reserved) for one, to in changed])
            made = self.restating.restate(work, orders)
            self._have_packed_together(
                work, made, {claim.order for claim, to in changed if to.state is ClaimState.HELD}
            )

    def _have_packed_together(self, work: Work, made: Mapping[UUID, Placed], held: Collection[UUID]) -> None:
        """Tells those who pack of what is held newly for orders that go with others."""
        told = [one for one in sorted(held) if made[one].standing.together]
        if told:
            have_packers_told(work, told)

    def _note(self, work: Work, changed: Sequence[tuple[Claim, Settled]]) -> None:
        """Tells the timeline what is news; that a reservation was confirmed is none."""
        self.orders.note(
            work.connection,
            [
                Event(claim.order, work.now, happened(replace(claim, state=to.state, reserved=to.reserved)), BY)
                for claim, to in changed
                if to.state is not ClaimState.USED
                and (claim.state, to.state) != (ClaimState.HELD, ClaimState.CONFIRMED)
            ],
        )
