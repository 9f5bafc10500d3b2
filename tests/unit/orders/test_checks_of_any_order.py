"""What holds of the checks of any order: no order of lines matters, and a further fault hides none (ORD-1)."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from bylaw_orders.rules.checking.checked import BEFORE_SHIPPING, NAMES, checked
from bylaw_orders.rules.checking.facts import LineFacts, OrderFacts, PhoneKind, RecipientFacts
from bylaw_orders.rules.checking.setting import CheckSetting
from bylaw_orders.rules.goods.known import KnownGoods, Price
from bylaw_orders.rules.orders.hold import Finding
from bylaw_orders.rules.orders.order import LineKind, OrderKind
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.clause("ORD-1")
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
CURRENCIES = st.sampled_from(["CNY", "USD"])
COUNTS = st.integers(0, 30)
quantities = st.decimals(-3, 30, places=2)
prices = st.builds(Price, st.integers(1, 2000), CURRENCIES, st.just(NOON))
known_goods = st.builds(
    KnownGoods,
    st.just(UUID(int=1)),
    st.sampled_from(["TEA", "SALT"]),
    st.just("x"),
    st.just("piece"),
    st.integers(0, 3),
    st.booleans(),
    st.none() | prices,
)
lines_alone = st.builds(
    LineFacts,
    st.just(0),
    st.sampled_from(LineKind),
    st.sampled_from(["TEA", "SALT"]),
    quantities,
    st.decimals(0, 2000, places=3),
    COUNTS,
    st.integers(-3000, 60_000),
    st.none() | known_goods,
)
recipients = st.builds(RecipientFacts, COUNTS, st.sampled_from(PhoneKind), COUNTS, st.booleans())
settings = st.builds(
    CheckSetting,
    st.frozensets(st.sampled_from(sorted(NAMES)), max_size=3),
    st.decimals(0, 100, places=1),
    st.decimals(0, 100, places=0),
    st.decimals(0, 100, places=0),
    st.decimals(1, 30, places=0),
    COUNTS,
    COUNTS,
)


@st.composite
def orders(draw: Callable[..., Any]) -> OrderFacts:
    """Any order that may still go."""
    own = draw(st.lists(lines_alone, min_size=1, max_size=5))
    amounts = [draw(st.integers(-100, 5000)) for _ in range(4)]
    return OrderFacts(
        OrderKind.SALE,
        draw(st.sampled_from(sorted(BEFORE_SHIPPING))),
        draw(CURRENCIES),
        draw(CURRENCIES),
        draw(st.booleans()),
        [line._replace(number=number) for number, line in enumerate(own, 1)],
        draw(COUNTS),
        *amounts,
        draw(st.sampled_from(["", "618"])),
        draw(st.none() | recipients),
        draw(st.lists(st.sampled_from(["T-1", "T-2"]), max_size=2)),
        draw(settings),
    )


def without_places(findings: tuple[Finding, ...]) -> Counter[tuple[str, bool]]:
    return Counter((one.check, one.line > 0) for one in findings)


def names(order: OrderFacts) -> set[tuple[str, int]]:
    return {(one.check, one.line) for one in checked(order)}


@given(orders(), st.randoms(use_true_random=False))
def test_it_does_not_matter_in_which_order_the_lines_are(order: OrderFacts, chance: Any) -> None:
    moved = list(order.lines)
    chance.shuffle(moved)
    again = order._replace(lines=[line._replace(number=number) for number, line in enumerate(moved, 1)])
    assert without_places(checked(again)) == without_places(checked(order))


@given(orders())
def test_asked_twice_the_checks_find_the_same_and_each_thing_once(order: OrderFacts) -> None:
    findings = checked(order)
    assert findings == checked(order)
    assert len({(one.check, one.line) for one in findings}) == len(findings)
    assert {one.check for one in findings} <= NAMES - order.setting.off
    assert {one.line for one in findings} <= set(range(len(order.lines) + 1))


FAULTS: dict[str, Callable[[OrderFacts], OrderFacts]] = {
    "GOODS_UNKNOWN": lambda order: more(order, LineKind.GOODS, goods=None),
    "QUANTITY_ODD": lambda order: more(order, LineKind.GOODS, quantity=Decimal(-1), amount=0, unit_price=Decimal(0)),
    "LINE_DISAGREES": lambda order: more(order, LineKind.CHARGE, amount=7),
    "TOTALS_DISAGREE": lambda order: order._replace(adds_up_to=order.total - 1),
    "PAID_MORE": lambda order: order._replace(paid=max(order.paid, order.total) + 1),
    "ADDRESS_INCOMPLETE": lambda order: order._replace(
        recipient=order.recipient._replace(name_length=0) if order.recipient else None
    ),
    "PHONE_INVALID": lambda order: order._replace(
        recipient=order.recipient._replace(phone=PhoneKind.MISSING) if order.recipient else None
    ),
    "DUPLICATE_SUSPECTED": lambda order: order._replace(alike=[*order.alike, "T-9"]),
    "PLATFORM_REFUNDED": lambda order: order._replace(refunded=max(order.refunded, 0) + 1),
    "REMARK_NEEDS_PERSON": lambda order: order._replace(
        recipient=order.recipient._replace(has_remark=True) if order.recipient else None
    ),
}


def more(order: OrderFacts, kind: LineKind, **fault: Any) -> OrderFacts:
    """The order with a further line that is at fault; what it takes off or comes to stays as it was."""
    last = LineFacts(len(order.lines) + 1, kind, "?", Decimal(1), Decimal(0), 0, 0, None)._replace(**fault)
    return order._replace(lines=[*order.lines, last])


@given(orders(), st.sampled_from(sorted(FAULTS)))
def test_a_further_fault_hides_no_other(order: OrderFacts, fault: str) -> None:
    before = names(order)
    if fault == "PAID_MORE":
        before -= {("PAID_LESS", 0)}  # it is no longer so
    assert before <= names(FAULTS[fault](order))


@given(orders(), st.sampled_from(sorted(NAMES)))
def test_a_check_that_is_turned_off_changes_nothing_of_the_others(order: OrderFacts, name: str) -> None:
    fewer = order._replace(setting=replace(order.setting, off=order.setting.off | {name}))
    assert checked(fewer) == tuple(one for one in checked(order) if one.check != name)


@given(orders())
def test_all_amounts_in_a_unit_a_tenth_as_large_are_judged_alike(order: OrderFacts) -> None:
    """Nothing is rounded: ten times as many of a tenth of the worth are the same."""
    times = 10
    lines = [
        line._replace(
            unit_price=line.unit_price * times,
            discount=line.discount * times,
            amount=line.amount * times,
            goods=line.goods
            and line.goods._replace(
                price=line.goods.price and line.goods.price._replace(minor_units=line.goods.price.minor_units * times)
            ),
        )
        for line in order.lines
    ]
    amounts = {name: getattr(order, name) * times for name in ("discount", "adds_up_to", "total", "paid", "refunded")}
    off = order.setting.off | {"LINE_DISAGREES"}  # it bears the rounding to one unit, whatever that is worth
    told = order._replace(setting=replace(order.setting, off=off))
    assert names(told._replace(lines=lines, **amounts)) == names(told)
