"""Which orders count in figures and what they come to, as parts of other statements; the rules say the same (ANA-1)."""

from typing import Any

import sqlalchemy as sa

from bylaw_orders.ports.figures import Sight
from bylaw_orders.rules.figures.asked import Asked
from bylaw_orders.rules.figures.sales import HAS_LEFT
from bylaw_orders.rules.orders.order import LineKind, OrderKind, SourceState
from bylaw_orders.rules.orders.standing import Fulfilment, Payment
from bylaw_orders.store.order_rows import reached
from bylaw_orders.store.tables import order_lines, orders

ORDER, LINE = orders.c, order_lines.c
IS_GOODS = LINE.kind == int(LineKind.GOODS)
_IS_CUT = LINE.cancelled != 0
_NOTHING = sa.literal(0, sa.Numeric)
# Few lines are cut, and what is reckoned of decimals is dear: it is reckoned of those alone.
OFF = sa.func.coalesce(
    sa.func.sum(sa.func.round(LINE.amount * LINE.cancelled / sa.func.nullif(LINE.quantity, 0))).filter(_IS_CUT),
    _NOTHING,
)
"""What of lines' amounts was cancelled: see `rules.figures.sales.kept_of`."""
IS_KEPT = sa.or_(LINE.cancelled == 0, LINE.cancelled != LINE.quantity)
"""Whether anything is left of a line."""
COUNTS = sa.and_(
    sa.or_(
        ORDER.fulfilment.in_(sorted(map(int, HAS_LEFT))),
        sa.and_(
            ORDER.cancelled_at.is_(None),
            ORDER.source_state != int(SourceState.CLOSED),
            ORDER.fulfilment != int(Fulfilment.CANCELLED),
        ),
    ),
    sa.or_(
        ORDER.kind != int(OrderKind.SALE),
        ORDER.source_state != int(SourceState.UNPAID),
        ORDER.payment >= int(Payment.PAID),
    ),
)
"""Whether an order counts: see `rules.figures.sales.counts`."""


def units_of(*here: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
    """Units of lines less what was cancelled of them."""
    cut = sa.func.sum(LINE.cancelled).filter(*here, _IS_CUT)
    return sa.func.sum(LINE.quantity).filter(*here) - sa.func.coalesce(cut, _NOTHING)


def counted(asked: Asked, sight: Sight, *more: sa.ColumnElement[bool]) -> sa.CTE:
    """The orders that count, placed in the days asked for, of channels within reach."""
    span = asked.span
    own = [reached(sight.reach, sight.day), ORDER.placed_at >= span.begins, ORDER.placed_at < span.ends, COUNTS, *more]
    if asked.channel:
        own.append(ORDER.channel == asked.channel)
    if asked.currency:
        own.append(ORDER.currency == asked.currency)
    return sa.select(orders).where(*own).cte("counted")


def sums_of(found: sa.CTE) -> sa.Subquery[Any]:
    """Of each order that counts and has lines: its lines of goods, their units, what all lines come to, what is off."""
    here = sa.and_(IS_GOODS, IS_KEPT)
    return (
        sa.select(
            LINE.of_order,
            sa.func.count().filter(here).label("lines"),
            units_of(here).label("units"),
            sa.func.sum(LINE.amount).label("amounts"),
            OFF.label("off"),
        )
        .join(found, found.c.id == LINE.of_order)
        .group_by(LINE.of_order)
        .subquery("sums")
    )
