"""Takes orders in: each once however often it comes, checked, and with its goods reserved where they are there (ORD-1).

Placing, reserving and confirming are three transactions in two services (docs/decisions/0046): the goods are held by an
id that follows from the order before the order is put on record, and end by themselves where it never is.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.refusals import Refusal

from bylaw_orders.events import order_changed
from bylaw_orders.ports.customers import Customers
from bylaw_orders.ports.stock import StockDesk
from bylaw_orders.ports.stores import OrderStore
from bylaw_orders.rules.channels.channel import Channel
from bylaw_orders.rules.orders.drafting import Came, drafted
from bylaw_orders.rules.orders.order import OrderWish
from bylaw_orders.rules.orders.placed import Kept, NewOrder, Placed
from bylaw_orders.rules.orders.same_lines import SameLines
from bylaw_orders.rules.orders.versions import Version, compared
from bylaw_orders.rules.stocking.answer import settled
from bylaw_orders.rules.stocking.claim import Step
from bylaw_orders.rules.stocking.reserved import reserved
from bylaw_orders.use_cases.intake.look_orders_up import Known, LookOrdersUp
from bylaw_orders.use_cases.intake.outcome import Taken, TakingOutcome
from bylaw_orders.use_cases.orders.show_orders import Shown, ShowOrders

TRIES = 4


class Updates(Protocol):
    """Makes a newer version of an order that is on record the one that counts."""

    def update(self, work: Work, order: UUID, came: Came) -> Placed:
        """Refuses ORDER_SHIPPED."""
        ...


class TakenMeanwhile(Exception):  # noqa: N818
    """Somebody else took one of these orders in first, or made or erased a customer: they are looked at once more."""


@dataclass(frozen=True, slots=True)
class TakeOrders:
    """`desk`: inventory, asked before anything is put on record, and never while a transaction is open."""

    database: Database
    looking: LookOrdersUp
    orders: OrderStore
    customers: Customers
    desk: StockDesk
    updates: Updates
    showing: ShowOrders

    def one(self, channel: UUID, wish: OrderWish, caller: Caller, reach: Reach) -> Shown:
        """Takes one, and reserves for it at once where inventory answers. Refuses as the contract says."""
        shared = SameLines()
        for _ in range(TRIES):
            known = self.looking.up(channel, [wish], caller, reach, shared)
            before = known.kept.get(wish.number)
            if before:
                return self.showing.of(self._again(before, known.came[0], reach))
            made = self._with_goods(drafted(known.came[0]), known.channel)
            with suppress(TakenMeanwhile), self.database.work(claims_first=True) as work:
                self._place(work, [made], known, shared)
                return self._shown(made, known)
        raise TakenMeanwhile

    def many(
        self,
        channel: UUID,
        wishes: Sequence[OrderWish],
        caller: Caller,
        reach: Reach,
        *,
        shared: SameLines | None = None,
    ) -> list[Taken]:
        """Takes many of a channel in one transaction; the goods of new ones are reserved behind it.

        `shared`: what was worked out of the lines of batches before this one, where they are of the same file.
        """
        shared = shared or SameLines()
        for _ in range(TRIES):
            known = self.looking.up(channel, wishes, caller, reach, shared)
            new = {one.wish.number: one for one in reversed(known.came) if one.wish.number not in known.kept}
            made = {number: drafted(one, shared.drafted) for number, one in new.items()}
            with suppress(TakenMeanwhile), self.database.work(claims_first=bool(made)) as work:
                if made:
                    self._place(work, list(made.values()), known, shared)
                return [self._taken(work, one, known.kept, made) for one in known.came]
        raise TakenMeanwhile

    def _with_goods(self, made: NewOrder, channel: Channel) -> NewOrder:
        """Asks inventory for what the order claims; where it does not answer, the order is taken all the same."""
        claims = [claim for claim, _ in made.claims]
        if not claims:
            return made
        try:
            answers = self.desk.reserve(claims)
        except Refusal:
            return made
        at = made.placed.created_at
        came_to = [(claim, settled(claim, Step.RESERVE, answers[claim.reservation], at)) for claim in claims]
        return reserved(made, came_to, channel)

    def _place(self, work: Work, made: Sequence[NewOrder], known: Known, shared: SameLines) -> None:
        """Puts new orders on record with whom they go to; raises TakenMeanwhile where somebody was there first."""
        to = [(one.placed.identifier, whom) for one in made if (whom := known.to.get(one.placed.number))]
        written = self.orders.place(work, made, self.customers.writing(to, work.now), shared.copied)
        if written != (len(made), len(to)):
            raise TakenMeanwhile
        work.publish(*(order_changed(one.placed) for one in made))

    def _shown(self, made: NewOrder, known: Known) -> Shown:
        """As it is shown from now on: nothing is asked for it."""
        to = known.to.get(made.placed.number)
        return Shown(made.placed, self.customers.shown(to) if to else None, tuple(claim for claim, _ in made.claims))

    def _again(self, before: Kept, came: Came, reach: Reach) -> Placed:
        """A repeat answers what is on record; a newer version is made the one that counts."""
        if compared(before.seen, came.seen) is Version.NEWER:
            with self.database.work() as work:
                return self.updates.update(work, before.identifier, came)
        with self.database.read() as connection:
            return self.looking.finding.order(connection, before.identifier, reach)

    def _taken(self, work: Work, one: Came, kept: dict[str, Kept], made: dict[str, NewOrder]) -> Taken:
        """What became of one of many; of a number that is twice among them, the later one is a version of the first."""
        number = one.wish.number
        new = made.pop(number, None)
        if new:
            kept[number] = Kept(new.placed.identifier, new.placed.seen, new.placed.seen.source_state, cancelled=False)
            outcome = TakingOutcome.HELD if new.placed.holds else TakingOutcome.TAKEN
            return Taken(number, outcome, new.placed.identifier)
        before = kept[number]
        if compared(before.seen, one.seen) is not Version.NEWER:
            return Taken(number, TakingOutcome.REPEATED, before.identifier)
        try:
            self.updates.update(work, before.identifier, one)
        except Refusal as refusal:
            return Taken(number, TakingOutcome.REFUSED, None, refusal)
        kept[number] = replace(before, seen=one.seen)
        return Taken(number, TakingOutcome.UPDATED, before.identifier)
