"""Who may do this, what may she do and why, what changed: answered alike from every side (SEC-3)."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from bylaw.people.v1 import access_pb2 as access
from bylaw.people.v1 import access_review_pb2 as reviews
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.caller import HeldGrant, Scope

from tests.builders.access import AccessCalls, Token, outcome, refusal
from tests.builders.people import PeopleService, identifier
from tests.integration.people.conftest import Shop

pytestmark = pytest.mark.postgresql15
KINDS = reviews.AccessChangeKind


@contextmanager
def queries(people: PeopleService) -> Iterator[list[str]]:
    """The statements that are made meanwhile, without those of the chassis."""
    made: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        made.append(statement)

    sa.event.listen(people.service.database.engine, "before_cursor_execute", note)
    try:
        yield made
    finally:
        sa.event.remove(people.service.database.engine, "before_cursor_execute", note)


def reviewer(shop: Shop, *permissions: str) -> Token:
    """Chen, who reads grants of sales and below."""
    held = HeldGrant(Scope.SUBTREE, identifier(shop.sales.name), frozenset({"people.grants.read", *permissions}))
    return shop.service.as_caller(held, person=identifier(shop.chen.name))


@pytest.mark.clause("SEC-3")
def test_what_may_she_do_and_why(shop: Shop) -> None:
    calls = AccessCalls(shop.service)
    more = {"scope": access.SCOPE_SUBTREE, "unit": shop.stock.name, "reason": "stands in for Sun"}
    grant = calls.give("hr", person=shop.chen.name, **more)
    held = calls.holdings(shop.chen.name)
    found = {(one.source, one.scope, one.unit, one.clause) for one in held.standings}
    assert found == {
        (grant.name, access.SCOPE_SUBTREE, shop.stock.name, "SEC-1"),
        ("roles/employee", access.SCOPE_SELF, "", "SEC-1"),
        ("roles/employee", access.SCOPE_COMPANY, "", "SEC-1"),
        ("roles/unit-head", access.SCOPE_SUBTREE, shop.sales.name, "ORG-3"),
    }
    given = next(one for one in held.standings if one.source == grant.name)
    assert (given.granted_by, given.reason, given.start_date) == (
        f"people/{shop.service.administrator}",
        "stands in for Sun",
        "2026-03-02",
    )
    assert held.may_enter
    assert set(held.permissions) == {permission for one in held.standings for permission in one.permissions}


@pytest.mark.clause("SEC-3")
def test_what_she_could_do_on_a_day_that_is_over_stays_so_whatever_was_ended_since(shop: Shop) -> None:
    calls = AccessCalls(shop.service)
    calls.role("helper", "people.sites.read", "people.staff.end")
    grant = calls.give("helper", person=shop.wang.name)
    shop.service.clock.pass_time(days=3)
    calls.revoke(grant.name)
    days = ("2026-03-01", "2026-03-02", "2026-03-04", "2026-03-05", "2026-03-06")
    held = [grant.name in {one.source for one in calls.holdings(shop.wang.name, day=day).standings} for day in days]
    assert held == [False, True, True, False, False]


@pytest.mark.clause("SEC-1")
def test_everybody_asks_about_themselves_and_about_others_only_reviewers_within_reach(shop: Shop) -> None:
    calls, people = AccessCalls(shop.service), shop.service
    wang = people.signed_in("wang")
    assert calls.holdings(shop.wang.name, wang).person == shop.wang.name
    assert refusal(lambda: calls.holdings(shop.chen.name, wang)) == "PERSON_NOT_FOUND"
    chen = reviewer(shop)
    assert calls.holdings(shop.zhao.name, chen).person == shop.zhao.name
    for name in (shop.qian.name, "people/018f0000-0000-7000-8000-000000000000"):
        assert refusal(lambda name=name: calls.holdings(name, chen)) == "PERSON_NOT_FOUND"


@pytest.mark.clause("SEC-3")
def test_who_has_left_or_is_not_permitted_holds_nothing_and_is_told_why(shop: Shop) -> None:
    calls = AccessCalls(shop.service)
    gone = calls.hire("gone", shop.sales.name, shop.site.name, until="2026-02-28")
    lin = calls.hire("lin", shop.sales.name, shop.site.name, kind=staff.EMPLOYMENT_KIND_EXTERNAL)
    answers = [calls.holdings(person.name) for person in (gone, lin)]
    assert [(held.may_enter, held.gap, len(held.standings)) for held in answers] == [
        (False, reviews.ACCESS_GAP_NOT_EMPLOYED, 0),
        (False, reviews.ACCESS_GAP_OUTSIDER_NOT_PERMITTED, 0),
    ]


@pytest.mark.clause("SEC-3")
def test_who_may_do_this_is_everybody_of_whom_it_is_said_that_they_may(shop: Shop) -> None:
    calls, people = AccessCalls(shop.service), shop.service
    clerk = calls.position("CLERK", shop.sales.name)
    calls.hire("sun", shop.stock.name, shop.site.name, position=clerk.name)
    calls.hire("lin", shop.stock.name, shop.site.name, kind=staff.EMPLOYMENT_KIND_EXTERNAL)
    calls.hire("gone", shop.stock.name, shop.site.name, until="2026-02-28")
    calls.role("reader", "people.staff.read")
    calls.give("reader", position=clerk.name, scope=access.SCOPE_SUBTREE, unit=shop.company.name)
    calls.give("finance", person=shop.qian.name, scope=access.SCOPE_UNIT, unit=shop.online.name)
    calls.give("auditor", person=shop.zhao.name)
    everybody = [
        person.name
        for person in people.staff.ListPeople(
            staff.ListPeopleRequest(page_size=1000), metadata=people.everything
        ).people
    ]
    for permission in ("people.staff.read", "people.units.read", "people.staff.appoint", "people.grants.create"):
        for target in ("", shop.online.name, shop.sales.name, shop.wang.name, shop.qian.name):
            expected = sorted(
                person
                for person in everybody
                if any(
                    one.reaches
                    for one in calls.why(
                        person=person, permission=permission, target=target or shop.company.name
                    ).standings
                )
                and (target or "SCOPE_COMPANY" in scopes(calls, person, permission))
            )
            assert calls.holders(permission, target=target, page_size=1) == expected, (permission, target)


def scopes(calls: AccessCalls, person: str, permission: str) -> set[str]:
    """The scopes for which somebody holds a permission."""
    held = calls.holdings(person).standings
    return {access.Scope.Name(one.scope) for one in held if permission in one.permissions}


@pytest.mark.clause("SEC-1")
def test_holders_and_changes_out_of_reach_are_in_no_list_and_change_none(shop: Shop) -> None:
    calls, people = AccessCalls(shop.service), shop.service
    chen = reviewer(shop)
    questions = (
        lambda: calls.reviews.ListHolders(
            reviews.ListHoldersRequest(permission="people.staff.read", target=shop.wang.name, page_size=2),
            metadata=chen,
        ),
        lambda: calls.reviews.ListAccessChanges(
            reviews.ListAccessChangesRequest(start_date="2026-03-01", page_size=3), metadata=chen
        ),
        lambda: people.access.ListGrants(access.ListGrantsRequest(page_size=3), metadata=chen),
    )
    calls.give("finance", person=shop.wang.name)
    before = [ask().SerializeToString(deterministic=True) for ask in questions]
    keeper = calls.position("KEEPER", shop.stock.name)
    calls.give("hr", person=shop.qian.name)
    calls.give("hr", position=keeper.name)
    people.head(shop.stock.name, shop.qian.name)
    calls.hire("sun", shop.stock.name, shop.site.name, position=keeper.name)
    assert [ask().SerializeToString(deterministic=True) for ask in questions] == before
    for target in (shop.qian.name, "people/018f0000-0000-7000-8000-000000000000"):
        assert refusal(lambda target=target: calls.holders("people.staff.read", chen, target=target)) == (
            "PERSON_NOT_FOUND"
        )
    assert refusal(lambda: calls.holders("people.staff.read", chen, target=shop.stock.name)) == "UNIT_NOT_FOUND"
    assert refusal(lambda: calls.holders("people.staff.fly", chen)) == "PERMISSION_UNKNOWN"
    assert refusal(lambda: calls.holders("", chen)) == "FIELD_INVALID"


@pytest.mark.clause("SEC-3")
def test_a_grant_is_listed_exactly_where_it_is_shown(shop: Shop) -> None:
    calls, people = AccessCalls(shop.service), shop.service
    near, far = calls.position("NEAR", shop.online.name), calls.position("FAR", shop.stock.name)
    given = [calls.give("finance", person=person.name) for person in (shop.wang, shop.zhao, shop.qian)]
    given += [calls.give("hr", position=position.name) for position in (near, far)]
    chen = reviewer(shop)
    listed = {one.name for one in people.access.ListGrants(access.ListGrantsRequest(), metadata=chen).grants}

    def shown(grant: access.Grant) -> bool:
        refused = outcome(lambda: people.access.GetGrant(access.GetGrantRequest(name=grant.name), metadata=chen))
        assert refused in {"", "GRANT_NOT_FOUND"}
        return not refused

    assert listed == {grant.name for grant in given if shown(grant)} == {one.name for one in (*given[:2], given[3])}


@pytest.mark.clause("SEC-3")
def test_grants_are_found_by_role_unit_position_and_day(shop: Shop) -> None:
    calls, people = AccessCalls(shop.service), shop.service
    clerk = calls.position("CLERK", shop.sales.name)
    later = calls.give("finance", person=shop.wang.name, start_date="2026-04-01", end_date="2026-04-30")
    there = calls.give("finance", person=shop.zhao.name, scope=access.SCOPE_UNIT, unit=shop.stock.name)
    post = calls.give("hr", position=clerk.name)

    def found(**asked: str) -> list[str]:
        answer = people.access.ListGrants(access.ListGrantsRequest(**asked), metadata=people.everything)
        return [grant.name for grant in answer.grants]

    assert found(role="roles/finance") == [there.name, later.name]
    assert found(unit=shop.stock.name) == [there.name]
    assert found(position=clerk.name) == [post.name]
    assert found(role="roles/finance", running_on_date="2026-04-15") == [there.name, later.name]
    assert found(role="roles/finance", running_on_date="2026-05-01") == [there.name]


@pytest.mark.clause("SEC-3")
def test_what_changed_is_told_in_order_page_by_page(shop: Shop) -> None:
    calls, people = AccessCalls(shop.service), shop.service
    people.clock.pass_time(days=1)
    lin = calls.hire("lin", shop.online.name, shop.site.name, kind=staff.EMPLOYMENT_KIND_EXTERNAL)
    grant = calls.give("hr", person=shop.wang.name)
    people.clock.pass_time(minutes=1)
    calls.role("fine", "people.sites.read")
    people.clock.pass_time(minutes=1)
    permit = calls.permit(lin.name, "2026-03-31")
    people.clock.pass_time(minutes=1)
    calls.revoke(grant.name)
    people.clock.pass_time(minutes=1)
    wish = org.AppointHeadRequest(name=shop.stock.name, head=shop.qian.name, effective_date="2026-03-10")
    people.organisation.AppointHead(wish, metadata=calls.all())
    changes, page = [], ""
    while True:
        wish = reviews.ListAccessChangesRequest(start_date="2026-03-03", page_size=2, page_token=page)
        answer = calls.reviews.ListAccessChanges(wish, metadata=calls.all())
        changes += answer.changes
        page = answer.next_page_token
        if not page:
            break
    assert [(KINDS.Name(one.kind).removeprefix("ACCESS_CHANGE_KIND_"), one.subject) for one in changes[2:]] == [
        ("ROLE", "roles/fine"),
        ("OUTSIDER_PERMITTED", permit.name),
        ("GRANT_ENDED", grant.name),
        ("HEAD", shop.stock.name),
    ]
    assert {one.kind for one in changes[:2]} == {
        reviews.ACCESS_CHANGE_KIND_APPOINTMENT,
        reviews.ACCESS_CHANGE_KIND_GRANT_GIVEN,
    }
    assert changes[-1].start_date == "2026-03-10"
    assert {one.changed_by for one in changes} == {f"people/{people.administrator}"}
    backwards = reviews.ListAccessChangesRequest(start_date="2026-03-03", end_date="2026-03-01")
    assert refusal(lambda: calls.reviews.ListAccessChanges(backwards, metadata=calls.all())) == "FIELD_INVALID"


def test_what_somebody_holds_takes_as_many_queries_however_much_it_is(shop: Shop) -> None:
    calls, people = AccessCalls(shop.service), shop.service
    calls.role("fine", "people.sites.read")
    calls.give("fine", person=shop.wang.name)
    few = fewest_queries(shop, calls)
    clerk = calls.position("CLERK", shop.sales.name)
    for number in range(12):
        unit = people.unit(f"U{number}", shop.sales.name)
        people.head(unit.name, shop.wang.name)
        calls.give("fine", person=shop.wang.name, scope=access.SCOPE_UNIT, unit=unit.name)
        calls.give("hr", position=clerk.name, scope=access.SCOPE_UNIT, unit=unit.name)
    many = fewest_queries(shop, calls)
    assert len(calls.holdings(shop.wang.name).standings) > 25
    assert many == few <= 10


def fewest_queries(shop: Shop, calls: AccessCalls) -> int:
    """Of three askings: what a service reads once a second (sessions that ended) may fall into one of them."""
    counts = []
    for _ in range(3):
        with queries(shop.service) as asked:
            calls.holdings(shop.wang.name)
        counts.append(len(asked))
    return min(counts)
