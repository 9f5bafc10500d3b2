"""The columns of Qianniu's two exports, older and newer, and an order gathered out of both."""

from bylaw_hooks.orders import Columns, Gathered, maybe, named

LIST = Columns(
    {
        "number": named("订单编号", "主订单编号"),
        "total": named("总金额"),
        "paid": named("买家实际支付金额"),
        "state": named("订单状态"),
        "name": named("收货人姓名"),
        "address": named("收货地址"),
        "placed": named("订单创建时间"),
        "nick": maybe("买家会员名", "买家昵称"),
        "goods_total": maybe("买家应付货款"),
        "shipping": maybe("买家应付邮费"),
        "buyer_remark": maybe("买家留言"),
        "seller_remark": maybe("订单备注", "商家备注"),
        "phone": maybe("联系电话"),
        "mobile": maybe("联系手机"),
        "paid_at": maybe("订单付款时间"),
        "shipped_at": maybe("发货时间"),
        "closed_at": maybe("确认收货时间"),
        "waybill": maybe("物流单号"),
        "courier": maybe("物流公司"),
        "changed_address": maybe("修改后的收货地址"),
        "strange": maybe("异常信息"),
        "refunded": maybe("退款金额"),
    }
)
GOODS = Columns(
    {
        "number": named("主订单编号", "订单编号"),
        "title": named("标题", "宝贝标题", "商品标题"),
        "price": named("价格", "商品价格"),
        "quantity": named("购买数量"),
        "code": maybe("商家编码"),
        "outer_code": maybe("外部系统编号"),
        "options": maybe("商品属性", "规格名称"),
        "state": maybe("订单状态"),
        "amount": maybe("买家应付货款"),
    }
)


class Trade(Gathered):
    """An order of either file; so many of its rows are of the list."""

    __slots__ = ("listed",)

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.listed = 0
