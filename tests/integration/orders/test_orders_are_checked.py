"""Orders that come are checked by what their channel has set; what fails waits for a person (审单, ORD-1)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import grpc
import pytest
import sqlalchemy as sa
from bylaw.orders.v1 import order_checks_pb2 as order_checks
from bylaw.orders.v1 import orders_pb2
from bylaw_chassis.caller import Reach
from bylaw_chassis.status import refusal_from
from bylaw_orders.rules.channels.channel import Channel
from bylaw_orders.rules.checking.checked import CHECKS
from bylaw_orders.rules.goods.known import KnownGoods
from bylaw_orders.rules.orders.order import LineKind, OrderKind, OrderWish, SourceState, WishLine
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.store import channels, checking
from bylaw_orders.use_cases.checking.check_orders import CheckOrders

from tests.builders.orders import SOMEBODY, OrdersService, ordered
from tests.builders.people import identifier
from tests.integration.orders.conftest import Stock

pytestmark = pytest.mark.clause("ORD-1")


class Shop:
    """A channel of a unit's, with goods that are known."""

    def __init__(self, orders: OrdersService, stock: Stock) -> None:
        self.orders, self.stock = orders, stock
        self.tea = stock.item("TEA")
        orders.run_timer("goods")
        self.channel = orders.open_channel(stock.unit, f"S-{stock.number}")
        self.numbers = iter(range(1, 1000))

    @property
    def name(self) -> str:
        return self.channel.name

    def place(self, *lines: Any, **more: Any) -> orders_pb2.Order:
        """Takes another order in, of its own customer where nobody is named."""
        number = f"T-{self.stock.number}-{next(self.numbers)}"
        return self.orders.place(self.channel, number, *(lines or [ordered(self.tea.code)]), **more)

    def held_by(self, *lines: Any, **more: Any) -> list[tuple[str, int]]:
        """Which checks hold the next order, and at which line."""
        return sorted((hold.check, hold.line) for hold in self.place(*lines, **more).holds)

    def current(self) -> order_checks.ChannelChecks:
        request = order_checks.GetChannelChecksRequest(name=f"{self.name}/checks")
        return self.orders.checks.GetChannelChecks(request, metadata=self.orders.everything)

    def history(self, **more: Any) -> list[order_checks.ChannelChecks]:
        request = order_checks.ListChannelChecksRequest(parent=self.name, **more)
        return list(self.orders.checks.ListChannelChecks(request, metadata=self.orders.everything).channel_checks)


@pytest.fixture
def shop(orders: OrdersService, stock: Stock) -> Iterator[Shop]:
    """A shop."""
    yield Shop(orders, stock)


def test_an_order_that_fails_a_check_waits_with_the_reason_and_what_to_do(shop: Shop) -> None:
    assert shop.held_by() == []
    made = shop.place(ordered(shop.tea.code), ordered("NO-SUCH-TEA"), paid=1999)
    told = {hold.check: hold for hold in made.holds}
    assert {check: (hold.line, hold.clause) for check, hold in told.items()} == {
        "GOODS_UNKNOWN": (2, "ORD-1"),
        "PAID_LESS": (0, "ORD-1"),
    }
    assert "NO-SUCH-TEA" in told["GOODS_UNKNOWN"].message.zh
    assert "19.99 CNY" in told["PAID_LESS"].message.en
    assert shop.orders.told(made.name) == ["TAKEN", "HELD"]


def test_a_remark_and_an_address_that_is_none_hold_an_order_without_being_told(shop: Shop) -> None:
    to = orders_pb2.Recipient(display_name="王芳", phone="12", address="家", remark="周末送货")
    made = shop.place(recipient=to)
    assert sorted(hold.check for hold in made.holds) == ["ADDRESS_INCOMPLETE", "PHONE_INVALID", "REMARK_NEEDS_PERSON"]
    said = "".join(hold.message.zh + hold.message.en for hold in made.holds)
    assert not any(secret in said for secret in ("王芳", "家", "周末"))


def test_a_channel_turns_checks_off_and_sets_how_closely_they_look(shop: Shop) -> None:
    odd = ordered(shop.tea.code, "1001")
    assert shop.held_by(odd) == [("QUANTITY_ODD", 1)]
    made = shop.orders.set_checks(shop.name, quantity_limit="5000.5", duplicate_hours=1, reason="wholesale")
    assert (made.quantity_limit, made.reason) == ("5000.5", "wholesale")
    assert shop.held_by(odd) == []
    shop.orders.set_checks(shop.name, off=["GOODS_UNKNOWN", "PAID_LESS"])
    assert shop.held_by(odd, ordered("NO-SUCH-TEA"), paid=0) == [("QUANTITY_ODD", 1)]  # all of it is set anew


