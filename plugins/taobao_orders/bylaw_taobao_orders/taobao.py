"""The importer `bylaw-taobao@1`: what Qianniu exports of Taobao and Tmall, a list of orders and one of their goods."""

from collections.abc import Iterator
from decimal import Decimal

from bylaw_hooks import Both
from bylaw_hooks.orders import (
    CellRefused,
    Cells,
    Gathering,
    Header,
    OrderImporter,
    OrderState,
    OrderTable,
    ReadFault,
    ReadGoods,
    ReadOrder,
    ReadRecipient,
    Shop,
)

from bylaw_taobao_orders.states import state
from bylaw_taobao_orders.tables import GOODS, LIST, Trade

NOTHING = Decimal(0)
TWICE = (
    "ORDER_TWICE",
    "文件中有两行是同一订单编号；请只留一行",
    "two lines of the file have this number of an order; keep one",
)
NO_GOODS = (
    "GOODS_MISSING",
    "宝贝明细文件中没有此订单的商品；请按相同条件重新导出两个文件",
    "the file of goods has none of this order; export both files anew by the same conditions",
)
NO_ORDER = (
    "ORDER_MISSING",
    "订单文件中没有此商品所属的订单；请按相同条件重新导出两个文件",
    "the file of orders has not the order of these goods; export both files anew by the same conditions",
)


class TaobaoExport(OrderImporter):
    """Two files, in either order, joined by the number of the order. An address that was changed counts."""

    name, version, title = "bylaw-taobao", 1, Both("千牛订单与宝贝导出（淘宝/天猫）", "Qianniu exports (Taobao, Tmall)")
    most_tables = 2
    sample = (
        (
            (
                *(
                    "订单编号",
                    "买家会员名",
                    "买家应付货款",
                    "买家应付邮费",
                    "总金额",
                    "买家实际支付金额",
                    "订单状态",
                    "买家留言",
                ),
                *("收货人姓名", "收货地址", "联系手机", "订单创建时间", "订单付款时间", "物流单号", "修改后的收货地址"),
                "物流公司",
            ),
            (
                *(
                    '="123456789012345678"',
                    "tb_x",
                    "98.00",
                    "10.00",
                    "108.00",
                    "108.00",
                    "买家已付款，等待卖家发货",
                    "null",
                ),
                *("王某", "浙江省 杭州市 余杭区 某路1号", "'13800000000", "2020-02-01 10:00:00", "2020-02-01 10:05:00"),
                *("No:SF100", "", "顺丰速运"),
            ),
        ),
        (
            (
                "订单编号",
                "标题",
                "价格",
                "购买数量",
                "外部系统编号",
                "商品属性",
                "套餐信息",
                "备注",
                "订单状态",
                "商家编码",
            ),
            ('="123456789012345678"', "口红", "52.00", "2", "KH", "颜色：红", "", "", "买家已付款", "KH-1"),
        ),
    )

    def recognises(self, header: Header) -> bool:
        return not LIST.missing(header) or not GOODS.missing(header)

    def missing(self, headers: tuple[Header, ...]) -> tuple[str, ...]:
        """Of a list without goods, or goods without a list, the columns of the other file."""
        of_list, of_goods = (min(map(one.missing, headers), key=len) for one in (LIST, GOODS))
        return of_list or of_goods

    def read(self, tables: tuple[OrderTable, ...], shop: Shop) -> Iterator[ReadOrder | ReadFault]:
        trades = Gathering(Trade)
        listed = next(table for table in tables if not LIST.missing(table.header))
        goods = next(table for table in tables if table is not listed)
        yield from trades.gather(listed, LIST.reader(listed.header))
        for trade in trades:
            trade.listed = len(trade.said)
        yield from trades.gather(goods, GOODS.reader(goods.header))
        yield from trades.orders(lambda trade: _order(trade, shop))


def _order(trade: Trade, shop: Shop) -> ReadOrder:
    head, goods = trade.said[0], trade.said[trade.listed :]
    if trade.listed != 1 or not goods:
        raise CellRefused(*(TWICE if trade.listed > 1 else NO_GOODS if trade.listed else NO_ORDER))
    total, refunded = head.needed("total", head.amount("total")), head.amount("refunded") or NOTHING
    where, lines = state(head), tuple(map(_line, goods))
    changed = head.text("changed_address")
    return ReadOrder(
        number=trade.number,
        state=_blocked(where, head),
        placed_at=head.needed("placed", head.moment("placed", shop.zone)),
        paid_at=head.moment("paid_at", shop.zone),
        shipped_at=head.moment("shipped_at", shop.zone),
        closed_at=head.moment("closed_at", shop.zone),
        currency=shop.currency,
        goods_total=head.amount("goods_total"),
        shipping=head.amount("shipping"),
        discount=_discount(lines, head),
        total=total,
        paid=NOTHING if where == "unpaid" else (head.amount("paid") or NOTHING) + refunded,
        refunded=refunded,
        recipient=_recipient(head, changed),
        buyer_remark=head.text("buyer_remark", 2_000),
        seller_remark=head.text("seller_remark", 2_000),
        courier=head.text("courier", 60),
        waybill=head.identifier("waybill").removeprefix("No:"),
        lines=lines,
        rows=tuple(trade.rows),
        oddities=tuple(_oddities(head, goods, changed)),
    )


def _line(said: Cells) -> ReadGoods:
    quantity = said.needed("quantity", said.amount("quantity"))
    price = said.needed("price", said.amount("price"))
    code = said.identifier("code") or said.identifier("outer_code")
    title, options = said.text("title", 300), said.text("options", 300)
    return ReadGoods(code, title, quantity, price, said.amount("amount"), options=options, row=said.row)


def _discount(lines: tuple[ReadGoods, ...], head: Cells) -> Decimal | None:
    """What the buyer owes less for the goods than their prices come to: the export names no discount."""
    owed = head.amount("goods_total")
    if owed is None:
        return None
    stated = (
        line.amount if line.amount is not None else line.quantity * (line.unit_price or NOTHING) for line in lines
    )
    return max(sum(stated, NOTHING) - owed, NOTHING)


def _blocked(where: OrderState, head: Cells) -> OrderState:
    """What the platform finds strange is not shipped until somebody has looked."""
    return "blocked" if where in {"unpaid", "paid"} and head.text("strange") else where


def _recipient(head: Cells, changed: str) -> ReadRecipient:
    address = changed or head.text("address")
    return ReadRecipient(
        name=head.text("name", 100),
        phone=head.identifier("mobile", 40) or head.identifier("phone", 40),
        address=address,
        region=address.partition(" ")[0][:60] if " " in address else "",
        nick=head.text("nick", 100),
    )


def _oddities(head: Cells, goods: list[Cells], changed: str) -> Iterator[str]:
    if changed:
        yield "address_changed"
    if head.text("strange"):
        yield "flagged_by_platform"
    for said in goods:
        if not said.identifier("code") and not said.identifier("outer_code"):
            yield "no_code"
        if said.text("state", 100).startswith("交易关闭") and not head.text("state", 100).startswith("交易关闭"):
            yield "line_closed"
