"""A warehouse of a department that decides, and who counts in it."""

from collections.abc import Iterator

import pytest

from tests.builders.decisions import Department, department
from tests.builders.inventory import InventoryService, inventory_beside
from tests.builders.stocktakes import Counting
from tests.databases import Databases
from tests.integration.inventory.conftest import House


@pytest.fixture(scope="module")
def acme(postgres: Databases) -> Iterator[Department]:
    """Sun and Zhou, who count, and the heads above them."""
    with department(postgres) as made:
        yield made


@pytest.fixture(scope="module")
def inventory(postgres: Databases, acme: Department) -> Iterator[InventoryService]:
    """Inventory beside them; each test has goods and a warehouse of its own in it."""
    with inventory_beside(postgres, acme.service) as made:
        made.follow_people()
        yield made


@pytest.fixture(scope="module")
def site(acme: Department) -> str:
    """Where the warehouses stand."""
    return acme.site.name


@pytest.fixture
def counting(acme: Department, inventory: InventoryService, house: House) -> Counting:
    """Who counts in the house."""
    return Counting(acme, inventory, house.warehouse)
