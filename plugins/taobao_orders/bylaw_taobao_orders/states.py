"""The platforms' words for where an order stands, as our states; a word that is not known is refused, not guessed."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from bylaw_hooks.orders import CellRefused, Cells, OrderState

WORDS: Mapping[str, OrderState] = MappingProxyType(
    {
        "等待买家付款": "unpaid",
        "待付款": "unpaid",
        "待支付": "unpaid",
        "未付款": "unpaid",
        "买家已付款": "paid",
        "等待卖家发货": "paid",
        "待发货": "paid",
        "已付款": "paid",
        "备货中": "paid",
        "卖家部分发货": "shipped_in_part",
        "部分发货": "shipped_in_part",
        "卖家已发货": "shipped",
        "等待买家确认收货": "shipped",
        "已发货": "shipped",
        "待收货": "shipped",
        "买家已签收": "signed",
        "已签收": "signed",
        "交易成功": "finished",
        "已完成": "finished",
        "交易关闭": "closed",
        "交易取消": "closed",
        "已关闭": "closed",
        "已取消": "closed",
        "退款中": "blocked",
        "退款中的订单": "blocked",
        "交易冻结": "blocked",
        "定金已付尾款未付": "unpaid",
    }
)
_PARTS = re.compile("[,，;；]")
UNKNOWN = (
    "STATE_UNKNOWN",
    "不认识的订单状态；请核对导出，或告知我们其含义",
    "a state of an order that is not known; check the export, or tell us what it means",
)


def state(cells: Cells, field: str = "state") -> OrderState:
    """By the first of its words that is known: "买家已付款，等待卖家发货" is paid. Refuses STATE_UNKNOWN."""
    said = "".join(cells.needed(field, cells.text(field, 100)).split())
    for word in (said, *_PARTS.split(said)):
        if word in WORDS:
            return WORDS[word]
    return cells.refuse(field, CellRefused(*UNKNOWN))
