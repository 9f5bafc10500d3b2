"""What an order comes to: whole smallest units, exactly, rounded once a line (ORD-1)."""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal

from bylaw_orders.rules.orders.order import OrderWish, WishLine

WHOLE = Decimal(1)


def line_amount(line: WishLine) -> int:
    """What a line comes to: as stated, else quantity times price, half to even, less its discount."""
    if line.amount is not None:
        return line.amount
    return int((line.quantity * line.unit_price).quantize(WHOLE, ROUND_HALF_EVEN)) - line.discount


def comes_to(wish: OrderWish, amounts: Iterable[int]) -> int:
    """What its lines come to, with shipping, less its discount."""
    return sum(amounts) + wish.shipping - wish.discount


def total_of(wish: OrderWish, amounts: Iterable[int]) -> int:
    """What the order comes to: as the platform says, else as it sums up."""
    return comes_to(wish, amounts) if wish.total is None else wish.total
