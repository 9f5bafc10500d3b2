"""An orders service beside real people and inventory, all on fresh databases, and the calls tests make."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import grpc
from bylaw.orders.v1 import channels_pb2 as channels
from bylaw.orders.v1 import (
    channels_pb2_grpc,
    customers_pb2_grpc,
    feed_pb2_grpc,
    figures_pb2_grpc,
    order_checks_pb2_grpc,
    order_imports_pb2_grpc,
    order_merges_pb2_grpc,
    orders_pb2_grpc,
    parcels_pb2_grpc,
    stock_claims_pb2_grpc,
)
from bylaw.orders.v1 import order_checks_pb2 as order_checks
from bylaw.orders.v1 import orders_pb2 as orders
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.local_channel import LocalChannel
from bylaw_chassis.migrate import migrate
from bylaw_chassis.serving import Service
from bylaw_orders.app import INVENTORY, MIGRATIONS, OrdersSettings, build
from sqlalchemy import make_url

from tests.builders.inventory import InventoryService, inventory_service
from tests.builders.people import MASTER_KEY, ROLE_PASSWORD, PeopleService, SetClock, text, url_of_admin
from tests.databases import Databases

ORDERS_PERMISSIONS = frozenset(
    f"orders.{name}"
    for name in (
        "claims.read",
        "claims.reconcile",
        "channels.create",
        "channels.read",
        "channels.update",
        "checks.read",
        "checks.set",
        "customers.erase",
        "customers.export",
        "customers.find_by_digits",
        "customers.read",
        "customers.reveal",
        "erasures.read",
        "feed.read",
        "figures.read",
        "labels.read",
        "orders.cancel",
        "orders.create",
        "orders.read",
        "parcels.create",
        "parcels.read",
        "parcels.report",
        "payments.record",
        "orders.update",
        "holds.release",
        "imports.create",
        "imports.read",
        "reveals.read",
        "reviews.answer",
        "reviews.create",
        "reviews.read",
        "service_policies.read",
        "service_policies.update",
        "ticket_actions.create",
        "ticket_actions.read",
        "tickets.create",
        "tickets.open",
        "tickets.rate",
        "tickets.read",
        "tickets.work",
    )
)
SOMEBODY = orders.Recipient(
    display_name="李小明",
    phone="13812345678",
    address="浙江省杭州市西湖区文三路 100 号 3 幢 502 室",
    region="浙江省",
    nick="xm_li",
)
EVERYTHING = HeldGrant(Scope.COMPANY, None, ORDERS_PERMISSIONS)


def migrated_url(databases: Databases) -> str:
    """The address, for the service's own role, of a fresh database with the schema of orders."""
    url = databases.prepared("orders", lambda admin: migrate(admin, MIGRATIONS, password=ROLE_PASSWORD))
    return make_url(url).set(username="bylaw_orders", password=ROLE_PASSWORD).render_as_string(hide_password=False)


