"""Checks orders that come: by what their channel has set, and against others of the same customer (ORD-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from bylaw_orders.ports.checking import AskedAlike, SettingStore
from bylaw_orders.rules.channels.channel import Channel
from bylaw_orders.rules.checking.alike import Likeness, alike_among, goods_text
from bylaw_orders.rules.checking.checked import checked
from bylaw_orders.rules.checking.facts import ChannelFacts, facts_of
from bylaw_orders.rules.goods.known import KnownGoods
from bylaw_orders.rules.orders.amounts import line_amount, total_of
from bylaw_orders.rules.orders.hold import Finding
from bylaw_orders.rules.orders.order import OrderKind, OrderWish, order_id


@dataclass(frozen=True, slots=True)
class CheckOrders:
    """One round trip for all that come together."""

    settings: SettingStore

    def findings(
        self,
        connection: sa.Connection,
        channel: Channel,
        wishes: Sequence[OrderWish],
        goods: Sequence[Mapping[str, KnownGoods]],
        customers: Sequence[UUID | None] = (),
    ) -> list[tuple[Finding, ...]]:
        """What is found of each, in the order given; the past is on record as it was, and held by nothing."""
        if channel.wish.history:
            return [() for _ in wishes]
        asked = _asked(channel, wishes, customers) if customers else {}
        setting, before = self.settings.looked_up(connection, channel.identifier, list(asked.values()))
        beside = alike_among([_likeness(number, one) for number, one in asked.items()], setting.duplicate_hours)
        facts = ChannelFacts(channel.wish.currency, bool(channel.wish.sales_channel), setting)
        return [
            checked(facts_of(wish, facts, known, _alike(asked.get(wish.number), wish.number, before, beside)))
            for wish, known in zip(wishes, goods, strict=True)
        ]


def _asked(channel: Channel, wishes: Sequence[OrderWish], customers: Sequence[UUID | None]) -> dict[str, AskedAlike]:
    """By number, the sales of which others may be like; of one that came in several versions the last."""
    found: dict[str, AskedAlike] = {}
    for wish, customer in zip(wishes, customers, strict=True):
        if customer and wish.kind is OrderKind.SALE:
            identifier = order_id(channel.identifier, wish.number)
            total = total_of(wish, [line_amount(line) for line in wish.lines])
            of = (identifier, customer, wish.placed_at, wish.currency, total)
            found[wish.number] = AskedAlike(*of, goods_text(wish))
    return found


def _likeness(number: str, one: AskedAlike) -> Likeness:
    return Likeness(number, one.customer, one.placed_at, one.currency, one.total, one.goods)


def _alike(
    one: AskedAlike | None, number: str, before: Mapping[UUID, Sequence[str]], beside: Mapping[str, Sequence[str]]
) -> Sequence[str]:
    """Those on record, and those that came with it, each once."""
    on_record = before.get(one.order, ()) if one else ()
    return list(dict.fromkeys([*on_record, *beside.get(number, ())]))
