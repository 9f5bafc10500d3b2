"""The doctor proves stocktakes: what was booked was counted and approved, and every other way is found (WHS-6)."""

import pytest
from bylaw_inventory.doctor.stocktakes import stocktakes

from tests.builders.inventory import InventoryService
from tests.builders.stocktakes import Counting, count
from tests.databases import Databases
from tests.integration.inventory.books import missed
from tests.integration.inventory.conftest import House

pytestmark = pytest.mark.clause("WHS-6")

CHANGED = [
    "update stocktake_differences set quantity = quantity + 1 where kind = 2",
    "update stocktake_differences set movement = null",
    "update stocktake_differences set proposal = 3, movement = null where kind = 3",
    "update stocktake_counts set sound = sound + 1",
    "update stocktake_results set book = book + 1",
    "update stocktakes set movements = '{}'",
    "update decided set state = 'refused'",
    "update movement_lines set quantity = quantity + 1 where movement in (select id from movements where kind = 8)",
    "update entries set at = at - interval '1 day', day = day - 1 where number = 2",
    "update places set frozen_by = (select id from stocktakes limit 1)",
]


def test_whatever_is_changed_behind_the_services_back_is_found(
    postgres: Databases, inventory: InventoryService, house: House, counting: Counting
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    inventory.clock.pass_time(minutes=1)
    made = counting.begun()
    counting.confirmed(made, count(tea, house.first, "7", "1"))
    inventory.clock.pass_time(minutes=1)
    house.receive(tea, "2")
    counting.decide(counting.sent(made))
    assert missed(postgres, inventory, stocktakes, CHANGED) == []
