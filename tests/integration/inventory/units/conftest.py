"""A house whose goods come in cartons and rolls."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from bylaw.inventory.v1 import items_pb2 as items

from tests.builders.inventory import InventoryService
from tests.builders.receiving import Dock
from tests.builders.units import unit
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House


@dataclass(frozen=True)
class Packed:
    """Tea in cartons of 24 pieces, and cloth in rolls of which three are 100 m."""

    tea: items.Item
    cloth: items.Item


@pytest.fixture
def packed(house: House) -> Packed:
    """Both, with none of either there."""
    tea = house.item("TEA", units=[unit("carton", "24"), unit("pallet", "960")])
    return Packed(tea, house.item("CLOTH", unit="m", fraction_digits=2, units=[unit("roll", "100", per="3")]))


@pytest.fixture
def dock(inventory: InventoryService, house: House) -> Dock:
    """Where deliveries come to the house."""
    return Dock(inventory, house.warehouse)


@pytest.fixture(scope="module", autouse=True)
def _sound(inventory: InventoryService) -> Iterator[None]:
    """Whatever the tests of a file did, the books agree behind them."""
    yield
    assert_sound(inventory)
