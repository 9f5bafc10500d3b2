"""A channel of its own for each test, whose orders are records of the past or ship by themselves."""

from collections.abc import Iterator

import pytest

from tests.builders.figures import Seller
from tests.builders.orders import OrdersService


@pytest.fixture
def seller(orders: OrdersService, numbers: Iterator[int]) -> Iterator[Seller]:
    """A shop that ships by itself."""
    begun, number = orders.clock.now, next(numbers)
    unit = orders.people.unit(f"SELLER-{number}").name
    orders.follow_people()
    yield Seller(orders, unit, orders.open_channel(unit, f"SELLER-{number}"))
    orders.clock.now = begun


@pytest.fixture
def past(seller: Seller) -> Seller:
    """Another channel of that shop's unit, of the past."""
    channel = seller.orders.open_channel(seller.unit, f"PAST-{seller.channel.code}", history=True)
    return Seller(seller.orders, seller.unit, channel)
