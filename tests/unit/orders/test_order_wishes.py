"""Orders as importers read them, in the form in which orders are taken (ORD-1)."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from bylaw_hooks.orders import ReadGoods, ReadOrder, ReadRecipient
from bylaw_orders.rules.order_files.wishes import OrderUnfit, Wishes
from bylaw_orders.rules.orders.order import LineKind, OrderKind, SourceState

pytestmark = pytest.mark.clause("ORD-1")
TEN = datetime(2026, 3, 2, 10, tzinfo=UTC)
GOODS = ReadGoods("TEA", "Tea", Decimal(3), Decimal("0.001"), None, options="green")


def order(**more: Any) -> ReadOrder:
    told: dict[str, Any] = {"number": "1", "state": "paid", "placed_at": TEN, "currency": "CNY", "lines": (GOODS,)}
    return ReadOrder(**{**told, "rows": (2,), **more})


def unfit(read: ReadOrder) -> str:
    with pytest.raises(OrderUnfit) as found:
        Wishes().wish(read)
    return found.value.reason


def test_amounts_are_whole_smallest_units_and_prices_may_be_finer() -> None:
    wish = Wishes().wish(order(total=Decimal("12.345"), shipping=Decimal("1.5")))
    assert (wish.total, wish.shipping, wish.discount) == (1_234, 150, 0)
    assert (wish.lines[0].unit_price, wish.lines[0].title) == (Decimal("0.1"), "Tea green")


@pytest.mark.parametrize(("currency", "total"), [("CNY", 1_200), ("JPY", 12), ("KWD", 12_000)])
def test_the_smallest_unit_is_the_currencys(currency: str, total: int) -> None:
    assert Wishes().wish(order(total=Decimal(12), currency=currency)).total == total


def test_an_order_whose_price_is_not_stated_has_that_which_its_amount_makes() -> None:
    goods = ReadGoods("TEA", "Tea", Decimal(3), None, Decimal("10.00"))
    assert Wishes().wish(order(lines=(goods,))).lines[0].unit_price == Decimal("333.333333")
    free = ReadGoods("TEA", "Tea", Decimal(3), None, None, "correction")
    assert Wishes().wish(order(lines=(free,))).lines[0].kind is LineKind.CORRECTION


def test_what_nobody_says_was_paid_was_paid_where_the_platform_takes_it_for_paid() -> None:
    assert Wishes().wish(order(total=Decimal(12))).paid == 1_200
    assert Wishes().wish(order(lines=(replace(GOODS, unit_price=Decimal(4)),))).paid == 1_200
    assert Wishes().wish(order(total=Decimal(12), state="unpaid")).paid == 0
    assert Wishes().wish(order(total=Decimal(12), paid=Decimal(5))).paid == 500


def test_kinds_states_and_versions_are_those_of_orders() -> None:
    wish = Wishes().wish(order(kind="credit", state="shipped_in_part", version="2026-03-02T10:00:00Z"))
    assert (wish.kind, wish.source_state, wish.source_at) == (OrderKind.CREDIT, SourceState.SHIPPED_IN_PART, TEN)
    assert Wishes().wish(order(version="7")).source_at is None


def test_whom_it_goes_to_is_their_account_and_what_was_remarked() -> None:
    wish = Wishes().wish(
        order(recipient=ReadRecipient(name="王"), buyer_remark="快", seller_remark="慢", customer="C7")
    )
    assert wish.recipient
    assert (wish.recipient.name, wish.recipient.account, wish.recipient.remark) == ("王", "C7", "快\n慢")
    assert Wishes().wish(order(recipient=ReadRecipient())).recipient is None


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"number": ""}, "CELL_EMPTY"),
        ({"number": "1\u202e2"}, "CELL_EMPTY"),
        ({"number": "1" * 65}, "TEXT_TOO_LONG"),
        ({"recipient": ReadRecipient(address="长" * 501)}, "TEXT_TOO_LONG"),
        ({"buyer_remark": "x" * 2_001}, "TEXT_TOO_LONG"),
        ({"lines": (replace(GOODS, code="x" * 101),)}, "TEXT_TOO_LONG"),
        ({"lines": (replace(GOODS, quantity=Decimal(10) ** 13),)}, "AMOUNT_TOO_LARGE"),
        ({"lines": (replace(GOODS, unit_price=Decimal(10) ** 12),)}, "AMOUNT_TOO_LARGE"),
        ({"lines": (replace(GOODS, quantity=Decimal("0.0000001")),)}, "NUMBER_TOO_FINE"),
        ({"total": Decimal(10) ** 13}, "AMOUNT_TOO_LARGE"),
        ({"lines": (GOODS,) * 5_001}, "ORDER_TOO_LARGE"),
    ],
)
def test_what_no_order_can_be_is_refused(more: dict[str, Any], reason: str) -> None:
    assert unfit(order(**more)) == reason


def test_lines_that_are_one_object_are_read_once_and_those_that_look_alike_are_not_mixed_up() -> None:
    wishes = Wishes()
    first, second = (wishes.wish(order(lines=(GOODS, GOODS))).lines for _ in range(2))
    assert len({id(line) for line in (*first, *second)}) == 1
    assert wishes.wish(order(lines=(GOODS,), currency="JPY")).lines[0].unit_price == Decimal("0.001")
