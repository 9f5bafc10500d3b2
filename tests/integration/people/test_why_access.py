"""WhyAccess says what a call then does, and names the grant that lets it in or what is missing (SEC-3)."""

from collections.abc import Callable
from typing import Any

import grpc
import pytest
from bylaw.people.v1 import access_pb2 as access
from bylaw.people.v1 import access_review_pb2 as reviews
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.caller import HeldGrant, Scope

from tests.builders.access import AccessCalls, Token, outcome, refusal
from tests.builders.people import identifier
from tests.integration.people.conftest import Shop

pytestmark = pytest.mark.postgresql15
NOTHING = "018f0000-0000-7000-8000-000000000000"
Ask = Callable[[str, Token], Any]


def calls_on(shop: Shop) -> dict[str, tuple[str, Ask]]:
    """Calls about one person or one unit: what they are about, and how they are made."""
    people = shop.service
    appointed = staff.AppointPersonRequest
    return {
        "bylaw.people.v1.Staff.GetPerson": (
            "people",
            lambda name, token: people.staff.GetPerson(staff.GetPersonRequest(name=name), metadata=token),
        ),
        "bylaw.people.v1.Staff.ListAppointments": (
            "people",
            lambda name, token: people.staff.ListAppointments(
                staff.ListAppointmentsRequest(parent=name), metadata=token
            ),
        ),
        "bylaw.people.v1.Staff.AppointPerson": (
            "people",
            lambda name, token: people.staff.AppointPerson(
                appointed(name=name, appointment=stay(shop)), metadata=token
            ),
        ),
        "bylaw.people.v1.Organisation.GetUnit": (
            "units",
            lambda name, token: people.organisation.GetUnit(org.GetUnitRequest(name=name), metadata=token),
        ),
    }


def stay(shop: Shop) -> staff.Appointment:
    """A place that nobody reaches, so that nothing is changed: what is refused of the person is refused first."""
    formal = staff.EMPLOYMENT_KIND_FORMAL
    nowhere = f"units/{NOTHING}"
    return staff.Appointment(unit=nowhere, site=shop.site.name, employment_kind=formal, start_date="2026-03-02")


@pytest.fixture
def busy(shop: Shop) -> Shop:
    """The shop with grants of every scope, by person and by position, an outsider, and somebody who has left."""
    calls = AccessCalls(shop.service)
    clerk = calls.position("CLERK", shop.sales.name)
    calls.hire("sun", shop.stock.name, shop.site.name, position=clerk.name)
    calls.hire("lin", shop.online.name, shop.site.name, kind=staff.EMPLOYMENT_KIND_EXTERNAL)
    calls.role("mover", "people.staff.read", "people.staff.appoint")
    calls.give("finance", position=clerk.name, scope=access.SCOPE_UNIT, unit=shop.online.name)
    calls.give("mover", person=shop.qian.name, scope=access.SCOPE_SUBTREE, unit=shop.sales.name)
    calls.give("auditor", person=shop.zhao.name)
    return shop


@pytest.mark.clause("SEC-3")
@pytest.mark.parametrize("who", ["wang", "chen", "zhao", "qian", "sun", "admin"])
def test_the_answer_is_what_the_call_then_does(busy: Shop, who: str) -> None:
    people, calls = busy.service, AccessCalls(busy.service)
    token = people.signed_in(who)
    targets = {
        "people": [busy.chen.name, busy.wang.name, busy.zhao.name, busy.qian.name, f"people/{NOTHING}"],
        "units": [busy.company.name, busy.sales.name, busy.online.name, busy.stock.name, f"units/{NOTHING}"],
    }
    for method, (about, ask) in calls_on(busy).items():
        for target in targets[about]:
            refused = outcome(lambda ask=ask, target=target: ask(target, token))
            found = refused not in {"PERMISSION_MISSING", "PERSON_NOT_FOUND"} and (
                about == "people" or refused != "UNIT_NOT_FOUND"
            )
            answer = calls.why(token, method=method, target=target)
            if target.endswith(NOTHING) and calls.why(token, method=method).allowed:
                assert not found
                assert not answer.allowed, (method, target)
                continue
            assert answer.allowed == found, (method, target, refused, answer)
            assert answer.allowed == any(one.reaches for one in answer.standings), (method, target)
            assert (answer.gap == reviews.ACCESS_GAP_UNSPECIFIED) == answer.allowed


@pytest.mark.clause("SEC-3")
def test_the_grant_or_the_post_is_named_with_its_clause_and_in_both_languages(shop: Shop) -> None:
    calls, people = AccessCalls(shop.service), shop.service
    grant = calls.give("auditor", person=shop.wang.name)
    wang, chen = people.signed_in("wang"), people.signed_in("chen")
    by_grant = calls.why(wang, permission="people.staff.read", target=shop.qian.name)
    assert [one.source for one in by_grant.standings if one.reaches] == [grant.name]
    assert grant.name in by_grant.sentence.zh
    assert by_grant.sentence.en.startswith("Allowed: ")
    by_post = calls.why(chen, permission="people.staff.read", target=shop.wang.name)
    assert (by_post.clause, [one.source for one in by_post.standings if one.reaches]) == ("ORG-3", ["roles/unit-head"])


