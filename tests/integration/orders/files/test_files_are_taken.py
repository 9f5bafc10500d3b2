"""Files of orders are taken in: each order once however often it comes, each line accounted for (ORD-1)."""

import gzip
from datetime import timedelta

import pytest
from bylaw.orders.v1 import channels_pb2 as channels
from bylaw.orders.v1 import order_imports_pb2 as imports
from bylaw.orders.v1 import orders_pb2

from tests.builders.order_files import (
    GOODS,
    LIST,
    SHOPIFY,
    add_file,
    hand_in,
    imported,
    lines,
    run,
    shopify,
    shown,
    table,
)
from tests.builders.orders import OrdersService
from tests.builders.people import NOON
from tests.integration.orders.files.cases import (
    DONE,
    NUMBER,
    REFUSED,
    count_of,
    imports_of,
    in_list,
    of,
    of_goods,
    why,
)

pytestmark = pytest.mark.clause("ORD-1")


def test_every_order_is_taken_and_every_line_accounted_for(orders: OrdersService, channel: channels.Channel) -> None:
    file = table(SHOPIFY, shopify("#1"), shopify("#2", Total="20.00", Subtotal="20.00"), shopify("#2"))
    made = imported(orders, channel, file, file_name="orders_export.csv")
    assert (made.state, made.importer, list(made.file_names)) == (DONE, "bylaw-shopify@1", ["orders_export.csv"])
    assert (made.read_count, made.taken_count, made.order_count, made.progress_percent) == (3, 3, 2, 100)
    told = [(one.file, one.line, one.outcome, one.order) for one in lines(orders, made.name)]
    first, second = of(orders, channel, "#1").name, of(orders, channel, "#2").name
    taken = orders_pb2.TAKING_OUTCOME_TAKEN
    assert told == [(1, 2, taken, first), (1, 3, taken, second), (1, 4, taken, second)]


def test_the_same_file_again_changes_nothing_and_says_so(orders: OrdersService, channel: channels.Channel) -> None:
    file = table(SHOPIFY, shopify("#1"), shopify("#2"))
    imported(orders, channel, file)
    again = imported(orders, channel, gzip.compress(file))
    assert (again.repeated_count, again.taken_count, count_of(orders, channel)) == (2, 0, 2)


def test_a_newer_version_updates_its_order(orders: OrdersService, channel: channels.Channel) -> None:
    imported(orders, channel, table(SHOPIFY, shopify("#1", Financial_Status="pending")))
    again = imported(orders, channel, table(SHOPIFY, shopify("#1")))
    assert (again.updated_count, again.repeated_count) == (1, 0)
    assert of(orders, channel, "#1").source_state == orders_pb2.SOURCE_STATE_PAID


def test_a_list_and_its_goods_are_two_files_of_one_import(orders: OrdersService, channel: channels.Channel) -> None:
    goods = table(GOODS, of_goods(), encoding="gb18030")
    first = hand_in(orders, channel, goods, file_name="ExportOrderDetailList.csv", more_files=True)
    assert first.state == imports.ORDER_IMPORT_STATE_FILE_AWAITED
    run(orders)
    listed = table(LIST, in_list(修改后的收货地址="江苏省 南京市 玄武区 中山路 2 号"), encoding="gb18030")
    second = add_file(orders, first.name, listed, file_name="ExportOrderList.csv")
    assert (second.state, second.importer) == (imports.ORDER_IMPORT_STATE_WAITING, "bylaw-taobao@1")
    run(orders)
    made = shown(orders, first.name)
    assert (made.state, made.taken_count, made.order_count) == (DONE, 2, 1)
    assert [(one.oddity, one.count) for one in made.oddities] == [("address_changed", 1)]
    assert [(one.file, one.line) for one in lines(orders, made.name)] == [(2, 2), (1, 2)]
    order = of(orders, channel, NUMBER)
    assert (order.total, order.shipping, order.paid, order.discount) == (10_800, 1_000, 10_800, 0)
    assert (order.lines[0].code, order.lines[0].quantity, order.lines[0].unit_price) == ("KH-1", "2", "4900")
    assert order.recipient.region == "江苏"
    assert why(add_file, orders, first.name, listed)[0] == "ORDER_IMPORT_COMPLETE"


def test_a_list_without_its_goods_is_refused_naming_the_columns_of_the_other_file(
    orders: OrdersService, channel: channels.Channel
) -> None:
    reason, words = why(hand_in, orders, channel, table(LIST, in_list()))
    assert reason == "FILE_HEADER_WRONG"
    assert "购买数量" in words
    assert "标题" in words
    assert imports_of(orders, channel) == []


def test_a_further_file_that_does_not_come_ends_the_import_after_a_day(
    orders: OrdersService, channel: channels.Channel
) -> None:
    made = hand_in(orders, channel, table(LIST, in_list()), more_files=True)
    orders.run_timer("ended-imports")
    assert shown(orders, made.name).state == imports.ORDER_IMPORT_STATE_FILE_AWAITED
    orders.clock.now = NOON + timedelta(days=1, minutes=1)
    try:
        orders.run_timer("ended-imports")
    finally:
        orders.clock.now = NOON
    ended = shown(orders, made.name)
    assert (ended.state, ended.refusal.reason) == (REFUSED, "IMPORT_FILE_MISSING")
