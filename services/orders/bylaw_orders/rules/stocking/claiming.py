"""What an order claims of the stock: what is left of it as a whole, or in the parts that it is split into (ORD-1)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from bylaw_orders.rules.channels.channel import Channel, Shortage
from bylaw_orders.rules.orders.order import ZERO, OrderKind, SourceState
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.stocking.claim import Claim, reservation_id

LONGEST_PURPOSE = 100


class Wish(NamedTuple):
    """So much of each item, out of a warehouse, for a purpose that a picker reads; `partial`: what is there will do."""

    warehouse: UUID
    purpose: str
    lines: Mapping[UUID, Decimal]
    partial: bool


def whole(placed: Placed, channel: Channel) -> list[Wish]:
    """All that is left to ship, of goods that are known; nothing where it does not ship from our warehouse now."""
    wanted: dict[UUID, Decimal] = {}
    for line in placed.lines:
        if line.item and line.left > ZERO:
            wanted[line.item] = wanted.get(line.item, ZERO) + line.left
    return wished(placed, channel, [wanted]) if wanted else []


def wished(placed: Placed, channel: Channel, parts: Sequence[Mapping[UUID, Decimal]]) -> list[Wish]:
    """Parts of an order as wishes; none where it does not ship from our warehouse now."""
    warehouse = channel.wish.warehouse
    if warehouse is None or not ships(channel, placed.head.kind, placed.seen.source_state):
        return []
    purpose = f"orders/{channel.wish.code}/{placed.number}"[:LONGEST_PURPOSE]
    return [Wish(warehouse, purpose, part, channel.wish.shortage is Shortage.SPLIT) for part in parts]


def claims_of(placed: Placed, wishes: Sequence[Wish]) -> list[Claim]:
    """The claims of an order, each in the next round."""
    first = placed.standing.rounds + 1
    return [
        Claim(
            reservation_id(placed.identifier, number),
            placed.identifier,
            number,
            wish.warehouse,
            wish.purpose,
            wish.lines,
            wish.partial,
        )
        for number, wish in enumerate(wishes, first)
    ]


def ships(channel: Channel, kind: OrderKind, state: SourceState) -> bool:
    """Whether an order's goods are to leave our warehouse now."""
    wish = channel.wish
    ready = state in {SourceState.PAID, SourceState.SHIPPED_IN_PART}
    return wish.warehouse is not None and not wish.history and kind is OrderKind.SALE and ready
