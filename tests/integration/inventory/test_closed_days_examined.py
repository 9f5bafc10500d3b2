"""Closed days are proved: each way of changing them behind Bylaw's back is found, and stops the next close (WHS-4)."""

from collections.abc import Iterator
from typing import LiteralString

import grpc
import pytest
from bylaw_chassis.status import refusal_from

from tests.builders.inventory import InventoryService, inventory_service
from tests.builders.stock_books import StockBooks
from tests.databases import Databases
from tests.integration.inventory.books import a_day, alter, assert_sound, examined
from tests.integration.inventory.conftest import House

pytestmark = pytest.mark.clause("WHS-4")


@pytest.fixture
def inventory(postgres: Databases) -> Iterator[InventoryService]:
    """A service of each test's own, whose books it may spoil."""
    with inventory_service(postgres) as service:
        yield service


@pytest.fixture
def site(inventory: InventoryService) -> str:
    """Where the warehouse stands."""
    return inventory.people.site().name


CHANGED: tuple[LiteralString, ...] = (
    "update movements set day = day + 1",
    "update entries set hash = sha256(hash) where number = 1",
    "delete from entries where on_hand > 0",
    "update closed_days set explanation = 'it was nothing'",
    "update closed_days set movements = movements + 1",
    "delete from closed_days",
    "update warehouses set books_closed_through = null",
)


@pytest.mark.parametrize("statement", CHANGED)
def test_what_is_changed_of_a_closed_day_is_found(
    postgres: Databases, inventory: InventoryService, house: House, kept: StockBooks, statement: LiteralString
) -> None:
    _, day = a_day(house, kept)
    kept.close(day)
    assert_sound(inventory)
    alter(postgres, inventory, statement)
    assert "closed days" in {one.check for one in examined(inventory) if not one.holds}
    if "warehouses" not in statement and "delete from closed_days" not in statement:
        assert kept.day(day).altered


def test_a_balance_unlike_its_card_and_a_movement_unlike_its_lines_stop_the_close(
    postgres: Databases, inventory: InventoryService, house: House, kept: StockBooks
) -> None:
    _, day = a_day(house, kept)
    alter(postgres, inventory, "update balances set on_hand = on_hand + 1 where below_zero")
    alter(postgres, inventory, "update movement_lines set quantity = quantity + 1")
    with pytest.raises(grpc.RpcError) as refused:
        kept.close(day)
    told = refusal_from(refused.value)
    assert [one.reason for one in told.violations] == ["CARD_DISAGREES", "MOVEMENT_DISAGREES"]
