"""Prices change by a decision alone, at a set time, and keep their history (GDS-2)."""

from collections.abc import Iterator
from datetime import timedelta

import grpc
import pytest
from bylaw.inventory.v1 import prices_pb2 as prices
from bylaw.people.v1 import decisions_pb2 as decisions
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.decisions.ask_people import NEVER_ASKED_AFTER
from bylaw_chassis.status import refusal_from
from bylaw_people.permissions import known_permissions

from tests.builders.goods import REFUSE, Trade, price, trade
from tests.builders.people import identifier, reason
from tests.databases import Databases
from tests.integration.inventory.test_stock_at_once import at_once

WAITING, AGREED, REFUSED, WITHDRAWN, LAPSED = (
    prices.PRICE_CHANGE_STATE_WAITING,
    prices.PRICE_CHANGE_STATE_AGREED,
    prices.PRICE_CHANGE_STATE_REFUSED,
    prices.PRICE_CHANGE_STATE_WITHDRAWN,
    prices.PRICE_CHANGE_STATE_LAPSED,
)
pytestmark = pytest.mark.clause("GDS-2")
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def shop_of_all(postgres: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trade]:
    """A shop; each test has goods of its own in it."""
    with trade(postgres, tmp_path_factory.mktemp("pictures")) as found:
        yield found


@pytest.fixture
def shop(shop_of_all: Trade) -> Trade:
    """The shop, in which time goes on from test to test."""
    people = shop_of_all.inventory.people
    people.clock.pass_time(minutes=1)
    people.everything = people.as_caller(HeldGrant(Scope.COMPANY, None, known_permissions()))
    return shop_of_all


def faults(error: grpc.RpcError) -> dict[str, str]:
    return {one.field: one.reason for one in refusal_from(error).violations}


def test_a_price_waits_for_its_decision_and_the_old_one_holds_meanwhile(shop: Trade) -> None:
    tea = shop.item()
    assert shop.priced(tea.name, 10_000).state == AGREED
    now = shop.inventory.clock.now
    asked = shop.ask(price(tea.name, 10_500))
    assert (asked.state, asked.largest_percent, asked.asked_by) == (WAITING, "5", shop.mei)
    assert asked.lines[0].old_price.minor_units == 10_000
    assert shop.in_force(tea.name) == 10_000
    shop.inventory.clock.pass_time(minutes=5)
    decided = shop.decided(asked)
    assert (decided.state, decided.ended_by) == (AGREED, shop.shu)
    assert shop.in_force(tea.name) == 10_500
    assert shop.in_force(tea.name, now) == 10_000
    new, old = shop.history(tea.name)
    assert (old.end_time, new.HasField("end_time")) == (new.effective_time, False)
    assert (new.price_change, new.decision) == (asked.name, asked.decision)


def test_a_price_takes_effect_at_its_set_time(shop: Trade) -> None:
    tea, now = shop.item(), shop.inventory.clock.now
    shop.priced(tea.name, 10_000)
    sale, over = now + 2 * HOUR, now + 5 * HOUR
    shop.decided(shop.ask(price(tea.name, 8_000, since=sale), price(tea.name, 10_000, since=over)))
    told = [shop.in_force(tea.name, now + hours * HOUR) for hours in (1, 2, 4, 5, 6)]
    assert told == [10_000, 8_000, 8_000, 10_000, 10_000]
    assert shop.in_force(tea.name, now - HOUR) is None
    assert shop.in_force(tea.name) == 10_000


@pytest.mark.parametrize("kind", [REFUSE, None])
def test_a_change_that_is_refused_or_taken_back_leaves_the_old_price(shop: Trade, kind: int | None) -> None:
    tea = shop.item()
    shop.priced(tea.name, 10_000)
    asked = shop.ask(price(tea.name, 9_000))
    if kind is None:
        ended = shop.withdraw(asked.name)
        shop.learn()
    else:
        ended = shop.decided(asked, kind)
    assert ended.state == (WITHDRAWN if kind is None else REFUSED)
    assert shop.in_force(tea.name) == 10_000
    assert len(shop.history(tea.name)) == 1
    with pytest.raises(grpc.RpcError) as error:
        shop.withdraw(asked.name)
    assert reason(error.value) == "PRICE_CHANGE_OVER"
    assert shop.decided(shop.ask(price(tea.name, 9_000))).state == AGREED


def test_what_is_agreed_after_its_set_time_lapses_whole(shop: Trade) -> None:
    tea, milk, now = shop.item(), shop.item(), shop.inventory.clock.now
    shop.priced(tea.name, 10_000)
    asked = shop.ask(price(tea.name, 8_000, since=now + HOUR), price(milk.name, 500, since=now + 3 * HOUR))
    shop.inventory.clock.pass_time(hours=2)
    assert shop.decided(asked).state == LAPSED
    assert (shop.in_force(tea.name), shop.history(milk.name)) == (10_000, [])


