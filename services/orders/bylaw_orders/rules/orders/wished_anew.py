"""An order on record as it would come again, so that it can be checked anew after somebody mended it (ORD-1)."""

from dataclasses import replace

from bylaw_orders.rules.orders.amounts import comes_to
from bylaw_orders.rules.orders.order import PLACED_HERE, OrderWish, WishLine
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.privacy.recipient import Recipient


def wished_anew(placed: Placed, to: Recipient | None) -> OrderWish:
    """The wish that the order is on record for. A total that its lines come to is worked out anew, another stands."""
    head, seen = placed.head, placed.seen
    lines = tuple(
        WishLine(line.code, line.title, line.quantity, line.unit_price, line.discount, line.amount, line.kind)
        for line in placed.lines
    )
    wish = OrderWish(
        number=placed.number,
        kind=head.kind,
        source_state=seen.source_state,
        source_at=seen.source_at,
        placed_at=head.placed_at,
        paid_at=head.paid_at,
        currency=head.currency,
        lines=lines,
        shipping=head.shipping,
        discount=head.discount,
        total=head.total,
        paid=head.paid,
        refunded=head.refunded,
        promotion=head.promotion,
        recipient=to,
        is_exchange=placed.created_by == PLACED_HERE,
        courier=head.courier,
        waybill=head.waybill,
    )
    adds_up = comes_to(wish, [line.amount for line in placed.lines]) == head.total
    return replace(wish, total=None) if adds_up else wish
