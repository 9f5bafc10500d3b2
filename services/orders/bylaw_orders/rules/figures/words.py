"""What figures are called in Chinese and English."""

from collections.abc import Mapping

from bylaw_orders.rules.figures.asked import Dimension, Kind, Part

Words = tuple[str, str]
DIMENSIONS: Mapping[Dimension, Words] = {
    Dimension.DAY: ("日期", "Day"),
    Dimension.CHANNEL: ("渠道", "Channel"),
    Dimension.PRODUCT: ("商品", "Product"),
    Dimension.REGION: ("地区", "Region"),
    Dimension.PROMOTION: ("推广码", "Promotion"),
}
PARTS: Mapping[Part, Words] = {
    Part.WHOLE: ("整单", "whole orders"),
    Part.GOODS: ("商品", "goods"),
    Part.CHARGE: ("费用", "charges"),
    Part.CORRECTION: ("更正", "corrections"),
    Part.SHIPPING: ("运费", "shipping"),
    Part.DISCOUNT: ("整单优惠", "discounts on whole orders"),
    Part.DIFFERENCE: ("平台合计的差额", "difference to the platform's totals"),
}
KINDS: Mapping[Kind, Words] = {
    Kind.ORDERS: ("订单数", "Orders"),
    Kind.REPEAT_ORDERS: ("复购订单数", "Orders of repeat customers"),
    Kind.REFUNDED: ("有退款的订单数", "Orders refunded"),
    Kind.COMPLAINED: ("被投诉的订单数", "Orders complained of"),
    Kind.SHIPPED_IN_TIME: ("按时发货", "Shipped in time"),
    Kind.SHIPPED_LATE: ("发货超时", "Shipped late"),
    Kind.DELIVERED_IN_TIME: ("按时送达", "Delivered in time"),
    Kind.DELIVERED_LATE: ("送达超时", "Delivered late"),
    Kind.TICKETS: ("工单数", "Tickets"),
    Kind.COMPLAINTS: ("投诉工单数", "Complaints"),
    Kind.ANSWERED: ("已答复工单数", "Answered"),
    Kind.ANSWERED_IN_TIME: ("按时答复工单数", "Answered in time"),
}
WITHOUT: Mapping[Dimension, Words] = {
    Dimension.PRODUCT: ("（无编码）", "(without a code)"),
    Dimension.REGION: ("（未知）", "(not known)"),
    Dimension.PROMOTION: ("（无推广码）", "(without a promotion)"),
}
"""What is called so that has no key."""
OF_WHOLE_ORDERS = frozenset({Part.SHIPPING, Part.DISCOUNT, Part.DIFFERENCE})
ALL_CHANNELS: Words = ("全部渠道", "all channels")


def title_of(by: Dimension, part: Part, key: str, said: Words) -> Words:
    """What a figure is called: as its records say, else by its key."""
    if part in OF_WHOLE_ORDERS:
        return PARTS[part]
    if any(said):
        return said
    return (key, key) if key else WITHOUT.get(by, ("", ""))
