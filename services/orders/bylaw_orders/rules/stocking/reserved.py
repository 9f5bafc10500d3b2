"""A new order whose goods inventory was asked for: what holds, what is short, what the channel does then (ORD-1)."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bylaw_orders.rules.channels.channel import Channel, Shortage
from bylaw_orders.rules.orders.hold import Finding, held
from bylaw_orders.rules.orders.placed import NewOrder, Placed
from bylaw_orders.rules.orders.standing import Fulfilment, Shipping, fulfilment
from bylaw_orders.rules.orders.timeline import Event, Happened
from bylaw_orders.rules.orders.updating import cancelled_lines
from bylaw_orders.rules.stocking.claim import SHORT_PAUSE, Claim, ClaimState, Settled, Wanted, reservation_id

SHORT_OF_STOCK = Finding(
    "STOCK_SHORT",
    "ORD-1",
    "库存不足；请与顾客商定替换、等待或取消，再放行或取消",
    "there is too little in stock; agree with the customer on something else, on waiting or on cancelling, and release"
    " or cancel it",
)
HAPPENED = {
    ClaimState.HELD: Happened.STOCK_RESERVED,
    ClaimState.CONFIRMED: Happened.STOCK_RESERVED,
    ClaimState.SHORT: Happened.STOCK_SHORT,
    ClaimState.RELEASED: Happened.STOCK_RELEASED,
    ClaimState.LOST: Happened.STOCK_LOST,
}


def reserved(made: NewOrder, came_to: Sequence[tuple[Claim, Settled]], channel: Channel) -> NewOrder:
    """The order as it is put on record with what its claims came to."""
    claims = [(replace(claim, state=to.state, reserved=to.reserved), to.due) for claim, to in came_to]
    placed, at = made.placed, made.placed.created_at
    events = [*made.events, *(Event(placed.identifier, at, happened(claim), placed.created_by) for claim, _ in claims)]
    if any(claim.state is ClaimState.SHORT for claim, _ in claims):
        placed, more = when_short(placed, channel)
        events += more
        if placed.standing.cancelled_at or placed.holds:
            claims = [(replace(claim, wanted=Wanted.NONE), at) for claim, _ in claims]
    for rest in [one for claim, _ in claims if (one := remainder(claim, placed.standing.rounds + 1))]:
        claims.append((rest, at + SHORT_PAUSE))
        placed = replace(placed, standing=replace(placed.standing, rounds=rest.round))
    stated = restated(placed, [claim for claim, _ in claims], history=channel.wish.history)
    return NewOrder(stated, tuple(claims), tuple(events))


def when_short(placed: Placed, channel: Channel) -> tuple[Placed, list[Event]]:
    """What the channel does with an order that is short: it waits, is held for a person, or is cancelled."""
    at, by = placed.created_at, placed.created_by
    match channel.wish.shortage:
        case Shortage.SUBSTITUTE:
            holds = held(placed.identifier, (SHORT_OF_STOCK,), at)
            noted = Event(placed.identifier, at, Happened.HELD, by, data=(("checks", SHORT_OF_STOCK.check),))
            return replace(placed, holds=(*placed.holds, *holds)), [noted]
        case Shortage.CANCEL:
            standing = replace(placed.standing, cancelled_at=at)
            noted = Event(placed.identifier, at, Happened.CANCELLED, by, data=(("because", SHORT_OF_STOCK.check),))
            return replace(placed, lines=cancelled_lines(placed.lines), standing=standing), [noted]
        case _:
            return placed, []


def remainder(claim: Claim, number: int) -> Claim | None:
    """What a claim that holds a part leaves open: a claim of its own, in a round of its own, which waits."""
    if not (claim.partial and claim.wanted is Wanted.HELD and claim.state is ClaimState.HELD):
        return None
    lines = {item: wanted - claim.reserved.get(item, Decimal(0)) for item, wanted in claim.lines.items()}
    lines = {item: left for item, left in lines.items() if left > 0}
    if not lines:
        return None
    reservation = reservation_id(claim.order, number)
    return Claim(
        reservation, claim.order, number, claim.warehouse, claim.purpose, lines, partial=True, state=ClaimState.SHORT
    )


def restated(placed: Placed, claims: Sequence[Claim], *, history: bool, parcels: Sequence[Fulfilment] = ()) -> Placed:
    """The order with how far its goods are, as its lines, claims and parcels say."""
    holding = sum((claim.holding for claim in claims), Decimal(0))
    shipping = Shipping(holding, parcels)
    now = fulfilment(placed.head.kind, placed.lines, shipping, source=placed.seen.source_state, history=history)
    return replace(placed, standing=replace(placed.standing, fulfilment=now))


def happened(claim: Claim) -> str:
    """What the timeline says of where a claim stands now."""
    part = claim.state in {ClaimState.HELD, ClaimState.CONFIRMED} and claim.reserved != claim.lines
    return Happened.STOCK_RESERVED_IN_PART if part else HAPPENED[claim.state]
