"""Checks of an order as a whole: its totals, what was paid, whom it goes to, and what the platform says (ORD-1)."""

from decimal import Decimal

from bylaw_orders.rules.checking.facts import OrderFacts, PhoneKind
from bylaw_orders.rules.checking.lines import CLAUSE, HUNDRED
from bylaw_orders.rules.checking.words import EXACT, money
from bylaw_orders.rules.orders.hold import Finding
from bylaw_orders.rules.orders.order import LineKind, SourceState


def totals_disagree(order: OrderFacts) -> Finding | None:
    """The platform's total is not what lines, shipping and discount come to (ORD-1)."""
    if order.total == order.adds_up_to:
        return None
    stated, summed = money(order.total, order.currency), money(order.adds_up_to, order.currency)
    return whole(
        "TOTALS_DISAGREE",
        f"平台总额 {stated} 与明细合计 {summed} 不符：请核对是否缺行或有优惠未计，更正后放行。",
        f"The platform's total is {stated}, and its parts come to {summed}: see whether a line or a discount is"
        " missing, correct it and release the order.",
    )


def discount_large(order: OrderFacts) -> Finding | None:
    """More is taken off than the channel bears: with a promotion named, and without (ORD-1, MKT-3)."""
    off = order.discount + sum(line.discount for line in order.lines)
    if off <= 0:
        return None
    setting = order.setting
    most = setting.promotion_percent if order.promotion else setting.discount_percent
    worth = Decimal(sum(line.amount + line.discount for line in order.lines if line.kind is LineKind.GOODS))
    if EXACT.multiply(Decimal(off), HUNDRED) <= EXACT.multiply(most, worth):
        return None
    return whole(
        "DISCOUNT_LARGE",
        f"优惠合计 {money(off, order.currency)}，超过本渠道允许的 {most:f}%：请核对活动与授权，无误后放行。",
        f"{money(off, order.currency)} is taken off, more than the {most:f} per cent that the channel bears: see"
        " whether the promotion allows it, and release the order if it does.",
    )


def currency_differs(order: OrderFacts) -> Finding | None:
    """An order in another currency than the channel sells in, or its goods are priced in (ORD-1)."""
    others = {order.channel_currency} if order.currency != order.channel_currency else set[str]()
    if order.is_offered:
        priced = (line.goods.price for line in order.lines if line.goods)
        others |= {price.currency for price in priced if price and price.currency != order.currency}
    if not others:
        return None
    shown = ", ".join(sorted(others))
    return whole(
        "CURRENCY_DIFFERS",
        f"订单币种为 {order.currency}，渠道或定价为 {shown}：请确认币种与金额后放行。",
        f"The order is in {order.currency}, the channel or its prices in {shown}: make sure of currency and amounts,"
        " and then release the order.",
    )


def paid_less(order: OrderFacts) -> Finding | None:
    """The platform says it is paid, and less was paid than it comes to (ORD-1)."""
    if order.state is SourceState.UNPAID or order.paid >= order.total:
        return None
    paid, due = _paid_and_due(order)
    return whole(
        "PAID_LESS",
        f"已付 {paid}，少于应付 {due}：请核对优惠或等待补款，到账后放行。",
        f"{paid} was paid of {due}: see to the discount or wait for the rest, and then release the order.",
    )


def paid_more(order: OrderFacts) -> Finding | None:
    """More was paid than it comes to (ORD-1)."""
    if order.paid <= order.total:
        return None
    paid, due = _paid_and_due(order)
    return whole(
        "PAID_MORE",
        f"已付 {paid}，多于应付 {due}：请核对金额，需要时退还差额，再放行。",
        f"{paid} was paid, more than {due}: see to the amounts, pay the difference back if it is due, and then release"
        " the order.",
    )


