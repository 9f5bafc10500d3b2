"""Orders and inventory killed again and again while a shop sells and cancels: no order and no goods lost or doubled."""

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import grpc
import pytest
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.orders.v1 import channels_pb2 as channels
from bylaw.orders.v1 import orders_pb2, orders_pb2_grpc
from bylaw.orders.v1 import stock_claims_pb2 as claims
from bylaw_chassis.clock import system_clock
from bylaw_chassis.serving import Listener

from tests.builders.inventory import KnownWarehouse, line
from tests.builders.orders import OrdersService, ordered, orders_service, wished
from tests.builders.people import MASTER_KEY, SetClock
from tests.cli.running import free_port
from tests.databases import Databases
from tests.integration.inventory.books import assert_sound
from tests.integration.orders.shops import stands

KILLS = {"short": 4, "long": 60}[os.environ.get("BYLAW_PROVE", "short")]
SELLERS, PLENTY = 3, "1000000"
AGAIN = {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.CANCELLED}
"""What a good client asks again after, under the same key: nobody knows whether it was done."""


@dataclass
class Process:
    """A service in a process over a database, to be killed and started again on the same port."""

    module: str
    told: dict[str, str]
    port: int = field(default_factory=free_port)
    running: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        """A new one; it answers soon."""
        told = {"BYLAW_MASTER_KEY": MASTER_KEY, "BYLAW_LISTEN": self.address, "BYLAW_LINGER_SECONDS": "0", **self.told}
        command = [sys.executable, "-m", self.module]
        quiet = subprocess.DEVNULL
        self.running = subprocess.Popen(command, env={**os.environ, **told}, stdout=quiet, stderr=quiet)

    def kill(self) -> None:
        """In the middle of whatever it does."""
        assert self.running
        self.running.kill()
        self.running.wait()


@dataclass
class Shop:
    """What sellers sell, through which channel, and what they were answered."""

    service: OrdersService
    warehouse: KnownWarehouse
    channel: channels.Channel
    item: items.Item
    kept: list[str] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)

    def sell(self, stub: orders_pb2_grpc.OrdersStub, seller: int, done: threading.Event) -> None:
        """Takes an order in, then two at once, and cancels one of these, again and again."""
        who, rounds = self.service.everything, 0
        while not done.is_set():
            key = f"{seller}-{rounds}"
            one = orders_pb2.CreateOrderRequest(order=self._wish(f"{key}-one"), request_id=f"{key}-one")
            self.kept.append(answered(stub.CreateOrder, one, who).name)
            wishes = [self._wish(f"{key}-stays"), self._wish(f"{key}-goes")]
            two = orders_pb2.BatchCreateOrdersRequest(parent=self.channel.name, orders=wishes, request_id=f"{key}-two")
            stays, goes = answered(stub.BatchCreateOrders, two, who).taken_orders
            self.kept.append(stays.order)
            cancel = orders_pb2.CancelOrderRequest(name=goes.order, reason="No.", request_id=f"{key}-cancel")
            self.cancelled.append(answered(stub.CancelOrder, cancel, who).name)
            rounds += 1

    def goes_on(self, within_seconds: float = 60.0) -> None:
        """Waits until each seller has been answered once more, on whatever machine."""
        enough, ends = len(self.kept) + 2 * SELLERS, time.monotonic() + within_seconds
        while len(self.kept) < enough and time.monotonic() < ends:
            time.sleep(0.02)

    def _wish(self, number: str) -> orders_pb2.Order:
        return wished(self.service.clock, self.channel, number, ordered(self.item.code))


def answered(call: Callable[..., Any], request: Any, who: Any) -> Any:
    """Sends a write until it is answered, always under its key."""
    while True:
        try:
            return call(request, metadata=who, timeout=5)
        except grpc.RpcError as error:
            if error.code() not in AGAIN:
                raise
            time.sleep(0.05)


@contextmanager
def shop_of(service: OrdersService) -> Iterator[Shop]:
    """A shop with more tea than anybody buys."""
    site, unit = service.people.site("WH").name, service.people.unit("SHOP").name
    service.inventory.follow_people()
    service.follow_people()
    warehouse = service.inventory.warehouse(unit, site)
    shelf, item = warehouse.place("A-01"), service.inventory.item("TEA")
    warehouse.post(line(item, warehouse.places()["SUPPLIER"], shelf, PLENTY))
    service.settle()
    yield Shop(service, warehouse, service.open_channel(unit, "SHOP", warehouse=warehouse.name), item)


def sold_while_killed(shop: Shop) -> None:
    """Sellers work over the network while one service or the other is killed, by chance."""
    chance, done = random.Random(20), threading.Event()  # noqa: S311 - pauses of a test
    service = shop.service
    people = Listener(service.people.service, "127.0.0.1:0", linger_seconds=0)
    people.start()
    address = f"127.0.0.1:{people.port}"
    inventory = Process(
        "bylaw_inventory", {"BYLAW_DATABASE_URL": service.inventory.url, "BYLAW_PEOPLE_ADDRESS": address}
    )
    told = {"BYLAW_DATABASE_URL": service.url, "BYLAW_PEOPLE_ADDRESS": address}
    orders = Process("bylaw_orders", {**told, "BYLAW_INVENTORY_ADDRESS": inventory.address})
    inventory.start()
    orders.start()
    with grpc.insecure_channel(orders.address) as channel, ThreadPoolExecutor(SELLERS) as sellers:
        grpc.channel_ready_future(channel).result(timeout=60)
        stub = orders_pb2_grpc.OrdersStub(channel)
        working = [sellers.submit(shop.sell, stub, seller, done) for seller in range(SELLERS)]
        for _ in range(KILLS):
            shop.goes_on()
            time.sleep(chance.uniform(0.0, 0.5))
            victim = chance.choice([orders, inventory])
            victim.kill()
            victim.start()
        shop.goes_on()
        done.set()
        for seller in working:
            seller.result()
    for process in (orders, inventory):
        process.kill()
    people.stop()


@pytest.mark.clause("ORD-1", "WHS-3")
def test_no_kill_loses_or_doubles_an_order_its_goods_or_an_undo(embedded: Databases) -> None:
    with orders_service(embedded, SetClock(system_clock())) as service, shop_of(service) as shop:
        sold_while_killed(shop)
        service.clock.pass_time(minutes=6)  # what was leased by the dead is free again, and is tried again
        for _ in range(3):
            service.settle()
        assert len(shop.kept) == len({*shop.kept}) > 2 * KILLS
        assert {service.order(one).fulfilment_state for one in shop.kept} == {stands("RESERVED")}
        assert {service.order(one).fulfilment_state for one in shop.cancelled} == {stands("CANCELLED")}
        assert all(service.told(one).count("CANCELLED") == 1 for one in shop.cancelled)
        ((_, held),) = shop.warehouse.on_hand(shop.item).values()
        found = service.claims.ReconcileStock(
            claims.ReconcileStockRequest(request_id=str(uuid4())), metadata=service.everything
        )
        assert found.disagreement_count == 0
        assert int(held) == found.claim_count == len(shop.kept)
        assert_sound(service.inventory)
