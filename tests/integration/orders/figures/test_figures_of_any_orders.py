"""Whatever is sold, by each thing it comes to the same, and every figure's records come to it (ANA-1, MKT-3)."""

from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from bylaw.orders.v1 import orders_pb2
from bylaw_orders.rules.figures.sales import counts, kept_of
from bylaw_orders.rules.orders.order import OrderKind, SourceState
from bylaw_orders.rules.orders.standing import Fulfilment, Payment
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders.figures import CHANNEL, DIMENSIONS, PRODUCT, Seller, assert_records_make_up
from tests.builders.orders import ordered

pytestmark = [pytest.mark.clause("ANA-1"), pytest.mark.clause("MKT-3")]
LINES = st.builds(
    ordered,
    st.sampled_from(["tea", "TEA", "cup", ""]),
    st.sampled_from(["1", "2", "0.5", "-3"]),
    st.sampled_from(["1000", "0", "333.5", "0.001"]),
    kind=st.integers(1, 3),
    discount=st.integers(-50, 50),
)
ORDERS = st.builds(
    dict[str, Any],
    lines=st.lists(LINES, min_size=1, max_size=4),
    days=st.floats(-3, 3),
    kind=st.integers(1, 3),
    source_state=st.integers(1, 8),
    region=st.sampled_from(["", "浙江省", "Germany"]),
    promotion=st.sampled_from(["", "SPRING"]),
    shipping=st.integers(0, 900),
    discount=st.integers(0, 900),
    paid=st.sampled_from([0, 10**6]),
    total=st.none() | st.integers(-5_000, 5_000),
)
numbers = count(1)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wishes=st.lists(ORDERS, max_size=6))
def test_by_each_thing_it_comes_to_the_same(seller: Seller, wishes: list[dict[str, Any]]) -> None:
    channel = seller.orders.open_channel(seller.unit, f"ANY-{uuid4().hex[:12]}", history=next(numbers) % 2 == 0)
    own, expected = Seller(seller.orders, seller.unit, channel), 0
    for number, wish in enumerate(wishes):
        made = own.sell(str(number), *wish["lines"], **{name: told for name, told in wish.items() if name != "lines"})
        expected += _comes_to(made)
    found = {dimension: own.figures(dimension) for dimension in DIMENSIONS}
    assert {sum(one.total for one in figures) for figures in found.values()} == {expected}
    for figures in found.values():
        for figure in figures:
            assert_records_make_up(own, figure)


CUT_LINES = sa.text(
    "update order_lines set amount = :amount, quantity = :quantity, cancelled = :cancelled"
    " where of_order = :of and line = :line"
)
CUT = st.tuples(st.integers(-(10**9), 10**9), st.decimals("0.001", "1000", places=3), st.decimals("0", "1", places=3))


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(CUT, min_size=1, max_size=20))
def test_what_is_left_of_lines_cut_is_said_to_the_database_as_by_the_rule(
    past: Seller, cuts: list[tuple[int, Decimal, Decimal]]
) -> None:
    channel = past.orders.open_channel(past.unit, f"CUT-{uuid4().hex[:12]}", history=True)
    own, lines = Seller(past.orders, past.unit, channel), [ordered(f"G-{line:02}") for line in range(len(cuts))]
    made = own.sell("1", *lines).name.removeprefix("orders/")
    cut = [(amount, quantity, (quantity * share).quantize(Decimal("0.001"))) for amount, quantity, share in cuts]
    _write(own, made, cut)
    left = {f"G-{line:02}": kept_of(*one) for line, one in enumerate(cut) if one[1] != one[2]}
    assert {one.key: one.sales for one in own.figures(PRODUCT)} == left
    (whole,) = own.figures(CHANNEL)
    assert whole.sales == sum(kept_of(*one) for one in cut)
    assert_records_make_up(own, whole)


def _write(own: Seller, order: str, cut: list[tuple[int, Decimal, Decimal]]) -> None:
    """Lines as they would stand, and a total that they come to."""
    rows = [
        {"line": number, "amount": amount, "quantity": quantity, "cancelled": cancelled, "of": order}
        for number, (amount, quantity, cancelled) in enumerate(cut, 1)
    ]
    with own.orders.service.database.engine.begin() as connection:
        assert connection.execute(CUT_LINES, rows).rowcount == len(rows)
        total = {"of": order, "total": sum(amount for amount, *_ in cut)}
        connection.execute(sa.text("update orders set total = :total where id = :of"), total)


def _comes_to(made: orders_pb2.Order) -> int:
    """What it adds by the rule: nothing of it was cancelled in part."""
    stands = Payment(made.payment_state), Fulfilment(made.fulfilment_state)
    counted = counts(OrderKind(made.kind), SourceState(made.source_state), *stands, cancelled=False)
    return made.total if counted else 0


def test_days_tell_of_the_days_on_which_something_was_sold(seller: Seller) -> None:
    for days in (-2, 0):
        seller.sell(f"D{days}", ordered("TEA"), days=days)
    asked = [f"{seller.orders.clock() + timedelta(days=days):%Y-%m-%d}" for days in (-2, 0)]
    assert [one.key for one in seller.figures(1)] == asked
