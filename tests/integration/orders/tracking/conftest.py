"""Shops that ship by themselves, and a provider of tracking that knows of their parcels."""

from collections.abc import Iterator

import pytest

from tests.builders.courier_servers import Kuaidi100Server, served
from tests.builders.orders import OrdersService, orders_service
from tests.databases import Databases
from tests.integration.orders.conftest import Stock
from tests.integration.orders.tracking.own_shop import OwnShop


@pytest.fixture(scope="module")
def provider() -> Iterator[Kuaidi100Server]:
    """A provider of tracking."""
    with served(Kuaidi100Server()) as server:
        yield server  # type: ignore[misc]


@pytest.fixture(scope="module")
def orders(postgres: Databases, provider: Kuaidi100Server) -> Iterator[OrdersService]:
    """All three services, told of the provider."""
    with pytest.MonkeyPatch.context() as environment:
        for name, value in provider.told().items():
            environment.setenv(f"BYLAW_KUAIDI100_{name.upper()}", value)
        with orders_service(postgres, courier_push_url="https://shop.example") as service:
            yield service


@pytest.fixture
def shop(orders: OrdersService, stock: Stock, provider: Kuaidi100Server) -> Iterator[OwnShop]:
    """A shop that ships by itself."""
    begun = orders.clock.now
    provider.manner = "well"
    channel = orders.open_channel(stock.unit, f"OWN-{stock.number}")
    yield OwnShop(orders, provider, channel, stock.number)
    orders.clock.now = begun
