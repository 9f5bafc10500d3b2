"""Files of orders are taken in: each order once, each line accounted for (ORD-1)."""

import pytest
from bylaw.orders.v1 import order_imports_pb2 as imports

from tests.builders.order_files import REPORT, RETAIL, SHOPIFY, imported, lines, row, run, shopify, table
from tests.builders.orders import OrdersService


@pytest.fixture
def channel(orders: OrdersService, numbers):
    """A channel of the past: nothing is reserved for its orders."""
    number = next(numbers)
    unit = orders.people.unit(f"FILES-{number}").name
    orders.follow_people()
    return orders.open_channel(unit, f"FILES-{number}", history=True)


@pytest.mark.clause("ORD-1")
def test_every_order_of_a_file_is_taken_and_every_line_is_accounted_for(orders, channel):
    made = imported(orders, channel, table(SHOPIFY, shopify("#1"), shopify("#2"), shopify("#2")))
    print(made)
    assert made.state == imports.ORDER_IMPORT_STATE_DONE
    print(lines(orders, made.name))
    assert (made.read_count, made.taken_count, made.order_count, made.progress_percent) == (3, 3, 2, 100)
    again = imported(orders, channel, table(SHOPIFY, shopify("#1"), shopify("#2"), shopify("#2")))
    assert (again.repeated_count, again.taken_count) == (3, 0)
