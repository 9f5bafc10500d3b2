"""A role given to a position is held by whoever holds it on the day; nobody so gives to themselves (SEC-1)."""

import time

import pytest
from bylaw.people.v1 import access_pb2 as access
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.ended_tokens import READ_AGAIN_SECONDS
from bylaw_people.permissions import known_permissions
from bylaw_people.rules.access.roles import roles

from tests.builders.access import AccessCalls, refusal
from tests.builders.people import identifier
from tests.integration.people.conftest import Shop

pytestmark = pytest.mark.postgresql15


def appoint(shop: Shop, person: str, position: str, since: str, unit: str = "") -> None:
    """Gives a person a position from a date."""
    wish = staff.Appointment(
        unit=unit or shop.sales.name,
        site=shop.site.name,
        position=position,
        employment_kind=staff.EMPLOYMENT_KIND_FORMAL,
        start_date=since,
    )
    request = staff.AppointPersonRequest(name=person, appointment=wish)
    shop.service.staff.AppointPerson(request, metadata=shop.service.everything)


@pytest.mark.clause("SEC-1")
def test_whoever_holds_the_position_on_the_day_holds_the_role(shop: Shop) -> None:
    calls, people = AccessCalls(shop.service), shop.service
    clerk = calls.position("CLERK", shop.sales.name)
    calls.give("hr", position=clerk.name, reason="keeps the files")
    appoint(shop, shop.wang.name, clerk.name, "2026-03-03")
    appoint(shop, shop.wang.name, "", "2026-03-05")
    seen = []
    for _ in range(4):
        seen.append(len(calls.seen(people.signed_in("wang"))) > 1)
        people.clock.pass_time(days=1)
    assert seen == [False, True, True, False]


@pytest.mark.clause("SEC-1")
def test_a_token_made_before_the_positions_grant_ended_counts_no_more(shop: Shop) -> None:
    calls, people = AccessCalls(shop.service), shop.service
    clerk = calls.position("CLERK", shop.sales.name)
    for person in (shop.wang, shop.zhao):
        appoint(shop, person.name, clerk.name, "2026-03-01")
    grant = calls.give("hr", position=clerk.name)
    token = people.signed_in("wang")
    assert len(calls.seen(token)) > 1
    before = [calls.ended_below(person.name) for person in (shop.wang, shop.zhao, shop.qian)]
    calls.revoke(grant.name)
    after = [calls.ended_below(person.name) for person in (shop.wang, shop.zhao, shop.qian)]
    assert [later - earlier for earlier, later in zip(before, after, strict=True)] == [1, 1, 0]
    time.sleep(READ_AGAIN_SECONDS + 0.1)
    assert refusal(lambda: calls.seen(token)) == "TOKEN_ENDED"


@pytest.mark.clause("SEC-1")
def test_nobody_gives_to_a_position_they_hold_or_will_hold_in_that_time(shop: Shop) -> None:
    calls, people = AccessCalls(shop.service), shop.service
    clerk = calls.position("CLERK", shop.sales.name)
    appoint(shop, shop.wang.name, clerk.name, "2026-05-01")
    calls.give("administrator", person=shop.wang.name)
    wang = people.signed_in("wang")
    assert refusal(lambda: calls.give("hr", wang, position=clerk.name)) == "GRANT_TO_SELF"
    late = {"start_date": "2026-04-01", "end_date": "2026-05-01"}
    assert refusal(lambda: calls.give("hr", wang, position=clerk.name, **late)) == "GRANT_TO_SELF"
    early = calls.give("hr", wang, position=clerk.name, end_date="2026-04-30")
    assert (early.position, early.person, early.granted_by) == (clerk.name, "", shop.wang.name)


@pytest.mark.clause("SEC-1")
def test_a_position_out_of_reach_is_not_found_and_one_within_takes_no_more_than_is_held(shop: Shop) -> None:
    calls, people = AccessCalls(shop.service), shop.service
    clerk, keeper = calls.position("CLERK", shop.sales.name), calls.position("KEEPER", shop.stock.name)
    held = roles(known_permissions())["finance"].permissions | {"people.grants.create", "people.grants.read"}
    chen = people.as_caller(
        HeldGrant(Scope.SUBTREE, identifier(shop.sales.name), held), person=identifier(shop.chen.name)
    )
    within = {"scope": access.SCOPE_UNIT, "unit": shop.online.name}
    assert refusal(lambda: calls.give("finance", chen, position=keeper.name, **within)) == "POSITION_NOT_FOUND"
    nothing = "positions/018f0000-0000-7000-8000-000000000000"
    assert refusal(lambda: calls.give("finance", chen, position=nothing, **within)) == "POSITION_NOT_FOUND"
    assert refusal(lambda: calls.give("hr", chen, position=clerk.name, **within)) == "GRANT_BEYOND_OWN"
    own = {"scope": access.SCOPE_SELF}
    assert refusal(lambda: calls.give("finance", chen, position=clerk.name, **own)) == "GRANT_BEYOND_OWN"
    given = calls.give("finance", chen, position=clerk.name, **within)
    listed = people.access.ListGrants(access.ListGrantsRequest(position=clerk.name), metadata=chen).grants
    assert [grant.name for grant in listed] == [given.name]


def test_a_grant_is_given_to_a_person_or_to_a_position_and_not_to_both_or_nobody(shop: Shop) -> None:
    calls = AccessCalls(shop.service)
    clerk = calls.position("CLERK", shop.sales.name)
    assert refusal(lambda: calls.give("hr")) == "FIELD_INVALID"
    assert refusal(lambda: calls.give("hr", person=shop.wang.name, position=clerk.name)) == "FIELD_INVALID"
    assert refusal(lambda: calls.give("hr", person=shop.wang.name, reason="x" * 1_001)) == "FIELD_INVALID"


@pytest.mark.clause("SEC-1")
def test_a_deputy_gives_nothing_of_what_they_hold_in_the_heads_stead(shop: Shop) -> None:
    calls, people = AccessCalls(shop.service), shop.service
    unit = identifier(shop.sales.name)
    role = calls.role("reader", "people.staff.read")
    giving = HeldGrant(Scope.SUBTREE, unit, frozenset({"people.grants.create"}), ("grants/1",))
    reading = frozenset({"people.staff.read"})
    wish = {"person": shop.wang.name, "scope": access.SCOPE_UNIT, "unit": shop.sales.name}
    zhao = identifier(shop.zhao.name)
    as_deputy = people.as_caller(giving, HeldGrant(Scope.SUBTREE, unit, reading, ("roles/deputy-head",)), person=zhao)
    as_head = people.as_caller(giving, HeldGrant(Scope.SUBTREE, unit, reading, ("roles/unit-head",)), person=zhao)
    name = role.name.removeprefix("roles/")
    assert refusal(lambda: calls.give(name, as_deputy, **wish)) == "GRANT_BEYOND_OWN"
    assert calls.give(name, as_head, **wish).role == role.name
