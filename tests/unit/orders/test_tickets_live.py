"""A ticket's state follows from its facts, its steps say no where they may not be, its money is counted (CUS-2)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from bylaw_chassis.refusals import FieldInvalid
from bylaw_orders.rules.following.heard import MovedGoods
from bylaw_orders.rules.orders.order import Line, LineKind
from bylaw_orders.rules.tickets import life
from bylaw_orders.rules.tickets.action import ActionKind, ActionWish, Spent, exchange_number, goes_alone
from bylaw_orders.rules.tickets.policy import ServicePolicy
from bylaw_orders.rules.tickets.refusals import ReturnOverShipped, TicketClosed
from bylaw_orders.rules.tickets.returning import expected, received, returned_lines
from bylaw_orders.rules.tickets.ticket import (
    Goods,
    Level,
    ReturnLine,
    Ticket,
    TicketKind,
    TicketState,
    TicketWish,
)
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.clause("CUS-2")
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
ONE, TWO = UUID(int=1), UUID(int=2)
DAY = timedelta(days=1)


def ticket(**more: Any) -> Ticket:
    wish = TicketWish(ONE, TWO, TicketKind.RETURN, "")
    made = Ticket(UUID(int=3), wish, ONE, NOW, "x", first_due_at=NOW + DAY, due_at=NOW + DAY)
    return replace(made, **more)


def line(code: str, item: UUID | None, quantity: int, issued: int, returned: int = 0) -> Line:
    amounts = (Decimal(quantity), Decimal(100), 0, 100 * quantity)
    became = {"issued": Decimal(issued), "returned": Decimal(returned)}
    return Line(LineKind.GOODS, code, code, item, "piece", *amounts, **became)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, TicketState.OPEN),
        ({"assignee": ONE}, TicketState.ASSIGNED),
        ({"answered_at": NOW, "due_at": None, "assignee": ONE}, TicketState.ANSWERED),
        ({"answered_at": NOW, "due_at": None, "waits": True}, TicketState.WAITING_FOR_CUSTOMER),
        ({"goods": Goods.AWAITED, "decided_at": NOW}, TicketState.WAITING_FOR_GOODS),
        ({"goods": Goods.BACK, "waits": True}, TicketState.GOODS_BACK),
        ({"goods": Goods.BACK, "decided_at": NOW}, TicketState.DECIDED),
        ({"goods": Goods.AWAITED, "deciding": ONE}, TicketState.WAITING_FOR_DECISION),
        ({"closed_at": NOW, "goods": Goods.AWAITED}, TicketState.CLOSED),
    ],
)
def test_the_state_is_the_first_that_the_facts_say(facts: dict[str, Any], state: TicketState) -> None:
    assert ticket(**facts).state is state


def test_what_is_overdue_goes_up_once_at_each_step_and_not_beyond_the_top() -> None:
    late = NOW + 2 * DAY
    assert not life.is_to_rise(ticket(), NOW, DAY)
    assert life.is_to_rise(ticket(), late, DAY)
    up = life.escalated(ticket(), late)
    assert not life.is_to_rise(up, late + DAY / 2, DAY)
    assert life.is_to_rise(up, late + DAY, DAY)
    top = life.escalated(up, late + DAY)
    assert top.level is Level.DIRECTOR
    assert not life.is_to_rise(top, late + 9 * DAY, DAY)
    assert not life.is_to_rise(replace(up, due_at=None), late + DAY, DAY)
    assert life.answered(top, late, ONE, waits=False).level is Level.NONE


def test_a_first_answer_is_late_for_ever_and_one_that_is_kept_is_not() -> None:
    in_time = life.answered(ticket(), NOW + DAY, ONE, waits=False)
    assert not in_time.is_late(NOW + 9 * DAY)
    late = life.answered(ticket(), NOW + DAY + timedelta(seconds=1), ONE, waits=False)
    assert late.is_late(NOW)
    again = life.customer_said(late, NOW + 3 * DAY, DAY)
    assert (again.due_at, again.state) == (NOW + 4 * DAY, TicketState.ASSIGNED)
    assert life.customer_said(again, NOW + 4 * DAY, DAY).due_at == NOW + 4 * DAY


def test_goods_that_come_open_a_closed_ticket_and_goods_that_did_not_come_do_not() -> None:
    lines = (ReturnLine(ONE, "TEA", Decimal(2), Decimal(1)),)
    closed = ticket(slip="RMA-1", lines=lines, goods=Goods.AWAITED, closed_at=NOW, closed_by="x", answered_at=NOW)
    came = life.with_goods(closed, received(lines, [(MovedGoods(ONE, Decimal(1)), 1)]), NOW, DAY)
    assert (came.state, came.reopened, came.due_at) == (TicketState.GOODS_BACK, 1, NOW + DAY)
    undone = life.with_goods(closed, received(lines, [(MovedGoods(ONE, Decimal(1)), -1)]), NOW, DAY)
    assert (undone.state, undone.reopened) == (TicketState.CLOSED, 0)
    with pytest.raises(TicketClosed):
        life.with_slip(closed, lines)


def test_no_more_comes_back_than_has_left_less_what_is_back_or_awaited() -> None:
    lines = [line("TEA", ONE, 3, 3, 1), line("tea", ONE, 2, 1), line("BOX", None, 1, 1)]
    (made,) = expected(lines, [("Tea", Decimal(2))], {ONE: Decimal(1)})
    assert (made.item, made.quantity) == (ONE, 2)
    with pytest.raises(ReturnOverShipped) as told:
        expected(lines, [("TEA", Decimal(3))], {ONE: Decimal(1)})
    assert told.value.variables["quantity"] == "2"
    for wished in ([("CUP", Decimal(1))], [("BOX", Decimal(1))], [("TEA", Decimal(1)), ("tea", Decimal(1))]):
        with pytest.raises(FieldInvalid):
            expected(lines, wished, {})


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from([1, -1])), max_size=8))
def test_what_is_back_of_a_line_is_never_more_than_left_nor_less_than_nothing(moved: list[tuple[int, int]]) -> None:
    lines: tuple[Line, ...] = (line("TEA", ONE, 3, 3), line("TEA", ONE, 2, 2), line("CUP", TWO, 1, 1))
    for quantity, sign in moved:
        lines = returned_lines(lines, [(MovedGoods(ONE, Decimal(quantity)), sign)])
        assert all(0 <= one.returned <= one.issued for one in lines)
        assert lines[2].returned == 0


def test_within_the_limit_is_what_an_order_has_had_alone_with_what_is_asked() -> None:
    wish = ActionWish(ActionKind.REFUND, 300, (), "x")
    assert goes_alone(wish, Spent(waiting=9_000, alone=200), 500)
    assert not goes_alone(wish, Spent(alone=201), 500)
    unknown = ActionWish(ActionKind.EXCHANGE, 0, (), "x")
    assert not goes_alone(unknown, Spent(), 500)
    assert (wish.money, replace_kind(wish).money) == (300, 0)


def replace_kind(wish: ActionWish) -> ActionWish:
    return wish._replace(kind=ActionKind.EXCHANGE)


def test_the_number_of_an_exchange_follows_from_its_action_and_is_never_too_long() -> None:
    number = exchange_number("N" * 64, ONE)
    assert number == exchange_number("N" * 64, ONE) != exchange_number("N" * 64, TWO)
    assert len(number) == 64


def test_each_kind_has_its_promise() -> None:
    policy = ServicePolicy(ONE, 1, 2, 3, 4, 5, 6)
    assert [policy.promise(kind) // timedelta(hours=1) for kind in TicketKind] == [1, 2, 3, 4, 5]
    assert policy.review_promise == timedelta(hours=6)
