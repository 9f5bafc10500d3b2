"""Access tokens and service accounts: shown once, never more than their owner, and over when they are revoked."""

import re

import pytest
import sqlalchemy as sa
from bylaw.people.v1 import access_pb2 as access
from bylaw.people.v1 import accounts_pb2 as accounts
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import sign_in_pb2 as sessions
from bylaw.people.v1 import staff_pb2 as staff

from tests.builders.people import PASSWORD, PeopleService, text
from tests.builders.sign_in import (
    Metadata,
    access_token,
    accounts_of,
    answer_bytes,
    bearer,
    everything,
    everywhere,
    exchanged,
    in_session,
    refusal,
    session_of,
    soon_refused,
    whoami,
)
from tests.integration.people.conftest import Shop

READ = "people.staff.read"


def revoke(people: PeopleService, name: str, metadata: Metadata) -> accounts.AccessToken:
    return accounts_of(people).RevokeAccessToken(accounts.RevokeAccessTokenRequest(name=name), metadata=metadata)


def people_seen(people: PeopleService, metadata: Metadata) -> list[str]:
    return [person.number for person in people.staff.ListPeople(staff.ListPeopleRequest(), metadata=metadata).people]


@pytest.mark.postgresql15
def test_an_access_token_acts_as_its_owner_within_what_it_names(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "chen")
    made = access_token(people, bearer(session), READ)
    assert re.fullmatch(r"bylaw_pat_[0-9a-f]{72}", made.secret)
    program = exchanged(people, made.secret)
    me = whoami(people, bearer(program))
    assert (me.person.number, list(me.permissions)) == ("chen", [READ])
    assert people_seen(people, bearer(program)) == people_seen(people, bearer(session))
    assert program.name == f"sessions/{made.name.partition('/')[2]}"
    assert (program.refresh_token, list(program.authentication_methods)) == ("", ["pat"])
    assert not program.HasField("authentication_time"), "nobody is there who proved who they are"


def test_a_program_sends_its_access_token_as_it_is(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "chen")
    made = access_token(people, bearer(session), READ)
    program = (("authorization", f"Bearer {made.secret}"),)
    assert people_seen(people, program) == people_seen(people, bearer(session))
    assert refusal(lambda: people.organisation.ListUnits(org.ListUnitsRequest(), metadata=program)) == (
        "PERMISSION_MISSING"
    )
    revoke(people, made.name, bearer(session))
    assert soon_refused(people, program) in {"TOKEN_INVALID", "TOKEN_ENDED"}
    people.clock.pass_time(minutes=2)
    assert soon_refused(people, program) == "TOKEN_INVALID"


@pytest.mark.clause("SEC-1")
def test_nobody_makes_one_that_may_do_what_they_do_not_hold(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "wang")
    assert refusal(lambda: access_token(people, bearer(session), READ, "people.grants.create")) == "GRANT_BEYOND_OWN"
    for permission in ("people.no.such", "x" * 500, ""):
        assert (
            refusal(lambda name=permission: access_token(people, bearer(session), READ, name)) == "PERMISSION_UNKNOWN"
        )
    assert refusal(lambda: access_token(people, bearer(session))) == "FIELD_INVALID"


def test_a_program_changes_no_password_though_it_knows_it(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "wang")
    made = access_token(people, bearer(session), READ)
    program = (("authorization", f"Bearer {made.secret}"),)
    change = sessions.ChangePasswordRequest(old_password=PASSWORD, new_password="quiet-otter-parade-7")  # noqa: S106
    assert refusal(lambda: people.sign_in.ChangePassword(change, metadata=program)) == "SESSION_NEEDED"
    people.sign_in.ChangePassword(change, metadata=bearer(session))


@pytest.mark.clause("SEC-1", "SEC-2")
def test_what_the_owner_loses_the_token_loses_at_its_next_exchange(shop: Shop) -> None:
    people = shop.service
    grant = access.Grant(person=shop.qian.name, role="roles/auditor", scope=access.SCOPE_COMPANY)
    given = people.access.CreateGrant(access.CreateGrantRequest(grant=grant), metadata=people.everything)
    made = access_token(people, bearer(session_of(people, "qian")), READ, "people.grants.read")
    assert list(whoami(people, bearer(exchanged(people, made.secret))).permissions) == ["people.grants.read", READ]
    people.access.RevokeGrant(access.RevokeGrantRequest(name=given.name), metadata=people.everything)
    assert list(whoami(people, bearer(exchanged(people, made.secret))).permissions) == [READ]
    people.staff.EndEmployment(
        staff.EndEmploymentRequest(name=shop.qian.name, last_date="2026-03-02"), metadata=people.everything
    )
    people.clock.pass_time(days=1)
    assert refusal(lambda: exchanged(people, made.secret)) == "TOKEN_INVALID"


