"""A program reads a feed by a role of the company's own that holds it, and can do nothing else (SEC-1, SEC-3)."""

import pytest
from bylaw.people.v1 import access_pb2 as access
from bylaw.people.v1 import duties_pb2 as duties
from bylaw.people.v1 import duties_pb2_grpc, feed_pb2
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.caller import HeldGrant, Scope

from tests.builders.access import AccessCalls, Token, refusal
from tests.builders.people import PeopleService, identifier
from tests.builders.sign_in import bearer, exchanged, session_of, whoami
from tests.integration.people.conftest import Shop
from tests.integration.people.test_access_tokens import service_account, token_of

FEED = "people.feed.read"


def events(people: PeopleService, token: Token) -> int:
    """How many events a caller is told, by the list and by the stream alike."""
    listed = people.feed.ListEvents(feed_pb2.ListEventsRequest(page_size=1000), metadata=token).events
    streamed = people.feed.StreamEvents(feed_pb2.StreamEventsRequest(), metadata=token, timeout=20)
    assert [next(streamed).cursor for _ in listed] == [event.cursor for event in listed]
    streamed.cancel()
    return len(listed)


@pytest.mark.clause("SEC-1", "SEC-3")
@pytest.mark.postgresql15
def test_a_service_account_with_the_feed_alone_reads_it_and_nothing_else(shop: Shop) -> None:
    people, calls = shop.service, AccessCalls(shop.service)
    account = service_account(people, shop.chen.name, "warehouse")
    grants = (calls.role("feed-reader", FEED), calls.give("feed-reader", person=account.account))
    program = bearer(exchanged(people, token_of(people, account, calls.admin(), FEED).secret))
    assert list(whoami(people, program).permissions) == [FEED]
    assert events(people, program) == events(people, people.everything) > 0
    beyond = (
        lambda: people.staff.ListPeople(staff.ListPeopleRequest(), metadata=program),
        lambda: people.organisation.ListUnits(org.ListUnitsRequest(), metadata=program),
        lambda: duties_pb2_grpc.DutiesStub(people.channel).DeclareDuty(duties.DeclareDutyRequest(), metadata=program),
    )
    assert [refusal(call) for call in beyond] == ["PERMISSION_MISSING"] * 3
    why = calls.why(person=account.account, method="bylaw.people.v1.Feed/ListEvents")
    assert (why.allowed, why.permission, why.clause) == (True, FEED, "SEC-1")
    assert [standing.source for standing in why.standings] == [grants[1].name]
    assert "the whole organisation" in why.sentence.en
    assert "整个组织" in why.sentence.zh
    assert account.account in calls.holders(FEED)


@pytest.mark.clause("SEC-1")
def test_who_gives_a_feed_holds_it_themselves_and_gives_it_for_the_whole_company(shop: Shop) -> None:
    people, calls = shop.service, AccessCalls(shop.service)
    making = frozenset({"people.roles.create", "people.grants.create", "people.staff.read"})
    without = people.as_caller(HeldGrant(Scope.COMPANY, None, making))
    assert refusal(lambda: calls.role("feed-reader", FEED, token=without)) == "GRANT_BEYOND_OWN"
    calls.role("feed-reader", FEED)
    account = service_account(people, shop.chen.name)
    assert refusal(lambda: calls.give("feed-reader", without, person=account.account)) == "GRANT_BEYOND_OWN"
    for narrow in ({"scope": access.SCOPE_SUBTREE, "unit": shop.company.name}, {"scope": access.SCOPE_SELF}):
        wish = {"person": account.account, **narrow}
        assert refusal(lambda wish=wish: calls.give("feed-reader", **wish)) == "FIELD_INVALID"
    part = people.as_caller(HeldGrant(Scope.SUBTREE, identifier(shop.company.name), making | {FEED}))
    assert refusal(lambda: calls.role("part-reader", FEED, token=part)) == "PERMISSION_MISSING"


@pytest.mark.clause("SEC-1", "SEC-3")
def test_a_narrower_grant_whose_role_gains_the_feed_does_not_open_it_and_why_says_so(shop: Shop) -> None:
    people, calls = shop.service, AccessCalls(shop.service)
    role = calls.role("reader", "people.staff.read")
    given = calls.give("reader", person=shop.wang.name, scope=access.SCOPE_SUBTREE, unit=shop.company.name)
    role.permissions.append(FEED)
    people.access.UpdateRole(access.UpdateRoleRequest(role=role), metadata=calls.admin())
    wang = bearer(session_of(people, "wang"))
    assert refusal(lambda: people.feed.ListEvents(feed_pb2.ListEventsRequest(), metadata=wang)) == "PERMISSION_MISSING"
    for asked in ({"method": "bylaw.people.v1.Feed/ListEvents"}, {"permission": FEED}):
        why = calls.why(person=shop.wang.name, **asked)
        assert (why.allowed, [standing.reaches for standing in why.standings]) == (False, [False])
        assert given.name in why.sentence.en
        assert "does not reach the whole organisation" in why.sentence.en
