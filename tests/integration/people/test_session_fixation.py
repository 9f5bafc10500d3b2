"""Whatever somebody else left in a browser is worth nothing to them once its owner has signed in there (SEC-1)."""

from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import grpc
import jwt
import pytest
from bylaw.people.v1 import sign_in_pb2 as sessions

from tests.builders.oidc import OPTIONS, finished, now, running_provider, set_email, staffed, started
from tests.builders.people import PASSWORD, PeopleService, people_service
from tests.builders.sign_in import (
    Metadata,
    access_token,
    bearer,
    enrolled,
    exchanged,
    refreshed,
    refusal,
    session_of,
    soon_refused,
    whoami,
)
from tests.databases import Databases
from tests.integration.people.conftest import Shop

NAMED_BY_THE_CALLER = {"name", "session", "session_id", "refresh_token", "access_token"}
OPENING = ("CreateSession", "FinishOidcSignIn", "StartOidcSignIn")


def secrets_of(session: sessions.Session) -> set[str]:
    """By what a session is known: its name, both tokens, and the id of each."""
    claims = jwt.decode(session.access_token, options={"verify_signature": False})
    return {session.name, session.access_token, session.refresh_token, claims["sid"]}


def served(databases: Databases, issuer: str) -> AbstractContextManager[PeopleService]:
    """A people service at which one signs in with a provider too."""
    options: dict[str, Any] = {"oidc_issuer": issuer, **OPTIONS}
    return people_service(databases, now(), **options)


def running(people: PeopleService, metadata: Metadata) -> set[str]:
    """The names of the caller's running sessions."""
    answer = people.sign_in.ListSessions(sessions.ListSessionsRequest(), metadata=metadata)
    return {session.name for session in answer.sessions}


@pytest.mark.clause("SEC-1")
def test_whoever_signs_in_over_a_planted_session_gets_another_and_the_planted_one_is_dead(shop: Shop) -> None:
    people = shop.service
    planted = session_of(people, "zhao")
    owner = session_of(people, "wang", metadata=bearer(planted))
    assert not secrets_of(planted) & secrets_of(owner)
    assert whoami(people, bearer(owner)).person.number == "wang"
    assert soon_refused(people, bearer(planted)) == "TOKEN_ENDED"
    assert refusal(lambda: refreshed(people, planted.refresh_token)) == "SESSION_ENDED"
    assert running(people, bearer(owner)) == {owner.name}


@pytest.mark.clause("SEC-1")
@pytest.mark.parametrize("times", [1, 3])
def test_no_refresh_before_or_after_the_sign_in_turns_a_planted_session_into_the_owners(shop: Shop, times: int) -> None:
    people = shop.service
    planted = session_of(people, "zhao")
    latest = planted
    for _ in range(times):
        latest = refreshed(people, latest.refresh_token)
    owner = session_of(people, "wang", metadata=bearer(planted))
    assert refusal(lambda: refreshed(people, latest.refresh_token)) == "SESSION_ENDED"
    assert soon_refused(people, bearer(latest)) == "TOKEN_ENDED"
    assert refreshed(people, owner.refresh_token).person == shop.wang.name


@pytest.mark.clause("SEC-1")
def test_the_same_person_signing_in_again_gets_another_session_each_time(shop: Shop) -> None:
    people, seen = shop.service, set[str]()
    session = session_of(people, "wang")
    for _ in range(4):
        assert not secrets_of(session) & seen
        seen |= secrets_of(session)
        session = session_of(people, "wang", metadata=bearer(session))
    assert running(people, bearer(session)) == {session.name}


@pytest.mark.clause("SEC-1")
def test_a_planted_device_token_makes_the_browser_known_to_neither(shop: Shop) -> None:
    people = shop.service
    planted = session_of(people, "zhao").device_token
    owner = session_of(people, "wang", device_token=planted)
    assert owner.device_token not in {"", planted}
    for _ in range(5):
        refusal(lambda: session_of(people, "wang", "not it at all"))
    assert refusal(lambda: session_of(people, "wang", device_token=planted)) == "SIGN_IN_THROTTLED"


@pytest.mark.clause("SEC-1")
def test_a_sign_in_that_fails_ends_nothing_and_gives_nothing(shop: Shop) -> None:
    people = shop.service
    mine = session_of(people, "zhao")
    assert refusal(lambda: session_of(people, "wang", "not it at all", bearer(mine))) == "SIGN_IN_REFUSED"
    assert whoami(people, bearer(mine)).session == mine.name
    assert refreshed(people, mine.refresh_token).name == mine.name


@pytest.mark.clause("SEC-1")
def test_a_planted_access_token_speaks_for_its_own_owner_as_before_and_for_nobody_else(shop: Shop) -> None:
    people = shop.service
    mine = session_of(people, "zhao")
    made = access_token(people, bearer(mine), "people.staff.read")
    program = exchanged(people, made.secret)
    owner = session_of(people, "wang", metadata=bearer(program))
    assert not secrets_of(program) & secrets_of(owner)
    assert whoami(people, bearer(program)).person.number == "zhao"
    assert exchanged(people, made.secret).person == shop.zhao.name


@pytest.mark.clause("SEC-1")
def test_a_second_factor_opens_another_session_than_the_first_try_without_it(shop: Shop) -> None:
    people = shop.service
    app, _ = enrolled(people, session_of(people, "wang"))
    planted = session_of(people, "zhao")
    assert refusal(lambda: session_of(people, "wang", metadata=bearer(planted))) == "SECOND_FACTOR_NEEDED"
    assert whoami(people, bearer(planted)).person.number == "zhao"
    owner = session_of(people, "wang", PASSWORD, bearer(planted), one_time_code=app.code())
    assert list(owner.authentication_methods) == ["pwd", "otp"]
    assert soon_refused(people, bearer(planted)) == "TOKEN_ENDED"


@pytest.mark.clause("SEC-1")
def test_a_sign_in_with_the_provider_opens_another_session_too(postgres: Databases) -> None:
    with running_provider() as provider, served(postgres, provider.issuer) as people:
        hired = staffed(people)
        set_email(people, hired["wang"].name, "wang@example.com")
        provider.account("subject-1", email="wang@example.com", email_verified=True)
        planted = session_of(people, "admin")
        flow = started(people)
        back = provider.agree(flow.authorization_url, "subject-1")
        request = sessions.FinishOidcSignInRequest(flow_token=flow.flow_token, code=back["code"], state=back["state"])
        owner = people.sign_in.FinishOidcSignIn(request, metadata=bearer(planted))
        assert owner.person == hired["wang"].name
        assert not secrets_of(planted) & secrets_of(owner)
        assert soon_refused(people, bearer(planted)) == "TOKEN_ENDED"
        with pytest.raises(grpc.RpcError):  # and the flow is used up
            finished(people, flow, back)


def test_no_call_that_opens_a_session_lets_its_caller_say_which() -> None:
    service = sessions.DESCRIPTOR.services_by_name["SignIn"]
    for name in OPENING:
        fields = set(service.methods_by_name[name].input_type.fields_by_name)
        assert not fields & NAMED_BY_THE_CALLER, name


@pytest.mark.clause("SEC-1")
def test_what_renews_a_session_or_knows_a_device_is_no_token_to_act_with(shop: Shop) -> None:
    people, session = shop.service, session_of(shop.service, "wang")
    for token in (session.refresh_token, session.device_token, session.name):
        assert refusal(partial(whoami, people, (("authorization", f"Bearer {token}"),))) == "TOKEN_INVALID"
    for token in (session.access_token, session.device_token):
        assert refusal(partial(refreshed, people, token)) == "SESSION_ENDED"