def test_what_was_set_stays_on_record_and_the_newest_counts(shop: Shop) -> None:
    first = shop.current()
    assert (first.name, first.HasField("set_time"), first.quantity_limit, first.off) == (
        f"{shop.name}/checks",
        False,
        "1000",
        [],
    )
    assert shop.history() == []
    one = shop.orders.set_checks(shop.name, off=["PAID_MORE", "PAID_LESS"], price_tolerance_percent="2.5")
    shop.orders.clock.pass_time(seconds=1)
    two = shop.orders.set_checks(shop.name, address_characters=9, promotion_percent="100")
    assert shop.history() == [two, one]
    assert (list(one.off), one.price_tolerance_percent) == (["PAID_LESS", "PAID_MORE"], "2.5")
    current = shop.current()
    assert (current.set_time, current.address_characters, current.off) == (two.set_time, 9, [])
    assert current.set_by == two.set_by
    request = order_checks.ListChannelChecksRequest(parent=shop.name, page_size=1)
    page = shop.orders.checks.ListChannelChecks(request, metadata=shop.orders.everything)
    request.page_token = page.next_page_token
    rest = shop.orders.checks.ListChannelChecks(request, metadata=shop.orders.everything)
    assert (list(page.channel_checks), list(rest.channel_checks), rest.next_page_token) == ([two], [one], "")


def test_what_was_set_is_never_changed_or_deleted(shop: Shop) -> None:
    shop.orders.set_checks(shop.name)
    for statement in (
        "update channel_checks set reason = 'x'",
        "delete from channel_checks",
        "delete from stock_returns",
    ):
        with (
            pytest.raises(sa.exc.ProgrammingError, match="permission denied"),
            shop.orders.service.database.engine.begin() as connection,
        ):
            connection.exec_driver_sql(statement)


def test_the_checks_are_listed_with_their_names_and_settings_in_parts(orders: OrdersService) -> None:
    request, found = order_checks.ListOrderChecksRequest(page_size=7), list[order_checks.OrderCheck]()
    while True:
        page = orders.checks.ListOrderChecks(request, metadata=orders.everything)
        found += page.order_checks
        request.page_token = page.next_page_token
        if not page.next_page_token:
            break
    assert [one.check for one in found] == [check.name for check in CHECKS]
    fields = set(order_checks.ChannelChecks.DESCRIPTOR.fields_by_name)
    for one in found:
        assert one.name == f"orderChecks/{one.check}"
        assert one.title.zh != one.title.en
        assert one.clause == "ORD-1"
        assert set(one.settings) <= fields


