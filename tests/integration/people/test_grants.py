"""Nobody gives more than they hold, nobody to themselves, and every grant stays on record (SEC-1, SEC-3)."""

from collections.abc import Callable
from typing import Any

import grpc
import pytest
from bylaw.people.v1 import access_pb2 as access
from bylaw.people.v1 import sign_in_pb2 as sessions
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_people.permissions import known_permissions
from bylaw_people.rules.access.roles import roles

from tests.builders.people import PASSWORD, PeopleService, identifier, reason
from tests.integration.people.conftest import Shop

pytestmark = pytest.mark.postgresql15
Token = tuple[tuple[str, str], ...]


def give(people: PeopleService, token: Token, person: staff.Person, role: str, **more: Any) -> access.Grant:
    scope = more.pop("scope", access.SCOPE_COMPANY)
    grant = access.Grant(person=person.name, role=f"roles/{role}", scope=scope, **more)
    return people.access.CreateGrant(access.CreateGrantRequest(grant=grant), metadata=token)


def refusal(call: Callable[[], Any]) -> str:
    with pytest.raises(grpc.RpcError) as refused:
        call()
    return reason(refused.value)


@pytest.mark.clause("SEC-1")
def test_a_role_reaches_as_far_as_it_was_granted_and_only_for_its_days(shop: Shop) -> None:
    people = shop.service
    admin = people.signed_in("admin")
    more = {"scope": access.SCOPE_SUBTREE, "unit": shop.sales.name}
    give(people, admin, shop.qian, "hr", **more, start_date="2026-03-03", end_date="2026-03-04")

    def seen() -> list[str]:
        listed = people.staff.ListPeople(staff.ListPeopleRequest(), metadata=people.signed_in("qian"))
        return [person.number for person in listed.people]

    everyone_there, herself = ["chen", "qian", "wang", "zhao"], ["qian"]
    seen_by_day = []
    for _ in range(4):
        seen_by_day.append(seen())
        people.clock.pass_time(days=1)
    assert seen_by_day == [herself, everyone_there, everyone_there, herself]


@pytest.mark.clause("SEC-1")
def test_nobody_gives_more_than_they_hold_nor_to_themselves(shop: Shop) -> None:
    people = shop.service
    grants = roles(known_permissions())["finance"].permissions | {"people.grants.create", "people.staff.read"}
    within = HeldGrant(Scope.SUBTREE, identifier(shop.sales.name), grants)
    chen = people.as_caller(within, person=identifier(shop.chen.name))
    unit, subtree = access.SCOPE_UNIT, access.SCOPE_SUBTREE
    for scope, where in ((unit, shop.online), (subtree, shop.online), (subtree, shop.sales)):
        assert give(people, chen, shop.wang, "finance", scope=scope, unit=where.name).granted_by == shop.chen.name
    assert give(people, chen, shop.wang, "finance", scope=access.SCOPE_SELF).role == "roles/finance"
    assert refusal(lambda: give(people, chen, shop.wang, "finance")) == "GRANT_BEYOND_OWN"
    more = {"scope": subtree, "unit": shop.sales.name}
    assert refusal(lambda: give(people, chen, shop.wang, "hr", **more)) == "GRANT_BEYOND_OWN"
    assert refusal(lambda: give(people, chen, shop.chen, "finance", **more)) == "GRANT_TO_SELF"
    assert refusal(lambda: give(people, chen, shop.qian, "finance", **more)) == "PERSON_NOT_FOUND"
    more["unit"] = shop.stock.name
    assert refusal(lambda: give(people, chen, shop.wang, "finance", **more)) == "UNIT_NOT_FOUND"


def test_roles_that_come_with_a_post_and_roles_that_do_not_exist_cannot_be_given(shop: Shop) -> None:
    people, admin = shop.service, shop.service.signed_in("admin")
    for role in ("unit-head", "employee", "emperor"):
        assert refusal(lambda role=role: give(people, admin, shop.wang, role)) == "ROLE_NOT_FOUND"


@pytest.mark.parametrize(
    "more",
    [
        {"scope": access.SCOPE_UNIT},
        {"scope": access.SCOPE_UNSPECIFIED},
        {"start_date": "2026-03-01"},
        {"start_date": "2026-05-01", "end_date": "2026-04-01"},
        {"start_date": "soon"},
    ],
)
def test_a_grant_that_makes_no_sense_is_refused(shop: Shop, more: dict[str, Any]) -> None:
    assert refusal(lambda: give(shop.service, shop.service.signed_in("admin"), shop.wang, "hr", **more)) == (
        "FIELD_INVALID"
    )


