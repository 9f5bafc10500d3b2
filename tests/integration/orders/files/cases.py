"""Rows of files of orders, and what became of them."""

from typing import Any

import grpc
import pytest
from bylaw.orders.v1 import channels_pb2 as channels
from bylaw.orders.v1 import order_imports_pb2 as imports
from bylaw.orders.v1 import orders_pb2
from bylaw_chassis.status import refusal_from

from tests.builders.order_files import (
    GOODS,
    LIST,
    row,
)
from tests.builders.orders import OrdersService

NUMBER = "123456789012345678"
DONE, REFUSED, FAILED = (
    imports.ORDER_IMPORT_STATE_DONE,
    imports.ORDER_IMPORT_STATE_REFUSED,
    imports.ORDER_IMPORT_STATE_FAILED,
)


def why(call: Any, *arguments: Any, **more: Any) -> tuple[str, str]:
    """Why a call was refused: the reason, and the words in English."""
    with pytest.raises(grpc.RpcError) as refused:
        call(*arguments, **more)
    found = refusal_from(refused.value)
    return found.reason, found.message_en


def of(orders: OrdersService, channel: channels.Channel, number: str) -> orders_pb2.Order:
    """The order of that number."""
    request = orders_pb2.ListOrdersRequest(channel=channel.name, number=number)
    (found,) = orders.orders.ListOrders(request, metadata=orders.everything).orders
    return found


def count_of(orders: OrdersService, channel: channels.Channel) -> int:
    request = orders_pb2.ListOrdersRequest(channel=channel.name, page_size=1000)
    return len(orders.orders.ListOrders(request, metadata=orders.everything).orders)


def imports_of(orders: OrdersService, channel: channels.Channel) -> list[imports.OrderImport]:
    request = imports.ListOrderImportsRequest(channel=channel.name)
    return list(orders.imports.ListOrderImports(request, metadata=orders.everything).order_imports)


def in_list(number: str = NUMBER, **cells: str) -> list[str]:
    told = {
        "买家会员名": "tb_lixm",
        "买家应付货款": "98.00",
        "买家应付邮费": "10.00",
        "总金额": "108.00",
        "买家实际支付金额": "108.00",
        "订单状态": "买家已付款，等待卖家发货",
        "收货人姓名": "李小明",
        "收货地址": "浙江省 杭州市 西湖区 文三路 100 号",
        "联系手机": "'13812345678",
        "订单创建时间": "2026-03-01 10:00:00",
        "订单付款时间": "2026-03-01 10:05:00",
    }
    return row(LIST, 订单编号=f'="{number}"', **{**told, **cells})


def of_goods(number: str = NUMBER, **cells: str) -> list[str]:
    told = {"标题": "口红", "价格": "49.00", "购买数量": "2", "商家编码": "KH-1"}
    return row(GOODS, 订单编号=f'="{number}"', **{**told, **cells})
