"""Looks up what orders that come are taken by, in two round trips however many they are (ORD-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.clock import Clock
from bylaw_chassis.database import Database
from bylaw_chassis.queries import Query

from bylaw_orders.ports.checking import Alike, Checks
from bylaw_orders.ports.customers import Customers, PreparedRecipient
from bylaw_orders.ports.goods import GoodsAsKnown
from bylaw_orders.ports.stores import OrderStore
from bylaw_orders.rules.channels.channel import Channel
from bylaw_orders.rules.checking.setting import CheckSetting
from bylaw_orders.rules.goods.known import AskedGoods, KnownGoods
from bylaw_orders.rules.orders.drafting import Came
from bylaw_orders.rules.orders.order import OrderWish
from bylaw_orders.rules.orders.placed import Kept
from bylaw_orders.rules.orders.same_lines import SameLines
from bylaw_orders.rules.orders.to_whom import to_whom
from bylaw_orders.rules.refusals import ChannelNotFound
from bylaw_orders.use_cases.finding import Finding
from bylaw_orders.use_cases.intake.digests import Digests

GoodsByCode = list[dict[str, KnownGoods]]
"""The goods of each order by code, in the order in which they came."""


@dataclass(frozen=True, slots=True)
class Known:
    """What orders that came are taken by. `to`: of each number whom it goes to, ready to be written."""

    channel: Channel
    came: list[Came]
    kept: dict[str, Kept]
    to: Mapping[str, PreparedRecipient | None]


@dataclass(frozen=True, slots=True)
class LookOrdersUp:
    """Nothing is locked: whoever puts the orders on record finds out whether somebody else was there first."""

    database: Database
    finding: Finding
    orders: OrderStore
    goods: GoodsAsKnown
    checks: Checks
    customers: Customers
    digests: Digests
    clock: Clock

    def up(self, channel: UUID, wishes: Sequence[OrderWish], caller: Caller, reach: Reach, shared: SameLines) -> Known:
        """The channel, those on record, the goods, whom they go to, what the checks find.

        Refuses CHANNEL_NOT_FOUND.
        """
        at = self.clock()
        found, kept, setting = self.database.look(
            self.finding.channels.asked(channel, reach, self.finding.today),
            self.orders.asked_kept(channel, {wish.number for wish in wishes}),
            self.checks.counting(channel),
        )
        if found is None:
            raise ChannelNotFound
        wishes = [one if one.currency else replace(one, currency=found.wish.currency) for one in wishes]
        goods, to, alike = self._beside(found, wishes, setting)
        findings = self.checks.findings(found, setting, wishes, goods, alike)
        digests = self.digests.of(wishes, shared.told)
        came = [
            Came(found, wish, known, faults, digest, at, caller.key)
            for wish, known, faults, digest in zip(wishes, goods, findings, digests, strict=True)
        ]
        ready = {wish.number: one for wish, one in reversed([*zip(wishes, to, strict=True)])}
        return Known(found, came, kept, ready)

    def _beside(
        self, channel: Channel, wishes: Sequence[OrderWish], setting: CheckSetting
    ) -> tuple[GoodsByCode, list[PreparedRecipient | None], Alike]:
        """What is asked by the channel: of the past nobody asks for goods, nor what is like it."""
        hashed = self.customers.hashed([to_whom(wish, channel) for wish in wishes])
        whose = self.customers.finding(hashed)
        if channel.wish.history:
            nobody: list[PreparedRecipient | None] = [None for _ in wishes]
            return [{} for _ in wishes], self.database.look(whose)[0] if any(hashed) else nobody, {}
        goods, places = self._goods(channel, wishes)
        came = [(wish, one.identity if one else b"") for wish, one in zip(wishes, hashed, strict=True)]
        found, to, alike = self.database.look(goods, whose, self.checks.alike(channel, setting, came))
        by_code: GoodsByCode = [{} for _ in wishes]
        for (place, code), known in zip(places, found, strict=True):
            if known:
                by_code[place][code] = known
        return by_code, to, alike

    def _goods(
        self, channel: Channel, wishes: Sequence[OrderWish]
    ) -> tuple[Query[list[KnownGoods | None]], list[tuple[int, str]]]:
        """The goods of each order as they stood when it was placed, and of which order each is asked for."""
        asked = [(place, code) for place, wish in enumerate(wishes) for code in {line.code for line in wish.lines}]
        offered = channel.wish.sales_channel
        return (
            self.goods.known_each([AskedGoods(offered, code, wishes[place].placed_at) for place, code in asked]),
            asked,
        )
