"""Who runs a shop sees which warehouses it is shipped from, though another unit keeps them; no more of them (SEC-1)."""

from typing import Any

import pytest
from bylaw.inventory.v1 import warehouses_pb2
from bylaw.orders.v1 import channels_pb2
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_people.permissions import known_permissions
from bylaw_people.rules.access.roles import OWN, roles

from tests.builders.orders import OrdersService
from tests.builders.people import identifier
from tests.builders.receiving import refusal_of
from tests.integration.orders.conftest import Stock

pytestmark = pytest.mark.clause("SEC-1")
MANAGER = roles(known_permissions())["shop-manager"].permissions | OWN


class Shopkeeper:
    """A shop manager whose grant counts within a unit."""

    def __init__(self, orders: OrdersService, unit: str) -> None:
        self.orders = orders
        self.token = orders.people.as_caller(HeldGrant(Scope.UNIT, identifier(unit), MANAGER, ("roles/shop-manager",)))

    def sees(self) -> dict[str, list[str]]:
        """Warehouses by their codes, with the channels of each."""
        request, found = channels_pb2.ListChannelWarehousesRequest(page_size=1), dict[str, list[str]]()
        while True:
            answer = self.orders.channels.ListChannelWarehouses(request, metadata=self.token)
            found |= {one.code: list(one.channels) for one in answer.channel_warehouses}
            request.page_token = answer.next_page_token
            if not request.page_token:
                return found

    def keeps(self) -> list[str]:
        """What inventory lists of its own: what units within reach keep."""
        request = warehouses_pb2.ListWarehousesRequest()
        listed = self.orders.inventory.warehouses.ListWarehouses(request, metadata=self.token)
        return [one.code for one in listed.warehouses]


@pytest.fixture
def selling(orders: OrdersService, stock: Stock) -> str:
    """A unit that sells and keeps no stock."""
    unit = orders.people.unit(f"SELL-{stock.number}").name
    orders.inventory.follow_people()
    orders.follow_people()
    orders.settle()
    return str(unit)


def code_of(stock: Stock) -> str:
    return f"W-{stock.number}"


def test_a_warehouse_of_another_unit_is_seen_once_a_channel_is_shipped_from_it(
    orders: OrdersService, stock: Stock, selling: str
) -> None:
    manager = Shopkeeper(orders, selling)
    assert (manager.sees(), manager.keeps()) == ({}, [])
    opened = [
        orders.open_channel(selling, f"{letter}-{stock.number}", warehouse=stock.warehouse.name) for letter in "AB"
    ]
    orders.open_channel(stock.unit, f"C-{stock.number}", warehouse=stock.warehouse.name)
    assert manager.sees() == {code_of(stock): sorted(one.name for one in opened)}
    assert manager.keeps() == []
    asked = warehouses_pb2.GetWarehouseRequest(name=stock.warehouse.name)
    found: Any = refusal_of(lambda: orders.inventory.warehouses.GetWarehouse(asked, metadata=manager.token))
    assert found == "WAREHOUSE_NOT_FOUND"


def test_those_of_ones_own_unit_are_seen_without_a_channel_and_others_channels_are_not(
    orders: OrdersService, stock: Stock, selling: str
) -> None:
    orders.open_channel(selling, f"A-{stock.number}", warehouse=stock.warehouse.name)
    keeper = Shopkeeper(orders, stock.unit)
    assert (keeper.sees(), keeper.keeps()) == ({code_of(stock): []}, [code_of(stock)])


def test_a_channel_that_is_shipped_from_elsewhere_shows_the_other(
    orders: OrdersService, stock: Stock, selling: str
) -> None:
    channel = orders.open_channel(selling, f"A-{stock.number}", warehouse=stock.warehouse.name)
    other = orders.inventory.warehouse(stock.unit, stock.site, f"V-{stock.number}")
    orders.settle()
    moved = channels_pb2.Channel(name=channel.name, warehouse=other.name)
    orders.channels.UpdateChannel(channels_pb2.UpdateChannelRequest(channel=moved), metadata=orders.everything)
    assert Shopkeeper(orders, selling).sees() == {f"V-{stock.number}": [channel.name]}
    every = Shopkeeper(orders, stock.unit).sees()
    assert every == {code_of(stock): [], f"V-{stock.number}": []}
