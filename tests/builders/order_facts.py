"""Orders as the checks look at them: one at which nothing is wrong, and what may be wrong with it."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from bylaw_orders.rules.checking.checked import checked
from bylaw_orders.rules.checking.facts import LineFacts, OrderFacts, PhoneKind, RecipientFacts
from bylaw_orders.rules.checking.setting import DEFAULT, CheckSetting
from bylaw_orders.rules.goods.known import KnownGoods, Price
from bylaw_orders.rules.orders.order import LineKind, OrderKind, SourceState

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
TEA = KnownGoods(UUID(int=1), "TEA", "Longjing", "piece", 0, listed=True, price=Price(1250, "CNY", NOON))
SOMEBODY = RecipientFacts(3, PhoneKind.POSSIBLE, 20, has_remark=False)


def a_line(**more: Any) -> LineFacts:
    """Two of a tea at its price."""
    line = LineFacts(1, LineKind.GOODS, "TEA", Decimal(2), Decimal(1250), 0, 2500, TEA)
    return line._replace(**more)


def an_order(*lines: LineFacts, **more: Any) -> OrderFacts:
    """A paid order at which nothing is wrong."""
    own = lines or (a_line(),)
    amount = sum(line.amount for line in own)
    order = OrderFacts(
        OrderKind.SALE,
        SourceState.PAID,
        "CNY",
        "CNY",
        is_offered=True,
        lines=own,
        discount=0,
        adds_up_to=amount,
        total=amount,
        paid=amount,
        refunded=0,
        promotion="",
        recipient=SOMEBODY,
        alike=(),
        setting=DEFAULT,
    )
    return order._replace(**more)


def found(order: OrderFacts) -> list[str]:
    """Which checks find something."""
    return [one.check for one in checked(order)]


def setting(**more: Any) -> CheckSetting:
    """What counts where nothing was set, but for this."""
    return replace(DEFAULT, **more)


def goods(**more: Any) -> KnownGoods:
    """A tea, but for this."""
    return TEA._replace(**more)
