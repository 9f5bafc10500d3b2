"""Which lines of an order goods that left are of: the first that still want some, whatever else the rest (ORD-2)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from bylaw_orders.rules.following.heard import MovedGoods
from bylaw_orders.rules.orders.order import ZERO, Line


def issued_lines(lines: Sequence[Line], moved: Iterable[tuple[MovedGoods, int]]) -> tuple[Line, ...]:
    """The lines with what left (1) and is back on the shelf (-1) of each item; more than is wanted is the last's."""
    made = list(lines)
    for goods, sign in moved:
        places = [place for place, line in enumerate(made) if line.item == goods.item]
        left = goods.quantity
        for place in places if sign > 0 else reversed(places):
            room = max(made[place].left, ZERO) if sign > 0 else made[place].issued
            part = min(room, left)
            made[place] = _moved(made[place], sign * part)
            left -= part
        if left > 0 and places and sign > 0:
            made[places[-1]] = _moved(made[places[-1]], left)
    return tuple(made)


def _moved(line: Line, quantity: Decimal) -> Line:
    return replace(line, issued=line.issued + quantity)
