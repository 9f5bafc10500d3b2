"""A shop beside a department that decides: its customers come back with what they ordered."""

from collections.abc import Iterator
from itertools import count

import pytest

from tests.builders.decisions import Department, department
from tests.builders.inventory import InventoryService, inventory_beside
from tests.builders.orders import OrdersService, orders_beside
from tests.builders.people import NOON
from tests.builders.service_desk import ServiceDesk
from tests.databases import Databases
from tests.integration.orders.conftest import Stock


@pytest.fixture(scope="package")
def acme(postgres: Databases) -> Iterator[Department]:
    """Wang and Zhao of sales, and the heads above."""
    with department(postgres) as made:
        yield made


@pytest.fixture(scope="package")
def orders(postgres: Databases, acme: Department, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OrdersService]:
    """Orders beside inventory beside them; photos of returned goods lie in a folder."""
    photos = tmp_path_factory.mktemp("goods")
    with (
        inventory_beside(postgres, acme.service, goods_photo_folder=photos) as inventory,
        orders_beside(postgres, inventory) as made,
    ):
        inventory.follow_people()
        made.follow_people()
        yield made


@pytest.fixture(scope="package")
def inventory(orders: OrdersService) -> InventoryService:
    """The inventory beside it."""
    return orders.inventory


@pytest.fixture(scope="package")
def numbers() -> Iterator[int]:
    """Numbers, one for each test."""
    return count(1)


@pytest.fixture(scope="package")
def site(acme: Department) -> str:
    """Where the warehouses stand."""
    return acme.site.name


@pytest.fixture
def desk(acme: Department, orders: OrdersService, stock: Stock) -> Iterator[ServiceDesk]:
    """A channel with tea on the shelf, and who answers its customers; whatever time passes, the next begins at noon."""
    made = ServiceDesk(acme, orders, stock)
    made.tea, made.cup = stock.item("TEA", "50"), stock.item("CUP", "50")
    orders.settle()
    yield made
    orders.clock.now = NOON
