"""A warehouse of a department that decides, with returns in its inspection, and a folder for their photos."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders.decisions import Department, department
from tests.builders.inventory import InventoryService, inventory_beside
from tests.builders.returns import Returns
from tests.databases import Databases
from tests.integration.inventory.conftest import House


@pytest.fixture(scope="module")
def acme(postgres: Databases) -> Iterator[Department]:
    """Sun, who keeps the stock, and the heads above."""
    with department(postgres) as made:
        yield made


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where photos lie."""
    return tmp_path_factory.mktemp("goods")


@pytest.fixture(scope="module")
def inventory(postgres: Databases, acme: Department, photos: Path) -> Iterator[InventoryService]:
    """Inventory beside them; each test has goods and a warehouse of its own in it."""
    with inventory_beside(postgres, acme.service, goods_photo_folder=photos) as made:
        made.follow_people()
        yield made


@pytest.fixture(scope="module")
def site(acme: Department) -> str:
    """Where the warehouses stand."""
    return acme.site.name


@pytest.fixture
def returns(acme: Department, inventory: InventoryService, house: House) -> Returns:
    """Who decides on returns in the house."""
    return Returns(acme, inventory, house.warehouse)
