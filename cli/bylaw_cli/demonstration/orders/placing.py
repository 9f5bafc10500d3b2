"""Takes the demonstration's orders in, a batch for each shop, and does with some what a clerk does (ORD-1)."""

import csv
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import time as hour_of_day
from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from uuid import NAMESPACE_URL, uuid5

from bylaw.orders.v1 import orders_pb2, orders_pb2_grpc

from bylaw_cli.demonstration.deciding import CLERK
from bylaw_cli.demonstration.goods.shelves import MOST
from bylaw_cli.demonstration.orders.channels import JD, OWN, PAST, TMALL, Shops

EARLIER = (OWN, JD, PAST)
"""What they sell is not held against prices, which are in force only at the end of the load."""
CANCELLED, WHY_CANCELLED = "W-3007", "买家下单后改了主意。/ The customer changed their mind."
HELD, WHY_HELD = "W-3011", "买家要确认桌布颜色。/ The customer is to confirm the cloth's colour."
STREETS = ("文三路 398 号 5 幢 501 室", "建国路 88 号 2 座 1203 室", "解放大道 126 号 3 单元 602 室")
AREAS = ("浙江省", "北京市", "湖北省", "广东省")
FEN, DIGITS = 100, 8
SECONDS, PAUSE = 60, 0.05
Row = Mapping[str, str]


def rows() -> list[Row]:
    """The orders as their file has them."""
    text = files(__package__).joinpath("orders.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def take_in(shops: Shops, codes: tuple[str, ...]) -> None:
    """Takes in what the shops with these codes sold and is not on record yet: a call for each shop."""
    stub, known = shops.asking.stub(orders_pb2_grpc.OrdersStub), on_record(shops)
    for code in codes:
        wanted = [_order(shops, row) for row in rows() if row["channel"] == code and row["number"] not in known]
        if wanted:
            request = orders_pb2.BatchCreateOrdersRequest(parent=shops.channels[code], orders=wanted)
            shops.asking.ask(stub.BatchCreateOrders, request, by=CLERK)


def work_on(shops: Shops) -> None:
    """One is cancelled, and one is kept waiting by hand; asked again, both stay so."""
    stub, known = shops.asking.stub(orders_pb2_grpc.OrdersStub), on_record(shops)
    cancel = orders_pb2.CancelOrderRequest(name=known[CANCELLED].name, reason=WHY_CANCELLED)
    shops.asking.ask(stub.CancelOrder, cancel, by=CLERK)
    hold = orders_pb2.HoldOrderRequest(name=known[HELD].name, reason=WHY_HELD)
    shops.asking.ask(stub.HoldOrder, hold, by=CLERK)


def on_record(shops: Shops) -> dict[str, orders_pb2.Order]:
    """All orders of the shops by number."""
    stub = shops.asking.stub(orders_pb2_grpc.OrdersStub)
    listed = shops.asking.ask(stub.ListOrders, orders_pb2.ListOrdersRequest(page_size=MOST), by=CLERK).orders
    return {order.number: order for order in listed}


def wait_until(
    shops: Shops, numbers: tuple[str, ...], so_far: Callable[[orders_pb2.Order], bool]
) -> dict[str, orders_pb2.Order]:
    """The orders once all with these numbers are so far, or as they are after a minute."""
    give_up, stub = time.monotonic() + SECONDS, shops.asking.stub(orders_pb2_grpc.OrdersStub)
    known = on_record(shops)
    waiting = [known[number].name for number in numbers]
    while waiting and time.monotonic() < give_up:
        order = shops.asking.ask(stub.GetOrder, orders_pb2.GetOrderRequest(name=waiting[0]), by=CLERK)
        if so_far(order):
            waiting.pop(0)
        else:
            time.sleep(PAUSE)
    return on_record(shops)


def _order(shops: Shops, row: Row) -> orders_pb2.Order:
    day = shops.shelves.today - timedelta(days=int(row["days_ago"]))
    placed = shops.shelves.at(day, hour_of_day.fromisoformat(row["hour"]))
    lines = list(_lines(row["goods"]))
    worth = sum(int(Decimal(line.unit_price) * Decimal(line.quantity)) for line in lines)
    state = orders_pb2.SourceState.Value(f"SOURCE_STATE_{row['state']}")
    paid = 0 if row["state"] == "UNPAID" else worth
    order = orders_pb2.Order(
        number=row["number"],
        source_state=state,
        lines=lines,
        paid=paid,
        refunded=paid if row["state"] == "CLOSED" else 0,
        recipient=_recipient(row),
    )
    order.place_time.FromDatetime(placed)
    if paid:
        order.pay_time.FromDatetime(placed)
    return order


def _lines(goods: str) -> Iterator[orders_pb2.OrderLine]:
    """`MJ-CUP=2@129;…`: code, how many, price of one in yuan."""
    for one in goods.split(";"):
        code, _, rest = one.partition("=")
        quantity, _, price = rest.partition("@")
        yield orders_pb2.OrderLine(code=code, quantity=quantity, unit_price=str(int(Decimal(price) * FEN)))


def _recipient(row: Row) -> orders_pb2.Recipient:
    """Somebody who lives nowhere; the same name has the same number and street."""
    chosen = uuid5(NAMESPACE_URL, row["to"]).int
    street = "" if row["change"] == "no-address" else STREETS[chosen % len(STREETS)]
    to = orders_pb2.Recipient(
        display_name=row["to"],
        phone=f"199{chosen % 10**DIGITS:0{DIGITS}d}",
        region=AREAS[chosen % len(AREAS)],
        address=street,
        remark=row["remark"],
    )
    if row["channel"] == TMALL:
        to.nick = row["to"]
    return to
