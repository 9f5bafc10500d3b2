"""People from outside get in by a named head's permission and for a limited time; it ends, and all with it (SEC-2)."""

from typing import Any

import pytest
from bylaw.people.v1 import access_pb2 as access
from bylaw.people.v1 import access_review_pb2, accounts_pb2, accounts_pb2_grpc
from bylaw.people.v1 import outsiders_pb2 as outsiders
from bylaw.people.v1 import sign_in_pb2 as sessions
from bylaw.people.v1 import staff_pb2 as staff

from tests.builders.access import AccessCalls, outcome, refusal
from tests.builders.people import PASSWORD, text
from tests.integration.people.conftest import Shop
from tests.integration.people.test_races import at_once

pytestmark = pytest.mark.postgresql15
EXTERNAL = staff.EMPLOYMENT_KIND_EXTERNAL


def outsider(shop: Shop, **more: Any) -> staff.Person:
    """Lin, who helps out in the shop's online team."""
    return AccessCalls(shop.service).hire("lin", shop.online.name, shop.site.name, kind=EXTERNAL, **more)


def enters(shop: Shop) -> bool:
    """Whether Lin can sign in."""
    wish = sessions.CreateSessionRequest(login="lin", password=PASSWORD)
    refused = outcome(lambda: shop.service.sign_in.CreateSession(wish))
    assert refused in {"", "SIGN_IN_REFUSED"}
    return not refused


@pytest.mark.clause("SEC-2")
def test_an_outsider_enters_on_the_permitted_days_alone(shop: Shop) -> None:
    calls, lin = AccessCalls(shop.service), outsider(shop)
    assert not enters(shop)
    chen = shop.service.signed_in("chen")
    given = calls.permit(lin.name, "2026-03-04", chen, start_date="2026-03-03")
    assert (given.permitted_by, given.reason, given.start_date) == (shop.chen.name, "stocktaking", "2026-03-03")
    entered = []
    for _ in range(4):
        entered.append(enters(shop))
        shop.service.clock.pass_time(days=1)
    assert entered == [False, True, True, False]


@pytest.mark.clause("SEC-2")
def test_a_permitted_outsider_sees_their_own_data_and_neither_units_nor_colleagues(shop: Shop) -> None:
    calls, lin = AccessCalls(shop.service), outsider(shop)
    calls.permit(lin.name, "2026-03-31")
    token = shop.service.signed_in("lin")
    assert calls.seen(token) == ["lin"]
    held = set(calls.holdings(lin.name, token).permissions)
    assert "people.units.read" not in held
    assert "people.staff.read" in held


@pytest.mark.clause("SEC-2")
def test_only_whoever_heads_them_or_holds_it_permits_nobody_themselves_and_never_without_end(shop: Shop) -> None:
    calls, lin = AccessCalls(shop.service), outsider(shop)
    wang = shop.service.signed_in("wang")
    assert refusal(lambda: calls.permit(lin.name, "2026-03-31", wang)) == "PERMISSION_MISSING"
    shop.service.head(shop.stock.name, shop.qian.name)
    qian = shop.service.signed_in("qian")
    assert refusal(lambda: calls.permit(lin.name, "2026-03-31", qian)) == "PERSON_NOT_FOUND"
    chen = shop.service.signed_in("chen")
    assert refusal(lambda: calls.permit(shop.chen.name, "2026-03-31", chen)) == "GRANT_TO_SELF"
    assert refusal(lambda: calls.permit(shop.wang.name, "2026-03-31", chen)) == "PERSON_NOT_OUTSIDER"
    for wrong in ({"end": ""}, {"end": "2026-05-31"}, {"end": "2026-03-01"}, {"end": "2026-03-31", "reason": " "}):
        assert refusal(lambda wrong=wrong: calls.permit(lin.name, token=chen, **wrong)) == "FIELD_INVALID"
    assert calls.permit(lin.name, "2026-05-30", chen).end_date == "2026-05-30"
    assert refusal(lambda: calls.permit(lin.name, "2026-04-30", chen)) == "OUTSIDER_PERMITTED"


@pytest.mark.clause("SEC-2")
def test_a_grant_to_an_outsider_needs_a_permission_and_never_outlives_it(shop: Shop) -> None:
    calls, lin = AccessCalls(shop.service), outsider(shop)
    assert refusal(lambda: calls.give("finance", person=lin.name)) == "OUTSIDER_NOT_PERMITTED"
    calls.permit(lin.name, "2026-03-31")
    beyond = {"person": lin.name, "end_date": "2026-04-01"}
    assert refusal(lambda: calls.give("finance", **beyond)) == "OUTSIDER_NOT_PERMITTED"
    assert calls.give("finance", person=lin.name).end_date == "2026-03-31"
    assert refusal(lambda: calls.give("hr", person=lin.name, start_date="2026-04-01")) == "OUTSIDER_NOT_PERMITTED"


