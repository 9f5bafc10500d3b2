"""Files of orders as platforms export them, and handing them in."""

import csv
import io
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from bylaw.orders.v1 import channels_pb2 as channels
from bylaw.orders.v1 import order_imports_pb2 as imports
from bylaw_chassis.jobs import Lease
from bylaw_orders.use_cases.order_files.hand_in_file import JOB
from google.api import httpbody_pb2

from tests.builders.orders import OrdersService

LIST = (
    *("订单编号", "买家会员名", "买家应付货款", "买家应付邮费", "总金额", "买家实际支付金额", "订单状态", "买家留言"),
    *("收货人姓名", "收货地址", "联系手机", "订单创建时间", "订单付款时间", "订单备注", "修改后的收货地址"),
)
GOODS = ("订单编号", "标题", "价格", "购买数量", "商品属性", "订单状态", "商家编码")
REPORT = ("订单编号", "总金额", "买家实际支付金额", "收货地址 ", "订单创建时间", "订单付款时间 ", "退款金额")
RETAIL = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country")
SHOPIFY = (
    *("Name", "Financial Status", "Fulfillment Status", "Currency", "Subtotal", "Shipping", "Total", "Discount Amount"),
    *("Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem sku"),
    *("Shipping Name", "Shipping Street", "Shipping Zip", "Shipping Country", "Shipping Phone", "Notes"),
)


def row(columns: Sequence[str], **cells: str) -> list[str]:
    """A row with these cells; dots in a name stand for blanks."""
    told = {name.replace("_", " "): cell for name, cell in cells.items()}
    return [told.pop(name.strip(), "") for name in columns]


def table(columns: Sequence[str], *rows: Sequence[str], encoding: str = "utf-8") -> bytes:
    """A csv."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([columns, *rows])
    return text.getvalue().encode(encoding)


def shopify(number: str = "#1", **cells: str) -> list[str]:
    """A row of Shopify's export: one piece of TEA for 10.00, paid."""
    told = {
        "Name": number,
        "Financial_Status": "paid",
        "Currency": "CNY",
        "Subtotal": "10.00",
        "Shipping": "0.00",
        "Total": "10.00",
        "Discount_Amount": "0.00",
        "Created_at": "2026-03-02 10:00:00 +0800",
        "Lineitem_quantity": "1",
        "Lineitem_name": "Tea",
        "Lineitem_price": "10.00",
        "Lineitem_sku": "TEA",
        "Shipping_Name": "李小明",
        "Shipping_Street": "浙江省杭州市西湖区文三路 100 号 3 幢 502 室",
        "Shipping_Phone": "13812345678",
    }
    return row(SHOPIFY, **{**told, **cells})


def hand_in(orders: OrdersService, channel: channels.Channel, content: bytes, **more: Any) -> imports.OrderImport:
    """Hands a file in."""
    metadata = more.pop("metadata", orders.everything)
    file = httpbody_pb2.HttpBody(content_type="text/csv", data=content)
    request = imports.CreateOrderImportRequest(file=file, parent=channel.name, request_id=str(uuid4()), **more)
    return orders.imports.CreateOrderImport(request, metadata=metadata)


def add_file(orders: OrdersService, name: str, content: bytes, **more: Any) -> imports.OrderImport:
    """Hands a further file in."""
    file = httpbody_pb2.HttpBody(content_type="text/csv", data=content)
    request = imports.AddOrderImportFileRequest(file=file, name=name, request_id=str(uuid4()), **more)
    return orders.imports.AddOrderImportFile(request, metadata=orders.everything)


def shown(orders: OrdersService, name: str) -> imports.OrderImport:
    """An import as it stands."""
    return orders.imports.GetOrderImport(imports.GetOrderImportRequest(name=name), metadata=orders.everything)


def run(orders: OrdersService) -> None:
    """Runs the imports that wait."""
    while orders.service.runner.run_one([JOB]):
        pass


def imported(orders: OrdersService, channel: channels.Channel, content: bytes, **more: Any) -> imports.OrderImport:
    """Hands a file in, and has it run to its end."""
    made = hand_in(orders, channel, content, **more)
    run(orders)
    return shown(orders, made.name)


def lines(orders: OrdersService, name: str, **more: Any) -> list[imports.OrderImportLine]:
    """What became of its lines."""
    request = imports.ListOrderImportLinesRequest(parent=name, page_size=1000, **more)
    return list(orders.imports.ListOrderImportLines(request, metadata=orders.everything).lines)


def lease_of(orders: OrdersService, name: str) -> Lease:
    """A lease of its job, as a worker claims it, that nobody looks after."""
    lease, _ = orders.service.runner._claim([JOB])
    assert lease
    assert UUID(bytes=lease.payload) == UUID(name.rpartition("/")[2])
    return lease
