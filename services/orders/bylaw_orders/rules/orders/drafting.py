"""From what came to what is put on record: lines with their goods, amounts, holds, promises, and a claim on the stock.

Nothing is asked here of anybody: what is known of the goods and what the checks found are handed in (ORD-1, ORD-3).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from bylaw_orders.rules.channels.channel import Channel, Promise, Shortage
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
from bylaw_orders.rules.stocking.claim import Claim, reservation_id


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
    seen = Seen(wish.source_at, wish.source_state, came.digest)
    placed = Placed(
        identifier,
        channel.identifier,
        wish.number,
        seen,
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
    claim = claim_of(made.placed, channel)
    if claim is None:
        return made
    standing = replace(made.placed.standing, rounds=claim.round)
    asked = Event(made.placed.identifier, made.placed.created_at, Happened.STOCK_ASKED, made.placed.created_by)
    placed = replace(made.placed, standing=standing)
    return NewOrder(placed, (*made.claims, (claim, made.placed.created_at)), (*made.events, asked))


def claim_of(placed: Placed, channel: Channel) -> Claim | None:
    """What an order claims in its next round: what is left to ship, of goods that are known; the same item summed."""
    if not ships(channel, placed.head.kind, placed.seen.source_state) or channel.wish.warehouse is None:
        return None
    wanted: dict[UUID, Decimal] = {}
    for line in placed.lines:
        if line.item and line.left > 0:
            wanted[line.item] = wanted.get(line.item, Decimal(0)) + line.left
    if not wanted:
        return None
    number = placed.standing.rounds + 1
    purpose = f"orders/{channel.wish.code}/{placed.number}"[:100]
    partial = channel.wish.shortage is Shortage.SPLIT
    reservation = reservation_id(placed.identifier, number)
    return Claim(reservation, placed.identifier, number, channel.wish.warehouse, purpose, wanted, partial)


def ships(channel: Channel, kind: OrderKind, state: SourceState) -> bool:
    """Whether an order's goods are to leave our warehouse now."""
    wish = channel.wish
    ready = state in {SourceState.PAID, SourceState.SHIPPED_IN_PART}
    return wish.warehouse is not None and not wish.history and kind is OrderKind.SALE and ready


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
