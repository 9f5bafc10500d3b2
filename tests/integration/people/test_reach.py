"""Everyone sees what role and unit call for: two worlds, one with hidden people, look the same (SEC-1, ORG-3)."""

from collections.abc import Callable
from typing import Any

import grpc
import pytest
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.status import refusal_from

from tests.builders.people import PeopleService, identifier, reason, text
from tests.integration.people.conftest import Shop

pytestmark = pytest.mark.postgresql15
Token = tuple[tuple[str, str], ...]


def numbers(people: PeopleService, token: Token, **more: str) -> list[str]:
    found = people.staff.ListPeople(staff.ListPeopleRequest(page_size=1000, **more), metadata=token).people
    return [person.number for person in found]


@pytest.mark.clause("SEC-1")
@pytest.mark.parametrize(
    ("login", "seen"), [("wang", ["wang"]), ("chen", ["chen", "wang", "zhao"]), ("qian", ["qian"])]
)
def test_employees_see_themselves_and_a_head_sees_the_unit_and_below(shop: Shop, login: str, seen: list[str]) -> None:
    assert numbers(shop.service, shop.service.signed_in(login)) == seen


def test_a_grant_for_one_unit_does_not_reach_below_it(shop: Shop) -> None:
    grant = HeldGrant(Scope.UNIT, identifier(shop.sales.name), frozenset({"people.staff.read"}))
    assert numbers(shop.service, shop.service.as_caller(grant)) == ["chen", "wang"]


@pytest.mark.clause("ORG-3")
def test_a_head_moves_people_within_the_unit_and_nowhere_else(shop: Shop) -> None:
    people, token = shop.service, shop.service.signed_in("chen")

    def move(person: staff.Person, unit: org.Unit) -> staff.Person:
        wish = staff.Appointment(
            unit=unit.name,
            site=shop.site.name,
            employment_kind=staff.EMPLOYMENT_KIND_FORMAL,
            start_date="2026-03-02",
        )
        return people.staff.AppointPerson(
            staff.AppointPersonRequest(name=person.name, appointment=wish), metadata=token
        )

    assert move(shop.wang, shop.online).appointment.unit == shop.online.name
    with pytest.raises(grpc.RpcError) as out:
        move(shop.wang, shop.stock)
    with pytest.raises(grpc.RpcError) as stranger:
        move(shop.qian, shop.sales)
    assert (reason(out.value), reason(stranger.value)) == ("UNIT_NOT_FOUND", "PERSON_NOT_FOUND")


@pytest.mark.clause("SEC-1")
def test_whoever_may_take_people_on_and_add_units_does_so_only_within_reach(shop: Shop) -> None:
    people = shop.service
    within = {"people.staff.create", "people.units.create", "people.positions.create", "people.sites.create"}
    token = people.as_caller(HeldGrant(Scope.SUBTREE, identifier(shop.sales.name), frozenset(within)))

    def outcomes(unit: str) -> list[str]:
        first = staff.Appointment(
            unit=unit,
            site=shop.site.name,
            employment_kind=staff.EMPLOYMENT_KIND_FORMAL,
            start_date="2026-03-02",
        )
        person = staff.Person(number="3001", display_name="Sun", appointment=first)
        made = org.Unit(code="NEW", title=text("New"), kind=org.UNIT_KIND_TEAM, parent=unit, duties=text("x"))
        place = org.Position(code="NEW", title=text("New"), unit=unit)
        return [
            outcome(people.staff.CreatePerson, staff.CreatePersonRequest(person=person), token),
            outcome(people.organisation.CreateUnit, org.CreateUnitRequest(unit=made), token),
            outcome(people.organisation.CreatePosition, org.CreatePositionRequest(position=place), token),
        ]

    assert outcomes(shop.stock.name) == ["UNIT_NOT_FOUND"] * 3
    assert outcomes(shop.online.name) == [""] * 3
    top = org.Unit(code="TOP", title=text("Top"), kind=org.UNIT_KIND_COMPANY, duties=text("x"))
    assert outcome(people.organisation.CreateUnit, org.CreateUnitRequest(unit=top), token) == "PERMISSION_MISSING"
    site = org.Site(code="S", title=text("S"), time_zone="UTC", calendar="NONE")
    assert outcome(people.organisation.CreateSite, org.CreateSiteRequest(site=site), token) == "PERMISSION_MISSING"


