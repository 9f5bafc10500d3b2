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
    UNMERGED = "UNMERGED"
    RECIPIENT_REVEALED = "RECIPIENT_REVEALED"
    TICKET_TAKEN = "TICKET_TAKEN"
    TICKET_ANSWERED = "TICKET_ANSWERED"
    TICKET_ESCALATED = "TICKET_ESCALATED"
    TICKET_CLOSED = "TICKET_CLOSED"
    TICKET_REOPENED = "TICKET_REOPENED"
    RETURN_AGREED = "RETURN_AGREED"
    GOODS_RETURNED = "GOODS_RETURNED"
    RETURN_REVERSED = "RETURN_REVERSED"
    RETURN_RESOLD = "RETURN_RESOLD"
    RETURN_SCRAPPED = "RETURN_SCRAPPED"
    RETURN_TO_SUPPLIER = "RETURN_TO_SUPPLIER"
    INSPECTION_REVERSED = "INSPECTION_REVERSED"
    ACTION_ASKED = "ACTION_ASKED"
    ACTION_NOT_MADE = "ACTION_NOT_MADE"
    EXCHANGE_PLACED = "EXCHANGE_PLACED"
    PARCEL_HANDED_OVER = "PARCEL_HANDED_OVER"
    PARCEL_UNDER_WAY = "PARCEL_UNDER_WAY"
    PARCEL_OUT_FOR_DELIVERY = "PARCEL_OUT_FOR_DELIVERY"
    PARCEL_IN_LOCKER = "PARCEL_IN_LOCKER"
    PARCEL_IN_TROUBLE = "PARCEL_IN_TROUBLE"
    PARCEL_REFUSED = "PARCEL_REFUSED"
    PARCEL_SIGNED = "PARCEL_SIGNED"
    PARCEL_RETURNING = "PARCEL_RETURNING"
    PARCEL_RETURNED = "PARCEL_RETURNED"
    CUSTOMER_TOLD = "CUSTOMER_TOLD"
    PROMISE_ON_TIME = "PROMISE_ON_TIME"
    PROMISE_AT_RISK = "PROMISE_AT_RISK"
    PROMISE_OVERDUE = "PROMISE_OVERDUE"


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
    Happened.UNMERGED: ("已退出合并发货，单独发货", "It is shipped by itself again"),
    Happened.RECIPIENT_REVEALED: ("收件人信息被查看", "Somebody had the recipient revealed"),
    Happened.TICKET_TAKEN: ("客户来件，已建工单", "The customer came back with it: a ticket was taken"),
    Happened.TICKET_ANSWERED: ("已答复客户", "The customer was answered"),
    Happened.TICKET_ESCALATED: ("工单已升级", "The ticket was taken further up"),
    Happened.TICKET_CLOSED: ("工单已关闭", "The ticket was closed"),
    Happened.TICKET_REOPENED: ("工单重新打开", "The ticket was opened again"),
    Happened.RETURN_AGREED: ("已开退货单，等待退回", "A return slip was given; its goods are awaited"),
    Happened.GOODS_RETURNED: ("退货已到仓", "Goods came back"),
    Happened.RETURN_REVERSED: ("退货入库已冲销", "What was booked as back had not come back"),
    Happened.RETURN_RESOLD: ("退货经检验重新上架", "Returned goods were inspected, and are for sale again"),
    Happened.RETURN_SCRAPPED: ("退货经检验报废", "Returned goods were inspected, and scrapped"),
    Happened.RETURN_TO_SUPPLIER: ("退货经检验退回供应商", "Returned goods were inspected, and went to the supplier"),
    Happened.INSPECTION_REVERSED: ("退货处理已冲销，重新待检", "What became of returned goods was undone"),
    Happened.ACTION_ASKED: ("已申请退款、补偿或换货", "A refund, a compensation or an exchange was asked for"),
    Happened.ACTION_NOT_MADE: (
        "退款、补偿或换货未获批准或已撤回",
        "A refund, a compensation or an exchange was not made",
    ),
    Happened.EXCHANGE_PLACED: ("换货订单已下达", "An exchange was placed as an order"),
    Happened.PARCEL_HANDED_OVER: ("包裹已交承运商", "A parcel was handed to the carrier"),
    Happened.PARCEL_UNDER_WAY: ("包裹运输中", "A parcel is on its way"),
    Happened.PARCEL_OUT_FOR_DELIVERY: ("包裹派送中", "A parcel is out for delivery"),
    Happened.PARCEL_IN_LOCKER: ("包裹已放入快递柜或驿站", "A parcel waits in a locker or at a station"),
    Happened.PARCEL_IN_TROUBLE: ("包裹配送遇到问题", "There is a problem with a parcel"),
    Happened.PARCEL_REFUSED: ("包裹被拒收", "A parcel was refused"),
    Happened.PARCEL_SIGNED: ("包裹已签收", "A parcel was signed for"),
    Happened.PARCEL_RETURNING: ("包裹退回中", "A parcel is on its way back"),
    Happened.PARCEL_RETURNED: ("退回的包裹已签收", "A parcel is back"),
    Happened.CUSTOMER_TOLD: ("已告知客户", "The customer was told"),
    Happened.PROMISE_ON_TIME: ("承诺时间恢复正常", "Its promise is kept again"),
    Happened.PROMISE_AT_RISK: ("承诺时间临期或有风险", "Its promise is at risk"),
    Happened.PROMISE_OVERDUE: ("已超过承诺时间", "Its promise is broken"),
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
