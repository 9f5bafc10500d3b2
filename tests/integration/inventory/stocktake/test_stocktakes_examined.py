"""The doctor proves stocktakes: what was booked was counted and approved, and every other way is found (WHS-6)."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from bylaw_chassis.database import Database
from bylaw_chassis.doctor import Examined
from bylaw_inventory.app import MIGRATIONS
from bylaw_inventory.doctor.stocktakes import stocktakes

from tests.builders.inventory import InventoryService
from tests.builders.people import url_of_admin
from tests.builders.stocktakes import Counting, count
from tests.databases import Databases
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


@contextmanager
def behind(postgres: Databases, inventory: InventoryService) -> Iterator[sa.Connection]:
    """The books as the server's administrator has them; what is changed is not kept."""
    engine = sa.create_engine(
        url_of_admin(postgres, inventory.url), connect_args={"options": "-csearch_path=inventory"}
    )
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


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
    database = Database(inventory.url, "inventory", inventory.clock)
    missed, examined = [], Examined(database, MIGRATIONS)
    with behind(postgres, inventory) as connection:
        assert stocktakes(connection, examined).holds
        for statement in CHANGED:
            connection.exec_driver_sql(statement)
            if stocktakes(connection, examined).holds:
                missed.append(statement)
            connection.rollback()
    database.close()
    assert missed == []
