"""What does not hold of pack checks is found by the doctor (WHS-3)."""

from typing import Any

import pytest

from tests.builders.inventory import InventoryService
from tests.builders.packing import Packing
from tests.databases import Databases
from tests.integration.inventory.books import alter, assert_sound, examined
from tests.integration.inventory.conftest import House
from tests.integration.inventory.issuing.test_packing_is_checked import Order, refused


@pytest.mark.clause("WHS-3")
@pytest.mark.parametrize(
    ("statement", "cure"),
    [
        (
            "update pack_scans set quantity = quantity + 1 where quantity = 3",
            "update pack_scans set quantity = quantity - 1 where quantity = 4",
        ),
        (
            "update pack_checks set state = 2 where state = 3",
            "update pack_checks set state = 3 where state = 2 and reason <> ''",
        ),
        (
            "update pack_scans set line = 9 where line = 1 and reason = ''",
            "update pack_scans set line = 1 where line = 9",
        ),
    ],
)
def test_what_does_not_hold_of_a_check_is_found(
    inventory: InventoryService, house: House, postgres: Databases, statement: Any, cure: Any
) -> None:
    order, packing = Order(house), Packing(inventory, house.warehouse)
    check = packing.start(order.held).name
    packing.scan(check, order.cup_code, "3")
    refused(lambda: packing.scan(check, order.cup_code))
    packing.close(check, "the tea is dented")
    assert_sound(inventory)
    alter(postgres, inventory, statement)
    try:
        assert "pack checks" in {one.check for one in examined(inventory) if not one.holds}
    finally:
        alter(postgres, inventory, cure)
    assert_sound(inventory)