def outcome(call: Callable[..., Any], request: Any, token: Token) -> str:
    """Why a call was refused; nothing where it was not."""
    try:
        call(request, metadata=token)
    except grpc.RpcError as error:
        return reason(error)
    return ""


@pytest.mark.clause("SEC-1")
def test_what_is_out_of_reach_is_refused_in_the_very_words_of_what_does_not_exist(shop: Shop) -> None:
    people, token = shop.service, shop.service.signed_in("chen")
    answers = []
    for name in (shop.qian.name, "people/018f0000-0000-7000-8000-000000000000"):
        with pytest.raises(grpc.RpcError) as refused:
            people.staff.GetPerson(staff.GetPersonRequest(name=name), metadata=token)
        answers.append(refusal_from(refused.value).status.SerializeToString())
        with pytest.raises(grpc.RpcError) as refused:
            people.staff.ListAppointments(staff.ListAppointmentsRequest(parent=name), metadata=token)
        answers.append(refusal_from(refused.value).status.SerializeToString())
    assert len(set(answers)) == 1


@pytest.mark.clause("SEC-1")
def test_hidden_people_change_nothing_in_lists_pages_and_filters(shop: Shop) -> None:
    people, token = shop.service, shop.service.signed_in("chen")
    questions = (
        staff.ListPeopleRequest(),
        staff.ListPeopleRequest(page_size=2),
        staff.ListPeopleRequest(number="hidden-1"),
        staff.ListPeopleRequest(unit=shop.company.name),
        staff.ListPeopleRequest(unit=shop.stock.name),
        staff.ListPeopleRequest(as_of_date="2026-06-01"),
    )

    def answers() -> list[bytes]:
        asked = [people.staff.ListPeople(question, metadata=token) for question in questions]
        return [answer.SerializeToString(deterministic=True) for answer in asked]

    before = answers()
    for number in ("a-hidden", "hidden-1", "wang-2", "zz-hidden"):
        people.person(number, shop.stock.name, shop.site.name)
    assert answers() == before


@pytest.mark.clause("SEC-1")
def test_a_page_token_of_another_caller_or_another_question_is_refused(shop: Shop) -> None:
    people, chen = shop.service, shop.service.signed_in("chen")
    page = people.staff.ListPeople(staff.ListPeopleRequest(page_size=1), metadata=chen)
    for request, token in (
        (staff.ListPeopleRequest(page_size=1, page_token=page.next_page_token), people.everything),
        (staff.ListPeopleRequest(unit=shop.sales.name, page_token=page.next_page_token), chen),
        (staff.ListPeopleRequest(page_token=page.next_page_token[:-4] + "AAA="), chen),
    ):
        with pytest.raises(grpc.RpcError) as refused:
            people.staff.ListPeople(request, metadata=token)
        assert reason(refused.value) == "PAGE_TOKEN_INVALID"
    second = people.staff.ListPeople(
        staff.ListPeopleRequest(page_size=1, page_token=page.next_page_token), metadata=chen
    )
    assert [person.number for person in second.people] == ["wang"]


def test_a_new_head_reaches_the_unit_from_the_day_on_and_the_former_no_more(shop: Shop) -> None:
    people = shop.service
    people.head(shop.sales.name, shop.wang.name, "2026-03-10")
    assert numbers(people, people.signed_in("wang")) == ["wang"]
    people.clock.pass_time(days=8)
    assert numbers(people, people.signed_in("wang")) == ["chen", "wang", "zhao"]
    assert numbers(people, people.signed_in("chen")) == ["chen"]


@pytest.mark.clause("SEC-1")
def test_every_call_without_a_token_is_refused_unless_it_is_public(people: PeopleService) -> None:
    public = {"CreateSession", "CreateServiceSession", "GetKeySet", "RefreshSession", "ExchangeAccessToken"}
    public |= {"StartOidcSignIn", "FinishOidcSignIn"}
    for path, method in people.service.server.methods.items():
        if method.descriptor.name in public:
            continue
        kind = people.channel.unary_stream if method.streams else people.channel.unary_unary
        call = kind(path, method.request_class.SerializeToString, method.response_class.FromString)
        with pytest.raises(grpc.RpcError) as refused:
            list(call(method.request_class()))
        assert reason(refused.value) == "SIGN_IN_REQUIRED", path