def address_incomplete(order: OrderFacts) -> Finding | None:
    """Nobody could deliver it: name or street is missing, or the street too short to be one (ORD-1)."""
    recipient, shortest = order.recipient, order.setting.address_characters
    if not _is_delivered(order):
        return None
    if recipient and recipient.name_length and recipient.address_length >= shortest:
        return None
    lacking_name = not (recipient and recipient.name_length)
    zh, en = ("缺少收件人姓名", "The recipient's name is missing") if lacking_name else _short(shortest)
    return whole(
        "ADDRESS_INCOMPLETE",
        f"{zh}，无法投递：请向买家或平台核实收件信息，补全后放行。",
        f"{en}; nobody could deliver it: ask the customer or look it up on the platform, complete it and release.",
    )


def phone_invalid(order: OrderFacts) -> Finding | None:
    """Nobody could be called: there is no number, or none that can be one. A masked one is the platform's (ORD-1)."""
    phone = order.recipient.phone if order.recipient else PhoneKind.MISSING
    if phone >= PhoneKind.POSSIBLE or phone is PhoneKind.MASKED or not _is_delivered(order):
        return None
    is_missing = phone is PhoneKind.MISSING
    zh, en = ("缺少联系电话", "is missing") if is_missing else ("联系电话不是有效号码", "cannot be one")
    return whole(
        "PHONE_INVALID",
        f"{zh}：请向买家或平台核实，更正后放行。",
        f"The telephone number {en}: ask the customer or look it up on the platform, correct it and release.",
    )


def duplicate_suspected(order: OrderFacts) -> Finding | None:
    """The same customer ordered the same goods for the same total under another number, not long before (ORD-1)."""
    if not order.alike:
        return None
    shown = ", ".join(order.alike[:3])
    return whole(
        "DUPLICATE_SUSPECTED",
        f"同一买家近期有相同商品、相同金额的订单 {shown}：请与买家确认是否重复下单，确需两单则放行。",
        f"The same customer has lately ordered the same goods for the same total ({shown}): ask whether both are"
        " meant, and release the order if they are.",
    )


def platform_blocked(order: OrderFacts) -> Finding | None:
    """The platform forbids to ship it (ORD-1)."""
    if order.state is not SourceState.BLOCKED:
        return None
    return whole(
        "PLATFORM_BLOCKED",
        "平台禁止该订单发货：请到平台查明原因，解除后更新订单，不要先行发货。",
        "The platform forbids to ship this order: find out why there, and take its newer version in once it may go.",
    )


def platform_refunded(order: OrderFacts) -> Finding | None:
    """Money went back, or is about to, before it was shipped (ORD-1)."""
    if order.refunded <= 0:
        return None
    back = money(order.refunded, order.currency)
    return whole(
        "PLATFORM_REFUNDED",
        f"该订单发货前已退款 {back}：请核对退的是哪些商品，取消后再放行其余部分。",
        f"{back} was paid back before it was shipped: see for which goods, cancel those, and release the rest.",
    )


def remark_needs_person(order: OrderFacts) -> Finding | None:
    """The customer wrote something, which a person has to read (ORD-1)."""
    if not (order.recipient and order.recipient.has_remark):
        return None
    return whole(
        "REMARK_NEEDS_PERSON",
        "买家有留言：请查看留言并按其处理，再放行。",
        "The customer left a remark: read it, do what it asks if that can be done, and release the order.",
    )


def whole(check: str, zh: str, en: str) -> Finding:
    """A finding of an order as a whole."""
    return Finding(check, CLAUSE, zh, en)


def _paid_and_due(order: OrderFacts) -> tuple[str, str]:
    return money(order.paid, order.currency), money(order.total, order.currency)


def _is_delivered(order: OrderFacts) -> bool:
    """Whether there is anything that has to reach somebody."""
    return any(line.kind is LineKind.GOODS for line in order.lines)


def _short(shortest: int) -> tuple[str, str]:
    return f"收货地址不足 {shortest} 个字", f"The address has fewer than {shortest} characters"
