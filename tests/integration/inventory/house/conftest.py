"""A house with a door, at which everybody is registered."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders.house import Door, Rounds
from tests.builders.inventory import InventoryService, inventory_service
from tests.builders.stock_levels import Levels
from tests.databases import Databases
from tests.integration.inventory.conftest import House

SET = {
    "visitor_days": 7,
    "stock_demand_days": 10,
    "stock_slow_days": 5,
    "stock_dead_days": 12,
    "stock_expiring_days": 20,
    "stock_quiet_days": 3,
    "book_days_back": 366,
}
"""Short enough that no test waits for long."""


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where photos lie."""
    return tmp_path_factory.mktemp("goods")


@pytest.fixture(scope="module")
def inventory(postgres: Databases, photos: Path) -> Iterator[InventoryService]:
    """A service that keeps photos, and forgets visitors after a week."""
    with inventory_service(postgres, goods_photo_folder=photos, **SET) as service:
        yield service


@pytest.fixture
def door(inventory: InventoryService, house: House) -> Door:
    """The register of the house."""
    return Door(inventory, house.warehouse.name)


@pytest.fixture
def rounds(inventory: InventoryService, house: House) -> Rounds:
    """The rounds of the house."""
    return Rounds(inventory, house.warehouse.name)


@pytest.fixture
def levels(inventory: InventoryService, house: House) -> Levels:
    """What the house keeps of its items."""
    return Levels(inventory, house.warehouse.name)
