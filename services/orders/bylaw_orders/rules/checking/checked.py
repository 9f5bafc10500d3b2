"""All checks of an order by name, and what they find of one (ORD-1)."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from bylaw_orders.rules.checking import lines, wholes
from bylaw_orders.rules.checking.facts import LineFacts, OrderFacts
from bylaw_orders.rules.orders.hold import Finding
from bylaw_orders.rules.orders.order import LineKind, OrderKind, SourceState

OfLine = Callable[[LineFacts, OrderFacts], Finding | None]
OfOrder = Callable[[OrderFacts], Finding | None]

BEFORE_SHIPPING = frozenset({SourceState.UNPAID, SourceState.PAID, SourceState.SHIPPED_IN_PART, SourceState.BLOCKED})
"""Whatever has left is not held back any more, and what the platform has closed goes nowhere."""


class Check(NamedTuple):
    """A check: its stable name, what it is called, and by which fields of a channel's setting it is made."""

    name: str
    zh: str
    en: str
    settings: tuple[str, ...] = ()


GOODS_CHECKS: dict[Check, OfLine] = {
    Check("GOODS_UNKNOWN", "商品在目录中", "The goods are known"): lines.goods_unknown,
    Check("GOODS_NOT_LISTED", "商品已在渠道上架", "The goods are listed on the channel"): lines.goods_not_listed,
    Check("QUANTITY_ODD", "数量合理", "The quantity is plausible", ("quantity_limit",)): lines.quantity_odd,
    Check("PRICE_UNKNOWN", "商品有已批准的价格", "A price was agreed"): lines.price_unknown,
    Check("PRICE_OFF_LIST", "单价与定价相符", "The price is the list's", ("price_tolerance_percent",)): (
        lines.price_off_list
    ),
}
"""Of each line of goods."""

LINE_CHECKS: dict[Check, OfLine] = {
    Check(
        "LINE_DISAGREES", "行金额等于数量乘单价减优惠", "A line's amount is quantity times price"
    ): lines.line_disagrees,
}
"""Of each line, of charges and corrections too."""

ORDER_CHECKS: dict[Check, OfOrder] = {
    Check("TOTALS_DISAGREE", "总额与明细相符", "The total is what its parts come to"): wholes.totals_disagree,
    Check(
        "DISCOUNT_LARGE",
        "优惠在允许范围内",
        "No more is taken off than may be",
        ("discount_percent", "promotion_percent"),
    ): (wholes.discount_large),
    Check("CURRENCY_DIFFERS", "币种一致", "The currency is the channel's"): wholes.currency_differs,
    Check("PAID_LESS", "已足额付款", "All of it is paid"): wholes.paid_less,
    Check("PAID_MORE", "没有多付", "No more was paid than it comes to"): wholes.paid_more,
    Check("ADDRESS_INCOMPLETE", "收件信息完整", "Name and address are complete", ("address_characters",)): (
        wholes.address_incomplete
    ),
    Check("PHONE_INVALID", "联系电话可用", "There is a telephone number"): wholes.phone_invalid,
    Check("DUPLICATE_SUSPECTED", "不是重复下单", "It was not ordered twice", ("duplicate_hours",)): (
        wholes.duplicate_suspected
    ),
    Check("PLATFORM_BLOCKED", "平台未禁止发货", "The platform lets it go"): wholes.platform_blocked,
    Check("PLATFORM_REFUNDED", "发货前没有退款", "Nothing was paid back before shipping"): wholes.platform_refunded,
    Check("REMARK_NEEDS_PERSON", "没有需要人工处理的留言", "No remark needs a person"): wholes.remark_needs_person,
}
"""Of the order as a whole."""

CHECKS: tuple[Check, ...] = (*GOODS_CHECKS, *LINE_CHECKS, *ORDER_CHECKS)
NAMES = frozenset(check.name for check in CHECKS)


class _Made(NamedTuple):
    """The checks that are made where some are off."""

    of_goods: Sequence[OfLine]
    of_lines: Sequence[OfLine]
    of_order: Sequence[OfOrder]


def checked(order: OrderFacts) -> tuple[Finding, ...]:
    """What is to be seen to before the order goes, line by line and then as a whole; nothing: it may go (ORD-1).

    Credits, adjustments, and what has left or was closed on the platform are not held back.
    """
    if order.kind is not OrderKind.SALE or order.state not in BEFORE_SHIPPING:
        return ()
    made, found = _made(order.setting.off), list[Finding]()
    for line in order.lines:
        if line.kind is LineKind.GOODS:
            for of_goods in made.of_goods:
                if finding := of_goods(line, order):
                    found.append(finding)
        for of_line in made.of_lines:
            if finding := of_line(line, order):
                found.append(finding)
    for of_order in made.of_order:
        if finding := of_order(order):
            found.append(finding)
    return tuple(found)


@lru_cache(maxsize=256)
def _made(off: frozenset[str]) -> _Made:
    return _Made(
        [rule for check, rule in GOODS_CHECKS.items() if check.name not in off],
        [rule for check, rule in LINE_CHECKS.items() if check.name not in off],
        [rule for check, rule in ORDER_CHECKS.items() if check.name not in off],
    )


def listed(after: Sequence[str] | None, limit: int) -> Sequence[Check]:
    """The checks in the order in which they are made, behind the one of a name; one that is gone: from the first."""
    names = [check.name for check in CHECKS]
    first = names.index(after[0]) + 1 if after and after[0] in names else 0
    return CHECKS[first : first + limit]
