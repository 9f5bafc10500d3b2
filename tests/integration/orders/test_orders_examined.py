"""The doctor finds orders that stand otherwise than their facts say, and claims that inventory knows nothing of."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from bylaw_chassis.doctor import Examined, Finding
from bylaw_orders.app import MIGRATIONS
from bylaw_orders.doctor.orders import claims_check, standing

from tests.builders.orders import OrdersService
from tests.builders.people import url_of_admin
from tests.databases import Databases, plain
from tests.integration.orders.conftest import Stock
from tests.integration.orders.shops import Shop, shop_of

pytestmark = pytest.mark.clause("ORD-1")


@pytest.fixture
def shop(orders: OrdersService, stock: Stock) -> Shop:
    """A shop with an order whose goods are confirmed."""
    shop = shop_of(orders, stock)
    shop.teas("A-1", "3")
    orders.settle()
    return shop


@contextmanager
def changed(postgres: Databases, url: str, change: str, back: str) -> Iterator[None]:
    """With something changed behind the service's back, and changed back."""
    with psycopg.connect(plain(url_of_admin(postgres, url)), autocommit=True) as connection:
        connection.execute(change)
        try:
            yield
        finally:
            connection.execute(back)


def stands_right(orders: OrdersService) -> Finding:
    database = orders.service.database
    with database.read() as connection:
        return standing(connection, Examined(database, MIGRATIONS, running=True))


def claims_agree(orders: OrdersService) -> Finding:
    database = orders.service.database
    _, check = claims_check(orders.inventory.service.database)
    with database.read() as connection:
        return check(connection, Examined(database, MIGRATIONS, running=True))


@pytest.mark.usefixtures("shop")
def test_orders_that_nobody_touched_are_well(orders: OrdersService) -> None:
    assert stands_right(orders).holds
    assert claims_agree(orders).holds


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("change", "back"),
    [
        ("set payment = 1", "set payment = 3"),
        ("set holds = 1", "set holds = 0"),
        ("set fulfilment = 8", "set fulfilment = 3"),
        ("set refunded = paid", "set refunded = 0"),
    ],
)
def test_an_order_that_says_otherwise_than_its_facts_is_found(
    postgres: Databases, orders: OrdersService, change: str, back: str
) -> None:
    with changed(postgres, orders.url, f"update orders.orders {change}", f"update orders.orders {back}"):
        assert not stands_right(orders).holds


def test_a_claim_that_inventory_does_not_hold_is_found(postgres: Databases, orders: OrdersService, shop: Shop) -> None:
    reservation = shop.teas("A-2").stock_reservations[0].rpartition("/")[2]
    orders.settle()
    row = f"where id = '{reservation}'"
    inventory = orders.inventory.url
    gone = f"update inventory.reservations set state = 4, ended_at = now() {row}"  # noqa: S608 - an id of this test
    there = f"update inventory.reservations set state = 2, ended_at = null {row}"  # noqa: S608 - an id of this test
    with changed(postgres, inventory, gone, there):
        assert not claims_agree(orders).holds
