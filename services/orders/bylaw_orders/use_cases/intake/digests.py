"""Keyed digests of orders as they came: the same content tells a repeat, and nobody without the key tells a content."""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

from bylaw_orders.rules.orders.order import OrderWish, WishLine
from bylaw_orders.rules.orders.same_lines import OnceEach
from bylaw_orders.rules.privacy.recipient import Recipient

_TO_WHOM = attrgetter(*(field.name for field in fields(Recipient)))


@dataclass(frozen=True, slots=True, repr=False)
class Digests:
    """`secret`: a key of this service, the same in all its processes."""

    secret: bytes

    def of(self, wishes: Sequence[OrderWish], told: OnceEach[WishLine, str]) -> Iterator[bytes]:
        """HMAC-SHA-256 of all that was told of each order but the instant of its version; `told`: lines in words."""
        for wish in wishes:
            lines = ", ".join(told.of(wish.lines, _line))
            to = [*_TO_WHOM(wish.recipient)] if wish.recipient else []
            carried = f", {wish.courier!r}, {wish.waybill!r}" if wish.courier or wish.waybill else ""
            whole = f"({_head(wish)}, [{lines}], {to!r}{carried})"
            yield hmac.digest(self.secret, whole.encode("utf-8", "surrogatepass"), hashlib.sha256)


def _head(wish: OrderWish) -> str:
    """What is told of the order as a whole, as the inside of a tuple."""
    told = (
        wish.number,
        int(wish.kind),
        int(wish.source_state),
        wish.placed_at.isoformat(),
        wish.paid_at and wish.paid_at.isoformat(),
        wish.currency,
        wish.shipping,
        wish.discount,
        wish.total,
        wish.paid,
        wish.refunded,
        wish.promotion,
    )
    return repr(told)[1:-1]


def _line(line: WishLine) -> str:
    quantity, price = f"{line.quantity.normalize():f}", f"{line.unit_price.normalize():f}"
    return repr((line.code, line.title, quantity, price, line.discount, line.amount, int(line.kind)))
