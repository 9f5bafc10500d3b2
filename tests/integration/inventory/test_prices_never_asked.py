"""A service that dies while it asks for a change of prices: what was asked goes on, what was not ends by itself."""

from collections.abc import Iterator

import psycopg
import pytest
from bylaw_chassis.decisions.ask_people import NEVER_ASKED_AFTER

from tests.builders.goods import Trade, price, trade
from tests.databases import Databases, plain
from tests.integration.inventory.test_prices import AGREED, HOUR, WAITING, WITHDRAWN
from tests.integration.inventory.test_stock_at_once import at_once


@pytest.fixture
def shop(postgres: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trade]:
    """A shop."""
    with trade(postgres, tmp_path_factory.mktemp("pictures")) as found:
        yield found


@pytest.mark.clause("GDS-2", "DEC-2")
def test_a_change_that_was_asked_before_the_service_died_goes_on_and_one_that_was_not_ends(shop: Trade) -> None:
    tea, now = shop.item(), shop.inventory.clock.now
    asked = shop.ask(price(tea.name, 9_000, since=now + 9 * HOUR))
    never = shop.ask(price(tea.name, 8_000, since=now + 8 * HOUR))
    _not_noted(shop, asked.name)
    _not_noted(shop, never.name, asked=False)
    shop.inventory.follow_people()
    shop.inventory.run_timer("prices-never-asked")
    assert {shop.change(one.name).state for one in (asked, never)} == {WAITING}  # their calls may still be under way
    shop.inventory.clock.pass_time(seconds=NEVER_ASKED_AFTER.total_seconds() + 60)
    shop.inventory.run_timer("prices-never-asked")
    assert {shop.change(one.name).state for one in (asked, never)} == {WAITING}  # people's feed is not read to its end
    shop.inventory.follow_people()
    at_once([lambda: shop.inventory.run_timer("prices-never-asked")] * 3)
    assert (shop.change(asked.name).decision, shop.change(never.name).state) == (asked.decision, WITHDRAWN)
    assert shop.decided(shop.change(asked.name)).state == AGREED
    shop.ask(price(tea.name, 7_000, since=now + 8 * HOUR))  # its instant is free again


def _not_noted(shop: Trade, name: str, *, asked: bool = True) -> None:
    """As if the service had died behind people's answer, of which the feed tells; or before it asked."""
    identifier = name.rpartition("/")[2]
    with psycopg.connect(plain(shop.inventory.url), options="-csearch_path=inventory") as connection:
        connection.execute("update price_changes set decision = null where id = %s", (identifier,))
        if asked:
            connection.execute("delete from asked_decisions where subject = %s", (name,))
        else:
            connection.execute("update asked_decisions set subject = 'another' where subject = %s", (name,))
