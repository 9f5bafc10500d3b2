"""Every order has a promised time; those at risk and overdue are told apart, each with why (ORD-2, ORD-3)."""

from datetime import UTC, datetime, timedelta

import pytest
from bylaw_orders.rules.orders.standing import Fulfilment
from bylaw_orders.rules.tracking.asking import LEAST, LastHeard, next_question
from bylaw_orders.rules.tracking.messages import Step, message, step_of
from bylaw_orders.rules.tracking.promises import ParcelNews, Promised, PromiseFacts, Standing, Why, changes_at, promise
from bylaw_orders.rules.tracking.states import State
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.clause("ORD-3")
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
INSTANTS = st.none() | st.integers(-100, 100).map(lambda hours: NOW + timedelta(hours=hours))
NEWS = st.lists(
    st.builds(ParcelNews, st.sampled_from(State), st.integers(-90, 0).map(lambda hours: NOW + timedelta(hours=hours))),
    max_size=3,
)
FACTS = st.builds(PromiseFacts, st.sampled_from(Fulfilment), INSTANTS, INSTANTS, NEWS)


def hours(number: float) -> datetime:
    return NOW + timedelta(hours=number)


def stands(fulfilment: Fulfilment, ship: float, deliver: float, *parcels: ParcelNews) -> tuple[Promised, Why]:
    found = promise(PromiseFacts(fulfilment, hours(ship), hours(deliver), parcels), NOW)
    return found.promised, found.why


def test_an_order_is_at_risk_before_it_is_late() -> None:
    assert stands(Fulfilment.RESERVED, 13, 48) == (Promised.ON_TIME, Why.NOTHING)
    assert stands(Fulfilment.RESERVED, 11, 48) == (Promised.AT_RISK, Why.SHIP_SOON)
    assert stands(Fulfilment.ISSUED, -1, 48) == (Promised.OVERDUE, Why.NOT_SHIPPED)
    assert stands(Fulfilment.HANDED_OVER, -1, 48) == (Promised.ON_TIME, Why.NOTHING)
    assert stands(Fulfilment.IN_TRANSIT, -1, 23) == (Promised.AT_RISK, Why.DELIVER_SOON)
    assert stands(Fulfilment.IN_TRANSIT, -1, -1) == (Promised.OVERDUE, Why.NOT_DELIVERED)
    assert stands(Fulfilment.SIGNED, -9, -9) == (Promised.ON_TIME, Why.NOTHING)
    assert stands(Fulfilment.CANCELLED, -9, -9) == (Promised.ON_TIME, Why.NOTHING)


def test_a_parcel_in_trouble_or_silent_is_a_risk_long_before_the_time_is_up() -> None:
    trouble, silent = ParcelNews(State.PROBLEM, NOW), ParcelNews(State.IN_TRANSIT, hours(-73))
    assert stands(Fulfilment.IN_TRANSIT, -9, 90, trouble) == (Promised.AT_RISK, Why.PARCEL_IN_TROUBLE)
    assert stands(Fulfilment.IN_TRANSIT, -9, 90, silent) == (Promised.AT_RISK, Why.PARCEL_SILENT)
    assert stands(Fulfilment.SIGNED, -9, 90, ParcelNews(State.RETURNING, NOW))[1] is Why.PARCEL_IN_TROUBLE


def test_each_says_why_in_both_languages_and_by_which_clause() -> None:
    for why in set(Why) - {Why.NOTHING, Why.PARCEL_IN_TROUBLE}:
        standing = Standing(Promised.AT_RISK, why)
        assert all(standing.explained)
        assert standing.clause in {"ORD-2", "ORD-3"}
    told = Standing(Promised.AT_RISK, Why.PARCEL_IN_TROUBLE, State.REFUSED)
    assert told.explained == ("有包裹拒收，需要处理", "a parcel needs looking after: refused")
    assert Standing(Promised.ON_TIME).explained == ("", "")


@given(FACTS, st.integers(0, 200))
def test_nothing_changes_before_the_instant_at_which_it_may(facts: PromiseFacts, later: int) -> None:
    then = NOW + timedelta(hours=later)
    change = changes_at(facts, NOW)
    if change is None or then < change:
        assert promise(facts, then) == promise(facts, NOW)


@given(FACTS)
def test_what_is_late_stays_late_until_something_happens(facts: PromiseFacts) -> None:
    if promise(facts, NOW).promised is Promised.OVERDUE:
        assert promise(facts, NOW + timedelta(days=30)).promised is Promised.OVERDUE


@pytest.mark.clause("ORD-2")
@given(st.sampled_from(State), st.integers(0, 90), st.booleans(), st.integers(0, 30))
def test_a_courier_is_asked_seldom_and_in_the_end_not_at_all(
    state: State,
    days: int,
    subscribed: bool,  # noqa: FBT001 - drawn
    tries: int,
) -> None:
    again = next_question(LastHeard(state, NOW - timedelta(days=days), subscribed, tries), NOW)
    if state in {State.SIGNED, State.RETURN_SIGNED} or days > 60:
        assert again is None
    else:
        assert again
        assert NOW + LEAST <= again <= NOW + timedelta(hours=24)


@pytest.mark.clause("ORD-2")
def test_the_customer_is_told_what_is_worth_telling_and_nothing_of_themselves() -> None:
    assert [step_of(state) for state in (State.NO_TRACE, State.PICKED_UP, State.IN_TRANSIT)] == [None] * 3
    assert step_of(State.IN_LOCKER) is Step.IN_LOCKER
    assert step_of(State.REFUSED) is Step.PROBLEM
    for step in Step:
        told = {"number": "2026-1", "shop": ("小店", "The shop"), "parcel": ("顺丰", "SF1029384756")}
        zh, en = (message(step, language=language, **told) for language in ("zh", "en"))
        assert "2026-1" in zh[0] + en[0]
        assert "SF1029384756" in zh[1]
        assert "The shop" in en[1]
