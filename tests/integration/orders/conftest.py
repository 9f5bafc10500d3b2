"""An orders service beside inventory and people, and a warehouse with goods for what is ordered."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from bylaw.inventory.v1 import items_pb2 as items

from tests.builders.customers import Shop
from tests.builders.inventory import InventoryService, KnownWarehouse, line
from tests.builders.orders import OrdersService, orders_service
from tests.builders.people import NOON
from tests.databases import Databases


@pytest.fixture(scope="module")
def orders(postgres: Databases) -> Iterator[OrdersService]:
    """All three services; each test has a unit, goods and a warehouse of its own."""
    with orders_service(postgres) as service:
        yield service


@pytest.fixture(scope="module")
def inventory(orders: OrdersService) -> InventoryService:
    """The inventory beside it."""
    return orders.inventory


@dataclass
class Stock:
    """A unit's warehouse with a bin, and what is done in it."""

    warehouse: KnownWarehouse
    unit: str
    site: str
    number: int

    def __post_init__(self) -> None:
        self.bin = self.warehouse.place("A-01")
        beyond = self.warehouse.places()
        self.supplier, self.customer, self.carrier = beyond["SUPPLIER"], beyond["CUSTOMER"], beyond["CARRIER"]

    def item(self, code: str, value: str = "0", **more: Any) -> items.Item:
        """Puts an item on record, under a code of this test's, and takes so much of it in."""
        made = self.warehouse.inventory.item(f"{code}-{self.number}", **more)
        if value != "0":
            self.warehouse.post(line(made, self.supplier, self.bin, value))
        return made


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    """Numbers, one for each test of a file."""
    return count(1)


@pytest.fixture(scope="module")
def site(orders: OrdersService) -> str:
    """Where the warehouses stand."""
    return orders.people.site().name


@pytest.fixture
def stock(orders: OrdersService, site: str, numbers: Iterator[int]) -> Stock:
    """A fresh unit with a warehouse, of which every service has heard."""
    number = next(numbers)
    unit = orders.people.unit(f"SHOP-{number}").name
    orders.inventory.follow_people()
    orders.follow_people()
    return Stock(orders.inventory.warehouse(unit, site, f"W-{number}"), unit, site, number)


@pytest.fixture
def private(orders: OrdersService, numbers: Iterator[int]) -> Iterator[Shop]:
    """A shop of a unit of its own; whatever time passes, the next test begins at noon in Shanghai."""
    number = next(numbers)
    unit = orders.people.unit(f"PRIVATE-{number}").name
    orders.follow_people()
    channel = orders.open_channel(unit, f"PRIVATE-{number}", platform="taobao", history=True)
    yield Shop(orders, unit, channel, 7000 + number)
    orders.clock.now = NOON
