"""Asks for a change of prices: one decision for all of its lines, on record before people is asked (GDS-2)."""

from dataclasses import dataclass, replace
from datetime import UTC

from bylaw_chassis.call import RequestKey
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.decisions.ask_people import NOT_ANSWERED, AskPeople
from bylaw_chassis.decisions.wish import Amount, DecisionWish
from bylaw_chassis.refusals import KeyReused, Refusal

from bylaw_inventory.events import price_change_changed
from bylaw_inventory.ports.goods import ChannelStore, PriceChangeStore, PriceStore
from bylaw_inventory.ports.stores import ItemStore
from bylaw_inventory.rules.listing.refusals import ChannelNotOwn
from bylaw_inventory.rules.pricing.change import ChangeState, ChangeWish, PriceChange, checked_change, taken_at
from bylaw_inventory.rules.pricing.refusals import price_refusal
from bylaw_inventory.rules.quantity import written
from bylaw_inventory.use_cases.finding import Finding

KIND = "price-change"
"""The process in people."""
PERCENT = "percent"
LINES_TOLD = 5


@dataclass(frozen=True, slots=True)
class AskPriceChange:
    """Every price comes so, the first one of an item too: GDS-2 knows no price that nobody agreed to."""

    database: Database
    items: ItemStore
    prices: PriceStore
    changes: PriceChangeStore
    decisions: AskPeople
    channels: ChannelStore
    finding: Finding

    def ask(self, wish: ChangeWish, *, caller: Caller, reach: Reach, key: RequestKey | None) -> PriceChange:
        """The change as it waits; the same wish again, of which the answer was lost, goes on where it stood."""
        self._check_own(wish, reach)
        wish_key = key.key if key else None
        kept = self._begun(wish, caller, wish_key) or self._kept(wish, caller, wish_key)
        asked = self._decision(kept)
        try:
            decision = self.decisions.ask(asked)
        except Refusal as refusal:
            if refusal.code not in NOT_ANSWERED:
                self._forget(kept)
            raise
        with self.database.work() as work:
            self.decisions.note(work, asked, decision)
            self.changes.asked(work.connection, kept.identifier, decision)
            made = self.changes.lock(work.connection, kept.identifier) or replace(kept, decision=decision)
            work.publish(price_change_changed(made))
        return made

    def _check_own(self, wish: ChangeWish, reach: Reach) -> None:
        """Refuses CHANNEL_NOT_OWN, with the first such channel."""
        with self.database.read() as connection:
            for channel in sorted({line.goods.channel for line in wish.lines}):
                if not self.channels.within(connection, channel, reach, self.finding.today):
                    raise ChannelNotOwn(channel=channel)

    def _begun(self, wish: ChangeWish, caller: Caller, wish_key: str | None) -> PriceChange | None:
        """What was kept of this very wish when its call was cut off."""
        if wish_key is None:
            return None
        with self.database.read() as connection:
            found = self.changes.by_wish(connection, caller.key, wish_key)
        if found and found.wish._replace(lines=tuple(line._replace(old=None) for line in found.wish.lines)) != wish:
            raise KeyReused
        return found if found and found.state is ChangeState.WAITING else None

    def _kept(self, wish: ChangeWish, caller: Caller, wish_key: str | None) -> PriceChange:
        """On record, its instants held: another change for one of them is refused from now on."""
        with self.decisions.kept_first() as work:
            connection = work.connection
            known = frozenset(self.items.find(connection, {line.goods.item for line in wish.lines}))
            held = self.prices.in_force(connection, wish.lines, work.now)
            made = checked_change(wish, known, held, now=work.now, by=caller.key)
            # Written first and looked at then: what was agreed meanwhile has committed, and can be seen.
            taken = self.changes.add(connection, made, wish_key=wish_key)
            if taken := sorted({*taken, *self.prices.taken(connection, wish.lines)}):
                raise price_refusal(taken_at(taken))
        return made

    def _decision(self, made: PriceChange) -> DecisionWish:
        """What people is asked: how many prices, by how much at most, when, and the first of them."""
        lines = made.wish.lines
        with self.database.read() as connection:
            goods = self.items.find(connection, {line.goods.item for line in lines[:LINES_TOLD]})
        facts = {"lines": str(len(lines)), "largest_percent": written(made.largest_percent)}
        for number, line in enumerate(lines[:LINES_TOLD], 1):
            old = f"{line.old.minor_units} {line.old.currency}" if line.old else "-"
            since = f"{line.since.astimezone(UTC):%Y-%m-%dT%H:%MZ}" if line.since else "-"
            told = (goods[line.goods.item].wish.code, line.goods.channel, old, str(line.amount.minor_units))
            facts[f"line_{number}"] = " ".join((*told, line.amount.currency, since))
        amount = Amount(made.largest_percent, PERCENT)
        return DecisionWish(KIND, made.name, tuple(facts.items()), amount, made.wish.reason)

    def _forget(self, made: PriceChange) -> None:
        """People would not have it asked: nobody was told of it, and nothing of it stays."""
        with self.decisions.kept_first() as work:
            self._drop(work, made)

    def _drop(self, work: Work, made: PriceChange) -> None:
        found = self.changes.lock(work.connection, made.identifier)
        if found and found.decision is None:
            self.changes.forget(work.connection, made.identifier)
