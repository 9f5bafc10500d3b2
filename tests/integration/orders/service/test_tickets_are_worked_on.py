"""Tickets are taken, answered within a promised time, taken further up, closed and rated (CUS-2)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from bylaw_chassis.caller import HeldGrant, Scope

from tests.builders.people import identifier
from tests.builders.receiving import holder_of, notices_of, refusal_of
from tests.builders.service_desk import (
    ANSWERED,
    ASSIGNED,
    CLERK,
    CLOSED,
    COMPLAINT,
    FOR_CUSTOMER,
    GOODS_FOR_GOODS,
    INQUIRY,
    OPEN,
    OTHER,
    RETURN,
    SERVICE,
    ServiceDesk,
)

pytestmark = pytest.mark.clause("CUS-2")


def promised(ticket: Any) -> timedelta:
    return ticket.due_time.ToDatetime() - ticket.create_time.ToDatetime()


def told(desk: ServiceDesk, person: str, ticket: str) -> int:
    return [one.about for one in notices_of(desk.orders, person)].count(ticket)


def test_a_ticket_is_taken_assigned_answered_closed_and_rated(desk: ServiceDesk) -> None:
    order = desk.shipped("A-1", desk.tea)
    made = desk.take(COMPLAINT, order=order.name, category="late")
    assert (made.state, made.channel, made.order, made.category) == (OPEN, desk.channel.name, order.name, "late")
    assert desk.orders.order(order.name).after_sales_state == 2
    assert desk.assign(made.name).state == ASSIGNED
    assert desk.answer(made.name, waits=True).state == FOR_CUSTOMER
    assert desk.add(made.name).state == ASSIGNED
    answered = desk.answer(made.name)
    assert (answered.state, answered.late, answered.assignee) == (ANSWERED, False, desk.acme.name(CLERK))
    assert desk.close(made.name).state == CLOSED
    assert desk.orders.order(order.name).after_sales_state == 3
    assert desk.rate(made.name, 4, "quick").rating == 4
    timeline = desk.orders.told(order.name)[-4:]
    assert timeline == ["TICKET_TAKEN", "TICKET_ANSWERED", "TICKET_ANSWERED", "TICKET_CLOSED"]
    assert [one.kind for one in desk.said(made.name)] == [1, 2, 1, 2, 5, 7]
    assert desk.said(made.name)[0].text == "Where is my tea?"


def test_each_kind_has_the_promise_that_its_channel_gives(desk: ServiceDesk) -> None:
    assert promised(desk.take(INQUIRY)) == timedelta(hours=24)
    policy = desk.promise(inquiry_hours=2, return_hours=12)
    assert (policy.inquiry_hours, policy.complaint_hours, policy.return_hours, policy.etag) == (2, 24, 12, "1")
    order = desk.shipped("A-1", desk.tea)
    assert promised(desk.take(INQUIRY)) == timedelta(hours=2)
    assert promised(desk.take(RETURN, order=order.name)) == timedelta(hours=12)
    assert refusal_of(lambda: desk.promise(inquiry_hours=9_000)) == "FIELD_INVALID"
    assert refusal_of(lambda: desk.promise(inquiry_hours=3, etag="0")) == "SERVICE_POLICY_CHANGED"


def test_what_is_late_is_listed_and_goes_up_by_itself_once_for_each_step(desk: ServiceDesk) -> None:
    unit, site, number = desk.stock.unit, desk.acme.site.name, desk.stock.number
    director = holder_of(desk.orders.inventory, "operations-director", f"D-{number}", unit, site)
    head = desk.orders.people.person(f"H-{number}", unit, site).name
    desk.orders.people.head(desk.stock.unit, head)
    desk.orders.follow_people()
    made, other = desk.take(), desk.take(INQUIRY)
    desk.answer(other.name)
    desk.orders.clock.pass_time(hours=25)
    assert desk.listed(overdue=True) == [made.name]
    assert desk.one(made.name).late
    for _ in range(2):
        desk.orders.run_timer("overdue-tickets")
    assert desk.one(made.name).level == 1
    assert (told(desk, head, made.name), told(desk, director, made.name)) == (1, 0)
    desk.orders.clock.pass_time(hours=24)
    for _ in range(2):
        desk.orders.run_timer("overdue-tickets")
    assert desk.one(made.name).level == 2
    assert (told(desk, head, made.name), told(desk, director, made.name)) == (1, 1)
    assert refusal_of(lambda: desk.escalate(made.name)) == "TICKET_AT_TOP"
    assert desk.answer(made.name).level == 0


def test_whoever_gets_a_ticket_is_told_and_finds_it_among_theirs(desk: ServiceDesk) -> None:
    made, before = desk.take(), len(notices_of(desk.orders, desk.acme.name(OTHER)))
    desk.assign(made.name, OTHER)
    desk.assign(made.name, OTHER, who=OTHER)
    assert len(notices_of(desk.orders, desk.acme.name(OTHER))) == before + 1
    assert desk.listed(OTHER, mine=True) == [made.name]
    assert desk.listed(CLERK, mine=True) == []
    assert desk.listed(state=ASSIGNED, kind=INQUIRY) == [made.name]
    broken = desk.take(category="broken")
    assert desk.listed(category="broken") == [broken.name]
    assert desk.listed(category="late") == []
    desk.answer(broken.name)
    desk.close(broken.name)
    assert desk.listed(unclosed=True) == [made.name]
    assert refusal_of(lambda: desk.listed(category="Broken?")) == "FIELD_INVALID"
    assert refusal_of(lambda: desk.assign(made.name, f"people/{uuid4()}")) == "PERSON_NOT_FOUND"


def test_what_may_not_be_is_refused_with_its_reason(desk: ServiceDesk) -> None:
    order = desk.shipped("A-1", desk.tea)
    for kind in (RETURN, GOODS_FOR_GOODS):
        assert refusal_of(lambda kind=kind: desk.take(kind)) == "TICKET_NEEDS_ORDER"
    other = desk.orders.open_channel(desk.stock.unit, f"X-{desk.stock.number}")
    assert refusal_of(lambda: desk.take(order=order.name, channel=other.name)) == "ORDER_OF_ANOTHER_CHANNEL"
    assert refusal_of(lambda: desk.take(order=f"orders/{uuid4()}")) == "ORDER_NOT_FOUND"
    assert refusal_of(lambda: desk.take(channel=f"channels/{uuid4()}")) == "CHANNEL_NOT_FOUND"
    assert refusal_of(lambda: desk.take(text=" ")) == "FIELD_INVALID"
    assert refusal_of(lambda: desk.one(f"tickets/{uuid4()}")) == "TICKET_NOT_FOUND"
    made = desk.take()
    assert refusal_of(lambda: desk.close(made.name)) == "TICKET_NOT_ANSWERED"
    assert refusal_of(lambda: desk.rate(made.name)) == "TICKET_OPEN"
    assert refusal_of(lambda: desk.reopen(made.name)) == "TICKET_OPEN"
    assert refusal_of(lambda: desk.add(made.name, kind=2)) == "FIELD_INVALID"
    assert refusal_of(lambda: desk.slip(made.name, desk.tea, "1")) == "TICKET_WITHOUT_RETURN"
    desk.answer(made.name)
    desk.add(made.name)
    assert refusal_of(lambda: desk.close(made.name)) == "TICKET_NOT_ANSWERED"
    desk.answer(made.name)
    desk.close(made.name)
    for act in (desk.close, desk.answer, desk.assign, desk.add, desk.escalate):
        assert refusal_of(lambda act=act: act(made.name)) == "TICKET_CLOSED"
    assert refusal_of(lambda: desk.rate(made.name, 6)) == "FIELD_INVALID"
    desk.rate(made.name)
    assert refusal_of(lambda: desk.rate(made.name)) == "TICKET_RATED"


def test_a_closed_ticket_is_opened_again_with_a_new_promise(desk: ServiceDesk) -> None:
    order = desk.shipped("A-1", desk.tea)
    made = desk.take(order=order.name)
    desk.answer(made.name)
    desk.close(made.name)
    desk.orders.clock.pass_time(hours=30)
    again = desk.reopen(made.name)
    assert (again.state, again.reopen_count, again.late) == (ASSIGNED, 1, False)
    assert again.due_time.ToDatetime() == desk.orders.clock().replace(tzinfo=None) + timedelta(hours=24)
    assert desk.orders.order(order.name).after_sales_state == 2


def test_a_rating_is_recorded_once_whoever_records_it_at_the_same_time(desk: ServiceDesk) -> None:
    made = desk.take()
    desk.answer(made.name)
    desk.close(made.name)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda stars: refusal_of(lambda: desk.rate(made.name, stars, "so so")), range(1, 5)))
    assert sorted(found) == ["", "TICKET_RATED", "TICKET_RATED", "TICKET_RATED"]
    assert [one.kind for one in desk.said(made.name)].count(7) == 1


def test_a_grant_reaches_the_tickets_of_its_own_channels(desk: ServiceDesk) -> None:
    made, elsewhere = desk.take(), desk.orders.people.unit(f"ELSEWHERE-{desk.stock.number}").name
    desk.orders.follow_people()
    person = identifier(desk.acme.name(CLERK))
    for unit, expected in ((desk.stock.unit, ""), (elsewhere, "TICKET_NOT_FOUND")):
        grant = HeldGrant(Scope.SUBTREE, identifier(unit), SERVICE)
        desk.token = lambda *_, grant=grant: desk.orders.people.as_caller(grant, person=person)  # type: ignore[method-assign]
        assert refusal_of(lambda: desk.one(made.name)) == expected
        assert refusal_of(lambda: desk.said(made.name)) == expected
        assert refusal_of(lambda: desk.answer(made.name)) == expected
