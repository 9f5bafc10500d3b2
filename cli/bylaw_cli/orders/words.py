"""The words of orders in both languages: how far they are, what they are held for, how claims disagree."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from bylaw_cli.wording import Language, Wording

Tree = Mapping[str, Any]
PAYMENTS = {
    "UNPAID": Wording("unpaid", "未付"),
    "PAID_IN_PART": Wording("paid in part", "部分付款"),
    "PAID": Wording("paid", "已付"),
    "REFUNDED_IN_PART": Wording("refunded in part", "部分退款"),
    "REFUNDED": Wording("refunded", "已退款"),
}
FULFILMENTS = {
    "WAITING": Wording("waits", "待预留"),
    "RESERVED_IN_PART": Wording("reserved in part", "部分预留"),
    "RESERVED": Wording("reserved", "已预留"),
    "ISSUED_IN_PART": Wording("issued in part", "部分出库"),
    "ISSUED": Wording("issued", "已出库"),
    "HANDED_OVER": Wording("handed over", "已交运"),
    "IN_TRANSIT": Wording("in transit", "运输中"),
    "SIGNED": Wording("signed", "已签收"),
    "CANCELLED": Wording("cancelled", "已取消"),
    "NOTHING": Wording("nothing to ship", "无需发货"),
}
AFTER_SALES = {"OPEN": Wording("a ticket is open", "有未结工单"), "CLOSED": Wording("tickets closed", "工单已结")}
OUTCOMES = {
    "TAKEN": Wording("taken", "已受理"),
    "HELD": Wording("taken, and held", "已受理，待人工处理"),
    "UPDATED": Wording("updated", "已更新"),
    "REPEATED": Wording("known already", "重复，未变"),
    "REFUSED": Wording("refused", "已拒绝"),
}
POLICIES = {
    "WAIT": Wording("short: waits", "缺货：等待"),
    "SPLIT": Wording("short: goes in parts", "缺货：分批"),
    "SUBSTITUTE": Wording("short: ask the customer", "缺货：与客户协商"),
    "CANCEL": Wording("short: is cancelled", "缺货：取消"),
}
DISAGREEMENTS = {
    "WITHOUT_ORDER": Wording("held for no order", "无订单的预留"),
    "NOT_WANTED": Wording("held, and not wanted", "订单已不需要的预留"),
    "NOT_HELD": Wording("wanted, and not held", "订单缺少预留"),
    "OTHER_QUANTITY": Wording("another quantity is held", "预留数量不符"),
}
KEY_FIGURES = {
    "ORDERS": Wording("sales", "订单数"),
    "REPEAT_ORDERS": Wording("sales to customers who came again", "复购订单数"),
    "REFUNDED": Wording("sales with money paid back", "有退款的订单数"),
    "COMPLAINED": Wording("sales complained of", "被投诉的订单数"),
    "SHIPPED_IN_TIME": Wording("shipped in time", "按时发货"),
    "SHIPPED_LATE": Wording("shipped late, or not yet", "发货超时"),
    "DELIVERED_IN_TIME": Wording("delivered in time", "按时送达"),
    "DELIVERED_LATE": Wording("delivered late, or not yet", "送达超时"),
    "TICKETS": Wording("tickets", "工单数"),
    "COMPLAINTS": Wording("complaints", "投诉工单数"),
    "ANSWERED": Wording("answered", "已答复工单数"),
    "ANSWERED_IN_TIME": Wording("answered in time", "按时答复工单数"),
}
PAYMENT, FULFILMENT, AFTER = "PAYMENT_STATE_", "FULFILMENT_STATE_", "AFTER_SALES_STATE_"
DIGITS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "KWD": 3, "BHD": 3, "OMR": 3, "JOD": 3, "TND": 3}
"""How many digits of its smallest unit a currency has; the others have two."""
TWO = 2


def shown(words: Mapping[str, Wording], value: str, prefix: str, language: Language) -> str:
    """A value of the contract in a word; one that is new here keeps its own."""
    bare = value.removeprefix(prefix)
    return words[bare].show(language) if bare in words else bare


def money(minor_units: str | int, currency: str) -> str:
    """An amount in the smallest unit as people read it: `387.00`; what is finer than that is shown too."""
    digits = DIGITS.get(currency, TWO)
    amount = Decimal(minor_units).scaleb(-digits)
    rounded = amount.quantize(Decimal(1).scaleb(-digits))
    return f"{rounded if rounded == amount else amount.normalize():f}"


def minor(amount: Decimal, currency: str) -> Decimal:
    """The same in the smallest unit."""
    return amount.scaleb(DIGITS.get(currency, TWO))


def when(instant: str) -> str:
    """An instant on the clock of this machine; nothing where there is none."""
    return f"{datetime.fromisoformat(instant).astimezone():%Y-%m-%d %H:%M}" if instant else ""


def checks(order: Tree) -> str:
    """What an order is held for, each once."""
    return ", ".join(dict.fromkeys(hold["check"] for hold in order["holds"]))