@pytest.mark.clause("SEC-3")
def test_what_is_missing_is_named(shop: Shop) -> None:
    calls, people = AccessCalls(shop.service), shop.service
    gone = calls.hire("gone", shop.sales.name, shop.site.name, until="2026-02-28")
    lin = calls.hire("lin", shop.sales.name, shop.site.name, kind=staff.EMPLOYMENT_KIND_EXTERNAL)
    wang = people.signed_in("wang")
    answers = {
        "NOT_HELD": calls.why(wang, method="bylaw.people.v1.Access.CreateGrant"),
        "OUT_OF_REACH": calls.why(wang, permission="people.staff.read", target=shop.qian.name),
        "OUTSIDER_NOT_PERMITTED": calls.why(person=lin.name, permission="people.staff.read"),
        "NOT_EMPLOYED": calls.why(person=gone.name, permission="people.staff.read"),
    }
    for gap, answer in answers.items():
        assert reviews.AccessGap.Name(answer.gap) == f"ACCESS_GAP_{gap}"
        assert not answer.allowed
        assert answer.sentence.en.startswith("Not allowed: ")
        assert answer.sentence.zh.startswith("不允许：")
    assert [answer.clause for answer in answers.values()] == ["SEC-1", "SEC-1", "SEC-2", "ORG-4"]


@pytest.mark.clause("SEC-1")
def test_what_does_not_exist_and_what_is_hidden_are_told_in_the_same_words(shop: Shop) -> None:
    calls, people = AccessCalls(shop.service), shop.service
    wang = people.signed_in("wang")

    def words(target: str) -> bytes:
        answer = calls.why(wang, permission="people.staff.read", target=target)
        told = answer.SerializeToString(deterministic=True)
        return told.replace(target.encode(), b"it")

    assert words(shop.qian.name) == words(f"people/{NOTHING}")
    held = HeldGrant(Scope.SUBTREE, identifier(shop.sales.name), frozenset({"people.grants.read"}))
    chen = people.as_caller(held, person=identifier(shop.chen.name))
    about_zhao = {"person": shop.zhao.name, "permission": "people.staff.read"}
    for hidden in (shop.qian.name, f"people/{NOTHING}"):
        assert refusal(lambda hidden=hidden: calls.why(chen, **about_zhao, target=hidden)) == "PERSON_NOT_FOUND"
    for hidden in (shop.stock.name, f"units/{NOTHING}"):
        assert refusal(lambda hidden=hidden: calls.why(chen, **about_zhao, target=hidden)) == "UNIT_NOT_FOUND"
    assert calls.why(chen, **about_zhao, target=shop.wang.name).gap == reviews.ACCESS_GAP_OUT_OF_REACH


def test_calls_that_need_no_permission_and_questions_that_make_no_sense(shop: Shop) -> None:
    calls, people = AccessCalls(shop.service), shop.service
    wang = people.signed_in("wang")
    assert calls.why(wang, method="bylaw.people.v1.SignIn.GetKeySet").allowed
    assert calls.why(wang, method="/bylaw.people.v1.SignIn/GetSelf").allowed
    others = calls.why(wang, method="bylaw.people.v1.SignIn.GetSelf", target=shop.chen.name)
    assert (others.allowed, others.gap) == (False, reviews.ACCESS_GAP_OUT_OF_REACH)
    assert refusal(lambda: calls.why(wang)) == "FIELD_INVALID"
    both = {"permission": "people.staff.read", "method": "bylaw.people.v1.SignIn.GetSelf"}
    assert refusal(lambda: calls.why(wang, **both)) == "FIELD_INVALID"
    assert refusal(lambda: calls.why(wang, permission="people.staff.fly")) == "PERMISSION_UNKNOWN"
    assert refusal(lambda: calls.why(wang, method="Staff.Fly")) == "PERMISSION_UNKNOWN"
    assert refusal(lambda: calls.why(wang, permission="people.staff.read", target="sites/1")) == "FIELD_INVALID"


@pytest.mark.clause("SEC-1")
def test_about_others_only_reviewers_ask(shop: Shop) -> None:
    calls, people = AccessCalls(shop.service), shop.service
    wang = people.signed_in("wang")
    asked = {"person": shop.chen.name, "permission": "people.staff.read"}
    assert refusal(lambda: calls.why(wang, **asked)) == "PERSON_NOT_FOUND"
    with pytest.raises(grpc.RpcError):
        calls.why((), **asked)
