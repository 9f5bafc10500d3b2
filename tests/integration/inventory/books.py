"""The books as the doctor examines them, for tests to ask after whatever they did."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import LiteralString

import psycopg
import sqlalchemy as sa
from bylaw.inventory.v1 import items_pb2 as items
from bylaw_chassis.database import Database
from bylaw_chassis.doctor import Check, Examined, Finding
from bylaw_inventory.app import MIGRATIONS
from bylaw_inventory.doctor.books import closed_days
from bylaw_inventory.doctor.house import register
from bylaw_inventory.doctor.ledger import cards, reserved, sums
from bylaw_inventory.doctor.levels import levels
from bylaw_inventory.doctor.listings import listings
from bylaw_inventory.doctor.packing import packed
from bylaw_inventory.doctor.papers import papers
from bylaw_inventory.doctor.parcels import parcels
from bylaw_inventory.doctor.receiving import received
from bylaw_inventory.doctor.returns import returned
from bylaw_inventory.doctor.sealed_cards import sealed
from bylaw_inventory.doctor.special import special_goods
from bylaw_inventory.doctor.stocktakes import stocktakes
from bylaw_inventory.doctor.units import stated_units
from psycopg.sql import SQL

from tests.builders.inventory import InventoryService
from tests.builders.people import url_of_admin
from tests.builders.stock_books import StockBooks
from tests.databases import Databases, plain
from tests.integration.inventory.conftest import House

BOOKS = (
    packed,
    returned,
    cards,
    sums,
    reserved,
    stated_units,
    closed_days,
    sealed,
    stocktakes,
    received,
    register,
    papers,
    special_goods,
    parcels,
    levels,
    listings,
)


def examined(inventory: InventoryService) -> list[Finding]:
    """What the doctor finds of cards, sums, reservations, closed days, and of whatever moves goods."""
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


def missed(postgres: Databases, inventory: InventoryService, check: Check, changed: Sequence[str]) -> list[str]:
    """Which of these changes behind the service's back a check says nothing of; it holds before them."""
    database, found = Database(inventory.url, "inventory", inventory.clock), list[str]()
    examined = Examined(database, MIGRATIONS)
    with behind(postgres, inventory) as connection:
        before = check(connection, examined)
        assert before.holds, before.seen.en
        for statement in changed:
            done = connection.exec_driver_sql(statement)
            assert done.rowcount, statement
            if check(connection, examined).holds:
                found.append(statement)
            connection.rollback()
    database.close()
    return found


def a_day(house: House, kept: StockBooks) -> tuple[items.Item, date]:
    """A day on which goods came and were counted."""
    tea = house.item("TEA")
    house.receive(tea, "10")
    kept.count(tea, house.first, "10")
    return tea, kept.next_day()
