"""What follows from a decision, with the line to the database cut anywhere: stock is adjusted and prices begin once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from bylaw.people.v1 import decisions_pb2

from tests.builders.cutting import Cut, Line
from tests.builders.goods import Trade, price, trade
from tests.builders.inventory import InventoryService
from tests.builders.stocktakes import DONE, Counting, count
from tests.databases import Databases, plain
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House


def due_again(inventory: InventoryService) -> None:
    """As if the pause before an outcome is tried again were over; said on a line of its own, which nobody cuts."""

    def say() -> None:
        with psycopg.connect(plain(inventory.url), options="-csearch_path=inventory") as connection:
            connection.execute("update decided set try_at = now() where applied_at is null")

    with ThreadPoolExecutor(1) as aside:
        aside.submit(say).result()


@pytest.mark.clause("WHS-6")
@pytest.mark.parametrize("cut", Cut)
def test_a_stocktake_booked_while_the_line_is_cut_is_booked_once(
    postgres: Databases,
    inventory: InventoryService,
    house: House,
    counting: Counting,
    monkeypatch: pytest.MonkeyPatch,
    cut: Cut,
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    made = counting.begun()
    counting.confirmed(made, count(tea, house.first, "7", "1"))
    sent = counting.sent(made)
    for who in ("qian", "lin"):
        counting.acme.answer(who, counting.acme.see(who, decisions_pb2.Decision(name=sent.decision)))
    inventory.run_timer("organisation")
    cut_line = Line(postgres, inventory, monkeypatch)
    times = cut_line.cut_on_and_on(lambda: inventory.run_timer("outcomes"), cut, between=lambda: due_again(inventory))
    done = counting.seen(made)
    assert (done.state, len(done.movements)) == (DONE, 1)
    assert times > (15 if cut is Cut.STATEMENT else 1)
    assert house.warehouse.on_hand(tea) == {"A-01": ("7", "0")}
    assert_sound(inventory)


@pytest.fixture(scope="module")
def shop(postgres: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trade]:
    """A shop."""
    with trade(postgres, tmp_path_factory.mktemp("pictures")) as found:
        yield found


@pytest.mark.clause("GDS-2")
@pytest.mark.parametrize("cut", Cut)
def test_a_price_agreed_while_the_line_is_cut_takes_effect_once(
    postgres: Databases, shop: Trade, monkeypatch: pytest.MonkeyPatch, cut: Cut
) -> None:
    tea = shop.item()
    made = shop.ask(price(tea.name, 9_000))
    shop.answer(made)
    shop.inventory.clock.pass_time(seconds=1)
    shop.inventory.follow_people()
    cut_line = Line(postgres, shop.inventory, monkeypatch)
    times = cut_line.cut_on_and_on(
        lambda: shop.inventory.run_timer("outcomes"), cut, between=lambda: due_again(shop.inventory)
    )
    assert times > (5 if cut is Cut.STATEMENT else 1)
    assert [one.price.minor_units for one in shop.history(tea.name)] == [9_000]
    assert shop.in_force(tea.name) == 9_000