@pytest.mark.clause("SEC-2")
def test_the_end_of_a_permission_ends_grants_and_tokens_at_once(shop: Shop) -> None:
    calls, lin = AccessCalls(shop.service), outsider(shop)
    given = calls.permit(lin.name, "2026-03-31")
    calls.give("finance", person=lin.name)
    token = shop.service.signed_in("lin")
    assert len(calls.seen(token)) > 1
    chen = shop.service.signed_in("chen")
    ended = calls.outsiders.EndOutsideAccess(outsiders.EndOutsideAccessRequest(name=given.name), metadata=chen)
    assert ended.ended_by == shop.chen.name
    assert not enters(shop)
    assert calls.ended_below(lin.name) == 3
    again = outsiders.EndOutsideAccessRequest(name=given.name)
    assert refusal(lambda: calls.outsiders.EndOutsideAccess(again, metadata=chen)) == "OUTSIDE_ACCESS_ENDED"
    calls.permit(lin.name, "2026-03-31", chen)
    assert calls.seen(shop.service.signed_in("lin")) == ["lin"]
    running = access.ListGrantsRequest(person=lin.name, running_on_date="2026-03-02")
    assert not shop.service.access.ListGrants(running, metadata=shop.service.everything).grants


@pytest.mark.clause("SEC-2")
def test_a_grant_that_comes_as_the_permission_ends_is_refused_or_ends_with_it(shop: Shop) -> None:
    calls, lin, chen = AccessCalls(shop.service), outsider(shop), shop.service.signed_in("chen")
    admin = calls.admin()
    for _ in range(3):
        given = calls.permit(lin.name, "2026-03-31", chen)
        ending = outsiders.EndOutsideAccessRequest(name=given.name)
        answers = at_once(
            lambda ending=ending: calls.outsiders.EndOutsideAccess(ending, metadata=chen),
            lambda: calls.give("finance", admin, person=lin.name),
        )
        assert {answer for answer in answers if isinstance(answer, str)} <= {"OUTSIDER_NOT_PERMITTED"}
        running = access.ListGrantsRequest(person=lin.name, running_on_date="2026-03-02")
        assert not shop.service.access.ListGrants(running, metadata=shop.service.everything).grants


@pytest.mark.clause("SEC-1", "SEC-2")
def test_nobody_gives_to_a_service_account_they_answer_for_and_it_stops_with_whoever_does(shop: Shop) -> None:
    calls, people = AccessCalls(shop.service), shop.service
    wish = accounts_pb2.ServiceAccount(code="robot", title=text("Robot"), owner=shop.wang.name, end_date="2026-12-31")
    robot = accounts_pb2_grpc.AccountsStub(people.channel).CreateServiceAccount(
        accounts_pb2.CreateServiceAccountRequest(service_account=wish), metadata=people.everything
    )
    person = f"people/{robot.name.partition('/')[2]}"
    calls.give("administrator", person=shop.wang.name)
    assert refusal(lambda: calls.give("finance", people.signed_in("wang"), person=person)) == "GRANT_TO_SELF"
    grant = calls.give("finance", person=person)
    assert [one.source for one in calls.holdings(person).standings] == [grant.name]
    ending = staff.EndEmploymentRequest(name=shop.wang.name, last_date="2026-03-01")
    people.staff.EndEmployment(ending, metadata=people.everything)
    assert calls.holdings(person).gap == access_review_pb2.ACCESS_GAP_ACCOUNT_STOPPED
    assert person not in calls.holders("people.staff.read")


@pytest.mark.clause("SEC-2")
def test_permissions_are_listed_within_reach_as_they_are_shown_one_by_one(shop: Shop) -> None:
    calls, lin = AccessCalls(shop.service), outsider(shop)
    far = calls.hire("far", shop.stock.name, shop.site.name, kind=EXTERNAL)
    near, hidden = calls.permit(lin.name, "2026-03-31"), calls.permit(far.name, "2026-03-31")
    chen = shop.service.signed_in("chen")
    listed = calls.outsiders.ListOutsideAccesses(outsiders.ListOutsideAccessesRequest(), metadata=chen)
    assert [one.name for one in listed.outside_accesses] == [near.name]
    show = calls.outsiders.GetOutsideAccess
    assert show(outsiders.GetOutsideAccessRequest(name=near.name), metadata=chen) == listed.outside_accesses[0]
    for name in (hidden.name, "outsideAccesses/018f0000-0000-7000-8000-000000000000"):
        wish = outsiders.GetOutsideAccessRequest(name=name)
        assert refusal(lambda wish=wish: show(wish, metadata=chen)) == "OUTSIDE_ACCESS_NOT_FOUND"
        ending = outsiders.EndOutsideAccessRequest(name=name)
        assert refusal(lambda ending=ending: calls.outsiders.EndOutsideAccess(ending, metadata=chen)) == (
            "OUTSIDE_ACCESS_NOT_FOUND"
        )
