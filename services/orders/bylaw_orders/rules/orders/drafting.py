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
from bylaw_orders.rules.orders.same_lines import OnceEach
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


def drafted(came: Came, shared: OnceEach[WishLine, Line] | None = None) -> NewOrder:
    """The order as it is put on record where it is new; `shared`: what was made of lines of orders before it."""
    wish, channel = came.wish, came.channel
    identifier = order_id(channel.identifier, wish.number)
    closed = wish.source_state is SourceState.CLOSED
    lines = _lines(came, shared, cancelled=closed)
    total = total_of(wish, [line.amount for line in lines])
    holds = held(identifier, came.findings, came.at)
    promise = promised(channel, wish)
    standing = Standing(
        payment(total, wish.paid, wish.refunded),
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
        _head(wish, total),
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


def _head(wish: OrderWish, total: int) -> Head:
    amounts = (wish.shipping, wish.discount, total, wish.paid, wish.refunded)
    said = (wish.promotion, wish.courier, wish.waybill)
    return Head(wish.kind, wish.placed_at, wish.paid_at, wish.currency, *amounts, *said)


def _lines(came: Came, shared: OnceEach[WishLine, Line] | None, *, cancelled: bool) -> tuple[Line, ...]:
    if came.goods or cancelled or shared is None:
        return tuple(_line(line, came.goods.get(line.code), cancelled=cancelled) for line in came.wish.lines)
    return tuple(shared.of(came.wish.lines, _unknown))


def _unknown(line: WishLine) -> Line:
    """A line of goods that are not known, which depends on nothing but what is wished."""
    return _line(line, None, cancelled=False)


def _line(line: WishLine, goods: KnownGoods | None, *, cancelled: bool) -> Line:
    item, unit = (goods.item, goods.unit) if goods else (None, "")
    amounts = (line.quantity, line.unit_price, line.discount, line_amount(line))
    never = line.quantity if cancelled and line.kind is LineKind.GOODS else Decimal(0)
    return Line(line.kind, line.code, line.title, item, unit, *amounts, cancelled=never)


def _checks(findings: Sequence[Finding]) -> tuple[tuple[str, str], ...]:
    return (("checks", ",".join(sorted({one.check for one in findings}))),)
