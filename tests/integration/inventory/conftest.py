"""An inventory service beside a people service, and a warehouse with goods in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import warehouses_pb2 as warehouses

from tests.builders.inventory import InventoryService, KnownWarehouse, inventory_service, line
from tests.builders.stock_books import StockBooks
from tests.databases import Databases


@pytest.fixture(scope="module")
def inventory(postgres: Databases) -> Iterator[InventoryService]:
    """An inventory service; each test has goods and a warehouse of its own in it."""
    with inventory_service(postgres) as service:
        yield service


@dataclass
class House:
    """A warehouse with two bins, packing and inspection, and what is done in it."""

    warehouse: KnownWarehouse
    unit: str
    site: str
    number: int

    def __post_init__(self) -> None:
        self.first, self.second = self.warehouse.place("A-01"), self.warehouse.place("A-02")
        self.packing = self.warehouse.place("PACK", warehouses.PLACE_KIND_PACKING)
        self.inspection = self.warehouse.place("LOOK", warehouses.PLACE_KIND_INSPECTION)
        beyond = self.warehouse.places()
        self.supplier, self.customer = beyond["SUPPLIER"], beyond["CUSTOMER"]
        self.carrier, self.lost, self.scrap = beyond["CARRIER"], beyond["LOST-AND-FOUND"], beyond["SCRAP"]

    def item(self, code: str, **more: Any) -> items.Item:
        """Puts an item on record, under a code of this test's."""
        return self.warehouse.inventory.item(f"{code}-{self.number}", **more)

    def receive(self, item: items.Item, value: str, place: str = "") -> None:
        """Takes so much in."""
        self.warehouse.post(line(item, self.supplier, place or self.first, value))


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    """Numbers, one for each test of a file."""
    return count(1)


@pytest.fixture(scope="module")
def site(inventory: InventoryService) -> str:
    """Where the warehouses stand."""
    return inventory.people.site().name


@pytest.fixture
def house(inventory: InventoryService, site: str, numbers: Iterator[int]) -> Iterator[House]:
    """A warehouse, kept by a unit of its own; whatever time passes, the next test begins at the same hour."""
    number, begun = next(numbers), inventory.clock.now
    unit = inventory.people.unit(f"DEPT-{number}").name
    yield House(inventory.warehouse(unit, site, f"W-{number}"), unit, site, number)
    inventory.clock.now = begun


@pytest.fixture
def kept(house: House) -> StockBooks:
    """The books of the house."""
    return StockBooks(house.warehouse)
