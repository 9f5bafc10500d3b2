"""A shop lists on the channels that it keeps, and on no other: denied unless it was said that it may (GDS-1)."""

from collections.abc import Callable, Iterator
from typing import Any

import grpc
import pytest
from bylaw.inventory.v1 import item_sheets_pb2 as sheets
from bylaw.inventory.v1 import listings_pb2 as listings
from bylaw.inventory.v1 import prices_pb2 as prices
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.status import refusal_from

from tests.builders.goods import DECIDING, Metadata, Trade, price, trade
from tests.builders.people import identifier
from tests.databases import Databases

pytestmark = pytest.mark.clause("GDS-1", "SEC-1")
LISTING = frozenset({"inventory.listings.change", "inventory.listings.read", "inventory.prices.ask"})
NOT_OWN = ("CHANNEL_NOT_OWN", "GDS-1")


@pytest.fixture(scope="module")
def shop(postgres: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trade]:
    """A shop, and another one beside it."""
    with trade(postgres, tmp_path_factory.mktemp("pictures")) as found:
        found.rule("", sheets.SHEET_PART_NAME)
        yield found


@pytest.fixture(scope="module")
def other(shop: Trade) -> str:
    """The shop beside it, whose manager would take off what is not theirs."""
    made = shop.inventory.people.unit("OTHER").name
    shop.inventory.follow_people()
    return made


def manager(shop: Trade, *units: str, scope: Scope = Scope.SUBTREE) -> Metadata:
    """Somebody who may list within units."""
    grants = [HeldGrant(scope, identifier(unit), LISTING) for unit in units]
    return shop.inventory.people.as_caller(*grants)


def keep(shop: Trade, channel: str, unit: str, metadata: Metadata = ()) -> listings.SalesChannel:
    """Says who keeps a channel."""
    wish = listings.SalesChannel(channel=channel, unit=unit)
    request = listings.SetSalesChannelRequest(sales_channel=wish)
    return shop.listings.SetSalesChannel(request, metadata=metadata or shop.caller)


def put_on(shop: Trade, item: str, channel: str, metadata: Metadata) -> Any:
    request = listings.CreateListingsRequest(channel=channel, items=[item])
    return shop.listings.CreateListings(request, metadata=metadata)


def take_off(shop: Trade, item: str, channel: str, metadata: Metadata) -> Any:
    request = listings.EndListingsRequest(channel=channel, items=[item], reason="x")
    return shop.listings.EndListings(request, metadata=metadata)


def why(act: Callable[[], Any]) -> tuple[str, str]:
    with pytest.raises(grpc.RpcError) as error:
        act()
    told = refusal_from(error.value)
    return told.reason, told.clause


def test_a_shop_neither_lists_nor_takes_off_on_the_channel_of_another(shop: Trade, other: str) -> None:
    tea, own, theirs = shop.item(), manager(shop, shop.shop), manager(shop, other)
    keep(shop, "first", shop.shop)
    put_on(shop, tea.name, "first", own)
    assert why(lambda: put_on(shop, shop.item().name, "first", theirs)) == NOT_OWN
    assert why(lambda: take_off(shop, tea.name, "first", theirs)) == NOT_OWN
    assert [one.channel for one in shop.listed(item=tea.name)] == ["first"]
    take_off(shop, tea.name, "first", own)


def test_a_shop_does_not_have_prices_decided_on_the_channel_of_another(shop: Trade, other: str) -> None:
    tea = shop.item()
    keep(shop, "priced", shop.shop)
    wish = prices.PriceChange(lines=[price(tea.name, 100, channel="priced")], reason="x")
    request = prices.CreatePriceChangeRequest(price_change=wish)
    assert why(lambda: shop.prices.CreatePriceChange(request, metadata=manager(shop, other))) == NOT_OWN
    people, own = shop.inventory.people, HeldGrant(Scope.SELF, None, DECIDING)
    mine = HeldGrant(Scope.SUBTREE, identifier(shop.shop), LISTING)
    asked = shop.prices.CreatePriceChange(request, metadata=people.as_caller(mine, own, person=identifier(shop.mei)))
    assert asked.state == prices.PRICE_CHANGE_STATE_WAITING


def test_a_channel_of_which_nobody_said_who_keeps_it_is_for_whoever_may_everywhere(shop: Trade) -> None:
    tea = shop.item()
    assert why(lambda: put_on(shop, tea.name, "unsaid", manager(shop, shop.shop))) == NOT_OWN
    assert len(shop.list_on(tea.name, channel="unsaid")) == 1


def test_what_a_grant_reaches_follows_the_unit_that_keeps_the_channel(shop: Trade, other: str) -> None:
    tea, people = shop.item(), shop.inventory.people
    team = people.unit("TEAM", shop.shop).name
    shop.inventory.follow_people()
    keep(shop, "moved", team)
    for act, own in ((put_on, manager(shop, shop.shop)), (take_off, manager(shop, team, scope=Scope.UNIT))):
        act(shop, tea.name, "moved", own)
    assert why(lambda: put_on(shop, tea.name, "moved", manager(shop, shop.shop, scope=Scope.UNIT))) == NOT_OWN
    keep(shop, "moved", other)
    assert why(lambda: put_on(shop, tea.name, "moved", manager(shop, shop.shop))) == NOT_OWN
    put_on(shop, tea.name, "moved", manager(shop, shop.shop, other))


def test_who_keeps_a_channel_is_said_by_whoever_may_everywhere_and_listed(shop: Trade, other: str) -> None:
    made = keep(shop, "said", shop.shop)
    assert (made.name, made.unit, made.set_by) == ("salesChannels/said", shop.shop, shop.mei)
    assert keep(shop, "said", other).unit == other
    page = listings.ListSalesChannelsRequest(page_size=1)
    found = []
    while True:
        answer = shop.listings.ListSalesChannels(page, metadata=shop.caller)
        found += [(one.channel, one.unit) for one in answer.sales_channels]
        page.page_token = answer.next_page_token
        if not page.page_token:
            break
    assert found == sorted(found)
    assert ("said", other) in found
    setting = frozenset({"inventory.channels.set"})
    within = shop.inventory.people.as_caller(HeldGrant(Scope.SUBTREE, identifier(shop.shop), setting))
    assert why(lambda: keep(shop, "said", shop.shop, within))[0] == "PERMISSION_MISSING"
    nobody = "units/00000000-0000-7000-8000-000000000000"
    assert why(lambda: keep(shop, "said", nobody))[0] == "UNIT_NOT_FOUND"
    for channel, unit in (("", shop.shop), ("T mall", shop.shop), ("said", ""), ("said", "people/x")):
        assert why(lambda channel=channel, unit=unit: keep(shop, channel, unit))[0] == "FIELD_INVALID"  # type: ignore[misc]
