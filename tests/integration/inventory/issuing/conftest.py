"""A house and the papers that its goods move against."""

import pytest

from tests.builders.inventory import InventoryService
from tests.builders.issuing import Papers
from tests.integration.inventory.conftest import House


@pytest.fixture
def papers(inventory: InventoryService, house: House) -> Papers:
    """What is set for the house."""
    return Papers(inventory, house.warehouse)
