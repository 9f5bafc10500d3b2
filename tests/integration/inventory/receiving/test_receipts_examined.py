"""The doctor proves that what was accepted is what was received, by the note's own paper (WHS-1)."""

import pytest
import sqlalchemy as sa
from bylaw.inventory.v1 import items_pb2 as items
from bylaw_chassis.database import Database
from bylaw_chassis.doctor import Examined
from bylaw_inventory.app import MIGRATIONS
from bylaw_inventory.doctor.receiving import received

from tests.builders.inventory import InventoryService
from tests.builders.people import url_of_admin
from tests.builders.receiving import ACCEPTED, Dock, announced, counted
from tests.databases import Databases
from tests.integration.inventory.conftest import House

CHANGED = [
    "update delivery_accepted set quantity = quantity + 1",
    "delete from delivery_accepted where line = 1",
    "update movement_lines set quantity = quantity + 1 where line = 1",
    "update deliveries set movement = null",
    "update movements set papers = '[]'",
    "update movements set kind = 3",
    "update delivery_notes set number = 'another' || number",
]


@pytest.mark.clause("WHS-1")
def test_what_is_changed_behind_the_services_back_is_found(
    postgres: Databases, inventory: InventoryService, house: House, dock: Dock
) -> None:
    tea, milk = house.item("TEA"), house.item("MILK", tracking=items.ITEM_TRACKING_LOT)
    note = dock.note(announced(tea, "9"), announced(milk, "2"))
    name = dock.arrived(note.name, counted(tea, "9"), counted(milk, "2", lot="A"))
    dock.decide(name, ACCEPTED)
    dock.start(dock.note(announced(tea, "9")).name)
    database = Database(url_of_admin(postgres, inventory.url), "inventory", inventory.clock)
    examined = Examined(database, MIGRATIONS)
    try:
        with database.engine.connect() as connection:
            assert received(connection, examined).holds
            for statement in CHANGED:
                with connection.begin_nested() as undone:
                    connection.execute(sa.text(statement))
                    seen = received(connection, examined)
                    undone.rollback()
                assert not seen.holds, statement
                assert name in seen.seen.en
    finally:
        database.close()
