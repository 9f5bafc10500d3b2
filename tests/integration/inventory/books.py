"""The books as the doctor examines them, for tests to ask after whatever they did."""

from typing import LiteralString

import psycopg
from bylaw_chassis.database import Database
from bylaw_chassis.doctor import Examined, Finding
from bylaw_inventory.app import MIGRATIONS
from bylaw_inventory.doctor.ledger import cards, reserved, sums
from psycopg.sql import SQL

from tests.builders.inventory import InventoryService
from tests.builders.people import url_of_admin
from tests.databases import Databases, plain


def examined(inventory: InventoryService) -> list[Finding]:
    """What the doctor finds of cards, sums and reservations."""
    database = Database(inventory.url, "inventory", inventory.clock)
    try:
        with database.read() as connection:
            return [check(connection, Examined(database, MIGRATIONS)) for check in (cards, sums, reserved)]
    finally:
        database.close()


def assert_sound(inventory: InventoryService) -> None:
    """All of them hold."""
    assert [one.seen.en for one in examined(inventory) if not one.holds] == []


def alter(databases: Databases, inventory: InventoryService, statement: LiteralString) -> None:
    """Changes the books behind the service's back, as the server's administrator may."""
    address = plain(url_of_admin(databases, inventory.url))
    with psycopg.connect(address, options="-csearch_path=inventory") as connection:
        connection.execute(SQL(statement))
