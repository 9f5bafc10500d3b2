"""A house with a dock, and a folder for photos of what comes there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders.inventory import InventoryService, inventory_service
from tests.builders.receiving import Dock
from tests.databases import Databases
from tests.integration.inventory.conftest import House


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where photos lie."""
    return tmp_path_factory.mktemp("goods")


@pytest.fixture(scope="module")
def inventory(postgres: Databases, photos: Path) -> Iterator[InventoryService]:
    """A service that keeps photos."""
    with inventory_service(postgres, goods_photo_folder=photos) as service:
        yield service


@pytest.fixture
def dock(inventory: InventoryService, house: House) -> Dock:
    """Where deliveries come to the house."""
    return Dock(inventory, house.warehouse)
