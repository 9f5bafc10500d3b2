"""The doctor finds orders that stand otherwise than their facts say, and claims that inventory knows nothing of."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from bylaw_chassis.doctor import Examined, Finding
from bylaw_orders.app import MIGRATIONS
from bylaw_orders.doctor.orders import claims_check, standing
from bylaw_orders.doctor.together import together

from tests.builders.orders import OrdersService
from tests.builders.people import url_of_admin
from tests.databases import Databases, plain
from tests.integration.orders.conftest import Stock
from tests.integration.orders.merging import taken
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


NOBODY = "01a22050-0000-7000-8000-000000000000"
LINE = f"""
    insert into orders.order_lines (of_order, line, kind, code, title, unit, quantity, unit_price, discount, amount)
    values ('{NOBODY}', 1, 1, 'TEA', '', '', 1, 1, 0, 1)
"""  # noqa: S608 - an id of this test


def test_a_line_of_no_order_is_refused_and_one_that_was_slipped_in_is_found(
    orders: OrdersService, postgres: Databases
) -> None:
    with (
        psycopg.connect(plain(url_of_admin(postgres, orders.url))) as connection,
        pytest.raises(psycopg.errors.ForeignKeyViolation),
    ):
        connection.execute(LINE)
    slipped = f"set session_replication_role = replica; {LINE}"
    gone = f"delete from orders.order_lines where of_order = '{NOBODY}'"  # noqa: S608 - the same
    with changed(postgres, orders.url, slipped, gone):
        assert f"orders/{NOBODY}" in stands_right(orders).seen.en
    assert stands_right(orders).holds


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


def go_together(orders: OrdersService) -> Finding:
    database = orders.service.database
    with database.read() as connection:
        return together(connection, Examined(database, MIGRATIONS, running=True))


@pytest.mark.clause("ORD-2")
@pytest.mark.parametrize(
    ("change", "back"), [("holds = 1", "holds = 0"), ("cancelled_at = now()", "cancelled_at = null")]
)
def test_an_order_that_goes_with_others_and_cannot_is_found(
    postgres: Databases, orders: OrdersService, shop: Shop, change: str, back: str
) -> None:
    made, _ = shop.merge(taken(shop, "A-2", "1"), taken(shop, "A-3", "2"))
    assert go_together(orders).holds
    row, table = f"where id = '{made.name.removeprefix('orders/')}'", "update orders.orders set"
    with changed(postgres, orders.url, f"{table} {change} {row}", f"{table} {back} {row}"):
        found = go_together(orders)
        assert not found.holds
        assert made.name in found.seen.en


@pytest.mark.clause("ORD-2")
def test_orders_of_two_customers_that_go_together_are_found(
    postgres: Databases, orders: OrdersService, shop: Shop
) -> None:
    made = shop.merge(taken(shop, "A-2", "1"), taken(shop, "A-3", "2"))
    this, other, wang = (one.name.removeprefix("orders/") for one in (*made, taken(shop, "A-4", "3", nick="wang")))

    def given_to(whose: str) -> str:
        theirs = f"select customer from orders.order_recipients where of_order = '{whose}'"  # noqa: S608 - an id of this test
        return f"update orders.order_recipients set customer = ({theirs}) where of_order = '{this}'"  # noqa: S608 - the same

    with changed(postgres, orders.url, given_to(wang), given_to(other)):
        assert not go_together(orders).holds
    assert go_together(orders).holds
