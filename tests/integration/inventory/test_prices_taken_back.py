"""What is agreed and has not taken effect is taken back, and history keeps it (GDS-2)."""

from collections.abc import Iterator
from datetime import timedelta

import grpc
import pytest
from bylaw.inventory.v1 import prices_pb2 as prices
from bylaw_chassis.status import refusal_from

from tests.builders.goods import Trade, price, trade
from tests.builders.people import reason
from tests.databases import Databases
from tests.integration.inventory.test_stock_at_once import at_once

AGREED = prices.PRICE_CHANGE_STATE_AGREED
HOUR = timedelta(hours=1)
pytestmark = pytest.mark.clause("GDS-2")


@pytest.fixture(scope="module")
def shop(postgres: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trade]:
    """A shop; each test has goods of its own in it."""
    with trade(postgres, tmp_path_factory.mktemp("pictures")) as found:
        yield found


def test_a_price_that_is_agreed_ahead_is_taken_back_by_who_asked_or_who_agreed_and_history_keeps_it(
    shop: Trade,
) -> None:
    tea, now = shop.item(), shop.inventory.clock.now
    shop.priced(tea.name, 10_000)
    for who in (shop.mei, shop.dong):
        asked = shop.decided(shop.ask(price(tea.name, 8_000, since=now + 2 * HOUR)))
        assert asked.ended_by == shop.dong
        with pytest.raises(grpc.RpcError) as error:
            shop.withdraw(asked.name, who=shop.shu)
        assert reason(error.value) == "PRICE_CHANGE_NOT_OWN"
        back = shop.withdraw(asked.name, who=who)
        assert (back.state, back.withdrawn_by, back.HasField("withdraw_time")) == (AGREED, who, True)
        assert shop.change(asked.name) == back
        with pytest.raises(grpc.RpcError) as error:
            shop.withdraw(asked.name, who=who)
        assert (reason(error.value), refusal_from(error.value).clause) == ("PRICE_CHANGE_OVER", "GDS-2")
    assert [shop.in_force(tea.name, now + hours * HOUR) for hours in (1, 2, 3)] == [10_000] * 3
    first, second, old = shop.history(tea.name)
    assert (first.withdraw_time, second.HasField("withdraw_time")) == (back.withdraw_time, True)
    assert (old.HasField("end_time"), old.HasField("withdraw_time")) == (False, False)
    shop.decided(shop.ask(price(tea.name, 7_000, since=now + 2 * HOUR)))
    with pytest.raises(grpc.RpcError) as error:
        shop.ask(price(tea.name, 6_000, since=now + 2 * HOUR))
    assert reason(error.value) == "PRICE_TIME_TAKEN"
    assert shop.in_force(tea.name, now + 2 * HOUR) == 7_000
    paged = prices.ListPricesRequest(item=tea.name, page_size=1)
    found = []
    while True:
        page = shop.prices.ListPrices(paged, metadata=shop.caller)
        found += [one.price.minor_units for one in page.prices]
        paged.page_token = page.next_page_token
        if not paged.page_token:
            break
    assert found == [7_000, 8_000, 8_000, 10_000]


def test_what_is_in_force_stays_when_the_rest_of_a_change_is_taken_back(shop: Trade) -> None:
    tea, now = shop.item(), shop.inventory.clock.now
    asked = shop.decided(
        shop.ask(price(tea.name, 9_000, since=now + HOUR), price(tea.name, 9_900, since=now + 3 * HOUR))
    )
    shop.inventory.clock.pass_time(hours=2)
    shop.withdraw(asked.name)
    assert [shop.in_force(tea.name, now + hours * HOUR) for hours in (1, 4)] == [9_000, 9_000]
    done = shop.priced(tea.name, 9_500)
    with pytest.raises(grpc.RpcError) as error:
        shop.withdraw(done.name)
    assert reason(error.value) == "PRICE_CHANGE_OVER"


def test_of_many_who_take_an_agreed_change_back_at_once_one_does(shop: Trade) -> None:
    tea, now = shop.item(), shop.inventory.clock.now
    asked = shop.decided(shop.ask(price(tea.name, 9_000, since=now + HOUR)))
    said = at_once([lambda: shop.withdraw(asked.name)] * 6)
    assert sorted(one for one in said if isinstance(one, str)) == ["PRICE_CHANGE_OVER"] * 5
