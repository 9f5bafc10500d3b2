"""Takes orders in: each once however often it comes, checked, and with its goods reserved where they are there (ORD-1).

Placing, reserving and confirming are three transactions in two services (docs/decisions/0046): the goods are held by an
id that follows from the order before the order is put on record, and end by themselves where it never is.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.clock import Clock
from bylaw_chassis.database import Database, Work
from bylaw_chassis.refusals import Refusal

from bylaw_orders.events import order_changed
from bylaw_orders.ports.checking import Checks
from bylaw_orders.ports.customers import CustomerMadeMeanwhile, Customers, PreparedRecipient
from bylaw_orders.ports.goods import GoodsAsKnown
from bylaw_orders.ports.stock import StockDesk
from bylaw_orders.ports.stores import OrderStore
from bylaw_orders.rules.channels.channel import Channel
from bylaw_orders.rules.goods.known import AskedGoods, KnownGoods
from bylaw_orders.rules.orders.drafting import Came, drafted
from bylaw_orders.rules.orders.order import OrderWish
from bylaw_orders.rules.orders.placed import Kept, NewOrder, Placed
from bylaw_orders.rules.orders.to_whom import to_whom
from bylaw_orders.rules.orders.versions import Version, compared
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

    def update(self, work: Work, order: UUID, came: Came) -> Placed:
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
            known = self._known(channel, [wish], caller, reach)
            before = known.kept.get(wish.number)
            if before:
                return self.showing.of(self._again(before, known.came[0], reach))
            made = self._with_goods(drafted(known.came[0]), known.channel)
            with suppress(TakenMeanwhile), self.database.work(claims_first=True) as work:
                self._place(work, [made], known, at_once=False)
                return self.showing.of(made.placed, tuple(claim for claim, _ in made.claims))
        raise TakenMeanwhile

    def many(self, channel: UUID, wishes: Sequence[OrderWish], caller: Caller, reach: Reach) -> list[Taken]:
        """Takes many of a channel in one transaction; the goods of new ones are reserved behind it."""
        for _ in range(TRIES):
            known = self._known(channel, wishes, caller, reach)
            new = {one.wish.number: one for one in reversed(known.came) if one.wish.number not in known.kept}
            made = {number: drafted(one) for number, one in new.items()}
            with suppress(TakenMeanwhile), self.database.work(claims_first=bool(made)) as work:
                if made:
                    self._place(work, list(made.values()), known, at_once=True)
                return [self._taken(work, one, known.kept, made) for one in known.came]
        raise TakenMeanwhile

    def _known(self, channel: UUID, wishes: Sequence[OrderWish], caller: Caller, reach: Reach) -> "Known":
        """The channel, the orders with what is known of their goods and what the checks find, and those on record."""
        at = self.clock()
        with self.database.read() as connection:
            found = self.finding.channel(connection, channel, reach)
            wishes = [one if one.currency else replace(one, currency=found.wish.currency) for one in wishes]
            kept = self.orders.kept(connection, channel, {wish.number for wish in wishes})
            goods = self._goods(connection, found, wishes)
            ready = self.customers.prepared_before(connection, [to_whom(wish, found) for wish in wishes])
            customers = [one.customer if one else None for one in ready] if ready else []
            findings = self.checks.findings(connection, found, wishes, goods, customers)
        came = [
            Came(found, wish, known, faults, self.digests.of(wish), at, caller.key)
            for wish, known, faults in zip(wishes, goods, findings, strict=True)
        ]
        to = {wish.number: one for wish, one in zip(wishes, ready, strict=True)} if ready else None
        return Known(found, came, kept, to)

    def _goods(
        self, connection: sa.Connection, channel: Channel, wishes: Sequence[OrderWish]
    ) -> list[dict[str, KnownGoods]]:
        """The goods of each order by code, as they stood when it was placed: all of them in one round trip."""
        if channel.wish.history:
            return [{} for _ in wishes]
        asked = [(place, code) for place, wish in enumerate(wishes) for code in {line.code for line in wish.lines}]
        offered = channel.wish.sales_channel
        known = self.goods.known_each(
            connection, [AskedGoods(offered, code, wishes[place].placed_at) for place, code in asked]
        )
        found: list[dict[str, KnownGoods]] = [{} for _ in wishes]
        for (place, code), goods in zip(asked, known, strict=True):
            if goods:
                found[place][code] = goods
        return found

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

    def _place(self, work: Work, made: Sequence[NewOrder], known: "Known", *, at_once: bool) -> None:
        """Puts new orders on record with whom they go to; raises TakenMeanwhile where one of them is there already."""
        if not self.orders.place(work, made, at_once=at_once):
            raise TakenMeanwhile
        recipients = {one.wish.number: to_whom(one.wish, known.channel) for one in reversed(known.came)}
        wanted = [recipients[one.placed.number] for one in made]
        ready = [known.to[one.placed.number] for one in made] if known.to else None
        for left in reversed(range(TRIES)):
            to_be = ready or self.customers.prepared(work.connection, wanted)
            written = [(one.placed.identifier, to) for one, to in zip(made, to_be, strict=True) if to]
            try:
                self.customers.write(work.connection, written, work.now)
            except CustomerMadeMeanwhile:
                ready = None
                if not left:
                    raise
            else:
                break
        work.publish(*(order_changed(one.placed) for one in made))

    def _again(self, before: Kept, came: Came, reach: Reach) -> Placed:
        """A repeat answers what is on record; a newer version is made the one that counts."""
        if compared(before.seen, came.seen) is Version.NEWER:
            with self.database.work() as work:
                return self.updates.update(work, before.identifier, came)
        with self.database.read() as connection:
            return self.finding.order(connection, before.identifier, reach)

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


@dataclass(frozen=True, slots=True)
class Known:
    """What orders that came are taken by. `to`: of each number whom it goes to, ready to be written, where that is."""

    channel: Channel
    came: list[Came]
    kept: dict[str, Kept]
    to: Mapping[str, PreparedRecipient | None] | None
