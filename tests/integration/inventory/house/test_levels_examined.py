"""The doctor proves what proposals came to: settled once while that holds, and of goods that were there (WHS-7)."""

from datetime import timedelta

import pytest
from bylaw_inventory.doctor.levels import levels as levels_kept

from tests.builders.inventory import InventoryService, line
from tests.builders.stock_levels import DEAD, REORDER, Levels
from tests.databases import Databases
from tests.integration.inventory.books import missed
from tests.integration.inventory.conftest import House

CHANGED = [
    "update stock_proposal_outcomes set kind = 9",
    "update stock_proposal_outcomes set result = 3",
    "update stock_proposal_outcomes set quiet_until = '2000-01-01'",
    "update stock_proposal_outcomes set recorded_at = recorded_at - interval '2 years' where kind = 3",
    """insert into stock_proposal_outcomes select gen_random_uuid(), warehouse, item, kind, result, reason, quiet_until,
        recorded_at + interval '1 hour', recorded_by from stock_proposal_outcomes""",
    "update stock_proposal_outcomes set item = (select id from items where starts_with(code, 'NONE')) where kind = 3",
    """update stock_proposal_outcomes set warehouse = (select id from warehouses as own
        where own.id <> stock_proposal_outcomes.warehouse limit 1) where kind = 3""",
]


@pytest.mark.clause("WHS-7")
def test_proposals_settled_twice_or_of_nothing_are_found(
    postgres: Databases, inventory: InventoryService, house: House
) -> None:
    tea, cup, _ = house.item("TEA"), house.item("CUP"), house.item("NONE")
    inventory.warehouse(house.unit, house.site, f"OTHER-{house.number}")
    levels = Levels(inventory, house.warehouse.name)
    now = inventory.clock.now
    inventory.clock.now = now - timedelta(days=400)
    house.receive(cup, "10")
    inventory.clock.now = now
    house.receive(tea, "1")
    levels.by_hand(tea, "5", "20")
    levels.settle(tea, REORDER)
    levels.settle(cup, DEAD)
    inventory.clock.pass_time(minutes=5)
    house.warehouse.post(line(cup, house.first, house.customer, "10"))
    assert missed(postgres, inventory, levels_kept, CHANGED) == []
