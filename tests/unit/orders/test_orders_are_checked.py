"""Every check of an order: what it finds, what it lets go, and by what setting (ORD-1)."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from bylaw_orders.rules.checking.checked import CHECKS, NAMES, checked
from bylaw_orders.rules.checking.facts import (
    OrderFacts,
    PhoneKind,
)
from bylaw_orders.rules.goods.known import Price
from bylaw_orders.rules.orders.order import LineKind, OrderKind, SourceState

from tests.builders.order_facts import NOON, SOMEBODY, a_line, an_order, found, goods, setting

pytestmark = pytest.mark.clause("ORD-1")


def test_an_order_at_which_nothing_is_wrong_goes() -> None:
    assert checked(an_order()) == ()
    assert checked(an_order(a_line(), a_line(number=2), promotion="618")) == ()


FAULTS: dict[str, tuple[Callable[[], OrderFacts], int]] = {
    "a code that nobody knows": (lambda: an_order(a_line(goods=None)), 1),
    "goods that were not listed": (lambda: an_order(a_line(goods=goods(listed=False))), 1),
    "nothing of it": (lambda: an_order(a_line(quantity=Decimal(0), amount=0)), 1),
    "less than nothing": (lambda: an_order(a_line(quantity=Decimal(-2), amount=-2500)), 1),
    "half a piece": (lambda: an_order(a_line(quantity=Decimal("0.5"), amount=625)), 1),
    "more than anybody buys": (lambda: an_order(a_line(quantity=Decimal(1001), amount=1_251_250)), 1),
    "no price": (lambda: an_order(a_line(goods=goods(price=None))), 1),
    "another price": (lambda: an_order(a_line(unit_price=Decimal(1251), amount=2502)), 1),
    "for nothing": (lambda: an_order(a_line(unit_price=Decimal(0), amount=0)), 1),
    "a line that does not add up": (lambda: an_order(a_line(amount=2499)), 1),
    "a total that does not add up": (lambda: an_order(total=2499, paid=2499), 0),
    "much taken off": (lambda: an_order(discount=1251, adds_up_to=1249, total=1249, paid=1249), 0),
    "much taken off a line": (lambda: an_order(a_line(discount=1251, amount=1249)), 0),
    "another currency": (lambda: an_order(currency="USD"), 0),
    "too little paid": (lambda: an_order(paid=2499), 0),
    "too much paid": (lambda: an_order(paid=2501), 0),
    "nobody it goes to": (lambda: an_order(recipient=None), 0),
    "no name": (lambda: an_order(recipient=SOMEBODY._replace(name_length=0)), 0),
    "hardly an address": (lambda: an_order(recipient=SOMEBODY._replace(address_length=4)), 0),
    "no number": (lambda: an_order(recipient=SOMEBODY._replace(phone=PhoneKind.MISSING)), 0),
    "no such number": (lambda: an_order(recipient=SOMEBODY._replace(phone=PhoneKind.IMPOSSIBLE)), 0),
    "ordered twice": (lambda: an_order(alike=("T-2",)), 0),
    "blocked": (lambda: an_order(state=SourceState.BLOCKED), 0),
    "paid back": (lambda: an_order(refunded=1), 0),
    "a remark": (lambda: an_order(recipient=SOMEBODY._replace(has_remark=True)), 0),
}
EXPECTED = {
    "a code that nobody knows": ["GOODS_UNKNOWN"],
    "goods that were not listed": ["GOODS_NOT_LISTED"],
    "nothing of it": ["QUANTITY_ODD"],
    "less than nothing": ["QUANTITY_ODD"],
    "half a piece": ["QUANTITY_ODD"],
    "more than anybody buys": ["QUANTITY_ODD"],
    "no price": ["PRICE_UNKNOWN"],
    "another price": ["PRICE_OFF_LIST"],
    "for nothing": ["PRICE_OFF_LIST"],
    "a line that does not add up": ["LINE_DISAGREES"],
    "a total that does not add up": ["TOTALS_DISAGREE"],
    "much taken off": ["DISCOUNT_LARGE"],
    "much taken off a line": ["DISCOUNT_LARGE"],
    "another currency": ["CURRENCY_DIFFERS"],
    "too little paid": ["PAID_LESS"],
    "too much paid": ["PAID_MORE"],
    "nobody it goes to": ["ADDRESS_INCOMPLETE", "PHONE_INVALID"],
    "no name": ["ADDRESS_INCOMPLETE"],
    "hardly an address": ["ADDRESS_INCOMPLETE"],
    "no number": ["PHONE_INVALID"],
    "no such number": ["PHONE_INVALID"],
    "ordered twice": ["DUPLICATE_SUSPECTED"],
    "blocked": ["PLATFORM_BLOCKED"],
    "paid back": ["PLATFORM_REFUNDED"],
    "a remark": ["REMARK_NEEDS_PERSON"],
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_by_its_check_at_its_place_and_says_what_to_do(fault: str) -> None:
    order, line = FAULTS[fault]
    findings = checked(order())
    assert [one.check for one in findings] == EXPECTED[fault]
    for one in findings:
        assert (one.clause, one.line) == ("ORD-1", line)
        assert one.zh.endswith("。")
        assert one.en.endswith(".")
        assert "None" not in one.zh + one.en
        assert {"{", "}"}.isdisjoint(one.zh + one.en)


def test_every_check_finds_something_here() -> None:
    assert {name for names in EXPECTED.values() for name in names} == NAMES
    assert EXPECTED.keys() == FAULTS.keys()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_check_that_is_off_is_not_made(fault: str) -> None:
    order = FAULTS[fault][0]()
    off = frozenset(EXPECTED[fault])
    assert found(order._replace(setting=setting(off=off))) == []
    assert found(order._replace(setting=setting(off=NAMES - off))) == EXPECTED[fault]


def test_the_checks_have_names_and_titles_of_their_own() -> None:
    assert len(NAMES) == len(CHECKS) == len({one.zh for one in CHECKS}) == len({one.en for one in CHECKS})
    assert {name for one in CHECKS for name in one.settings} == {
        "address_characters",
        "discount_percent",
        "duplicate_hours",
        "price_tolerance_percent",
        "promotion_percent",
        "quantity_limit",
    }


@pytest.mark.parametrize("kind", [OrderKind.CREDIT, OrderKind.ADJUSTMENT])
def test_credits_and_adjustments_are_held_by_nothing(kind: OrderKind) -> None:
    assert found(an_order(a_line(goods=None), kind=kind, paid=0)) == []


@pytest.mark.parametrize("state", SourceState)
def test_what_may_still_go_is_checked_and_what_has_left_or_was_closed_is_not(state: SourceState) -> None:
    waits = {SourceState.UNPAID, SourceState.PAID, SourceState.SHIPPED_IN_PART, SourceState.BLOCKED}
    assert ("GOODS_UNKNOWN" in found(an_order(a_line(goods=None), state=state))) is (state in waits)


def test_an_order_that_waits_for_its_payment_is_not_held_for_it() -> None:
    assert found(an_order(state=SourceState.UNPAID, paid=0)) == []
    assert found(an_order(state=SourceState.UNPAID, paid=9999)) == ["PAID_MORE"]


@pytest.mark.parametrize("kind", [LineKind.CHARGE, LineKind.CORRECTION])
def test_charges_and_corrections_are_no_goods_but_have_to_add_up(kind: LineKind) -> None:
    line = a_line(number=2, kind=kind, goods=None, quantity=Decimal(-1), unit_price=Decimal(300), amount=-300)
    assert found(an_order(a_line(), line)) == []
    assert found(an_order(a_line(), line._replace(amount=-301))) == ["LINE_DISAGREES"]


def test_an_order_without_goods_needs_no_address() -> None:
    fee = a_line(kind=LineKind.CHARGE, goods=None)
    assert found(an_order(fee, recipient=None)) == []


def test_where_nothing_is_offered_neither_list_nor_price_is_looked_at() -> None:
    bare = goods(listed=False, price=None)
    assert found(an_order(a_line(goods=bare), is_offered=False)) == []
    assert found(an_order(a_line(unit_price=Decimal(1), amount=2), is_offered=False)) == []
    assert found(an_order(a_line(goods=None), is_offered=False)) == ["GOODS_UNKNOWN"]


@pytest.mark.clause("GDS-2")
@pytest.mark.parametrize(
    ("price", "tolerance", "promotion", "passes"),
    [
        ("1250", "0", "", True),
        ("1250.000001", "0", "", False),
        ("1249.999999", "0", "", False),
        ("1262.5", "1", "", True),
        ("1262.500001", "1", "", False),
        ("1237.5", "1", "", True),
        ("1237.499999", "1", "", False),
        ("125", "1", "618", True),
        ("124.999999", "1", "618", False),
        ("1262.500001", "1", "618", False),
    ],
)
def test_a_price_may_be_off_by_the_tolerance_to_the_last_digit_and_lower_in_a_promotion(
    price: str, tolerance: str, promotion: str, *, passes: bool
) -> None:
    line = a_line(unit_price=Decimal(price), quantity=Decimal(1), amount=round(Decimal(price)))
    told = setting(price_tolerance_percent=Decimal(tolerance))
    names = found(an_order(line, promotion=promotion, setting=told))
    assert names == ([] if passes else ["PRICE_OFF_LIST"])


def test_a_price_in_another_currency_is_not_compared_but_the_currency_is_named() -> None:
    (one,) = checked(an_order(a_line(goods=goods(price=Price(9, "EUR", NOON)))))
    assert one.check == "CURRENCY_DIFFERS"
    assert "EUR" in one.zh
    assert "EUR" in one.en


@pytest.mark.parametrize(("digits", "quantity", "passes"), [(0, "3", True), (3, "0.001", True), (3, "0.0001", False)])
def test_goods_are_ordered_as_finely_as_they_are_counted(digits: int, quantity: str, *, passes: bool) -> None:
    amount = round(Decimal(quantity) * 1250)
    line = a_line(goods=goods(fraction_digits=digits), quantity=Decimal(quantity), amount=amount)
    assert found(an_order(line)) == ([] if passes else ["QUANTITY_ODD"])


def test_a_quantity_is_held_beyond_the_limit_of_the_channel() -> None:
    told = setting(quantity_limit=Decimal(2))
    assert found(an_order(setting=told)) == []
    assert found(an_order(a_line(quantity=Decimal(3), amount=3750), setting=told)) == ["QUANTITY_ODD"]


@pytest.mark.parametrize(
    ("quantity", "price", "discount", "amount", "passes"),
    [
        ("3", "33.333333", 0, 100, True),
        ("3", "33.333333", 0, 99, True),  # rounded down by the platform
        ("3", "33.333333", 0, 98, False),
        ("1", "100", 10, 90, True),
        ("1", "100", 10, 91, False),
        ("999999999999999.999999", "999999999999.999999", 0, 999999999999999998999000001, True),
        ("999999999999999.999999", "999999999999.999999", 0, 999999999999999998998999999, False),
    ],
)
def test_a_lines_amount_is_compared_exactly_but_for_the_rounding_to_a_whole_unit(
    quantity: str, price: str, discount: int, amount: int, *, passes: bool
) -> None:
    own = goods(price=None)
    line = a_line(quantity=Decimal(quantity), unit_price=Decimal(price), discount=discount, amount=amount, goods=own)
    order = an_order(line, is_offered=False, setting=setting(quantity_limit=Decimal(10) ** 15))
    assert ("LINE_DISAGREES" in found(order)) is not passes


@pytest.mark.parametrize(("promotion", "off", "passes"), [("", 1250, True), ("", 1251, False), ("618", 2250, True)])
def test_a_named_promotion_takes_off_more_than_nobody_named(promotion: str, off: int, *, passes: bool) -> None:
    order = an_order(promotion=promotion, discount=off, adds_up_to=2500 - off, total=2500 - off, paid=2500 - off)
    assert found(order) == ([] if passes else ["DISCOUNT_LARGE"])


def test_no_more_than_three_alike_orders_are_named() -> None:
    (one,) = checked(an_order(alike=("T-1", "T-2", "T-3", "T-4")))
    assert "T-1, T-2, T-3" in one.en
    assert "T-4" not in one.zh + one.en


@pytest.mark.parametrize("price", [None, Price(1250, "CNY", NOON)])
def test_what_an_exchange_sends_for_nothing_has_no_price_to_be_checked(price: Price | None) -> None:
    line = a_line(goods=goods(price=price), unit_price=Decimal(0), amount=0)
    assert found(an_order(line)) == (["PRICE_OFF_LIST"] if price else ["PRICE_UNKNOWN"])
    assert found(an_order(line, is_exchange=True)) == []
    asked_for = line._replace(unit_price=Decimal(1), amount=2)
    assert found(an_order(asked_for, is_exchange=True)) == (["PRICE_OFF_LIST"] if price else ["PRICE_UNKNOWN"])
    assert found(an_order(line._replace(goods=None), is_exchange=True)) == ["GOODS_UNKNOWN"]
