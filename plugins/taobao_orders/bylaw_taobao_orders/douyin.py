"""The importer `bylaw-douyin@1`: the layout of main and sub orders, a row a sub order, in one file."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from bylaw_hooks import Both
from bylaw_hooks.orders import (
    Cells,
    Columns,
    Gathered,
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
    maybe,
    named,
)

from bylaw_taobao_orders.states import state

COLUMNS = Columns(
    {
        "number": named("主订单编号"),
        "quantity": named("商品数量"),
        "code": named("商家编码"),
        "owed": named("订单应付金额"),
        "state": named("订单状态"),
        "placed": named("订单提交时间", "订单创建时间", "下单时间"),
        "goods": maybe("商品ID"),
        "title": maybe("选购商品", "商品名称"),
        "options": maybe("商品规格"),
        "price": maybe("商品单价"),
        "shipping": maybe("运费"),
        "paid_at": maybe("支付完成时间", "订单付款时间"),
        "shipped_at": maybe("发货时间"),
        "closed_at": maybe("订单完成时间"),
        "after_sales": maybe("售后状态"),
        "buyer_remark": maybe("买家留言"),
        "seller_remark": maybe("商家备注"),
        "name": maybe("收件人", "收货人"),
        "phone": maybe("收件人手机号", "收货人手机号"),
        "province": maybe("省"),
        "city": maybe("市"),
        "district": maybe("区"),
        "street": maybe("街道"),
        "address": maybe("详细地址", "收货地址"),
        "courier": maybe("快递公司", "物流公司"),
        "waybill": maybe("快递单号", "物流单号"),
    }
)
NOTHING, FINE = Decimal(0), Decimal("0.000001")
ORDER: tuple[OrderState, ...] = ("blocked", "unpaid", "paid", "shipped_in_part", "shipped", "signed", "finished")
QUIET = frozenset({"", "-", "无", "无售后", "售后关闭", "已关闭售后"})


class DouyinExport(OrderImporter):
    """An order is shipped as far as its least shipped sub order; one whose after-sales is open is blocked."""

    name, version, title = "bylaw-douyin", 1, Both("主/子订单导出（抖店）", "Export of main and sub orders (Douyin)")

    sample = (
        (
            (
                *(
                    "主订单编号",
                    "子订单编号",
                    "选购商品",
                    "商品规格",
                    "商品数量",
                    "商品ID",
                    "商家编码",
                    "订单应付金额",
                    "运费",
                ),
                *("订单状态", "售后状态", "订单提交时间", "收件人", "收件人手机号", "省", "市", "区", "详细地址"),
                *("快递公司", "快递单号"),
            ),
            (
                *("6900000000000000001A", "1", "口红", "红", "2", "350", "KH-1", "98.00", "0"),
                *("待发货", "-", "2026/3/1 10:00", "王某", "13800000000", "浙江省", "杭州市", "余杭区", "某路1号"),
                *("", ""),
            ),
            (
                *("6900000000000000001A", "2", "粉底", "浅", "1", "351", "FD-1", "60.00", "0"),
                *("已发货", "-", "2026/3/1 10:00", "王某", "13800000000", "浙江省", "杭州市", "余杭区", "某路1号"),
                *("顺丰速运", "SF1029384756"),
            ),
        ),
    )

    def recognises(self, header: Header) -> bool:
        return not COLUMNS.missing(header)

    def missing(self, headers: tuple[Header, ...]) -> tuple[str, ...]:
        return COLUMNS.missing(headers[0])

    def read(self, tables: tuple[OrderTable, ...], shop: Shop) -> Iterator[ReadOrder | ReadFault]:
        orders = Gathering(Gathered)
        yield from orders.gather(tables[0], COLUMNS.reader(tables[0].header))
        yield from orders.orders(lambda one: _order(one, shop))


def _order(one: Gathered, shop: Shop) -> ReadOrder:
    head = one.said[0]
    lines = tuple(map(_line, one.said))
    shipping = sum((said.amount("shipping") or NOTHING for said in one.said), NOTHING)
    total = sum((line.amount or NOTHING for line in lines), NOTHING) + shipping
    where, is_open = _state(one.said), [said for said in one.said if said.text("after_sales", 100) not in QUIET]
    return ReadOrder(
        number=one.number,
        state="blocked" if is_open and where in {"paid", "unpaid"} else where,
        placed_at=head.needed("placed", head.moment("placed", shop.zone)),
        paid_at=head.moment("paid_at", shop.zone),
        shipped_at=head.moment("shipped_at", shop.zone),
        closed_at=head.moment("closed_at", shop.zone),
        currency=shop.currency,
        shipping=shipping,
        total=total,
        paid=None if where == "closed" else NOTHING if where == "unpaid" else total,
        recipient=_recipient(head),
        buyer_remark=head.text("buyer_remark", 2_000),
        seller_remark=head.text("seller_remark", 2_000),
        courier=_parcels((said.text("courier", 60) for said in one.said), 60),
        waybill=_parcels((said.identifier("waybill") for said in one.said), 100),
        lines=lines,
        rows=tuple(one.rows),
        oddities=(*["after_sales_open"] * len(is_open), *["no_code" for line in lines if not line.code]),
    )


def _parcels(told: Iterable[str], most: int) -> str:
    """Each sub order may go in a parcel of its own: what they say, each once, as far as it fits."""
    found = ""
    for one in dict.fromkeys(filter(None, told)):
        if len(found) + len(one) + 2 > most:
            break
        found += f", {one}" if found else one
    return found


def _line(said: Cells) -> ReadGoods:
    quantity = said.needed("quantity", said.amount("quantity"))
    owed = said.needed("owed", said.amount("owed")) - (said.amount("shipping") or NOTHING)
    price = said.amount("price")
    each = (owed / quantity).quantize(FINE) if price is None and quantity else price
    code = said.identifier("code") or said.identifier("goods")
    title, options = said.text("title", 300), said.text("options", 300)
    return ReadGoods(code, title, quantity, each, owed, options=options, row=said.row)


def _state(rows: list[Cells]) -> OrderState:
    """That of the sub order which is least far; sub orders that are closed do not count unless all of them are."""
    found = {state(said) for said in rows} - {"closed"}
    if {"paid", "shipped"} <= found:
        return "shipped_in_part"
    return next((one for one in ORDER if one in found), "closed")


def _recipient(head: Cells) -> ReadRecipient | None:
    parts = ("province", "city", "district", "street", "address")
    found = ReadRecipient(
        name=head.text("name", 100),
        phone=head.identifier("phone", 40),
        address=" ".join(filter(None, (head.text(part) for part in parts))),
        region=head.text("province", 60),
    )
    return None if found == ReadRecipient() else found