def test_a_revoked_token_ends_with_what_was_minted_for_it(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "wang")
    made = access_token(people, bearer(session), READ)
    program = exchanged(people, made.secret)
    assert revoke(people, made.name, bearer(session)).revoke_time.seconds
    assert refusal(lambda: exchanged(people, made.secret)) == "TOKEN_INVALID"
    assert soon_refused(people, bearer(program)) == "TOKEN_ENDED"
    first = revoke(people, made.name, bearer(session)).revoke_time
    people.clock.pass_time(minutes=5)
    assert revoke(people, made.name, bearer(session)).revoke_time == first


def test_unknown_over_revoked_and_foreign_tokens_get_one_answer(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "wang")
    revoked, over = (access_token(people, bearer(session), READ, end_date="2026-03-02") for _ in range(2))
    revoke(people, revoked.name, bearer(session))
    people.clock.pass_time(days=1)
    unknown = [revoked.secret, over.secret, "bylaw_pat_" + "0" * 72, over.secret[:-1], "", session.refresh_token]
    assert len({answer_bytes(lambda secret=secret: exchanged(people, secret)) for secret in unknown}) == 1


def test_a_token_is_listed_without_its_secret_with_its_last_use(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "wang")
    stub, request = accounts_of(people), accounts.ListAccessTokensRequest(page_size=1)
    first, second = (access_token(people, bearer(session), READ) for _ in range(2))
    exchanged(people, first.secret)
    page = stub.ListAccessTokens(request, metadata=bearer(session))
    rest = accounts.ListAccessTokensRequest(page_size=1, page_token=page.next_page_token)
    found = [*page.access_tokens, *stub.ListAccessTokens(rest, metadata=bearer(session)).access_tokens]
    assert [(token.name, token.secret, bool(token.last_use_time.seconds)) for token in found] == [
        (second.name, "", False),
        (first.name, "", True),
    ]
    with people.service.database.engine.connect() as connection:
        for table in ("access_tokens", "request_keys", "outbox", "feed", "audit_entries"):
            if connection.execute(sa.text("select to_regclass(:name)"), {"name": table}).scalar():
                rows = connection.execute(sa.text(f"select to_jsonb(t)::text from {table} t")).scalars().all()  # noqa: S608
                assert not [row for row in rows if first.secret[-40:] in row]


@pytest.mark.clause("SEC-1")
def test_somebody_elses_token_is_as_one_that_does_not_exist(shop: Shop) -> None:
    people = shop.service
    theirs = access_token(people, bearer(session_of(people, "zhao")), READ)
    mine = bearer(session_of(people, "wang"))
    names = (theirs.name, "accessTokens/018f0000-0000-7000-8000-000000000000")
    assert len({answer_bytes(lambda name=name: revoke(people, name, mine)) for name in names}) == 1
    assert exchanged(people, theirs.secret).person == shop.zhao.name


def test_a_token_has_a_last_day_at_most_a_year_away_and_there_are_not_too_many(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "wang")
    for wrong in ("", "2026-03-01", "2027-03-05", "soon"):
        assert refusal(lambda day=wrong: access_token(people, bearer(session), READ, end_date=day)) == "FIELD_INVALID"
    for _ in range(50):
        access_token(people, bearer(session), READ)
    assert refusal(lambda: access_token(people, bearer(session), READ)) == "ACCESS_TOKENS_TOO_MANY"


def test_a_minted_token_ends_with_the_access_token(shop: Shop) -> None:
    people = shop.service
    made = access_token(people, bearer(session_of(people, "wang")), READ, end_date="2026-03-02")
    people.clock.now = people.clock.now.replace(hour=15, minute=50)
    assert exchanged(people, made.secret).expire_time == made.expire_time


# Service accounts.


def service_account(people: PeopleService, owner: str, code: str = "payroll") -> accounts.ServiceAccount:
    wish = accounts.ServiceAccount(code=code, title=text("Payroll"), owner=owner, end_date="2026-12-31")
    request = accounts.CreateServiceAccountRequest(service_account=wish)
    return accounts_of(people).CreateServiceAccount(request, metadata=people.everything)


def granted(people: PeopleService, account: accounts.ServiceAccount, role: str) -> access.Grant:
    grant = access.Grant(person=account.account, role=role, scope=access.SCOPE_COMPANY)
    return people.access.CreateGrant(access.CreateGrantRequest(grant=grant), metadata=people.everything)


def token_of(
    people: PeopleService, account: accounts.ServiceAccount, metadata: Metadata, *permissions: str
) -> accounts.AccessToken:
    wish = accounts.CreateServiceAccountTokenRequest(
        service_account=account.name, title="nightly", permissions=permissions, end_date="2026-06-30"
    )
    return accounts_of(people).CreateServiceAccountToken(wish, metadata=metadata)


@pytest.mark.clause("SEC-1")
def test_a_service_account_acts_under_its_own_grants_and_is_no_member_of_the_staff(shop: Shop) -> None:
    people, admin = shop.service, bearer(session_of(shop.service, "admin"))
    before = people_seen(people, people.everything)
    account = service_account(people, shop.chen.name)
    assert refusal(lambda: token_of(people, account, admin, READ)) == "GRANT_BEYOND_OWN"
    granted(people, account, "roles/auditor")
    program = bearer(exchanged(people, token_of(people, account, admin, READ).secret))
    assert people_seen(people, program) == before == people_seen(people, people.everything)
    assert refusal(lambda: people.access.ListGrants(access.ListGrantsRequest(), metadata=program)) == (
        "PERMISSION_MISSING"
    )
    told = [event.person_changed.name for event in people.events() if event.HasField("person_changed")]
    assert account.account not in told


