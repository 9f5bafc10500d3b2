"""Imports of files of orders: how one comes there, the lists of them, and what is asked of each."""

from collections.abc import Callable
from typing import Any

from bylaw.orders.v1 import order_imports_pb2 as imports
from bylaw.orders.v1.channels_pb2 import Channel
from google.api import httpbody_pb2
from google.protobuf.message import Message

from tests.builders.order_files import SHOPIFY, hand_in, run, shopify, table
from tests.builders.orders import OrdersService
from tests.integration.lists import Listing, Walk

Question = tuple[Callable[..., Any], Message]
ROUNDED = table(SHOPIFY, shopify("1.2E+17"), shopify("1.3E+17"))
"""A file of which nothing is taken."""


def import_of(service: OrdersService, channel: Channel) -> str:
    """An import into a channel that has ended, with two lines that were refused."""
    made = hand_in(service, channel, ROUNDED, file_name="orders.csv")
    run(service)
    name: str = made.name
    return name


def of_imports(service: OrdersService, channel: str = "") -> Listing:
    """The imports, of all channels or of one, each with its single read."""
    stub, request = service.imports, imports.GetOrderImportRequest
    return Listing(
        Walk(stub.ListOrderImports, imports.ListOrderImportsRequest(channel=channel), "order_imports"),
        lambda reads, thing: reads.read(stub.GetOrderImport, request(name=thing.name)),
    )


def lines_of(service: OrdersService, made: str) -> Walk:
    """What became of the lines of an import."""
    request = imports.ListOrderImportLinesRequest(parent=made)
    return Walk(service.imports.ListOrderImportLines, request, "lines")


def the_importers(service: OrdersService) -> Walk:
    """Which files can be read, for everybody the same."""
    return Walk(service.imports.ListOrderImporters, imports.ListOrderImportersRequest(), "order_importers")


def about_import(service: OrdersService, name: str) -> list[Question]:
    """Reading an import and its lines, and adding a file to it."""
    lines, file = lines_of(service, name), httpbody_pb2.HttpBody(data=ROUNDED)
    return [
        (service.imports.GetOrderImport, imports.GetOrderImportRequest(name=name)),
        (lines.method, lines.request),
        (service.imports.AddOrderImportFile, imports.AddOrderImportFileRequest(name=name, file=file)),
    ]


def about_channel(service: OrdersService, name: str) -> list[Question]:
    """The imports of a channel, and handing one in."""
    listed, file = of_imports(service, name).walk, httpbody_pb2.HttpBody(data=ROUNDED)
    return [
        (listed.method, listed.request),
        (service.imports.CreateOrderImport, imports.CreateOrderImportRequest(parent=name, file=file)),
    ]
