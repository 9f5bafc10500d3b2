"""How orders says no about channels, orders and the form of a request."""

from collections.abc import Sequence

from bylaw_chassis.refusals import Code, Refusal, Violation


class LinesRefused(Refusal):
    """Parts of a request are at fault; each is named, and nothing of the request was done."""

    code = Code.INVALID_ARGUMENT
    reason = "LINES_REFUSED"
    zh = "有 {count} 处不能受理，整单未作任何记录；请逐处更正后重发。"
    en = "Places at fault: {count}; nothing was recorded. Mend each and send it again."

    def __init__(self, violations: Sequence[Violation]) -> None:
        self.reason = violations[0].reason if len({one.reason for one in violations}) == 1 else type(self).reason
        super().__init__(violations=violations, count=len(violations))


class OrdersNotMerged(Refusal):
    """Orders that cannot go in one parcel; each at fault is named."""

    code = Code.FAILED_PRECONDITION
    reason = "ORDERS_NOT_MERGED"
    clause = "ORD-1"
    zh = "这些订单不能合并发货：有 {count} 个不符，见各单说明；请更正后重发，或只合并其余订单。"
    en = "These orders cannot go in one parcel; at fault: {count}. See each, mend it, or merge the others alone."

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__(violations=violations, count=len(violations))


class ChannelNotFound(Refusal):
    """No such channel within reach."""

    code = Code.NOT_FOUND
    reason = "CHANNEL_NOT_FOUND"
    zh = "没有找到该渠道，或不在您的权限范围内；请核对名称。"
    en = "There is no such channel within your reach; check its name."


class ChannelExists(Refusal):
    """The code, or the shop of that platform, is another channel's."""

    code = Code.ALREADY_EXISTS
    reason = "CHANNEL_EXISTS"
    clause = "ORD-1"
    zh = "已有编码为“{code}”的渠道，或该平台店铺已登记；同一店铺只登记一次。"
    en = "There is a channel with the code `{code}`, or for that shop of that platform; a shop is one channel."


class ChannelChanged(Refusal):
    """Somebody else changed it since it was read."""

    code = Code.ABORTED
    reason = "CHANNEL_CHANGED"
    zh = "该渠道已被更改；请重新读取后再改。"
    en = "The channel has changed since it was read; read it again and repeat your change."


class UnitNotFound(Refusal):
    """No such unit within reach."""

    code = Code.NOT_FOUND
    reason = "UNIT_NOT_FOUND"
    zh = "没有找到单位 {unit}，或不在您的权限范围内。"
    en = "There is no unit {unit} within your reach."


class OrderNotFound(Refusal):
    """No such order within reach."""

    code = Code.NOT_FOUND
    reason = "ORDER_NOT_FOUND"
    zh = "没有找到该订单，或不在您的权限范围内；请核对名称。"
    en = "There is no such order within your reach; check its name."


class OrderShipped(Refusal):
    """What has left is taken back as a return, not cancelled or changed."""

    code = Code.FAILED_PRECONDITION
    reason = "ORDER_SHIPPED"
    clause = "ORD-1"
    zh = "订单 {number} 的货物已出库，不能再取消或更改；请走退货。"
    en = "The goods of order {number} have left and are neither cancelled nor changed; take them back as a return."


class OrderCancelled(Refusal):
    """What was cancelled is not taken up again."""

    code = Code.FAILED_PRECONDITION
    reason = "ORDER_CANCELLED"
    clause = "ORD-1"
    zh = "订单 {number} 已取消；如需发货请另下新单。"
    en = "Order {number} was cancelled; to ship it, place another order."


class OrderChanged(Refusal):
    """Somebody else changed it since it was read."""

    code = Code.ABORTED
    reason = "ORDER_CHANGED"
    zh = "该订单已被更改；请重新读取后再改。"
    en = "The order has changed since it was read; read it again and repeat your change."


class OrderNotHeld(Refusal):
    """There is nothing to release."""

    code = Code.FAILED_PRECONDITION
    reason = "ORDER_NOT_HELD"
    clause = "ORD-1"
    zh = "订单 {number} 没有因此被扣留，无需放行。"
    en = "Order {number} is not held for that, and needs no release."


class OrderNotSplit(Refusal):
    """Only what is to be shipped from our warehouse now is split."""

    code = Code.FAILED_PRECONDITION
    reason = "ORDER_NOT_SPLIT"
    clause = "ORD-1"
    zh = "订单 {number} 不能拆分：已扣留、已取消、未付款，或不由本仓发货；请先处理后再拆。"
    en = "Order {number} is not split: it is held, cancelled, unpaid, or not shipped by our warehouse; mend that first."
