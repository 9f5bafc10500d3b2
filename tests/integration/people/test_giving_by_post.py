"""Whoever appoints gives what the post gives: no way around what nobody may grant, by position or headship (SEC-1)."""

from typing import Any

import pytest
from bylaw.people.v1 import accounts_pb2, accounts_pb2_grpc
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.caller import HeldGrant, Scope
from google.api.httpbody_pb2 import HttpBody

from tests.builders.access import AccessCalls, Token, outcome, refusal
from tests.builders.people import PeopleService, identifier
from tests.integration.people.conftest import Shop

pytestmark = pytest.mark.postgresql15
STAFF = frozenset({"people.staff.create", "people.staff.appoint", "people.staff.read", "people.units.appoint"})


def appointing(people: PeopleService, *more: str, person: str) -> Token:
    """Somebody who appoints everywhere, and holds nothing else."""
    held = HeldGrant(Scope.COMPANY, None, STAFF | {"people.organisation.import", *more})
    return people.as_caller(held, person=identifier(person))


def place(shop: Shop, position: str, **more: Any) -> staff.Appointment:
    """A place in sales."""
    first = {"start_date": "2026-03-02", "employment_kind": staff.EMPLOYMENT_KIND_FORMAL, **more}
    return staff.Appointment(unit=shop.sales.name, site=shop.site.name, position=position, **first)


@pytest.mark.clause("SEC-1")
def test_nobody_puts_somebody_into_a_position_that_was_given_more_than_they_hold(shop: Shop) -> None:
    people, calls = shop.service, AccessCalls(shop.service)
    root, desk = calls.position("ROOT", shop.sales.name), calls.position("DESK", shop.sales.name)
    calls.give("administrator", position=root.name)
    qian = appointing(people, person=shop.qian.name)

    def appoint(person: str, position: str, token: Token) -> str:
        wish = staff.AppointPersonRequest(name=person, appointment=place(shop, position))
        return outcome(lambda: people.staff.AppointPerson(wish, metadata=token))

    assert appoint(shop.wang.name, root.name, qian) == "GRANT_BEYOND_OWN"
    assert appoint(shop.qian.name, root.name, qian) == "GRANT_TO_SELF"
    assert appoint(shop.wang.name, desk.name, qian) == ""
    assert appoint(shop.wang.name, root.name, calls.all()) == ""
    new = staff.Person(number="sun", display_name="sun", appointment=place(shop, root.name))
    taking_on = staff.CreatePersonRequest(person=new)
    assert refusal(lambda: people.staff.CreatePerson(taking_on, metadata=qian)) == "GRANT_BEYOND_OWN"
    lines = b"number,name,unit,position,site,employment_kind,start_date\nsun,Sun,SALES,ROOT,HQ,formal,2026-03-02\n"
    kind = org.ORGANISATION_FILE_KIND_PEOPLE
    file = org.ImportOrganisationRequest(file=HttpBody(data=lines), kind=kind)
    assert refusal(lambda: people.organisation.ImportOrganisation(file, metadata=qian)) == "GRANT_BEYOND_OWN"
    assert people.organisation.ImportOrganisation(file, metadata=calls.all()).taken_count == 1


@pytest.mark.clause("SEC-1")
def test_who_held_such_a_position_before_is_not_put_back_into_it_by_whoever_holds_less(shop: Shop) -> None:
    people, calls = shop.service, AccessCalls(shop.service)
    root = calls.position("ROOT", shop.sales.name)
    calls.give("administrator", position=root.name)
    for position, since in ((root.name, "2026-02-01"), ("", "2026-02-10")):
        wish = staff.AppointPersonRequest(name=shop.wang.name, appointment=place(shop, position, start_date=since))
        people.staff.AppointPerson(wish, metadata=calls.all())
    qian = appointing(people, person=shop.qian.name)
    again = staff.AppointPersonRequest(name=shop.wang.name, appointment=place(shop, root.name))
    assert refusal(lambda: people.staff.AppointPerson(again, metadata=qian)) == "GRANT_BEYOND_OWN"
    back = staff.WithdrawAppointmentRequest(name=shop.wang.name, start_date="2026-02-10")
    assert refusal(lambda: people.staff.WithdrawAppointment(back, metadata=qian)) == "GRANT_BEYOND_OWN"


@pytest.mark.clause("ORG-3")
def test_only_who_holds_what_a_head_holds_there_makes_one(shop: Shop) -> None:
    people, calls = shop.service, AccessCalls(shop.service)
    wish = org.AppointHeadRequest(name=shop.stock.name, head=shop.wang.name, effective_date="2026-03-02")
    less = appointing(people, person=shop.qian.name)
    assert refusal(lambda: people.organisation.AppointHead(wish, metadata=less)) == "GRANT_BEYOND_OWN"
    calls.give("hr", person=shop.qian.name)
    assert people.organisation.AppointHead(wish, metadata=people.signed_in("qian")).head == shop.wang.name


@pytest.mark.clause("SEC-1")
def test_the_last_administrator_neither_leaves_nor_loses_the_position_nor_is_locked_out(shop: Shop) -> None:
    people, calls = shop.service, AccessCalls(shop.service)
    accounts = accounts_pb2_grpc.AccountsStub(people.channel)
    root = calls.position("ROOT", shop.sales.name)
    calls.give("administrator", position=root.name)
    wish = staff.AppointPersonRequest(name=shop.wang.name, appointment=place(shop, root.name))
    people.staff.AppointPerson(wish, metadata=calls.all())
    lock = accounts_pb2.LockAccountRequest(name=f"people/{people.administrator}")
    accounts.LockAccount(lock, metadata=people.signed_in("wang"))
    may = {"people.accounts.lock", "people.staff.end", "people.staff.appoint", "people.organisation.import"}
    by_qian = people.as_caller(HeldGrant(Scope.COMPANY, None, frozenset(may)), person=identifier(shop.qian.name))
    moves = org.ImportOrganisationRequest(
        file=HttpBody(data=b"number,unit,site,start_date\n%s,STOCK,HQ,2026-03-02\n" % shop.wang.number.encode()),
        kind=org.ORGANISATION_FILE_KIND_PEOPLE,
    )
    refused = (
        lambda: accounts.LockAccount(accounts_pb2.LockAccountRequest(name=shop.wang.name), metadata=by_qian),
        lambda: people.staff.EndEmployment(
            staff.EndEmploymentRequest(name=shop.wang.name, last_date="2026-12-31"), metadata=by_qian
        ),
        lambda: people.staff.AppointPerson(
            staff.AppointPersonRequest(name=shop.wang.name, appointment=place(shop, "")), metadata=by_qian
        ),
        lambda: people.organisation.ImportOrganisation(moves, metadata=by_qian),
    )
    assert [refusal(call) for call in refused] == ["LAST_ADMINISTRATOR"] * 4