def test_many_prices_are_one_decision_and_ten_per_cent_goes_further_up(shop: Trade) -> None:
    goods = [shop.item() for _ in range(3)]
    for item in goods:
        shop.priced(item.name, 10_000)
    asked = shop.ask(*(price(item.name, 10_000 + 500 * (place + 1)) for place, item in enumerate(goods)))
    assert asked.largest_percent == "15"
    metadata = shop.as_person(shop.shu)
    found = shop.decisions.GetDecision(decisions.GetDecisionRequest(name=asked.decision), metadata=metadata)
    assert (found.kind, found.subjects, found.quantity.value, found.quantity.unit) == (
        "price-change",
        [asked.name],
        "15",
        "percent",
    )
    assert {fact.key for fact in found.facts} == {"lines", "largest_percent", "line_1", "line_2", "line_3"}
    assert [step.seats[0].asked[0].person for step in found.steps] == [shop.shu]
    assert shop.decided(asked).ended_by == shop.dong
    assert [shop.in_force(item.name) for item in goods] == [10_500, 11_000, 11_500]


def test_five_hundred_lines_are_taken_and_one_more_is_not(shop: Trade) -> None:
    tea, now = shop.item(), shop.inventory.clock.now
    lines = [price(tea.name, 100 + place, since=now + place * HOUR) for place in range(1, 502)]
    with pytest.raises(grpc.RpcError) as error:
        shop.ask(*lines)
    assert reason(error.value) == "FIELD_INVALID"
    shop.decided(shop.ask(*lines[:500]))
    assert len(shop.history(tea.name)) == 500
    assert shop.in_force(tea.name, now + 250 * HOUR + HOUR / 2) == 350


def test_two_changes_never_take_effect_at_one_instant(shop: Trade) -> None:
    tea, milk, now = shop.item(), shop.item(), shop.inventory.clock.now
    waits = shop.ask(price(tea.name, 9_000, since=now + HOUR))
    taken = price(tea.name, 8_000, since=now + HOUR)
    with pytest.raises(grpc.RpcError) as error:
        shop.ask(price(milk.name, 100, since=now + HOUR), taken)
    assert faults(error.value) == {"price_change.lines[1].effective_time": "PRICE_TIME_TAKEN"}
    assert (refusal_from(error.value).reason, refusal_from(error.value).clause) == ("PRICE_TIME_TAKEN", "GDS-2")
    shop.ask(price(tea.name, 8_000, since=now + HOUR, channel="shop"))
    shop.decided(waits)
    with pytest.raises(grpc.RpcError) as error:
        shop.ask(taken)
    assert reason(error.value) == "PRICE_TIME_TAKEN"
    with pytest.raises(grpc.RpcError) as error:
        shop.ask(price(milk.name, 1), price(milk.name, 2))
    assert faults(error.value) == {"price_change.lines[1].effective_time": "PRICE_TIME_TAKEN"}
    shop.ask(price(milk.name, 1))
    with pytest.raises(grpc.RpcError) as error:
        shop.ask(price(milk.name, 2))
    assert reason(error.value) == "PRICE_TIME_TAKEN"
    assert shop.in_force(tea.name, now + HOUR) == 9_000


def test_every_line_that_cannot_be_is_named_and_nothing_is_asked(shop: Trade) -> None:
    tea, now = shop.item(), shop.inventory.clock.now
    unknown = "items/00000000-0000-7000-8000-000000000000"
    with pytest.raises(grpc.RpcError) as error:
        shop.ask(price(tea.name, 0), price(tea.name, 5, since=now), price(unknown, 5), price(tea.name, 6))
    assert faults(error.value) == {
        "price_change.lines[0].price": "PRICE_INVALID",
        "price_change.lines[1].effective_time": "PRICE_TIME_PAST",
        "price_change.lines[2].item": "ITEM_NOT_FOUND",
        "price_change.lines[3].effective_time": "PRICE_TIME_TAKEN",
    }
    for line, why in (
        (price(tea.name, -1), "PRICE_INVALID"),
        (price(tea.name, 5, since=now - HOUR), "PRICE_TIME_PAST"),
        (price(unknown, 5), "ITEM_NOT_FOUND"),
        (price(tea.name, 5, currency="yuan"), "FIELD_INVALID"),
        (price(tea.name, 10**15 + 1), "FIELD_INVALID"),
        (price(tea.name, 5, channel="T mall"), "FIELD_INVALID"),
        (price(tea.name, 5, since=now.replace(year=2300)), "FIELD_INVALID"),
        (prices.PriceChangeLine(item=tea.name, channel="tmall"), "FIELD_INVALID"),
    ):
        with pytest.raises(grpc.RpcError) as error:
            shop.ask(line)
        assert reason(error.value) == why
    with pytest.raises(grpc.RpcError) as error:
        shop.ask(price(tea.name, 5), reason="")
    assert reason(error.value) == "FIELD_INVALID"
    assert shop.ask(price(tea.name, 5)).state == WAITING