@pytest.mark.parametrize(
    ("wish", "field", "reason"),
    [
        ({"off": ["PAID_LESS", "NO_SUCH_CHECK"]}, "channel_checks.off[1]", "CHECK_UNKNOWN"),
        ({"off": ["PAID_LESS", "PAID_LESS"]}, "channel_checks.off[1]", "FIELD_INVALID"),
        ({"price_tolerance_percent": "100.01"}, "channel_checks.price_tolerance_percent", "FIELD_INVALID"),
        ({"price_tolerance_percent": "-1"}, "channel_checks.price_tolerance_percent", "FIELD_INVALID"),
        ({"discount_percent": "1e1"}, "channel_checks.discount_percent", "FIELD_INVALID"),
        ({"promotion_percent": "0.001"}, "channel_checks.promotion_percent", "FIELD_INVALID"),
        ({"quantity_limit": "0"}, "channel_checks.quantity_limit", "FIELD_INVALID"),
        ({"quantity_limit": "-5"}, "channel_checks.quantity_limit", "FIELD_INVALID"),
        ({"quantity_limit": "many"}, "channel_checks.quantity_limit", "FIELD_INVALID"),
        ({"duplicate_hours": 721}, "channel_checks.duplicate_hours", "FIELD_INVALID"),
        ({"duplicate_hours": -1}, "channel_checks.duplicate_hours", "FIELD_INVALID"),
        ({"address_characters": 101}, "channel_checks.address_characters", "FIELD_INVALID"),
        ({"reason": ""}, "channel_checks.reason", "FIELD_INVALID"),
        ({"reason": "x" * 501}, "channel_checks.reason", "FIELD_INVALID"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_its_field_and_nothing_is_set(
    shop: Shop, wish: dict[str, Any], field: str, reason: str
) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        shop.orders.set_checks(shop.name, **wish)
    told = refusal_from(refused.value)
    assert told.reason == reason
    assert field in str(told.variables) + str(told.violations)
    assert shop.history() == []


def test_a_channel_out_of_reach_is_one_there_is_not(shop: Shop, orders: OrdersService) -> None:
    elsewhere = orders.caller(orders.people.unit(f"ELSEWHERE-{shop.stock.number}").name)
    stub, wish = orders.checks, order_checks.ChannelChecks(reason="x")
    for method, request in (
        (stub.SetChannelChecks, order_checks.SetChannelChecksRequest(parent=shop.name, channel_checks=wish)),
        (stub.GetChannelChecks, order_checks.GetChannelChecksRequest(name=f"{shop.name}/checks")),
        (stub.ListChannelChecks, order_checks.ListChannelChecksRequest(parent=shop.name)),
    ):
        with pytest.raises(grpc.RpcError) as refused:
            method(request, metadata=elsewhere)
        assert refusal_from(refused.value).reason == "CHANNEL_NOT_FOUND"
    for name in (shop.name, "channels/checks", f"{shop.name}/check"):
        with pytest.raises(grpc.RpcError) as refused:
            stub.GetChannelChecks(order_checks.GetChannelChecksRequest(name=name), metadata=orders.everything)
        assert refusal_from(refused.value).reason == "FIELD_INVALID"


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
        line = WishLine(self.shop.tea.code, "x", quantity, 1000)  # type: ignore[arg-type] # whole numbers do
        told = {"lines": (line,), "paid": quantity * 1000, "placed_at": now, **more}
        to = Recipient("李小明", "13812345678", "浙江省杭州市西湖区", "浙江省")
        return OrderWish(
            number, OrderKind.SALE, SourceState.PAID, None, paid_at=now, currency="CNY", recipient=to, **told
        )

    def customer(self, order: orders_pb2.Order) -> UUID:
        query = sa.text("select customer from order_recipients where of_order = :order")
        with self.orders.service.database.read() as connection:
            return UUID(str(connection.execute(query, {"order": identifier(order.name)}).scalar_one()))

    def alike(self, *wishes: OrderWish, customer: UUID | None) -> list[list[str]]:
        """Which numbers the duplicates' check names of each."""
        customers = [customer] * len(wishes)
        with self.orders.service.database.read() as connection:
            found = CheckOrders(checking).findings(connection, self.channel, wishes, self.goods, customers)
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
        twins.wish("T-5", lines=(WishLine(f"{shop.tea.code}X", "x", 2, 1000),), paid=2000),  # type: ignore[arg-type]
    ]
    assert twins.alike(*others, customer=customer) == [[], [], []]
    assert twins.alike(twins.wish("T-2", quantity=2), customer=UUID(int=1)) == [[]]
    assert twins.alike(twins.wish("T-2", quantity=2), customer=None) == [[]]


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
    shop.orders.clock.pass_time(hours=-2)


def test_what_was_cancelled_or_came_through_another_channel_is_no_twin(shop: Shop) -> None:
    first = shop.place(recipient=SOMEBODY)
    twins = Twins(shop)
    customer = twins.customer(first)
    shop.orders.cancel(first.name)
    other = shop.orders.open_channel(shop.stock.unit, f"O-{shop.stock.number}")
    shop.orders.place(other, "O-1", ordered(shop.tea.code), recipient=SOMEBODY)
    assert twins.alike(twins.wish("T-2"), customer=customer) == [[]]


def test_orders_that_come_together_are_compared_with_each_other(shop: Shop) -> None:
    twins, customer = Twins(shop), UUID(int=7)
    wishes = [twins.wish("T-2"), twins.wish("T-1"), twins.wish("T-3", quantity=2), twins.wish("T-1")]
    found = twins.alike(*wishes, customer=customer)
    assert [named(one) for one in found] == ["T-1", "T-2", "", "T-2"]
    assert twins.alike(*wishes, customer=None) == [[], [], [], []]


def test_the_past_is_held_by_nothing(shop: Shop) -> None:
    past = shop.orders.open_channel(shop.stock.unit, f"P-{shop.stock.number}", history=True)
    made = shop.orders.place(past, "P-1", ordered("LONG-GONE", "-3", "0"), paid=5)
    assert made.holds == []


def test_what_is_no_goods_is_compared_by_nobody(shop: Shop) -> None:
    twins = Twins(shop)
    fee = WishLine("FEE", "x", 1, 1000, kind=LineKind.CHARGE)  # type: ignore[arg-type] # whole numbers do
    customer = UUID(int=7)
    found = twins.alike(twins.wish("T-1"), twins.wish("T-2", lines=(fee,)), customer=customer)
    assert found == [[], []]
