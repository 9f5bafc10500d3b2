"""Checks orders that come: by what their channel has set, and against others of the same customer (ORD-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.conversation import Row
from bylaw_chassis.queries import Query

from bylaw_orders.ports.checking import Alike, AskedAlike, CameFrom, SettingStore
from bylaw_orders.rules.channels.channel import Channel
from bylaw_orders.rules.checking.alike import Likeness, alike_among, goods_text
from bylaw_orders.rules.checking.checked import checked
from bylaw_orders.rules.checking.facts import ChannelFacts, facts_of
from bylaw_orders.rules.checking.setting import CheckSetting
from bylaw_orders.rules.goods.known import KnownGoods
from bylaw_orders.rules.orders.amounts import line_amount, total_of
from bylaw_orders.rules.orders.hold import Finding
from bylaw_orders.rules.orders.order import OrderKind, OrderWish, order_id


@dataclass(frozen=True, slots=True)
class CheckOrders:
    """See `ports.checking.Checks`."""

    settings: SettingStore

    def counting(self, channel: UUID) -> Query[CheckSetting]:
        """How the channel has its orders checked."""
        return self.settings.counting(channel)

    def alike(self, channel: Channel, setting: CheckSetting, wishes: Sequence[CameFrom]) -> Query[Alike]:
        """Those on record, and those that came together, each once."""
        asked = _asked(channel, wishes)
        beside = alike_among([_likeness(number, one) for number, one in asked.items()], setting.duplicate_hours)
        query = self.settings.alike(channel.identifier, setting.duplicate_hours, list(asked.values()))

        def read(rows: Sequence[Row]) -> Alike:
            before = query.read(rows)
            return {
                number: list(dict.fromkeys([*before.get(one.order, ()), *beside.get(number, ())]))
                for number, one in asked.items()
            }

        return Query(query.said, read)

    def findings(
        self,
        channel: Channel,
        setting: CheckSetting,
        wishes: Sequence[OrderWish],
        goods: Sequence[Mapping[str, KnownGoods]],
        alike: Alike | None = None,
    ) -> list[tuple[Finding, ...]]:
        """What is found of each, in the order given; the past is on record as it was, and held by nothing."""
        if channel.wish.history:
            return [() for _ in wishes]
        facts = ChannelFacts(channel.wish.currency, bool(channel.wish.sales_channel), setting)
        twice = alike or {}
        return [
            checked(facts_of(wish, facts, known, twice.get(wish.number, ())))
            for wish, known in zip(wishes, goods, strict=True)
        ]


def _asked(channel: Channel, wishes: Sequence[CameFrom]) -> dict[str, AskedAlike]:
    """By number, the sales of which others may be like; of one that came in several versions the last."""
    found: dict[str, AskedAlike] = {}
    for wish, customer in wishes:
        if customer and wish.kind is OrderKind.SALE:
            identifier = order_id(channel.identifier, wish.number)
            total = total_of(wish, [line_amount(line) for line in wish.lines])
            of = (identifier, customer, wish.placed_at, wish.currency, total)
            found[wish.number] = AskedAlike(*of, goods_text(wish))
    return found


def _likeness(number: str, one: AskedAlike) -> Likeness:
    return Likeness(number, one.customer, one.placed_at, one.currency, one.total, one.goods)