def test_whoever_asked_takes_it_back_and_nobody_else(shop: Trade) -> None:
    tea = shop.item()
    asked = shop.ask(price(tea.name, 9_000))
    with pytest.raises(grpc.RpcError) as error:
        shop.withdraw(asked.name, who=shop.shu)
    assert reason(error.value) == "PRICE_CHANGE_NOT_OWN"
    shop.answer(asked)
    with pytest.raises(grpc.RpcError) as error:
        shop.withdraw(asked.name)
    assert reason(error.value) == "DECISION_OVER"
    shop.learn()
    assert shop.in_force(tea.name) == 9_000
    unknown = "priceChanges/00000000-0000-7000-8000-000000000000"
    for act in (shop.withdraw, shop.change):
        with pytest.raises(grpc.RpcError) as error:
            act(unknown)
        assert reason(error.value) == "PRICE_CHANGE_NOT_FOUND"


def test_what_people_would_not_have_asked_leaves_nothing(shop: Trade) -> None:
    tea = shop.item()
    stranger = shop.inventory.people.person(f"late-{shop.number()}", shop.shop, shop.site, since="2030-01-01").name
    shop.inventory.follow_people()
    with pytest.raises(grpc.RpcError) as error:
        shop.ask(price(tea.name, 9_000), who=stranger)
    assert reason(error.value) == "PERSON_NOT_EMPLOYED"
    assert shop.ask(price(tea.name, 9_000)).state == WAITING


def test_the_same_wish_again_is_answered_alike_and_asked_once(shop: Trade) -> None:
    tea = shop.item()
    first = shop.ask(price(tea.name, 9_000), request_id="once-and-again")
    assert shop.ask(price(tea.name, 9_000), request_id="once-and-again").name == first.name
    with pytest.raises(grpc.RpcError) as error:
        shop.ask(price(tea.name, 8_000), request_id="once-and-again")
    assert reason(error.value) == "KEY_REUSED"


def test_what_was_kept_and_never_asked_ends_by_itself(shop: Trade) -> None:
    tea = shop.item()
    nobody = shop.inventory.people.as_caller(
        HeldGrant(Scope.COMPANY, None, frozenset({"inventory.prices.ask"})), person=identifier(shop.mei)
    )
    wish = prices.PriceChange(lines=[price(tea.name, 9_000)], reason="x")
    request = prices.CreatePriceChangeRequest(price_change=wish)
    with pytest.raises(grpc.RpcError) as error:
        shop.prices.CreatePriceChange(request, metadata=nobody)
    assert reason(error.value) == "PERMISSION_MISSING"
    assert shop.ask(price(tea.name, 9_000)).state == WAITING
    shop.inventory.clock.pass_time(seconds=NEVER_ASKED_AFTER.total_seconds() + 60)
    shop.inventory.follow_people()
    shop.inventory.run_timer("prices-never-asked")
    request_all = prices.ListPriceChangesRequest(state=WAITING, page_size=1000)
    waiting = shop.prices.ListPriceChanges(request_all, metadata=shop.caller).price_changes
    assert all(one.decision for one in waiting)


def test_prices_and_changes_are_listed_page_by_page(shop: Trade) -> None:
    tea, now = shop.item(), shop.inventory.clock.now
    for channel in ("shop", "tmall"):
        shop.decided(shop.ask(*(price(tea.name, 5 + n, since=now + n * HOUR, channel=channel) for n in (1, 2, 3))))
    request = prices.ListPricesRequest(item=tea.name, page_size=4)
    first = shop.prices.ListPrices(request, metadata=shop.caller)
    request.page_token = first.next_page_token
    rest = shop.prices.ListPrices(request, metadata=shop.caller)
    found = [(one.channel, one.price.minor_units) for one in (*first.prices, *rest.prices)]
    assert found == [(channel, amount) for channel in ("shop", "tmall") for amount in (8, 7, 6)]
    assert rest.next_page_token == ""
    asked = prices.ListPriceChangesRequest(page_size=1)
    page = shop.prices.ListPriceChanges(asked, metadata=shop.caller)
    assert (len(page.price_changes), len(page.price_changes[0].lines), bool(page.next_page_token)) == (1, 0, True)


def test_of_many_who_ask_for_one_instant_at_once_one_is_asked(shop: Trade) -> None:
    tea, milk, now = shop.item(), shop.item(), shop.inventory.clock.now
    lines = [price(item.name, 700, since=now + HOUR) for item in (tea, milk)]
    said = at_once([lambda turn=turn: shop.ask(*(lines if turn % 2 else lines[::-1])) for turn in range(8)])  # type: ignore[misc]
    assert sorted(one for one in said if isinstance(one, str)) == ["PRICE_TIME_TAKEN"] * 7


def test_many_changes_decided_at_once_each_have_their_effect_once(shop: Trade) -> None:
    tea, now = shop.item(), shop.inventory.clock.now
    asked = [shop.ask(price(tea.name, 100 + turn, since=now + (turn + 1) * HOUR)) for turn in range(6)]
    for one in asked:
        shop.answer(one)
    shop.inventory.follow_people()
    at_once([lambda: shop.inventory.run_timer("outcomes")] * 4, threads=4)
    assert [one.price.minor_units for one in shop.history(tea.name)] == [105, 104, 103, 102, 101, 100]
