"""Signing in with an external provider: a real provider process, and one that lies (SEC-1)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from bylaw.people.v1 import accounts_pb2 as accounts
from bylaw.people.v1 import sign_in_pb2 as sessions
from bylaw_chassis.settings import SettingWrong, read_settings
from bylaw_people.app import PeopleSettings

from tests.builders.oidc import (
    CLIENT_SECRET,
    OPTIONS,
    REDIRECT_URL,
    RunningProvider,
    finished,
    now,
    running_provider,
    set_email,
    staffed,
    started,
)
from tests.builders.people import MASTER_KEY, PeopleService, people_service
from tests.builders.sign_in import accounts_of, answer_bytes, bearer, enrolled, refreshed, refusal, session_of, whoami
from tests.databases import Databases


@pytest.fixture(scope="module")
def provider() -> Iterator[RunningProvider]:
    with running_provider() as running:
        yield running


@pytest.fixture
def people(postgres: Databases, provider: RunningProvider) -> Iterator[PeopleService]:
    with people_service(postgres, now(), oidc_issuer=provider.issuer, **OPTIONS) as service:
        yield service


@pytest.mark.postgresql15
def test_a_verified_address_signs_in_and_the_session_is_like_any_other(
    people: PeopleService, provider: RunningProvider
) -> None:
    hired = staffed(people)
    set_email(people, hired["wang"].name, "Wang@Example.com")
    provider.account("subject-1", email="wang@example.com", email_verified=True)
    flow = started(people)
    session = finished(people, flow, provider.agree(flow.authorization_url, "subject-1"))
    assert (session.person, list(session.authentication_methods)) == (hired["wang"].name, ["fed"])
    assert whoami(people, bearer(session)).person.number == "wang"
    assert refreshed(people, session.refresh_token).name == session.name


def test_the_address_that_the_browser_is_sent_to_holds_state_nonce_and_challenge_and_no_secret(
    people: PeopleService, provider: RunningProvider
) -> None:
    flow = started(people)
    query = {name: values[0] for name, values in parse_qs(urlsplit(flow.authorization_url).query).items()}
    assert flow.authorization_url.startswith(f"{provider.issuer}/oauth2/authorize?")
    assert (query["redirect_uri"], query["code_challenge_method"]) == (REDIRECT_URL, "S256")
    assert len({query["state"], query["nonce"], query["code_challenge"]}) == 3
    assert flow.flow_token[-40:] not in flow.authorization_url
    assert CLIENT_SECRET not in flow.authorization_url
    assert started(people).flow_token != flow.flow_token
    assert "max_age" not in query
    anew = people.sign_in.StartOidcSignIn(sessions.StartOidcSignInRequest(anew=True))
    assert parse_qs(urlsplit(anew.authorization_url).query)["max_age"] == ["0"]


def test_unverified_unknown_and_someone_elses_address_sign_nobody_in_and_tell_nothing(
    people: PeopleService, provider: RunningProvider
) -> None:
    hired = staffed(people)
    set_email(people, hired["wang"].name, "wang@example.com")
    provider.account("liar", email="wang@example.com", email_verified=False)
    provider.account("silent", email="wang@example.com")
    provider.account("stranger", email="stranger@example.com", email_verified=True)
    answers = set()
    for subject in ("liar", "silent", "stranger"):
        flow = started(people)
        back = provider.agree(flow.authorization_url, subject)
        answers.add(answer_bytes(lambda flow=flow, back=back: finished(people, flow, back)))
    assert len(answers) == 1


def test_a_second_account_there_never_becomes_somebody_who_is_known_by_another(
    people: PeopleService, provider: RunningProvider
) -> None:
    hired = staffed(people)
    set_email(people, hired["wang"].name, "wang@example.com")
    for subject, outcome in (("first", hired["wang"].name), ("second", "OIDC_REFUSED")):
        provider.account(subject, email="wang@example.com", email_verified=True)
        flow = started(people)
        back = provider.agree(flow.authorization_url, subject)
        if outcome.startswith("people/"):
            assert finished(people, flow, back).person == outcome
        else:
            assert refusal(lambda flow=flow, back=back: finished(people, flow, back)) == outcome
    provider.account("first", email="changed@example.com", email_verified=True)
    flow = started(people)
    assert finished(people, flow, provider.agree(flow.authorization_url, "first")).person == hired["wang"].name


def test_state_flow_and_code_belong_together_and_count_once(people: PeopleService, provider: RunningProvider) -> None:
    set_email(people, staffed(people)["wang"].name, "wang@example.com")
    provider.account("subject-2", email="wang@example.com", email_verified=True)
    flow, other = started(people), started(people)
    back = provider.agree(flow.authorization_url, "subject-2")
    theirs = provider.agree(other.authorization_url, "subject-2")
    wrong = [
        (other, back),
        (flow, {**back, "state": theirs["state"]}),
        (flow, {**back, "state": ""}),
        (sessions.OidcSignIn(flow_token=""), back),
        (sessions.OidcSignIn(flow_token="bylaw_flow_" + "0" * 72), back),
        (sessions.OidcSignIn(flow_token=flow.flow_token[:-1]), back),
    ]
    for kept, brought in wrong:
        assert refusal(lambda kept=kept, brought=brought: finished(people, kept, brought)) == "OIDC_REFUSED"
    assert refusal(lambda: finished(people, flow, back, issuer="https://evil.example")) == "OIDC_REFUSED"
    assert finished(people, flow, back, issuer=provider.issuer).person
    assert refusal(lambda: finished(people, flow, back)) == "OIDC_REFUSED"
    assert refusal(lambda: finished(people, other, {**theirs, "code": back["code"]})) == "OIDC_REFUSED"


def test_the_code_of_another_flow_has_another_nonce(people: PeopleService, provider: RunningProvider) -> None:
    set_email(people, staffed(people)["wang"].name, "wang@example.com")
    provider.account("subject-3", email="wang@example.com", email_verified=True)
    mine, attackers = started(people), started(people)
    stolen = provider.agree(attackers.authorization_url, "subject-3")
    own = provider.agree(mine.authorization_url, "subject-3")
    assert refusal(lambda: finished(people, mine, {"code": stolen["code"], "state": own["state"]})) == "OIDC_REFUSED"


def test_a_flow_is_over_after_ten_minutes_and_who_left_does_not_come_in(
    people: PeopleService, provider: RunningProvider
) -> None:
    hired = staffed(people)
    set_email(people, hired["wang"].name, "wang@example.com")
    provider.account("subject-4", email="wang@example.com", email_verified=True)
    late = started(people)
    back = provider.agree(late.authorization_url, "subject-4")
    people.clock.pass_time(minutes=10)
    assert refusal(lambda: finished(people, late, back)) == "OIDC_REFUSED"
    people.clock.now = datetime.now(UTC)
    lock = accounts.LockAccountRequest(name=hired["wang"].name)
    accounts_of(people).LockAccount(lock, metadata=people.everything)
    flow = started(people)
    back = provider.agree(flow.authorization_url, "subject-4")
    assert refusal(lambda: finished(people, flow, back)) == "OIDC_REFUSED"


def test_who_has_a_second_factor_is_asked_for_it_here_too(people: PeopleService, provider: RunningProvider) -> None:
    hired = staffed(people)
    set_email(people, hired["wang"].name, "wang@example.com")
    app, _ = enrolled(people, session_of(people, "wang"))
    provider.account("subject-5", email="wang@example.com", email_verified=True)
    flow = started(people)
    back = provider.agree(flow.authorization_url, "subject-5")
    assert refusal(lambda: finished(people, flow, back)) == "SECOND_FACTOR_NEEDED"
    assert refusal(lambda: finished(people, flow, back, one_time_code="000000")) == "SECOND_FACTOR_REFUSED"
    session = finished(people, flow, back, one_time_code=app.code())
    assert list(session.authentication_methods) == ["fed", "otp"]


def test_people_are_found_by_number_where_that_claim_is_set(postgres: Databases, provider: RunningProvider) -> None:
    options = {"oidc_issuer": provider.issuer, "oidc_person_claim": "employee_number", **OPTIONS}
    with people_service(postgres, now(), **options) as people:
        hired = staffed(people)
        set_email(people, hired["wang"].name, "wang@example.com")
        provider.account("numbered", employee_number="zhao", email="wang@example.com", email_verified=True)
        provider.account("only-mail", email="wang@example.com", email_verified=True)
        flow = started(people)
        assert finished(people, flow, provider.agree(flow.authorization_url, "numbered")).person == hired["zhao"].name
        flow = started(people)
        back = provider.agree(flow.authorization_url, "only-mail")
        assert refusal(lambda: finished(people, flow, back)) == "OIDC_REFUSED"


@pytest.mark.clause("SEC-1")
def test_an_address_belongs_to_one_person_and_is_set_by_who_may_do_as_much(
    people: PeopleService, provider: RunningProvider
) -> None:
    hired = staffed(people)
    set_email(people, hired["wang"].name, "wang@example.com")
    assert refusal(lambda: set_email(people, hired["zhao"].name, "WANG@example.com")) == "EMAIL_TAKEN"
    assert refusal(lambda: set_email(people, hired["zhao"].name, "no address")) == "FIELD_INVALID"
    provider.account("subject-6", email="wang@example.com", email_verified=True)
    flow = started(people)
    assert finished(people, flow, provider.agree(flow.authorization_url, "subject-6")).person == hired["wang"].name
    set_email(people, hired["wang"].name, "")
    flow = started(people)
    back = provider.agree(flow.authorization_url, "subject-6")
    assert refusal(lambda: finished(people, flow, back)) == "OIDC_REFUSED"


def test_without_a_provider_there_is_none_and_half_a_setting_stops_the_start(postgres: Databases) -> None:
    with people_service(postgres) as people:
        assert refusal(lambda: started(people)) == "OIDC_NOT_CONFIGURED"
    base = {"database_url": "postgresql+psycopg://x", "master_key": MASTER_KEY}
    for wrong in (
        {"oidc_issuer": "https://id.example"},
        {"oidc_issuer": "http://id.example", **OPTIONS},
        {"oidc_issuer": "https://id.example", **OPTIONS, "oidc_redirect_url": "http://shop.example/x"},
    ):
        with pytest.raises(SettingWrong):
            read_settings(PeopleSettings, **base, **wrong)
