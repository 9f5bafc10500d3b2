"""What Qianniu exports of Taobao and Tmall, and the layout of main and sub orders, as orders (ORD-1)."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from bylaw_taobao_orders import DouyinExport, TaobaoExport

from tests.plugins.orders.tables import SHARED, read, table

pytestmark = pytest.mark.clause("ORD-1")
OLDER = (SHARED / "exports" / "taobao_order_list_header_gbk.csv").read_bytes().decode("gbk").strip().split(",")
LATER = [*OLDER[:10], "导购员", "门店", *OLDER[10:], "卡券抵扣", "积分抵扣", "是否是O2O交易", "退款金额"]
"""A later layout: two columns more before the state, and more behind."""
GOODS = ["订单编号", "标题", "价格", "购买数量", "外部系统编号", "商品属性", "套餐信息", "备注", "订单状态", "商家编码"]
NEWER_GOODS = [
    "子订单编号",
    "主订单编号",
    "标题",
    "价格",
    "购买数量",
    "外部系统编号",
    "规格名称",
    "订单状态",
    "商家编码",
]
ORDER = {
    "订单编号": '="1234567890123456789"',
    "买家会员名": "tb_lixm",
    "买家应付货款": "98.00",
    "买家应付邮费": "10.00",
    "总金额": "108.00",
    "买家实际支付金额": "108.00",
    "订单状态": "买家已付款，等待卖家发货",
    "收货人姓名": "李小明",
    "收货地址": "浙江省 杭州市 西湖区 文三路 100 号",
    "联系手机": "'13812345678",
    "订单创建时间": "2020/2/1 10:00",
    "订单付款时间": "2020-02-01 10:05:00",
    "物流单号": "No:SF1029384756",
}
LINE = {"订单编号": '="1234567890123456789"', "标题": "口红", "价格": "52.00", "购买数量": "2", "商家编码": "KH-1"}


def text(columns: Sequence[str], *rows: dict[str, str]) -> str:
    return "\n".join(
        ",".join(row) for row in [list(columns), *([one.get(name, "") for name in columns] for one in rows)]
    )


def taobao(
    *orders: dict[str, str], goods: Sequence[dict[str, str]] = (LINE,), columns: Sequence[str] = OLDER
) -> tuple[list, list]:
    return read(TaobaoExport(), table(text(columns, *orders)), table(text(GOODS, *goods), file=1))


@pytest.mark.parametrize("columns", [OLDER, LATER, list(reversed(LATER))])
def test_a_list_and_its_goods_are_joined_whatever_layout_the_list_has(columns: Sequence[str]) -> None:
    (order,), faults = taobao(ORDER, columns=columns)
    assert faults == []
    assert (order.number, order.state, order.total, order.shipping) == (
        "1234567890123456789",
        "paid",
        Decimal("108.00"),
        Decimal("10.00"),
    )
    assert (order.discount, order.paid, order.waybill) == (Decimal("6.00"), Decimal("108.00"), "SF1029384756")
    assert [(line.code, line.quantity, line.unit_price) for line in order.lines] == [("KH-1", Decimal(2), Decimal(52))]
    assert order.rows == (2, 10_000_002)
    assert (order.recipient.phone, order.recipient.region) == ("13812345678", "浙江省")
    assert "李小明" not in repr(order)


def test_the_files_may_come_in_either_order_and_goods_by_the_newer_layout() -> None:
    goods = table(text(NEWER_GOODS, {**LINE, "主订单编号": LINE["订单编号"], "子订单编号": "9", "规格名称": "红"}))
    (order,), faults = read(TaobaoExport(), goods, table(text(OLDER, ORDER), file=1))
    assert (faults, order.lines[0].options, order.rows) == ([], "红", (10_000_002, 2))


def test_an_address_that_was_changed_counts() -> None:
    (order,), _ = taobao({**ORDER, "修改后的收货地址": "江苏省 南京市 玄武区 中山路 2 号"})
    assert (order.recipient.address, order.oddities) == ("江苏省 南京市 玄武区 中山路 2 号", ("address_changed",))
    assert order.recipient.region == "江苏省"


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("等待买家付款", "unpaid"),
        ("买家已付款,等待卖家发货", "paid"),
        ("卖家部分发货", "shipped_in_part"),
        ("卖家已发货，等待买家确认", "shipped"),
        ("交易成功", "finished"),
        ("交易关闭", "closed"),
        ("退款中的订单", "blocked"),
    ],
)
def test_the_platforms_word_is_one_of_our_states(word: str, state: str) -> None:
    (order,), _ = taobao({**ORDER, "订单状态": f'"{word}"'})
    assert order.state == state


def test_what_the_platform_finds_strange_is_not_shipped_until_somebody_has_looked() -> None:
    (order,), _ = taobao({**ORDER, "异常信息": "风险订单"})
    assert (order.state, order.oddities) == ("blocked", ("flagged_by_platform",))


def test_a_word_that_is_not_known_is_refused_rather_than_guessed() -> None:
    orders, faults = taobao({**ORDER, "订单状态": "量子态"})
    assert orders == []
    assert [(one.row, one.column, one.reason) for one in faults] == [
        (2, "订单状态", "STATE_UNKNOWN"),
        (10_000_002, "", "ORDER_REFUSED"),
    ]


def test_an_order_without_goods_and_goods_without_an_order_are_refused() -> None:
    orders, faults = taobao({**ORDER, "订单编号": "2"})
    assert orders == []
    assert {one.reason for one in faults} == {"GOODS_MISSING", "ORDER_MISSING"}
    orders, faults = taobao(ORDER, ORDER)
    assert (orders, {one.reason for one in faults}) == ([], {"ORDER_TWICE", "ORDER_REFUSED"})


def test_a_list_alone_lacks_the_columns_of_goods_and_goods_alone_those_of_the_list() -> None:
    assert TaobaoExport().missing((tuple(OLDER),)) == ("价格", "购买数量")
    assert "收货地址" in TaobaoExport().missing((tuple(GOODS),))
    assert TaobaoExport().missing((tuple(GOODS), tuple(OLDER))) == ()


DOUYIN = [
    *("主订单编号", "子订单编号", "选购商品", "商品数量", "商品ID", "商家编码", "订单应付金额", "商家备注", "售后状态"),
    *("订单状态", "订单提交时间", "收件人", "收件人手机号", "省", "市", "区", "详细地址"),
]
SUB = {
    "主订单编号": "6900000000000000001A",
    "商品数量": "2",
    "商品ID": "350",
    "商家编码": "KH-1",
    "订单应付金额": "98.00",
    "订单状态": "待发货",
    "订单提交时间": "2026/3/1 10:00",
    "收件人": "李小明",
    "省": "浙江省",
    "市": "杭州市",
    "详细地址": "某路1号",
}


def test_sub_orders_are_one_order_that_is_shipped_as_far_as_its_least() -> None:
    shipped = {**SUB, "商家编码": "", "订单状态": "已发货", "订单应付金额": "60"}
    (order,), faults = read(DouyinExport(), table(text(DOUYIN, SUB, shipped)))
    assert faults == []
    assert (order.state, order.total, [line.code for line in order.lines]) == (
        "shipped_in_part",
        Decimal("158.00"),
        ["KH-1", "350"],
    )
    assert order.lines[0].unit_price == Decimal(49)
    assert (order.recipient.address, order.recipient.region) == ("浙江省 杭州市 某路1号", "浙江省")


def test_what_is_in_dispute_is_not_shipped() -> None:
    (order,), _ = read(DouyinExport(), table(text(DOUYIN, {**SUB, "售后状态": "退款中"})))
    assert (order.state, order.oddities) == ("blocked", ("after_sales_open",))
