"""Orders of one customer for the same goods and the same total are suspected to be one (ORD-1)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from bylaw.orders.v1 import orders_pb2
from bylaw_chassis.caller import Reach
from bylaw_orders.rules.channels.channel import Channel
from bylaw_orders.rules.goods.known import KnownGoods
from bylaw_orders.rules.orders.order import LineKind, OrderKind, OrderWish, SourceState, WishLine
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.store import channels, checking
from bylaw_orders.use_cases.checking.check_orders import CheckOrders

from tests.builders.orders import SOMEBODY, OrdersService, ordered
from tests.builders.people import identifier
from tests.integration.orders.checking import Shop
from tests.integration.orders.conftest import Stock

pytestmark = pytest.mark.clause("ORD-1")


@pytest.fixture
def shop(orders: OrdersService, stock: Stock) -> Iterator[Shop]:
    """A shop; whatever time passes, the next test begins at the same hour."""
    begun = orders.clock.now
    yield Shop(orders, stock)
    orders.clock.now = begun


class Twins:
    """Orders of the same customer, as they are looked at before they are put on record."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.orders = shop, shop.orders
        with self.orders.service.database.read() as connection:
            day = self.orders.clock.now.date()
            found = channels.find(connection, UUID(shop.name.rpartition("/")[2]), Reach(everyone=True), day)
        assert found
        self.channel: Channel = found
        goods = (shop.tea.code, "x", "piece", 0)
        self.goods = {shop.tea.code: KnownGoods(identifier(shop.tea.name), *goods, listed=True, price=None)}

    def wish(self, number: str, quantity: int = 1, **more: Any) -> OrderWish:
        now = self.orders.clock.now
        line = WishLine(self.shop.tea.code, "x", Decimal(quantity), Decimal(1000))
        told = {"lines": (line,), "paid": quantity * 1000, "placed_at": now, **more}
        to = Recipient("李小明", "13812345678", "浙江省杭州市西湖区", "浙江省")
        return OrderWish(
            number, OrderKind.SALE, SourceState.PAID, None, paid_at=now, currency="CNY", recipient=to, **told
        )

    def customer(self, order: orders_pb2.Order) -> bytes:
        """By what an order's customer is known."""
        query = sa.text(
            "select identity from customers join order_recipients on customer = customers.id where of_order = :order"
        )
        with self.orders.service.database.read() as connection:
            return bytes(connection.execute(query, {"order": identifier(order.name)}).scalar_one())

    def alike(self, *wishes: OrderWish, customer: bytes) -> list[list[str]]:
        """Which numbers the duplicates' check names of each."""
        checks, database = CheckOrders(checking), self.orders.service.database
        (setting,) = database.look(checks.counting(self.channel.identifier))
        (alike,) = database.look(checks.alike(self.channel, setting, [(wish, customer) for wish in wishes]))
        found = checks.findings(self.channel, setting, wishes, [self.goods] * len(wishes), alike)
        return [[f.en for f in findings if f.check == "DUPLICATE_SUSPECTED"] for findings in found]


def named(shown: list[str]) -> str:
    """The numbers in what a finding says."""
    return shown[0].partition("(")[2].partition(")")[0] if shown else ""


def test_the_same_customer_the_same_goods_and_the_same_total_are_suspected_to_be_one_order(shop: Shop) -> None:
    first = shop.place(ordered(shop.tea.code, "1"), ordered(shop.tea.code, "1.0"), recipient=SOMEBODY)
    twins = Twins(shop)
    customer = twins.customer(first)
    (again,) = twins.alike(twins.wish("T-2", quantity=2), customer=customer)
    assert named(again) == first.number
    assert twins.alike(twins.wish(first.number, quantity=2), customer=customer) == [[]]  # it is the order itself
    others = [
        twins.wish("T-3", quantity=3),
        twins.wish("T-4", quantity=2, shipping=1),
        twins.wish("T-5", lines=(WishLine(f"{shop.tea.code}X", "x", Decimal(2), Decimal(1000)),), paid=2000),
    ]
    assert twins.alike(*others, customer=customer) == [[], [], []]
    assert twins.alike(twins.wish("T-2", quantity=2), customer=b"somebody else") == [[]]
    assert twins.alike(twins.wish("T-2", quantity=2), customer=b"") == [[]]


def test_the_second_of_two_alike_waits_for_a_person_and_the_first_goes(shop: Shop) -> None:
    first, second = shop.place(recipient=SOMEBODY), shop.place(recipient=SOMEBODY)
    assert first.holds == []
    assert [(hold.check, hold.line) for hold in second.holds] == [("DUPLICATE_SUSPECTED", 0)]
    assert first.number in second.holds[0].message.zh


def test_it_is_suspected_within_the_hours_that_the_channel_has_set(shop: Shop) -> None:
    first = shop.place(recipient=SOMEBODY)
    twins = Twins(shop)
    customer = twins.customer(first)
    shop.orders.clock.pass_time(hours=2)
    assert named(twins.alike(twins.wish("T-2"), customer=customer)[0]) == first.number
    shop.orders.set_checks(shop.name, duplicate_hours=2)
    assert named(twins.alike(twins.wish("T-2"), customer=customer)[0]) == first.number
    shop.orders.set_checks(shop.name, duplicate_hours=1)
    assert twins.alike(twins.wish("T-2"), customer=customer) == [[]]


def test_what_was_cancelled_or_came_through_another_channel_is_no_twin(shop: Shop) -> None:
    first = shop.place(recipient=SOMEBODY)
    twins = Twins(shop)
    customer = twins.customer(first)
    shop.orders.cancel(first.name)
    other = shop.orders.open_channel(shop.stock.unit, f"O-{shop.stock.number}")
    shop.orders.place(other, "O-1", ordered(shop.tea.code), recipient=SOMEBODY)
    assert twins.alike(twins.wish("T-2"), customer=customer) == [[]]


def test_orders_that_come_together_are_compared_with_each_other(shop: Shop) -> None:
    twins, customer = Twins(shop), b"7"
    wishes = [twins.wish("T-2"), twins.wish("T-1"), twins.wish("T-3", quantity=2), twins.wish("T-1")]
    found = twins.alike(*wishes, customer=customer)
    assert [named(one) for one in found] == ["T-1", "T-2", "", "T-2"]
    assert twins.alike(*wishes, customer=b"") == [[], [], [], []]


def test_what_is_no_goods_is_compared_by_nobody(shop: Shop) -> None:
    twins = Twins(shop)
    fee = WishLine("FEE", "x", Decimal(1), Decimal(1000), kind=LineKind.CHARGE)
    customer = b"7"
    found = twins.alike(twins.wish("T-1"), twins.wish("T-2", lines=(fee,)), customer=customer)
    assert found == [[], []]
