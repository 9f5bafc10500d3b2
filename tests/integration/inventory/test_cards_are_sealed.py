"""A close looks at what was entered since the last one, and what it builds on is sealed: no damage goes by (WHS-4)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import LiteralString

import grpc
import pytest
from bylaw.inventory.v1 import books_pb2 as books
from bylaw.inventory.v1 import items_pb2 as items
from bylaw_chassis.database import Database
from bylaw_chassis.status import refusal_from
from bylaw_chassis.values import resource_id
from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.store import sealed_cards

from tests.builders.inventory import InventoryService, inventory_service, line
from tests.builders.stock_books import StockBooks
from tests.databases import Databases
from tests.integration.inventory.books import a_day, alter, assert_sound, examined
from tests.integration.inventory.conftest import House

pytestmark = pytest.mark.clause("WHS-4")

ADDED: LiteralString = (
    "insert into entries select balance, 3, on_hand, reserved, movement, null, day, at, previous, hash"
    " from entries where number = 2"
)
BOTH: LiteralString = (
    "update sealed_cards set on_hand = on_hand + 1; update balances set on_hand = on_hand + 1 where entries = 2"
)


@pytest.fixture
def inventory(postgres: Databases) -> Iterator[InventoryService]:
    """A service of each test's own, whose books it may spoil."""
    with inventory_service(postgres) as service:
        yield service


@pytest.fixture
def site(inventory: InventoryService) -> str:
    """Where the warehouse stands."""
    return inventory.people.site().name


@pytest.fixture
def tea(house: House, kept: StockBooks) -> items.Item:
    """Goods of which 10 came on a day that is closed, and 4 went on the day after, which is not."""
    made, day = a_day(house, kept)
    kept.close(day)
    house.warehouse.post(line(made, house.first, house.customer, "4"))
    kept.count(made, house.first, "6")
    kept.next_day()
    return made


def found(kept: StockBooks) -> set[str]:
    """Why yesterday cannot be closed."""
    day = kept.today - timedelta(days=1)
    assert kept.day(day).disagreements
    with pytest.raises(grpc.RpcError) as refused:
        kept.close(day)
    return {one.reason for one in refusal_from(refused.value).violations}


def looked_at(inventory: InventoryService, house: House) -> list[int]:
    """Of each card that a close looks at, the number of its last entry."""
    database = Database(inventory.url, "inventory", inventory.clock)
    try:
        with database.read() as connection:
            warehouse = resource_id(house.warehouse.name, WAREHOUSES, field="name")
            looked = sealed_cards.look(connection, warehouse)
            return [card.entries for card in looked.cards]
    finally:
        database.close()


def test_a_close_looks_at_cards_that_something_was_entered_on_since_the_last(
    inventory: InventoryService, house: House, kept: StockBooks
) -> None:
    tea, day = a_day(house, kept)
    cup = house.item("CUP")
    house.receive(cup, "3")
    assert len(looked_at(inventory, house)) == 4
    kept.close(day)
    assert looked_at(inventory, house) == []
    house.warehouse.reserve((tea, "2"))
    assert looked_at(inventory, house) == [2]
    kept.count(cup, house.first, "3")
    assert kept.close(kept.next_day()).state == books.BOOK_DAY_STATE_CLOSED
    assert_sound(inventory)


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("update balances set on_hand = on_hand + 1 where not below_zero", {"CARD_DISAGREES"}),
        ("update balances set head = sha256(head) where entries = 1", {"CARD_DISAGREES"}),
        ("update entries set on_hand = on_hand - 1 where number = 2", {"CARD_DISAGREES", "MOVEMENT_DISAGREES"}),
        ("update entries set hash = sha256(hash) where number = 2", {"CARD_DISAGREES"}),
        ("update entries set previous = sha256(previous) where number = 2", {"CARD_DISAGREES"}),
        ("delete from entries where number = 2", {"CARD_DISAGREES", "MOVEMENT_DISAGREES"}),
        (ADDED, {"CARD_DISAGREES", "MOVEMENT_DISAGREES"}),
        ("update movement_lines set quantity = 5 where quantity = 4", {"MOVEMENT_DISAGREES"}),
        ("update sealed_cards set on_hand = on_hand + 1", {"CARD_DISAGREES"}),
        ("delete from sealed_cards", {"CARD_DISAGREES"}),
        (BOTH, {"CARD_DISAGREES"}),
    ],
)
@pytest.mark.usefixtures("tea")
def test_what_was_changed_of_a_card_or_of_a_movement_of_the_day_stops_the_close(
    postgres: Databases, inventory: InventoryService, kept: StockBooks, statement: LiteralString, why: set[str]
) -> None:
    alter(postgres, inventory, statement)
    assert why <= found(kept)


OLDER: list[tuple[LiteralString, str]] = [
    ("update entries set on_hand = on_hand + 1 where number = 1 and on_hand > 0", "stock cards"),
    ("update entries set hash = sha256(hash) where number = 1", "closed days"),
    ("delete from entries where number = 1", "sealed cards"),
    ("update movement_lines set quantity = 11 where quantity = 10", "stock sums"),
    ("update movements set day = day - 1 where kind = 1", "closed days"),
    ("update sealed_cards set head = sha256(head)", "sealed cards"),
    ("update sealed_cards set last_at = last_at - interval '1 second'", "sealed cards"),
]


@pytest.mark.parametrize(("statement", "check"), OLDER)
@pytest.mark.usefixtures("tea")
def test_what_was_changed_of_a_day_before_the_last_close_is_found_by_the_doctor(
    postgres: Databases, inventory: InventoryService, statement: LiteralString, check: str
) -> None:
    assert_sound(inventory)
    alter(postgres, inventory, statement)
    assert check in {one.check for one in examined(inventory) if not one.holds}


def test_a_card_that_does_not_agree_is_named_by_every_close_until_it_is_put_right(
    postgres: Databases, inventory: InventoryService, house: House, kept: StockBooks, tea: items.Item
) -> None:
    alter(postgres, inventory, "update balances set on_hand = on_hand + 1 where entries = 2")
    assert len(kept.close(kept.today - timedelta(days=1), "looked for").disagreements) == 1
    house.receive(tea, "1")
    kept.count(tea, house.first, "7")
    second = kept.next_day()
    assert found(kept) == {"CARD_DISAGREES"}
    alter(postgres, inventory, "update balances set on_hand = on_hand - 1 where on_hand = 8")
    assert list(kept.close(second).disagreements) == []
    assert_sound(inventory)


def test_what_cards_were_sealed_with_is_made_anew_from_their_first_entries_once_that_is_explained(
    postgres: Databases, inventory: InventoryService, kept: StockBooks, tea: items.Item
) -> None:
    assert tea.code
    alter(postgres, inventory, "update sealed_cards set on_hand = on_hand + 1, entries = entries + 1")
    day = kept.today - timedelta(days=1)
    (one,) = kept.day(day).disagreements
    assert one.subject == kept.warehouse.name
    kept.close(day, "somebody was in the database")
    assert_sound(inventory)
