"""Takes orders in: each once however often it comes, checked, and with its goods reserved where they are there (ORD-1).

Placing, reserving and confirming are three transactions in two services (docs/decisions/0046): the goods are held by an
id that follows from the order before the order is put on record, and end by themselves where it never is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.clock import Clock
from bylaw_chassis.database import Database, Work
from bylaw_chassis.refusals import Refusal

from bylaw_orders.events import order_changed
from bylaw_orders.ports.checking import Checks
from bylaw_orders.ports.customers import CustomerMadeMeanwhile, Customers
from bylaw_orders.ports.goods import GoodsAsKnown
from bylaw_orders.ports.stock import StockDesk
from bylaw_orders.ports.stores import OrderStore
from bylaw_orders.rules.channels.channel import Channel
from bylaw_orders.rules.orders.drafting import Came, drafted
from bylaw_orders.rules.orders.order import OrderWish
from bylaw_orders.rules.orders.placed import Kept, NewOrder, Placed
from bylaw_orders.rules.orders.to_whom import to_whom
from bylaw_orders.rules.orders.versions import Seen, Version, compared
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.rules.stocking.answer import settled
from bylaw_orders.rules.stocking.claim import Step
from bylaw_orders.rules.stocking.reserved import reserved
from bylaw_orders.use_cases.finding import Finding
from bylaw_orders.use_cases.intake.digests import Digests
from bylaw_orders.use_cases.intake.outcome import Taken, TakingOutcome
from bylaw_orders.use_cases.orders.show_orders import Shown, ShowOrders

TRIES = 4


class Updates(Protocol):
    """Makes a newer version of an order that is on record the one that counts."""

    def update(self, order: UUID, came: Came) -> Placed:
        """Refuses ORDER_SHIPPED."""
        ...


class TakenMeanwhile(Exception):  # noqa: N818
    """Somebody else took one of these orders in first: they are looked at once more."""


@dataclass(frozen=True, slots=True)
class TakeOrders:
    """`desk`: inventory, asked before anything is put on record, and never while a transaction is open."""

    database: Database
    finding: Finding
    orders: OrderStore
    goods: GoodsAsKnown
    checks: Checks
    customers: Customers
    desk: StockDesk
    updates: Updates
    showing: ShowOrders
    digests: Digests
    clock: Clock

    def one(self, channel: UUID, wish: OrderWish, caller: Caller, reach: Reach) -> Shown:
        """Takes one, and reserves for it at once where inventory answers. Refuses as the contract says."""
        for _ in range(TRIES):
            found, came, kept = self._known(channel, [wish], caller, reach)
            before = kept.get(wish.number)
            if before:
                return self.showing.of(self._again(before, came[0], reach))
            made = self._with_goods(drafted(came[0]), found)
            if self._placed([made], [wish], found):
                return self.showing.of(made.placed, tuple(claim for claim, _ in made.claims))
        raise TakenMeanwhile

    def many(self, channel: UUID, wishes: Sequence[OrderWish], caller: Caller, reach: Reach) -> list[Taken]:
        """Takes many of a channel: new ones in one transaction, whose goods are reserved behind it."""
        for _ in range(TRIES):
            found, came, kept = self._known(channel, wishes, caller, reach)
            new = {one.wish.number: one for one in came if one.wish.number not in kept}
            made = {number: drafted(one) for number, one in new.items()}
            if not made or self._placed(list(made.values()), [one.wish for one in new.values()], found):
                return [self._taken(one, kept, made) for one in came]
        raise TakenMeanwhile

    def _known(
        self, channel: UUID, wishes: Sequence[OrderWish], caller: Caller, reach: Reach
    ) -> tuple[Channel, list[Came], dict[str, Kept]]:
        """The channel, the orders with what is known of their goods and what the checks find, and those on record."""
        at = self.clock()
        with self.database.read() as connection:
            found = self.finding.channel(connection, channel, reach)
            kept = self.orders.kept(connection, channel, {wish.number for wish in wishes})
            codes = {line.code for wish in wishes for line in wish.lines if line.code}
            known = {} if found.wish.history else self.goods.known(connection, found.wish.sales_channel, codes, at)
            findings = self.checks.findings(connection, found, wishes, known)
        came = [
            Came(found, wish, known, faults, self.digests.of(wish), at, caller.key)
            for wish, faults in zip(wishes, findings, strict=True)
        ]
        return found, came, kept

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

    def _placed(self, made: Sequence[NewOrder], wishes: Sequence[OrderWish], channel: Channel) -> bool:
        """Puts new orders on record with whom they go to; says no where one of them is there already."""
        try:
            with self.database.work(claims_first=True) as work:
                self._place(work, made)
                self._write_customers(work, made, [to_whom(wish, channel) for wish in wishes])
                work.publish(*(order_changed(one.placed) for one in made))
        except TakenMeanwhile:
            return False
        return True

    def _place(self, work: Work, made: Sequence[NewOrder]) -> None:
        if not self.orders.place(work, made):
            raise TakenMeanwhile

    def _write_customers(self, work: Work, made: Sequence[NewOrder], recipients: Sequence[Recipient | None]) -> None:
        for left in reversed(range(TRIES)):
            ready = self.customers.prepared(work.connection, recipients)
            written = [(one.placed.identifier, to) for one, to in zip(made, ready, strict=True) if to]
            try:
                self.customers.write(work.connection, written, work.now)
            except CustomerMadeMeanwhile:
                if not left:
                    raise
            else:
                return

    def _again(self, before: Kept, came: Came, reach: Reach) -> Placed:
        """A repeat answers what is on record; a newer version is made the one that counts."""
        if compared(before.seen, Seen(came.wish.source_at, came.wish.source_state, came.digest)) is Version.NEWER:
            return self.updates.update(before.identifier, came)
        with self.database.read() as connection:
            return self.finding.order(connection, before.identifier, reach)

    def _taken(self, one: Came, kept: dict[str, Kept], made: dict[str, NewOrder]) -> Taken:
        """Of a number that is twice in a batch the later one is a version of the first."""
        number = one.wish.number
        new = made.pop(number, None)
        if new and new.placed.seen.digest == one.digest:
            kept[number] = Kept(new.placed.identifier, new.placed.seen, new.placed.seen.source_state, cancelled=False)
            outcome = TakingOutcome.HELD if new.placed.holds else TakingOutcome.TAKEN
            return Taken(number, outcome, new.placed.identifier)
        if new:
            made[number] = new
            kept[number] = Kept(new.placed.identifier, new.placed.seen, new.placed.seen.source_state, cancelled=False)
        before = kept[number]
        seen = Seen(one.wish.source_at, one.wish.source_state, one.digest)
        if compared(before.seen, seen) is not Version.NEWER:
            return Taken(number, TakingOutcome.REPEATED, before.identifier)
        try:
            self.updates.update(before.identifier, one)
        except Refusal as refusal:
            return Taken(number, TakingOutcome.REFUSED, None, refusal)
        kept[number] = replace(before, seen=seen)
        return Taken(number, TakingOutcome.UPDATED, before.identifier)
