"""The doctor proves the prices: an untouched history holds, and whatever was changed behind Bylaw's back is found."""

from collections.abc import Iterator
from datetime import timedelta
from typing import LiteralString

import pytest
from bylaw_chassis.database import Database
from bylaw_chassis.doctor import Examined, Finding
from bylaw_inventory.app import MIGRATIONS
from bylaw_inventory.doctor.prices import history

from tests.builders.goods import REFUSE, Trade, price, trade
from tests.databases import Databases
from tests.integration.inventory.books import alter

pytestmark = pytest.mark.clause("GDS-2")
CHANGED: list[LiteralString] = [
    "update prices set minor_units = minor_units + 1",
    "update prices set decision = id",
    "update prices set since = since + interval '7 minutes'",
    "delete from prices where minor_units = 9000",
    "update price_changes set state = 3 where state = 2",
    "delete from asked_decisions",
    "update price_withdrawals set withdrawn_by = 'service:orders'",
    "update price_withdrawals set withdrawn_at = withdrawn_at - interval '1 year'",
    (
        "insert into prices select gen_random_uuid(), item, channel, 1, currency, since + interval '1 minute', change,"
        " decision, agreed_at from prices"
    ),
]


@pytest.fixture(scope="module")
def shop(postgres: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trade]:
    """A shop in which prices were agreed to, at once and ahead, refused, and are waited for."""
    with trade(postgres, tmp_path_factory.mktemp("pictures")) as found:
        tea = found.item()
        found.priced(tea.name, 10_000)
        later = found.inventory.clock.now + timedelta(hours=1)
        found.decided(found.ask(price(tea.name, 9_000, since=later), price(tea.name, 500, channel="shop")))
        found.decided(found.ask(price(tea.name, 8_000)), REFUSE)
        found.ask(price(tea.name, 7_000))
        found.withdraw(found.decided(found.ask(price(tea.name, 6_000, since=later + timedelta(hours=1)))).name)
        yield found


def examined(shop: Trade) -> Finding:
    """What the doctor finds of prices."""
    database = Database(shop.inventory.url, "inventory", shop.inventory.clock)
    try:
        with database.read() as connection:
            return history(connection, Examined(database, MIGRATIONS))
    finally:
        database.close()


@pytest.mark.parametrize("statement", CHANGED)
def test_a_price_that_nobody_agreed_to_is_found(postgres: Databases, shop: Trade, statement: LiteralString) -> None:
    before = examined(shop)
    assert (before.holds, before.seen.en) == (True, "4 prices; places that are not as decided: 0.")
    tables = ("prices", "price_changes", "asked_decisions", "price_withdrawals")
    for table in tables:
        alter(postgres, shop.inventory, f"create table kept_{table} as table {table}")  # type: ignore[arg-type] # ours
    alter(postgres, shop.inventory, statement)
    found = examined(shop)
    alter(
        postgres,
        shop.inventory,
        "delete from prices; delete from asked_decisions; delete from price_withdrawals; insert into price_withdrawals"
        " table kept_price_withdrawals; insert into asked_decisions table kept_asked_decisions;"
        " update price_changes set state = kept.state from kept_price_changes kept where kept.id = price_changes.id;"
        " insert into prices table kept_prices; drop table kept_prices, kept_price_changes, kept_asked_decisions,"
        " kept_price_withdrawals",
    )
    assert (found.holds, "prices/" in found.seen.en or "priceChanges/" in found.seen.en) == (False, True)
