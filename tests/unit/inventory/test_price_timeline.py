"""The timeline of a price: at any instant one holds or none does yet, whatever was agreed in which order (GDS-2)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from bylaw_inventory.rules.pricing.change import (
    ChangeState,
    ChangeWish,
    PriceChange,
    PriceLine,
    agreed_prices,
    checked_change,
    ended,
    has_lapsed,
)
from bylaw_inventory.rules.pricing.timeline import Amount, Goods, Price, in_force, percent_between
from bylaw_inventory.rules.refusals import LinesRefused
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.clause("GDS-2")
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
TEA = Goods(UUID(int=1), "tmall")
YUAN = "CNY"


def at(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


def line(amount: int, since: datetime | None, goods: Goods = TEA) -> PriceLine:
    return PriceLine(goods, Amount(amount, YUAN), since)


def change(*lines: PriceLine) -> PriceChange:
    return PriceChange(uuid4(), ChangeWish(lines, "x"), Decimal(1), NOON, "")


HOURS = st.lists(st.integers(-50, 50), unique=True, max_size=30)


@given(HOURS, st.randoms())
def test_at_any_instant_exactly_the_last_that_has_begun_holds(hours: list[int], chance: object) -> None:
    prices = [agreed_prices(change(line(100 + hour, at(hour))), uuid4(), at(-100))[0] for hour in hours]
    chance.shuffle(prices)  # type: ignore[attr-defined] # a Random
    timeline = sorted(prices, key=lambda one: one.since)
    for half_hours in range(-110, 110):
        held = in_force(timeline, at(half_hours / 2))
        begun = [hour for hour in hours if hour <= half_hours / 2]
        assert (held.amount.minor_units if held else None) == (100 + max(begun) if begun else None)


@given(HOURS)
def test_the_spans_of_a_timeline_follow_on_each_other_without_gap_or_overlap(hours: list[int]) -> None:
    timeline = [agreed_prices(change(line(1, at(hour))), uuid4(), at(-100))[0] for hour in sorted(hours)]
    for first, second in pairwise(timeline):
        just_before = second.since - timedelta(microseconds=1)
        assert in_force(timeline, just_before) is first
        assert in_force(timeline, second.since) is second


@given(st.integers(1, 10**15), st.integers(1, 10**15))
def test_a_change_in_per_cent_is_never_rounded_down(old: int, new: int) -> None:
    found = percent_between(Amount(old, YUAN), Amount(new, YUAN))
    exact = Decimal(abs(new - old)) * 100 / old
    assert found >= min(exact, Decimal(999_999)).quantize(Decimal("0.000001"))
    assert found - min(exact, Decimal(999_999)) <= Decimal("0.01")


def test_a_first_price_and_another_currency_count_as_a_hundred_per_cent() -> None:
    assert percent_between(None, Amount(5, YUAN)) == 100
    assert percent_between(Amount(5, "USD"), Amount(5, YUAN)) == 100
    assert percent_between(Amount(10_000, YUAN), Amount(10_001, YUAN)) == Decimal("0.01")


def test_what_has_no_time_takes_effect_with_the_decision_and_a_time_that_has_passed_makes_it_lapse() -> None:
    waits = change(line(1, None), line(2, at(1)))
    assert [one.since for one in agreed_prices(waits, uuid4(), NOON)] == [NOON, at(1)]
    assert [has_lapsed(waits, at(hours)) for hours in (0, 1, 1.01)] == [False, False, True]
    assert ended(waits, ChangeState.LAPSED, at(2), "x").ended_at == at(2)


def test_a_line_is_measured_by_the_price_at_its_own_time() -> None:
    wish = ChangeWish((line(80, at(1)), line(100, at(2))), "x")
    made = checked_change(wish, frozenset({TEA.item}), {0: Amount(100, YUAN), 1: Amount(100, YUAN)}, now=NOON, by="")
    assert made.largest_percent == 20
    assert [one.old for one in made.wish.lines] == [Amount(100, YUAN)] * 2


@given(st.lists(st.tuples(st.integers(-2, 3), st.integers(-1, 2)), min_size=1, max_size=6))
def test_every_line_at_fault_is_named_and_no_other(told: list[tuple[int, int]]) -> None:
    wish = ChangeWish(tuple(line(amount, at(hour) if hour else None) for amount, hour in told), "x")
    wrong: dict[str, str] = {}
    for number, (amount, hour) in enumerate(told):
        if amount <= 0:
            wrong[f"price_change.lines[{number}].price"] = "PRICE_INVALID"
        if hour < 0:
            wrong[f"price_change.lines[{number}].effective_time"] = "PRICE_TIME_PAST"
        if any(hour == before for _, before in told[:number]):
            wrong[f"price_change.lines[{number}].effective_time"] = "PRICE_TIME_TAKEN"
    try:
        checked_change(wish, frozenset({TEA.item}), {}, now=NOON, by="")
        found: dict[str, str] = {}
    except LinesRefused as refused:
        found = {one.field: one.reason for one in refused.violations}
    assert found == wrong


def test_prices_keep_their_change_and_decision() -> None:
    waits, decision = change(line(1, None)), uuid4()
    (made,) = agreed_prices(waits, decision, NOON)
    assert isinstance(made, Price)
    assert (made.change, made.decision, made.name) == (waits.identifier, decision, f"prices/{made.identifier}")
