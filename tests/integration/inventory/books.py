"""The books as the doctor examines them, for tests to ask after whatever they did."""

from datetime import date
from typing import LiteralString

import psycopg
from bylaw.inventory.v1 import items_pb2 as items
from bylaw_chassis.database import Database
from bylaw_chassis.doctor import Examined, Finding
from bylaw_inventory.app import MIGRATIONS
from bylaw_inventory.doctor.books import closed_days
from bylaw_inventory.doctor.house import register
from bylaw_inventory.doctor.ledger import cards, reserved, sums
from bylaw_inventory.doctor.receiving import received
from bylaw_inventory.doctor.stocktakes import stocktakes
from psycopg.sql import SQL

from tests.builders.inventory import InventoryService
from tests.builders.people import url_of_admin
from tests.builders.stock_books import StockBooks
from tests.databases import Databases, plain
from tests.integration.inventory.conftest import House

BOOKS = (cards, sums, reserved, closed_days, stocktakes, received, register)


def examined(inventory: InventoryService) -> list[Finding]:
    """What the doctor finds of cards, sums, reservations, closed days, stocktakes and deliveries."""
    database = Database(inventory.url, "inventory", inventory.clock)
    try:
        with database.read() as connection:
            return [check(connection, Examined(database, MIGRATIONS)) for check in BOOKS]
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


def a_day(house: House, kept: StockBooks) -> tuple[items.Item, date]:
    """A day on which goods came and were counted."""
    tea = house.item("TEA")
    house.receive(tea, "10")
    kept.count(tea, house.first, "10")
    return tea, kept.next_day()
