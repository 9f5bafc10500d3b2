"""Figures of orders, their records, and questions of each."""

from collections.abc import Callable
from typing import Any

from bylaw.orders.v1 import figures_pb2 as figures
from google.protobuf.message import Message

from tests.builders.orders import OrdersService
from tests.integration.lists import Walk

Question = tuple[Callable[..., Any], Message]
SOLD = figures.KEY_FIGURE_KIND_ORDERS


def sales(service: OrdersService, channel: str = "", dimension: int = 1) -> Walk:
    """What was sold, by something."""
    request = figures.ListSalesFiguresRequest(channel=channel, dimension=dimension)
    return Walk(service.figures.ListSalesFigures, request, "sales_figures")


def sold(service: OrdersService, channel: str = "", dimension: int = 1) -> Walk:
    """The orders of that."""
    request = figures.ListSalesRecordsRequest(channel=channel, dimension=dimension)
    return Walk(service.figures.ListSalesRecords, request, "sales_records")


def how_it_went(service: OrdersService, channel: str = "") -> Walk:
    """How sales went."""
    return Walk(service.figures.ListKeyFigures, figures.ListKeyFiguresRequest(channel=channel), "key_figures")


def counted(service: OrdersService, channel: str = "") -> Walk:
    """The sales of that."""
    request = figures.ListKeyFigureRecordsRequest(channel=channel, currency="CNY", kind=SOLD)
    return Walk(service.figures.ListKeyFigureRecords, request, "key_figure_records")


def all_walks(service: OrdersService, channel: str = "") -> list[Walk]:
    """Every list there is."""
    by_each = (made(service, channel, dimension) for dimension in range(1, 6) for made in (sales, sold))
    return [*by_each, how_it_went(service, channel), counted(service, channel)]


def questions(service: OrdersService, channel: str = "") -> list[Question]:
    """What is asked of a channel, or of none."""
    export = figures.ExportFiguresRequest(channel=channel)
    return [
        *((walk.method, walk.request) for walk in all_walks(service, channel)),
        (service.figures.ExportFigures, export),
    ]