@pytest.mark.clause("SEC-2")
def test_a_service_account_stops_with_its_owner_with_its_end_and_by_hand(shop: Shop) -> None:
    people, admin = shop.service, bearer(session_of(shop.service, "admin"))
    tokens = []
    for number in range(3):
        account = service_account(people, shop.qian.name if number == 0 else shop.wang.name, f"account-{number}")
        granted(people, account, "roles/auditor")
        tokens.append((account, token_of(people, account, admin, READ)))
    people.staff.EndEmployment(
        staff.EndEmploymentRequest(name=shop.qian.name, last_date="2026-03-02"), metadata=people.everything
    )
    people.clock.pass_time(days=1)
    assert refusal(lambda: exchanged(people, tokens[0][1].secret)) == "TOKEN_INVALID"
    running = exchanged(people, tokens[1][1].secret)
    end = accounts.EndServiceAccountRequest(name=tokens[1][0].name)
    assert accounts_of(people).EndServiceAccount(end, metadata=everything(people)).end_time.seconds
    assert refusal(lambda: exchanged(people, tokens[1][1].secret)) == "TOKEN_INVALID"
    assert soon_refused(people, bearer(running)) == "TOKEN_ENDED"
    assert exchanged(people, tokens[2][1].secret).person == tokens[2][0].account


@pytest.mark.clause("SEC-1", "SEC-2")
@pytest.mark.parametrize("how", ["locked", "left"])
def test_what_was_minted_for_a_program_ends_within_seconds_once_its_owner_may_act_no_more(shop: Shop, how: str) -> None:
    people, admin = shop.service, bearer(session_of(shop.service, "admin"))
    account = service_account(people, shop.qian.name)
    granted(people, account, "roles/auditor")
    program = bearer(exchanged(people, token_of(people, account, admin, READ).secret))
    assert whoami(people, program)
    if how == "locked":
        accounts_of(people).LockAccount(accounts.LockAccountRequest(name=shop.qian.name), metadata=people.everything)
    else:
        left = staff.EndEmploymentRequest(name=shop.qian.name, last_date="2026-03-01")
        people.staff.EndEmployment(left, metadata=people.everything)
    assert soon_refused(people, program) == "TOKEN_ENDED"


def test_no_password_and_no_login_ever_makes_a_service_account_sign_in(shop: Shop) -> None:
    people = shop.service
    account = service_account(people, shop.chen.name)
    set_ = sessions.SetPasswordRequest(name=account.account, new_password="harbour-lantern-42")  # noqa: S106
    assert refusal(lambda: people.sign_in.SetPassword(set_, metadata=people.everything)) == "PERSON_HAS_NO_LOGIN"
    assert refusal(lambda: session_of(people, "payroll")) == "SIGN_IN_REFUSED"


@pytest.mark.clause("SEC-1")
def test_who_makes_its_token_holds_as_much_as_the_token(shop: Shop) -> None:
    people, chen = shop.service, session_of(shop.service, "chen")
    account = service_account(people, shop.chen.name)
    granted(people, account, "roles/auditor")
    weak = in_session(people, chen, everywhere("people.accounts.create"))
    assert refusal(lambda: token_of(people, account, weak, "people.grants.read")) == "GRANT_BEYOND_OWN"
    strong = in_session(people, chen, everywhere("people.accounts.create", "people.grants.read"))
    assert token_of(people, account, strong, "people.grants.read").secret


def test_service_accounts_have_codes_of_their_own_owners_and_a_list(shop: Shop) -> None:
    people, stub = shop.service, accounts_of(shop.service)
    one = service_account(people, shop.chen.name, "b-robot")
    for code in ("b-robot", "wang"):
        assert refusal(lambda code=code: service_account(people, shop.chen.name, code)) == "SERVICE_ACCOUNT_CODE_TAKEN"
    assert refusal(lambda: service_account(people, one.account, "c-robot")) == "FIELD_INVALID"
    two = service_account(people, shop.wang.name, "a-robot")
    page = stub.ListServiceAccounts(accounts.ListServiceAccountsRequest(page_size=1), metadata=people.everything)
    rest = accounts.ListServiceAccountsRequest(page_size=1, page_token=page.next_page_token)
    found = [*page.service_accounts, *stub.ListServiceAccounts(rest, metadata=people.everything).service_accounts]
    assert [account.name for account in found] == [two.name, one.name]
    own = bearer(session_of(people, "wang"))
    asked = [
        accounts.ListAccessTokensRequest(service_account=name)
        for name in (two.name, "serviceAccounts/018f0000-0000-7000-8000-000000000000")
    ]
    assert len({answer_bytes(lambda ask=ask: stub.ListAccessTokens(ask, metadata=own)) for ask in asked}) == 1
