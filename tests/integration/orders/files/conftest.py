"""A unit and a channel of the past, whose orders come in files."""

from collections.abc import Iterator

import pytest
from bylaw.orders.v1 import channels_pb2 as channels

from tests.builders.orders import OrdersService


@pytest.fixture
def unit(orders: OrdersService, numbers: Iterator[int]) -> str:
    """A unit of its own."""
    made: str = orders.people.unit(f"FILES-{next(numbers)}").name
    orders.follow_people()
    return made


@pytest.fixture
def channel(orders: OrdersService, unit: str, numbers: Iterator[int]) -> channels.Channel:
    """A channel of the past: nothing is reserved for its orders."""
    return orders.open_channel(unit, f"FILES-{next(numbers)}", history=True)
