"""The doctor proves the books: an untouched ledger holds, and each way of changing it behind Bylaw's back is found."""

from collections.abc import Iterator
from typing import LiteralString

import pytest

from tests.builders.inventory import InventoryService, inventory_service, line
from tests.databases import Databases
from tests.integration.inventory.books import alter, assert_sound, examined
from tests.integration.inventory.conftest import House


@pytest.fixture
def inventory(postgres: Databases) -> Iterator[InventoryService]:
    """A service of each test's own, whose books it may spoil."""
    with inventory_service(postgres) as service:
        yield service


@pytest.fixture
def site(inventory: InventoryService) -> str:
    """Where the warehouse stands."""
    return inventory.people.site().name


CHANGED: list[tuple[LiteralString, str]] = [
    ("update balances set on_hand = on_hand + 1 where below_zero", "stock cards"),
    ("update entries set on_hand = on_hand + 1 where number = 1 and on_hand > 0", "stock cards"),
    ("update entries set day = day - 1 where number = 1", "stock cards"),
    ("delete from entries where number = 2", "stock cards"),
    ("update movement_lines set quantity = quantity + 1", "stock sums"),
    ("update reservation_lines set reserved = reserved - 1", "stock reserved"),
    ("update reservations set state = 4, ended_at = now()", "stock reserved"),
]


@pytest.mark.clause("WHS-4")
@pytest.mark.parametrize(("statement", "check"), CHANGED)
def test_what_is_changed_behind_the_services_back_is_found(
    postgres: Databases, inventory: InventoryService, house: House, statement: LiteralString, check: str
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    house.warehouse.reserve((tea, "3"))
    house.warehouse.post(line(tea, house.first, house.customer, "2"))
    assert_sound(inventory)
    alter(postgres, inventory, statement)
    assert check in {one.check for one in examined(inventory) if not one.holds}


@pytest.mark.clause("WHS-4")
def test_an_untouched_ledger_holds(inventory: InventoryService, house: House) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    held = house.warehouse.reserve((tea, "3"))
    wrong = house.warehouse.post(line(tea, house.first, house.packing, "2"))
    house.warehouse.reverse(wrong.name)
    house.warehouse.post(line(tea, house.first, house.customer, "1"), reservation=held.name)
    assert_sound(inventory)
