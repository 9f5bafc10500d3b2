"""What may happen to an order, in words (ORD-1, ORD-2): the kinds of its timeline."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Happened(StrEnum):
    """What happened; the text is what is kept and told."""

    TAKEN = "TAKEN"
    UPDATED = "UPDATED"
    MENDED = "MENDED"
    HELD = "HELD"
    HOLD_RELEASED = "HOLD_RELEASED"
    STOCK_ASKED = "STOCK_ASKED"
    STOCK_RESERVED = "STOCK_RESERVED"
    STOCK_RESERVED_IN_PART = "STOCK_RESERVED_IN_PART"
    STOCK_SHORT = "STOCK_SHORT"
    STOCK_RELEASED = "STOCK_RELEASED"
    STOCK_LOST = "STOCK_LOST"
    STOCK_ISSUED = "STOCK_ISSUED"
    ISSUE_REVERSED = "ISSUE_REVERSED"
    CANCELLED = "CANCELLED"
    CLOSED_BY_PLATFORM = "CLOSED_BY_PLATFORM"
    PAID = "PAID"
    REFUNDED = "REFUNDED"
    SPLIT = "SPLIT"
    MERGED = "MERGED"
    RECIPIENT_REVEALED = "RECIPIENT_REVEALED"


WORDS: dict[str, tuple[str, str]] = {
    Happened.TAKEN: ("订单已受理", "The order was taken in"),
    Happened.UPDATED: ("平台有新版本，已更新", "A newer version came from the platform"),
    Happened.MENDED: ("人工更正", "A person mended it"),
    Happened.HELD: ("核对不符，待人工处理", "A check failed; it waits for a person"),
    Happened.HOLD_RELEASED: ("人工放行", "A person released it"),
    Happened.STOCK_ASKED: ("已请求预留库存", "Its goods were asked for"),
    Happened.STOCK_RESERVED: ("库存已预留", "Its goods are reserved"),
    Happened.STOCK_RESERVED_IN_PART: ("库存部分预留，其余待货", "Some of its goods are reserved, the rest waits"),
    Happened.STOCK_SHORT: ("库存不足", "There is too little in stock"),
    Happened.STOCK_RELEASED: ("预留已释放", "Its goods were given back"),
    Happened.STOCK_LOST: ("预留在仓库被取消或到期", "The warehouse no longer holds its goods"),
    Happened.STOCK_ISSUED: ("货物已出库", "Goods have left the shelves"),
    Happened.ISSUE_REVERSED: ("出库已冲销", "An issue was reversed"),
    Happened.CANCELLED: ("订单已取消", "The order was cancelled"),
    Happened.CLOSED_BY_PLATFORM: ("平台已关闭订单", "The platform closed the order"),
    Happened.PAID: ("收到付款", "A payment was recorded"),
    Happened.REFUNDED: ("已退款", "A refund was recorded"),
    Happened.SPLIT: ("订单已拆分", "The order was split"),
    Happened.MERGED: ("订单已合并发货", "Orders were merged for shipping"),
    Happened.RECIPIENT_REVEALED: ("收件人信息被查看", "Somebody had the recipient revealed"),
}
"""Each kind in Chinese and English."""


@dataclass(frozen=True, slots=True)
class Event:
    """A row of the timeline. `actor` is a caller's key; `reason` is what they said; nothing personal in `data`."""

    order: UUID
    at: datetime
    kind: str
    actor: str
    reason: str = ""
    data: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NumberedEvent:
    """The same as it was kept."""

    number: int
    event: Event
