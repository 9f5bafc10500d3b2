"""The importer `bylaw-tmall-report@1`: a Tmall shop's report of orders by amount and province, without their goods."""

from collections.abc import Iterator
from decimal import Decimal

from bylaw_hooks import Both
from bylaw_hooks.orders import (
    CellRefused,
    Columns,
    Gathered,
    Gathering,
    Header,
    OrderImporter,
    OrderState,
    OrderTable,
    ReadFault,
    ReadOrder,
    ReadRecipient,
    Shop,
    named,
)

COLUMNS = Columns(
    {
        "number": named("订单编号"),
        "total": named("总金额"),
        "kept": named("买家实际支付金额"),
        "region": named("收货地址"),
        "placed": named("订单创建时间"),
        "paid": named("订单付款时间"),
        "refunded": named("退款金额"),
    }
)
NOTHING = Decimal(0)
TWICE = (
    "ORDER_TWICE",
    "文件中有两行是同一订单编号；请只留一行",
    "two lines of the file have this number of an order; keep one",
)


class TmallReport(OrderImporter):
    """What an order was paid counts before refunds: the report states what is left of it, and what was paid back."""

    name, version, title = (
        "bylaw-tmall-report",
        1,
        Both("天猫成交报表（无商品明细）", "Tmall order report without goods"),
    )

    sample = (
        (
            ("订单编号", "总金额", "买家实际支付金额", "收货地址 ", "订单创建时间", "订单付款时间 ", "退款金额"),
            ("1", "178.8", "0.0", "上海", "2020-02-21 00:00:00", "", "0.0"),
            ("2", "21.0", "21.0", "内蒙古自治区", "2020-02-20 23:59:54", "2020-02-21 00:00:02", "0.0"),
        ),
    )

    def recognises(self, header: Header) -> bool:
        """A shop's export has these columns too, and beside them the state of the order."""
        return not COLUMNS.missing(header) and "订单状态" not in {name.strip() for name in header}

    def missing(self, headers: tuple[Header, ...]) -> tuple[str, ...]:
        return COLUMNS.missing(headers[0])

    def read(self, tables: tuple[OrderTable, ...], shop: Shop) -> Iterator[ReadOrder | ReadFault]:
        orders = Gathering(Gathered)
        yield from orders.gather(tables[0], COLUMNS.reader(tables[0].header))
        yield from orders.orders(lambda one: _order(one, shop))


def _order(one: Gathered, shop: Shop) -> ReadOrder:
    said = one.said[0]
    if len(one.rows) > 1:
        raise CellRefused(*TWICE)
    total, kept = said.needed("total", said.amount("total")), said.needed("kept", said.amount("kept"))
    paid_at, refunded = said.moment("paid", shop.zone), said.amount("refunded") or NOTHING
    paid = kept + refunded if paid_at else NOTHING
    return ReadOrder(
        number=one.number,
        state=_state(paid, refunded),
        placed_at=said.needed("placed", said.moment("placed", shop.zone)),
        paid_at=paid_at,
        currency=shop.currency,
        total=total,
        paid=paid,
        refunded=refunded,
        recipient=ReadRecipient(region=said.text("region", 60)),
        lines=(),
        rows=(said.row,),
        oddities=tuple(_oddities(paid_at is not None, total - paid, refunded - paid)),
    )


def _state(paid: Decimal, refunded: Decimal) -> OrderState:
    if not paid:
        return "unpaid"
    return "closed" if refunded == paid else "paid"


def _oddities(is_paid: bool, unpaid: Decimal, beyond_paid: Decimal) -> Iterator[str]:  # noqa: FBT001 - a fact
    yield "no_goods"
    if is_paid and unpaid:
        yield "paid_differs_from_total"
    if is_paid and beyond_paid >= 0:
        yield "refunded_in_full"
