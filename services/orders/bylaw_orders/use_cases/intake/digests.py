"""Keyed digests of orders as they came: the same content tells a repeat, and nobody without the key tells a content."""

import hashlib
import hmac
from dataclasses import dataclass, fields

from bylaw_orders.rules.orders.order import OrderWish
from bylaw_orders.rules.privacy.recipient import Recipient

_TO_WHOM = tuple(field.name for field in fields(Recipient))


@dataclass(frozen=True, slots=True, repr=False)
class Digests:
    """`secret`: a key of this service, the same in all its processes."""

    secret: bytes

    def of(self, wish: OrderWish) -> bytes:
        """HMAC-SHA-256 of all that was told of an order but the instant of its version."""
        lines = [
            (
                line.code,
                line.title,
                f"{line.quantity.normalize():f}",
                f"{line.unit_price.normalize():f}",
                line.discount,
                line.amount,
                int(line.kind),
            )
            for line in wish.lines
        ]
        to = [getattr(wish.recipient, name) for name in _TO_WHOM] if wish.recipient else []
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
            lines,
            to,
        )
        return hmac.digest(self.secret, repr(told).encode("utf-8", "surrogatepass"), hashlib.sha256)
