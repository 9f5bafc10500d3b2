"""Locked accounts, look-alike logins, and who may touch how somebody else signs in (SEC-1)."""

import pytest
from bylaw.people.v1 import access_pb2 as access
from bylaw.people.v1 import accounts_pb2 as accounts
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff
from google.api.httpbody_pb2 import HttpBody

from tests.builders.people import PeopleService
from tests.builders.sign_in import (
    Metadata,
    access_token,
    accounts_of,
    answer_bytes,
    bearer,
    everywhere,
    exchanged,
    in_session,
    refreshed,
    refusal,
    session_of,
    soon_refused,
    whoami,
)
from tests.integration.people.conftest import Shop


def lock(people: PeopleService, person: str, metadata: Metadata) -> accounts.AccountLock:
    return accounts_of(people).LockAccount(accounts.LockAccountRequest(name=person), metadata=metadata)


@pytest.mark.postgresql15
@pytest.mark.clause("SEC-1")
def test_a_locked_account_is_out_everywhere_within_seconds_and_nothing_lets_it_in(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "wang")
    made = access_token(people, bearer(session), "people.staff.read")
    program = exchanged(people, made.secret)
    assert lock(people, shop.wang.name, people.everything).locked
    assert soon_refused(people, bearer(session)) == soon_refused(people, bearer(program)) == "TOKEN_ENDED"
    assert refusal(lambda: refreshed(people, session.refresh_token)) == "SESSION_ENDED"
    assert refusal(lambda: exchanged(people, made.secret)) == "TOKEN_INVALID"
    known = session_of(people, "zhao")
    answers = {answer_bytes(lambda login=login: session_of(people, login, "not it")) for login in ("wang", "nobody")}
    answers.add(answer_bytes(lambda: session_of(people, "wang", device_token=known.device_token)))
    assert len(answers) == 1
    lock(people, shop.wang.name, people.everything)
    accounts_of(people).UnlockAccount(accounts.UnlockAccountRequest(name=shop.wang.name), metadata=people.everything)
    assert refusal(lambda: refreshed(people, session.refresh_token)) == "SESSION_ENDED"
    assert whoami(people, bearer(session_of(people, "wang"))).person.number == "wang"
    assert exchanged(people, made.secret).person == shop.wang.name


@pytest.mark.clause("SEC-1")
def test_nobody_locks_themselves_or_somebody_out_of_their_reach(shop: Shop) -> None:
    people, chen = shop.service, session_of(shop.service, "chen")
    assert refusal(lambda: lock(people, shop.wang.name, bearer(chen))) == "PERMISSION_MISSING"
    allowed = in_session(people, chen, everywhere("people.accounts.lock"))
    assert refusal(lambda: lock(people, shop.chen.name, allowed)) == "ACCOUNT_IS_OWN"
    nobody = "people/018f0000-0000-7000-8000-000000000000"
    assert refusal(lambda: lock(people, nobody, allowed)) == "PERSON_NOT_FOUND"
    assert lock(people, shop.qian.name, allowed).locked


def test_a_login_that_passes_for_another_is_refused_by_call_and_by_file(shop: Shop) -> None:
    people = shop.service
    assert refusal(lambda: people.person("fake", shop.sales.name, shop.site.name, login="w\u0430ng")) == "FIELD_INVALID"
    table = "number,name,login,unit,site,employment_kind,start_date\n77,Fake,w\u0430ng,SALES,HQ,formal,2026-01-01\n"
    request = org.ImportOrganisationRequest(
        file=HttpBody(content_type="text/csv", data=table.encode()), kind=org.ORGANISATION_FILE_KIND_PEOPLE
    )
    assert refusal(lambda: people.organisation.ImportOrganisation(request, metadata=people.everything)) == (
        "IMPORT_REFUSED"
    )
    everybody = people.staff.ListPeople(staff.ListPeopleRequest(), metadata=people.everything).people
    assert "77" not in {person.number for person in everybody}


def test_no_login_is_given_to_a_service_account(shop: Shop) -> None:
    people = shop.service
    wish = accounts.ServiceAccount(code="robot", owner=shop.chen.name, end_date="2026-12-31")
    wish.title.zh = "机器人"
    request = accounts.CreateServiceAccountRequest(service_account=wish)
    made = accounts_of(people).CreateServiceAccount(request, metadata=people.everything)
    assert (made.title.en, made.code) == ("机器人", "robot")
    change = staff.UpdatePersonRequest(person=staff.Person(name=made.account, login="robot"))
    change.update_mask.paths.append("login")
    assert refusal(lambda: people.staff.UpdatePerson(change, metadata=people.everything)) in {
        "LOGIN_TAKEN",
        "PERSON_NOT_FOUND",
        "FIELD_INVALID",
    }


def rename(people: PeopleService, person: str, login: str, metadata: Metadata) -> staff.Person:
    wish = staff.UpdatePersonRequest(person=staff.Person(name=person, login=login), update_mask={"paths": ["login"]})
    return people.staff.UpdatePerson(wish, metadata=metadata)


@pytest.mark.clause("SEC-1")
def test_nobody_changes_or_takes_the_login_of_somebody_who_may_do_more(shop: Shop) -> None:
    people = shop.service
    grant = access.Grant(person=shop.chen.name, role="roles/hr", scope=access.SCOPE_COMPANY)
    people.access.CreateGrant(access.CreateGrantRequest(grant=grant), metadata=people.everything)
    chen = session_of(people, "chen")
    administrator = whoami(people, bearer(session_of(people, "admin"))).person.name
    for login in ("", "somebody-else"):
        assert refusal(lambda login=login: rename(people, administrator, login, bearer(chen))) == "GRANT_BEYOND_OWN"
    assert rename(people, shop.wang.name, "wang2", bearer(chen)).login == "wang2"
    assert rename(people, shop.chen.name, "chen2", bearer(chen)).login == "chen2"


@pytest.mark.clause("SEC-1")
def test_the_login_of_the_last_administrator_is_not_taken_away(shop: Shop) -> None:
    people = shop.service
    administrator = whoami(people, bearer(session_of(people, "admin"))).person.name
    assert refusal(lambda: rename(people, administrator, "", people.everything)) == "LAST_ADMINISTRATOR"
    assert rename(people, administrator, "root", people.everything).login == "root"
