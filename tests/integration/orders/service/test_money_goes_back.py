"""Refunds and compensations are decided, recorded on the order once, and never exceed what was paid (CUS-2, DEC-2)."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from bylaw.people.v1 import decisions_pb2
from bylaw_chassis.database import Database

from tests.builders.orders import ordered
from tests.builders.receiving import refusal_of
from tests.builders.service_desk import (
    COMPENSATION,
    DECIDED,
    DONE,
    FOR_DECISION,
    LAPSED,
    MONEY_BACK,
    OTHER,
    REFUSED,
    WAITING,
    WITHDRAWN,
    ServiceDesk,
)

pytestmark = pytest.mark.clause("CUS-2")
PAID, REFUNDED_IN_PART, ALL_REFUNDED = 3, 4, 5


@pytest.fixture
def order(desk: ServiceDesk) -> Any:
    """Three packets for 3,000, shipped and paid."""
    return desk.shipped("A-1", desk.tea)


def ticket(desk: ServiceDesk, order: Any) -> str:
    return desk.take(MONEY_BACK, order=order.name).name


@pytest.mark.clause("DEC-2")
def test_a_refund_waits_for_the_head_and_is_recorded_once_when_he_agrees(desk: ServiceDesk, order: Any) -> None:
    made = desk.ask(ticket(desk, order), 1_000)
    assert (made.state, made.order, made.currency, made.requester) == (
        WAITING,
        order.name,
        "CNY",
        desk.acme.name("wang"),
    )
    assert desk.one(made.ticket).state == FOR_DECISION
    assert desk.orders.order(order.name).refunded == 0
    seen = desk.acme.see("chen", decisions_pb2.Decision(name=made.decision))
    facts = {fact.key: fact.value for fact in seen.facts}
    assert (seen.kind, seen.asking_service, list(seen.subjects)) == ("refund", "orders", [made.name])
    assert (facts["what"], facts["paid"], facts["number"], seen.money.minor_units) == (
        "refund",
        "3000 CNY",
        "A-1",
        1_000,
    )
    done = desk.decide(made)
    desk.learn()
    assert (done.state, done.decider) == (DONE, desk.acme.name("chen"))
    now = desk.orders.order(order.name)
    assert (now.refunded, now.payment_state) == (1_000, REFUNDED_IN_PART)
    assert desk.one(made.ticket).state == DECIDED
    assert desk.orders.told(order.name)[-3:] == ["TICKET_TAKEN", "ACTION_ASKED", "REFUNDED"]


@pytest.mark.clause("DEC-2")
def test_nobody_decides_what_they_asked_for(desk: ServiceDesk, order: Any) -> None:
    made = desk.ask(ticket(desk, order), 1_000, who="chen")
    assert refusal_of(lambda: desk.answered(made, "chen")) != ""
    assert desk.decide(made, heads=("lin",)).state == DONE


def test_a_large_refund_takes_the_next_head_too(desk: ServiceDesk) -> None:
    order = desk.shipped("A-1", desk.tea, "2", "100000")
    made = desk.ask(ticket(desk, order), 200_000)
    desk.answered(made, "chen")
    desk.learn()
    assert desk.action(made.name).state == WAITING
    assert desk.decide(made, heads=("lin",)).state == DONE
    assert desk.orders.order(order.name).payment_state == ALL_REFUNDED


def test_what_is_refused_changes_nothing_and_the_ticket_shows_it(desk: ServiceDesk, order: Any) -> None:
    made = desk.decide(desk.ask(ticket(desk, order), 1_000), agree=False)
    assert (made.state, made.decider) == (REFUSED, desk.acme.name("chen"))
    assert desk.one(made.ticket).state == DECIDED
    now = desk.orders.order(order.name)
    assert (now.refunded, now.payment_state) == (0, PAID)
    assert desk.orders.told(order.name)[-1] == "ACTION_NOT_MADE"
    assert desk.ask(made.ticket, 500).state == WAITING


def test_whoever_asked_takes_it_back_until_it_is_decided(desk: ServiceDesk, order: Any) -> None:
    name = ticket(desk, order)
    made = desk.ask(name, 1_000)
    assert refusal_of(lambda: desk.withdraw(made.name, OTHER)) == "TICKET_ACTION_NOT_OWN"
    assert refusal_of(lambda: desk.withdraw(f"ticketActions/{uuid4()}")) == "TICKET_ACTION_NOT_FOUND"
    assert desk.withdraw(made.name).state == WITHDRAWN
    assert desk.one(name).state == 1
    assert refusal_of(lambda: desk.withdraw(made.name)) == "TICKET_ACTION_OVER"
    again = desk.ask(name, 3_000)
    desk.answered(again, "chen")
    assert refusal_of(lambda: desk.withdraw(again.name)) == "DECISION_OVER"
    desk.learn()
    assert desk.action(again.name).state == DONE


def test_no_more_goes_back_than_was_paid_with_all_that_waits(desk: ServiceDesk, order: Any) -> None:
    first, second = ticket(desk, order), ticket(desk, order)
    assert refusal_of(lambda: desk.ask(first, 3_001)) == "REFUND_OVER_PAID"
    made = desk.ask(first, 2_000)
    assert refusal_of(lambda: desk.ask(first, 1)) == "TICKET_ACTION_WAITS"
    assert refusal_of(lambda: desk.ask(second, 1_001, COMPENSATION)) == "REFUND_OVER_PAID"
    desk.decide(made)
    assert refusal_of(lambda: desk.ask(second, 1_001)) == "REFUND_OVER_PAID"
    assert desk.decide(desk.ask(second, 1_000, COMPENSATION)).state == DONE
    assert desk.orders.order(order.name).payment_state == ALL_REFUNDED
    assert refusal_of(lambda: desk.ask(first, 1)) == "REFUND_OVER_PAID"


def test_two_refunds_at_once_never_exceed_what_was_paid(desk: ServiceDesk, order: Any) -> None:
    tickets = [ticket(desk, order) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda name: refusal_of(lambda: desk.ask(name, 2_000)), tickets))
    assert sorted(found) == ["", *["REFUND_OVER_PAID"] * 3]


def test_within_the_channels_limit_the_clerk_does_it_alone_but_no_more_of_one_order(
    desk: ServiceDesk, order: Any
) -> None:
    desk.promise(refund_limit=500)
    first = desk.ask(ticket(desk, order), 300)
    assert (first.state, first.decision, first.decider) == (DONE, "", desk.acme.name("wang"))
    assert desk.ask(ticket(desk, order), 300).state == WAITING
    assert desk.ask(ticket(desk, order), 200).state == DONE
    assert desk.orders.order(order.name).refunded == 500


def test_alone_and_at_once_the_limit_of_an_order_holds(desk: ServiceDesk, order: Any) -> None:
    desk.promise(refund_limit=500)
    tickets = [ticket(desk, order) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda name: refusal_of(lambda: desk.ask(name, 500)), tickets))
    assert desk.orders.order(order.name).refunded == 500


def test_what_the_platform_paid_back_meanwhile_is_not_paid_back_again(desk: ServiceDesk) -> None:
    order = desk.shipped("A-1", desk.tea)
    made = desk.ask(ticket(desk, order), 2_000)
    again = desk.orders.place(desk.channel, "A-1", ordered(desk.tea.code, "3"), refunded=2_000)
    assert again.refunded == 2_000
    assert desk.decide(made).state == LAPSED
    assert desk.orders.order(order.name).refunded == 2_000


def test_a_newer_version_of_the_order_does_not_undo_a_refund(desk: ServiceDesk, order: Any) -> None:
    desk.decide(desk.ask(ticket(desk, order), 1_000))
    again = desk.orders.place(desk.channel, "A-1", ordered(desk.tea.code, "3"), promotion="SPRING")
    assert (again.promotion, again.refunded, again.payment_state) == ("SPRING", 1_000, REFUNDED_IN_PART)
    assert again.after_sales_state == 2


def test_a_reason_holds_nothing_of_the_customer(desk: ServiceDesk, order: Any) -> None:
    name = ticket(desk, order)
    for reason in ("李小明 said so", "call 138 1234 5678"):
        assert refusal_of(lambda reason=reason: desk.ask(name, 100, reason=reason)) == "REASON_TELLS_TOO_MUCH"
    assert desk.one(name).state == 1


def test_of_what_is_asked_for_each_fault_is_named(desk: ServiceDesk, order: Any) -> None:
    name = ticket(desk, order)
    for fault in ({"amount": 0}, {"amount": -5}, {"kind": 0, "amount": 1}, {"amount": 1, "reason": ""}):
        assert refusal_of(lambda fault=fault: desk.ask(name, **fault)) == "FIELD_INVALID"
    assert refusal_of(lambda: desk.ask(f"tickets/{uuid4()}", 1)) == "TICKET_NOT_FOUND"
    assert refusal_of(lambda: desk.ask(desk.take().name, 1)) == "TICKET_NEEDS_ORDER"


def test_the_same_wish_again_is_the_same_action(desk: ServiceDesk, order: Any) -> None:
    name, key = ticket(desk, order), str(uuid4())
    assert desk.ask(name, 1_000, request_id=key).name == desk.ask(name, 1_000, request_id=key).name


def test_a_ticket_is_not_closed_over_what_waits(desk: ServiceDesk, order: Any) -> None:
    name = ticket(desk, order)
    desk.answer(name)
    desk.ask(name, 1_000)
    assert refusal_of(lambda: desk.close(name)) == "TICKET_ACTION_WAITS"


def test_what_was_never_asked_is_over_and_what_was_asked_goes_on(desk: ServiceDesk, order: Any) -> None:
    asked, never = desk.ask(ticket(desk, order), 1_000), desk.ask(ticket(desk, order), 1_000)
    desk.orders.follow_people()
    database = Database(desk.orders.url, "orders", desk.orders.clock)
    with database.engine.begin() as connection:
        forget = sa.text("update ticket_actions set decision = null where of_order = :order")
        connection.execute(forget, {"order": order.name.rpartition("/")[2]})
        connection.execute(sa.text("delete from asked_decisions where subject = :name"), {"name": never.name})
    database.close()
    desk.orders.clock.pass_time(minutes=16)
    desk.orders.follow_people()
    desk.orders.run_timer("actions-never-asked")
    states = [(desk.action(one.name).state, desk.action(one.name).decision) for one in (asked, never)]
    assert states == [(WAITING, asked.decision), (WITHDRAWN, "")]
    assert desk.one(never.ticket).state == 1