@dataclass
class OrdersService:
    """A built service and its stubs; `inventory` and `people` are the services beside it, `url` its own database."""

    service: Service
    inventory: InventoryService
    url: str
    channel: grpc.Channel = field(init=False)

    def __post_init__(self) -> None:
        self.channel = LocalChannel(self.service.server)
        self.feed = feed_pb2_grpc.FeedStub(self.channel)
        self.channels = channels_pb2_grpc.ChannelsStub(self.channel)
        self.customers = customers_pb2_grpc.CustomersStub(self.channel)
        self.claims = stock_claims_pb2_grpc.StockClaimsStub(self.channel)
        self.orders = orders_pb2_grpc.OrdersStub(self.channel)
        self.parcels = parcels_pb2_grpc.OrderParcelsStub(self.channel)
        self.couriers = parcels_pb2_grpc.CourierLineStub(self.channel)
        self.checks = order_checks_pb2_grpc.OrderChecksStub(self.channel)
        self.merges = order_merges_pb2_grpc.OrderMergesStub(self.channel)
        self.figures = figures_pb2_grpc.FiguresStub(self.channel)
        self.imports = order_imports_pb2_grpc.OrderImportsStub(self.channel)

    @property
    def people(self) -> PeopleService:
        """People, which all of them ask."""
        return self.inventory.people

    @property
    def everything(self) -> tuple[tuple[str, str], ...]:
        """Metadata of a caller who may do everything in orders, and nothing elsewhere."""
        return self.people.as_caller(EVERYTHING)

    @property
    def clock(self) -> SetClock:
        """The clock of all services."""
        return self.people.clock

    def caller(self, unit: str, permissions: frozenset[str] = ORDERS_PERMISSIONS) -> tuple[tuple[str, str], ...]:
        """Metadata of a caller whose grant reaches a unit and what is below it."""
        return self.people.as_caller(HeldGrant(Scope.SUBTREE, UUID(unit.rpartition("/")[2]), permissions))

    def open_channel(self, unit: str, code: str, **more: Any) -> channels.Channel:
        """A channel of a unit, in yuan."""
        told = {"platform": "own", "shop": code, "currency": "CNY", "title": text(code), **more}
        wish = channels.Channel(code=code, unit=unit, **told)
        request = channels.CreateChannelRequest(channel=wish, request_id=str(uuid4()))
        return self.channels.CreateChannel(request, metadata=self.everything)

    def set_checks(self, channel: str, **more: Any) -> order_checks.ChannelChecks:
        """Sets how a channel's orders are checked."""
        metadata = more.pop("metadata", self.everything)
        wish = order_checks.ChannelChecks(**{"reason": "as agreed", **more})
        request = order_checks.SetChannelChecksRequest(parent=channel, channel_checks=wish, request_id=str(uuid4()))
        return self.checks.SetChannelChecks(request, metadata=metadata)

    def place(self, channel: channels.Channel, number: str, *lines: Any, **more: Any) -> orders.Order:
        """Takes an order in; lines as `ordered(...)`."""
        request = orders.CreateOrderRequest(order=wished(self.clock, channel, number, *lines, **more))
        request.request_id = str(uuid4())
        return self.orders.CreateOrder(request, metadata=self.everything)

    def order(self, name: str) -> orders.Order:
        """An order as it stands."""
        return self.orders.GetOrder(orders.GetOrderRequest(name=name), metadata=self.everything)

    def cancel(self, name: str, reason: str = "The customer does not want it any more.") -> orders.Order:
        """Cancels an order."""
        request = orders.CancelOrderRequest(name=name, reason=reason, request_id=str(uuid4()))
        return self.orders.CancelOrder(request, metadata=self.everything)

    def told(self, name: str) -> list[str]:
        """The kinds of what happened to an order, oldest first."""
        request = orders.ListOrderEventsRequest(parent=name)
        return [one.kind for one in self.orders.ListOrderEvents(request, metadata=self.everything).order_events]

    def settle(self) -> None:
        """Hears what inventory tells, and brings claims on, until nothing is due."""
        for kind in ("goods", "heard-stock", "claims"):
            self.run_timer(kind)

    def follow_people(self) -> None:
        """Reads people's feed on, as the timer does every second; no test waits for that second."""
        self.run_timer("organisation")

    def run_timer(self, kind: str) -> None:
        """Runs a timer's work once."""
        (timer,) = (timer for timer in self.service.runner.timers if timer.kind == kind)
        timer.function(None)  # type: ignore[arg-type]


def ordered(code: str, quantity: str = "1", unit_price: str = "1000", **more: Any) -> orders.OrderLine:
    """A line."""
    return orders.OrderLine(code=code, title=code, quantity=quantity, unit_price=unit_price, **more)


def wished(clock: SetClock, channel: channels.Channel, number: str, *lines: Any, **more: Any) -> orders.Order:
    """An order as a shop sends it: paid in full, to somebody."""
    paid = sum(round(float(line.quantity) * float(line.unit_price)) for line in lines)
    told = {"paid": paid, "recipient": somebody(f"{channel.code}-{number}"), **more}
    wish = orders.Order(channel=channel.name, number=number, lines=lines, **told)
    wish.place_time.FromDatetime(clock())
    return wish


def somebody(nick: str) -> orders.Recipient:
    """Somebody of an account of their own: who orders the same twice is asked about."""
    made = orders.Recipient(nick=nick)
    made.MergeFrom(SOMEBODY)
    made.nick = nick
    return made


@contextmanager
def orders_service(databases: Databases, clock: SetClock | None = None, **more: Any) -> Iterator[OrdersService]:
    """All three services, talking in process; `more` are settings of orders."""
    with inventory_service(databases, clock) as inventory, orders_beside(databases, inventory, **more) as orders:
        yield orders


@contextmanager
def orders_beside(databases: Databases, inventory: InventoryService, **more: Any) -> Iterator[OrdersService]:
    """Orders beside an inventory that is there, and the people beside that; `more` are its settings."""
    url, people = migrated_url(databases), inventory.people
    told = OrdersSettings(database_url=url, master_key=MASTER_KEY, **more)
    service = build(told, channels={"people": people.channel, INVENTORY: inventory.channel}, clock=people.clock)
    try:
        yield OrdersService(service, inventory, url)
    finally:
        service.close()
        databases.drop(url_of_admin(databases, url))
