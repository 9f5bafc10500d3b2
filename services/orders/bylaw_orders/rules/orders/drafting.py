"""From what came to what is put on record: lines with their goods, amounts, holds, promises, and a claim on the stock.

Nothing is asked here of anybody: what is known of the goods and what the checks found are handed in (ORD-1, ORD-3).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from bylaw_orders.rules.channels.channel import Channel, Promise
from bylaw_orders.rules.goods.known import KnownGoods
from bylaw_orders.rules.orders.amounts import line_amount, total_of
from bylaw_orders.rules.orders.hold import Finding, held
from bylaw_orders.rules.orders.order import (
    Line,
    LineKind,
    OrderKind,
    OrderWish,
    SourceState,
    WishLine,
    order_id,
)
from bylaw_orders.rules.orders.placed import Head, NewOrder, Placed, Standing
from bylaw_orders.rules.orders.standing import Shipping, fulfilment, payment
from bylaw_orders.rules.orders.timeline import Event, Happened
from bylaw_orders.rules.orders.versions import Seen
from bylaw_orders.rules.stocking.claiming import claims_of, whole


@dataclass(frozen=True, slots=True)
class Came:
    """An order that came: through which channel, what is known of its goods, what the checks found, when, by whom."""

    channel: Channel
    wish: OrderWish
    goods: Mapping[str, KnownGoods]
    findings: tuple[Finding, ...]
    digest: bytes
    at: datetime
    by: str

    @property
    def seen(self) -> Seen:
        """Its version."""
        return Seen(self.wish.source_at, self.wish.source_state, self.digest)


def drafted(came: Came) -> NewOrder:
    """The order as it is put on record where it is new."""
    wish, channel = came.wish, came.channel
    identifier = order_id(channel.identifier, wish.number)
    closed = wish.source_state is SourceState.CLOSED
    lines = tuple(_line(line, came.goods.get(line.code), cancelled=closed) for line in wish.lines)
    holds = held(identifier, came.findings, came.at)
    promise = promised(channel, wish)
    standing = Standing(
        payment(total_of(wish, [line.amount for line in lines]), wish.paid, wish.refunded),
        fulfilment(wish.kind, lines, Shipping(), source=wish.source_state, history=channel.wish.history),
        ship_by=promise.ship_by if promise else None,
        deliver_by=promise.deliver_by if promise else None,
        cancelled_at=came.at if closed else None,
    )
    placed = Placed(
        identifier,
        channel.identifier,
        wish.number,
        came.seen,
        head_of(wish, lines),
        lines,
        standing,
        holds,
        came.at,
        came.by,
    )
    events = [Event(identifier, came.at, Happened.TAKEN, came.by)]
    if holds:
        events.append(Event(identifier, came.at, Happened.HELD, came.by, data=_checks(came.findings)))
    made = NewOrder(placed, (), tuple(events))
    return made if holds else with_claim(made, channel)


def with_claim(made: NewOrder, channel: Channel) -> NewOrder:
    """The same with a claim on the stock for what is left to ship of it; nothing where it claims nothing."""
    placed = made.placed
    claims = claims_of(placed, whole(placed, channel))
    if not claims:
        return made
    asked = Event(placed.identifier, placed.created_at, Happened.STOCK_ASKED, placed.created_by)
    placed = replace(placed, standing=replace(placed.standing, rounds=claims[-1].round))
    return NewOrder(placed, tuple((claim, placed.created_at) for claim in claims), (*made.events, asked))


def promised(channel: Channel, wish: OrderWish) -> Promise | None:
    """What the channel promises of a sale that may go: from its payment, else from when it was placed (ORD-3)."""
    if channel.wish.history or wish.kind is not OrderKind.SALE or wish.source_state is SourceState.UNPAID:
        return None
    return channel.promise(wish.paid_at or wish.placed_at)


def head_of(wish: OrderWish, lines: Sequence[Line]) -> Head:
    """What is told of the order as a whole."""
    total = total_of(wish, [line.amount for line in lines])
    amounts = (wish.shipping, wish.discount, total, wish.paid, wish.refunded)
    return Head(wish.kind, wish.placed_at, wish.paid_at, wish.currency, *amounts, wish.promotion)


def lines_of(wish: OrderWish, goods: Mapping[str, KnownGoods]) -> tuple[Line, ...]:
    """An order's lines with their goods, as if nothing had become of them."""
    return tuple(_line(line, goods.get(line.code), cancelled=False) for line in wish.lines)


def _line(line: WishLine, goods: KnownGoods | None, *, cancelled: bool) -> Line:
    item, unit = (goods.item, goods.unit) if goods else (None, "")
    amounts = (line.quantity, line.unit_price, line.discount, line_amount(line))
    never = line.quantity if cancelled and line.kind is LineKind.GOODS else Decimal(0)
    return Line(line.kind, line.code, line.title, item, unit, *amounts, cancelled=never)


def _checks(findings: Sequence[Finding]) -> tuple[tuple[str, str], ...]:
    return (("checks", ",".join(sorted({one.check for one in findings}))),)
