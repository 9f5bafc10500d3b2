"""Checks of a line: its goods, its quantity and its price, exactly (ORD-1)."""

from decimal import Decimal
from functools import lru_cache

from bylaw_orders.rules.checking.facts import LineFacts, OrderFacts
from bylaw_orders.rules.checking.words import EXACT, money
from bylaw_orders.rules.orders.hold import Finding

CLAUSE = "ORD-1"
ONE, HUNDRED = Decimal(1), Decimal(100)


def goods_unknown(line: LineFacts, order: OrderFacts) -> Finding | None:  # noqa: ARG001 - every check is asked alike
    """A code that inventory does not know (ORD-1)."""
    if line.goods is not None:
        return None
    return at(
        line,
        "GOODS_UNKNOWN",
        f"商品编码“{line.code}”不在商品目录中：请核对编码，或先在库存中建立该商品，再放行。",
        f"The code `{line.code}` is none of our goods: correct it, or put the item on record in inventory, and then"
        " release the order.",
    )


def goods_not_listed(line: LineFacts, order: OrderFacts) -> Finding | None:
    """Goods that the channel did not offer when they were ordered (ORD-1, GDS-1)."""
    goods = line.goods
    if goods is None or goods.listed or not order.is_offered:
        return None
    return at(
        line,
        "GOODS_NOT_LISTED",
        f"下单时“{goods.code}”未在本渠道上架：请确认可以销售后放行，否则与买家协商取消。",
        f"`{goods.code}` was not listed on this channel when it was ordered: release the order if it may be sold, else"
        " agree with the customer to cancel it.",
    )


def quantity_odd(line: LineFacts, order: OrderFacts) -> Finding | None:
    """A quantity of nothing or less, finer than the goods are counted, or beyond the channel's limit (ORD-1)."""
    quantity, goods, limit = line.quantity, line.goods, order.setting.quantity_limit
    if quantity <= 0:
        zh, en = "数量不大于零", "is not more than zero"
    elif quantity > limit:
        zh, en = f"数量超过本渠道上限 {limit:f}", f"is more than the channel's limit of {limit:f}"
    elif goods is not None and not _is_counted(quantity, goods.fraction_digits):
        zh, en = _finer(goods.fraction_digits)
    else:
        return None
    return at(
        line,
        "QUANTITY_ODD",
        f"第 {line.number} 行{zh}（{quantity:f}）：请与买家核实后更正或放行。",
        f"The quantity of line {line.number} ({quantity:f}) {en}: ask the customer, then correct or release it.",
    )


def price_unknown(line: LineFacts, order: OrderFacts) -> Finding | None:
    """Goods for which no price was agreed on the channel when they were ordered (ORD-1, GDS-2)."""
    goods = line.goods
    if goods is None or goods.price is not None or not order.is_offered or _is_exchanged(line, order):
        return None
    return at(
        line,
        "PRICE_UNKNOWN",
        f"下单时“{goods.code}”在本渠道没有已批准的价格：请确认价格后放行，并补办定价。",
        f"No price of `{goods.code}` was agreed on this channel when it was ordered: confirm it and release, and have"
        " a price agreed.",
    )


def price_off_list(line: LineFacts, order: OrderFacts) -> Finding | None:
    """A price of one that is further from the price in force than the channel bears (ORD-1, GDS-2).

    Where a promotion is named it may be lower by as much as a promotion may take off.
    """
    price = line.goods.price if line.goods and order.is_offered else None
    if price is None or price.currency != order.currency or line.unit_price == price.minor_units:
        return None
    if _is_exchanged(line, order):
        return None
    setting, listed = order.setting, Decimal(price.minor_units)
    borne = setting.price_tolerance_percent
    if order.promotion and line.unit_price < listed:
        borne = max(borne, setting.promotion_percent)
    off = abs(EXACT.subtract(line.unit_price, listed))
    if EXACT.multiply(off, HUNDRED) <= EXACT.multiply(borne, listed):
        return None
    asked, agreed = money(line.unit_price, order.currency), money(price.minor_units, price.currency)
    return at(
        line,
        "PRICE_OFF_LIST",
        f"第 {line.number} 行单价 {asked} 与当时定价 {agreed} 不符：请核对价格或活动，更正或确认后放行。",
        f"The price of line {line.number} is {asked}, and the list said {agreed}: see to the price or the promotion,"
        " and release the order if it stands.",
    )


def line_disagrees(line: LineFacts, order: OrderFacts) -> Finding | None:
    """An amount that is not quantity times price less discount, but for the rounding to a whole unit (ORD-1)."""
    worth = EXACT.subtract(EXACT.multiply(line.quantity, line.unit_price), Decimal(line.discount))
    if worth == line.amount or abs(EXACT.subtract(worth, Decimal(line.amount))) < ONE:
        return None
    stated, computed = money(line.amount, order.currency), money(worth, order.currency)
    return at(
        line,
        "LINE_DISAGREES",
        f"第 {line.number} 行金额 {stated} 与数量乘单价减优惠所得 {computed} 不符：请到平台核对，更正后放行。",
        f"Line {line.number} comes to {stated}, but quantity times price less discount is {computed}: look it up on"
        " the platform, correct it and release the order.",
    )


def at(line: LineFacts, check: str, zh: str, en: str) -> Finding:
    """A finding of a line."""
    return Finding(check, CLAUSE, zh, en, line.number)


def _is_exchanged(line: LineFacts, order: OrderFacts) -> bool:
    return order.is_exchange and line.unit_price == 0


@lru_cache(maxsize=16)
def _unit(fraction_digits: int) -> Decimal:
    return Decimal(1).scaleb(-fraction_digits)


def _is_counted(quantity: Decimal, fraction_digits: int) -> bool:
    return not EXACT.remainder(quantity, _unit(fraction_digits))


def _finer(fraction_digits: int) -> tuple[str, str]:
    if fraction_digits == 0:
        return "数量不是整数", "is no whole number"
    zh = f"数量细于小数点后 {fraction_digits} 位"
    return zh, f"is finer than {fraction_digits} digits behind the point"
