"""Orders that are like each other: of one customer, for the same goods and total, within some hours (ORD-1)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from bylaw_orders.rules.checking.words import EXACT
from bylaw_orders.rules.orders.order import LineKind, OrderWish


class Likeness(NamedTuple):
    """An order among those that came together: its number, and what makes it like another.

    `customer`: the keyed hash by which its customer is known.
    """

    number: str
    customer: bytes
    placed_at: datetime
    currency: str
    total: int
    goods: str


def goods_text(wish: OrderWish) -> str:
    """Each code of goods with how much of it in all, a line each, by code: `TEA 2`."""
    found: dict[str, Decimal] = {}
    for line in wish.lines:
        if line.kind is LineKind.GOODS:
            found[line.code] = EXACT.add(found.get(line.code, Decimal(0)), line.quantity)
    return "\n".join(f"{code} {_plain(found[code])}" for code in sorted(found))


def alike_among(came: Sequence[Likeness], hours: int) -> dict[str, list[str]]:
    """By number, the other numbers of those that came together that it is like."""
    same: dict[tuple[object, ...], list[Likeness]] = defaultdict(list)
    for one in came:
        same[(one.customer, one.currency, one.total, one.goods)].append(one)
    within = timedelta(hours=hours)
    found: dict[str, list[str]] = {}
    for group in same.values():
        for one in group if len(group) > 1 else ():
            near = {other.number for other in group if abs(other.placed_at - one.placed_at) <= within}
            if others := sorted(near - {one.number}):
                found[one.number] = others
    return found


def _plain(quantity: Decimal) -> str:
    """As the database writes it, without what says nothing."""
    text = f"{quantity:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
