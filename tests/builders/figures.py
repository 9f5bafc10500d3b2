"""A shop's figures, and the records that they are of, as tests ask for them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

from bylaw.orders.v1 import channels_pb2, figures_pb2, orders_pb2
from google.protobuf.json_format import ParseDict

from tests.builders.orders import OrdersService, somebody

DAY, CHANNEL, PRODUCT, REGION, PROMOTION = DIMENSIONS = tuple(range(1, 6))
GOODS, CHARGE, CORRECTION, SHIPPING, DISCOUNT, DIFFERENCE = range(1, 7)
SALE, CREDIT, ADJUSTMENT = range(1, 4)


@dataclass
class Seller:
    """A channel whose orders are summed up."""

    orders: OrdersService
    unit: str
    channel: channels_pb2.Channel

    def sell(self, number: str, *lines: orders_pb2.OrderLine, days: float = 0, **more: Any) -> orders_pb2.Order:
        """Takes an order in that was placed so many days from now."""
        region = more.pop("region", "")
        if "recipient" not in more:
            more["recipient"] = somebody(number) if not region else orders_pb2.Recipient(nick=number, region=region)
        made = orders_pb2.Order(channel=self.channel.name, number=number, lines=lines, **more)
        if "paid" not in more:
            made.paid = max(0, sum(round(float(one.quantity) * float(one.unit_price)) for one in lines))
        made.place_time.FromDatetime(self.orders.clock() + timedelta(days=days))
        request = orders_pb2.CreateOrderRequest(order=made, request_id=str(uuid4()))
        return self.orders.orders.CreateOrder(request, metadata=self.orders.everything)

    def figures(self, dimension: int, metadata: Any = None, **more: Any) -> list[figures_pb2.SalesFigure]:
        """Sales by something, page by page."""
        told = {"channel": self.channel.name, "page_size": 2, **self.days, **more}
        request = figures_pb2.ListSalesFiguresRequest(dimension=dimension, **told)
        reader = metadata or self.orders.everything
        return _pages(self.orders.figures.ListSalesFigures, request, "sales_figures", reader)

    def how_it_went(self, metadata: Any = None, **more: Any) -> list[figures_pb2.KeyFigure]:
        """Baskets, rates and answers."""
        told = {"channel": self.channel.name, "page_size": 1, **self.days, **more}
        request = figures_pb2.ListKeyFiguresRequest(**told)
        return _pages(self.orders.figures.ListKeyFigures, request, "key_figures", metadata or self.orders.everything)

    def records(self, path: str, metadata: Any = None) -> list[Any]:
        """The records of a figure, by the path that it names, page by page."""
        return records_of(self.orders, path, metadata or self.orders.everything)

    def export(self, metadata: Any = None, **more: Any) -> Any:
        """Figures as a file."""
        request = figures_pb2.ExportFiguresRequest(**{"channel": self.channel.name, **self.days, **more})
        return self.orders.figures.ExportFigures(request, metadata=metadata or self.orders.everything)

    @property
    def days(self) -> dict[str, str]:
        """From sixty days ago to ten ahead."""
        now: datetime = self.orders.clock()
        first, last = (now + timedelta(days=days) for days in (-60, 10))
        return {"first_date": f"{first:%Y-%m-%d}", "last_date": f"{last:%Y-%m-%d}"}


def records_of(service: OrdersService, path: str, metadata: Any) -> list[Any]:
    """What a path lists, as the gateway would ask for it."""
    where, _, query = path.partition("?")
    told = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=True))
    if where == "/v1/salesRecords":
        request = ParseDict(told, figures_pb2.ListSalesRecordsRequest(page_size=2))
        return _pages(service.figures.ListSalesRecords, request, "sales_records", metadata)
    assert where == "/v1/keyFigureRecords"
    request = ParseDict(told, figures_pb2.ListKeyFigureRecordsRequest(page_size=2))
    return _pages(service.figures.ListKeyFigureRecords, request, "key_figure_records", metadata)


def _pages(method: Any, request: Any, field: str, metadata: Any) -> list[Any]:
    found = []
    while True:
        answer = method(request, metadata=metadata)
        found += getattr(answer, field)
        if not answer.next_page_token:
            return found
        request.page_token = answer.next_page_token


def assert_records_make_up(seller: Seller, figure: figures_pb2.SalesFigure) -> None:
    """The records of a figure come to it, to the last fen."""
    found = seller.records(figure.records)
    amounts = {kind: [one.amount for one in found if one.kind == kind] for kind in (SALE, CREDIT, ADJUSTMENT)}
    assert (sum(amounts[SALE]), len(amounts[SALE])) == (figure.sales, figure.order_count)
    assert (sum(amounts[CREDIT]), len(amounts[CREDIT])) == (figure.credits, figure.credit_count)
    assert (sum(amounts[ADJUSTMENT]), len(amounts[ADJUSTMENT])) == (figure.adjustments, figure.adjustment_count)
    assert sum(one.line_count for one in found if one.kind == SALE) == figure.line_count
    assert {(one.key, one.part, one.currency) for one in found} == {(figure.key, figure.part, figure.currency)}
