"""Orders that come are checked by what their channel has set; what fails waits for a person (ORD-1)."""

from collections.abc import Iterator
from typing import Any

import grpc
import pytest
import sqlalchemy as sa
from bylaw.orders.v1 import order_checks_pb2 as order_checks
from bylaw.orders.v1 import orders_pb2
from bylaw_chassis.status import refusal_from
from bylaw_orders.rules.checking.checked import CHECKS

from tests.builders.orders import OrdersService, ordered
from tests.integration.orders.checking import Shop
from tests.integration.orders.conftest import Stock

pytestmark = pytest.mark.clause("ORD-1")


@pytest.fixture
def shop(orders: OrdersService, stock: Stock) -> Iterator[Shop]:
    """A shop; whatever time passes, the next test begins at the same hour."""
    begun = orders.clock.now
    yield Shop(orders, stock)
    orders.clock.now = begun


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
    to = orders_pb2.Recipient(display_name="王芳", phone="12", address="巷", remark="周末送货")
    made = shop.place(recipient=to)
    assert sorted(hold.check for hold in made.holds) == ["ADDRESS_INCOMPLETE", "PHONE_INVALID", "REMARK_NEEDS_PERSON"]
    said = "".join(hold.message.zh + hold.message.en for hold in made.holds)
    assert not any(secret in said for secret in ("王芳", "巷", "周末"))


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


def test_the_past_is_held_by_nothing(shop: Shop) -> None:
    past = shop.orders.open_channel(shop.stock.unit, f"P-{shop.stock.number}", history=True)
    made = shop.orders.place(past, "P-1", ordered("LONG-GONE", "-3", "0"), paid=5)
    assert made.holds == []