@pytest.mark.clause("SEC-3")
def test_an_ended_grant_stays_on_record_and_counts_no_more(shop: Shop) -> None:
    people, admin = shop.service, shop.service.signed_in("admin")
    grant = give(people, admin, shop.wang, "hr")
    assert len(people.staff.ListPeople(staff.ListPeopleRequest(), metadata=people.signed_in("wang")).people) == 5
    people.access.RevokeGrant(access.RevokeGrantRequest(name=grant.name), metadata=admin)
    assert len(people.staff.ListPeople(staff.ListPeopleRequest(), metadata=people.signed_in("wang")).people) == 1
    again = access.RevokeGrantRequest(name=grant.name)
    assert refusal(lambda: people.access.RevokeGrant(again, metadata=admin)) == "GRANT_ENDED"
    listed = people.access.ListGrants(access.ListGrantsRequest(person=shop.wang.name), metadata=admin).grants
    assert [(held.role, held.start_date, held.end_date, held.granted_by) for held in listed] == [
        ("roles/hr", "2026-03-02", "2026-03-02", f"people/{people.administrator}")
    ]


@pytest.mark.clause("SEC-3")
def test_grants_are_listed_newest_first_page_by_page(shop: Shop) -> None:
    people, admin = shop.service, shop.service.signed_in("admin")
    given = [give(people, admin, person, "auditor").name for person in (shop.wang, shop.zhao, shop.qian)]
    token, listed = "", []
    while True:
        request = access.ListGrantsRequest(page_size=2, page_token=token)
        page = people.access.ListGrants(request, metadata=admin)
        listed.extend(grant.name for grant in page.grants)
        token = page.next_page_token
        if not token:
            break
    assert listed[:3] == given[::-1]
    assert len(listed) == 4


@pytest.mark.clause("SEC-1")
def test_nobody_gives_for_longer_than_they_hold_it_themselves(shop: Shop) -> None:
    people, admin = shop.service, shop.service.signed_in("admin")
    give(people, admin, shop.qian, "administrator", end_date="2026-04-30")
    qian = people.signed_in("qian")
    assert refusal(lambda: give(people, qian, shop.wang, "finance")) == "GRANT_BEYOND_OWN"
    assert refusal(lambda: give(people, qian, shop.wang, "finance", end_date="2026-05-01")) == "GRANT_BEYOND_OWN"
    assert give(people, qian, shop.wang, "finance", end_date="2026-04-30").end_date == "2026-04-30"
    give(people, admin, shop.qian, "administrator", scope=access.SCOPE_SUBTREE, unit=shop.sales.name)
    qian, there = people.signed_in("qian"), {"scope": access.SCOPE_SUBTREE, "unit": shop.sales.name}
    assert not give(people, qian, shop.wang, "finance", **there).end_date
    assert refusal(lambda: give(people, qian, shop.wang, "finance")) == "GRANT_BEYOND_OWN"


@pytest.mark.clause("SEC-1")
def test_whoever_may_set_passwords_cannot_take_over_somebody_who_may_do_more(shop: Shop) -> None:
    people, admin = shop.service, shop.service.signed_in("admin")
    give(people, admin, shop.wang, "hr")
    give(people, admin, shop.zhao, "administrator", scope=access.SCOPE_UNIT, unit=shop.online.name)
    human_resources = people.signed_in("wang")

    def set_password(person: str) -> Any:
        request = sessions.SetPasswordRequest(name=person, new_password="another-harbour-7")  # noqa: S106
        return people.sign_in.SetPassword(request, metadata=human_resources)

    for stronger in (f"people/{people.administrator}", shop.zhao.name):
        assert refusal(lambda stronger=stronger: set_password(stronger)) == "GRANT_BEYOND_OWN"
    set_password(shop.chen.name)
    assert people.signed_in("chen", "another-harbour-7")
    nameless = people.person("9001", shop.sales.name, shop.site.name)
    assert refusal(lambda: set_password(nameless.name)) == "PERSON_HAS_NO_LOGIN"


def test_the_first_account_is_made_once_and_keeps_its_password(people: PeopleService) -> None:
    from bylaw_people.app import create_administrator  # noqa: PLC0415 - beside the one test that makes it twice

    again = create_administrator(people.service.database, login="Admin", password="another-harbour-7")  # noqa: S106
    assert again == people.administrator
    assert people.signed_in("admin", PASSWORD)
