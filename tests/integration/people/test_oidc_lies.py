"""An external provider that lies: forged ID tokens, odd answers, other addresses; nothing of it is believed (SEC-1)."""

import base64
import hashlib
import hmac
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import grpc
import jwt
import pytest
import sqlalchemy as sa
from bylaw.people.v1 import sign_in_pb2 as sessions
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.builders.addresses import coming_from
from tests.builders.oidc import (
    CLIENT_ID,
    CLIENT_SECRET,
    OPTIONS,
    WilfulProvider,
    encoded,
    finished,
    now,
    set_email,
    staffed,
    started,
    wilful_provider,
)
from tests.builders.people import PeopleService, identifier, people_service, reason
from tests.builders.sign_in import refusal, session_of
from tests.databases import Databases

KEY = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
FOREIGN = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)


@pytest.fixture
def wilful() -> Iterator[WilfulProvider]:
    with wilful_provider() as provider:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
        provider.answers["/keys"] = {"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}
        yield provider


def claims(provider: WilfulProvider, flow: sessions.OidcSignIn, **more: Any) -> dict[str, Any]:
    instant = int(datetime.now(UTC).timestamp())
    nonce = parse_qs(urlsplit(flow.authorization_url).query)["nonce"][0]
    said = {"iss": provider.issuer, "aud": CLIENT_ID, "sub": "w", "iat": instant, "exp": instant + 60, "nonce": nonce}
    return {**said, "email": "wang@example.com", "email_verified": True, **more}


def finish_with(people: PeopleService, provider: WilfulProvider, flow: sessions.OidcSignIn, answer: Any) -> str:
    provider.answers["/token"] = answer
    state = parse_qs(urlsplit(flow.authorization_url).query)["state"][0]
    return refusal(lambda: finished(people, flow, {"code": "c", "state": state}))


def forgeries(said: dict[str, Any]) -> dict[str, str]:
    """ID tokens that say they are Wang's, each by another trick."""
    header, body = {"alg": "RS256", "kid": "one", "typ": "JWT"}, encoded(said)
    public = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)

    def secret_signed(secret: bytes) -> str:
        part = f"{encoded({**header, 'alg': 'HS256'})}.{body}"
        return f"{part}.{encoded(hmac.digest(secret, part.encode(), hashlib.sha256))}"

    def foreign(**more: Any) -> str:
        return jwt.encode(said, FOREIGN, algorithm="RS256", headers={**header, **more})

    true = jwt.encode(said, KEY, algorithm="RS256", headers=header)
    return {
        "no algorithm": f"{encoded({**header, 'alg': 'none'})}.{body}.",
        "the client secret": secret_signed(CLIENT_SECRET.encode()),
        "the public key as a secret": secret_signed(base64.urlsafe_b64decode(public["n"] + "==")),
        "a foreign key": foreign(),
        "a key brought along": foreign(jwk=jwt.algorithms.RSAAlgorithm.to_jwk(FOREIGN.public_key(), as_dict=True)),
        "a key to be fetched": foreign(jku="http://127.0.0.1:9/keys"),
        "an unknown key": foreign(kid="two"),
        "critical extensions": jwt.encode(said, KEY, algorithm="RS256", headers={**header, "crit": ["exp"]}),
        "cut off": true[:-10],
        "nothing of the kind": "x.y.z",
        "64 KiB": "x" * 65_536,
    }


def test_no_forged_id_token_is_taken_and_unknown_keys_do_not_make_us_ask(
    postgres: Databases, wilful: WilfulProvider
) -> None:
    with people_service(postgres, now(), oidc_issuer=wilful.issuer, **OPTIONS) as people:
        set_email(people, staffed(people)["wang"].name, "wang@example.com")
        for trick, token in forgeries(claims(wilful, started(people))).items():
            flow = started(people)
            made = forgeries(claims(wilful, flow))[trick]
            assert len(token) > 4
            assert finish_with(people, wilful, flow, {"id_token": made}) == "OIDC_REFUSED", trick
        for wrong in ({"aud": "other"}, {"iss": "https://evil.example"}, {"nonce": "x"}, {"exp": 1}):
            flow = started(people)
            token = jwt.encode(claims(wilful, flow, **wrong), KEY, algorithm="RS256", headers={"kid": "one"})
            assert finish_with(people, wilful, flow, {"id_token": token}) == "OIDC_REFUSED", wrong
        assert wilful.count("/keys") == 1
        assert wilful.count("/.well-known/openid-configuration") == 1
        flow = started(people)
        true = jwt.encode(claims(wilful, flow), KEY, algorithm="RS256", headers={"kid": "one"})
        wilful.answers["/token"] = {"id_token": true}
        state = parse_qs(urlsplit(flow.authorization_url).query)["state"][0]
        assert finished(people, flow, {"code": "c", "state": state}).person
        assert wilful.asked[-1][1]["code_verifier"] not in flow.authorization_url


def begun(people: PeopleService, address: str) -> str:
    try:
        people.sign_in.StartOidcSignIn(sessions.StartOidcSignInRequest(), metadata=coming_from(address))
    except grpc.RpcError as error:
        return reason(error)
    return ""


@pytest.mark.clause("SEC-1")
def test_who_begins_again_and_again_fills_no_table_and_keeps_nobody_else_out(
    postgres: Databases, wilful: WilfulProvider
) -> None:
    with people_service(postgres, now(), oidc_issuer=wilful.issuer, **OPTIONS) as people:
        answers = [begun(people, "203.0.113.9") for _ in range(64)]
        assert answers == [""] * 60 + ["SIGN_IN_THROTTLED"] * 4
        assert begun(people, "198.51.100.1") == ""
        with people.service.database.read() as connection:
            assert connection.execute(sa.text("select count(*) from oidc_flows")).scalar_one() == 61
        people.clock.pass_time(minutes=2)
        assert begun(people, "203.0.113.9") == ""


def test_who_sends_wrong_codes_again_and_again_waits_and_the_provider_is_left_alone(
    postgres: Databases, wilful: WilfulProvider
) -> None:
    with people_service(postgres, now(), oidc_issuer=wilful.issuer, **OPTIONS) as people:
        metadata = coming_from("203.0.113.9")
        wilful.answers["/token"] = (400, {}, b"{}")
        answers = []
        for _ in range(52):
            flow = started(people)
            state = parse_qs(urlsplit(flow.authorization_url).query)["state"][0]
            request = sessions.FinishOidcSignInRequest(flow_token=flow.flow_token, code="c", state=state)
            answers.append(refusal(lambda ask=request: people.sign_in.FinishOidcSignIn(ask, metadata=metadata)))
        assert answers == ["OIDC_REFUSED"] * 50 + ["SIGN_IN_THROTTLED"] * 2
        assert wilful.count("/token") == 50


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((400, {}, b'{"error": "invalid_grant"}'), "OIDC_REFUSED"),
        ((500, {}, b"<html>"), "UNAVAILABLE"),
        ((302, {"Location": "http://127.0.0.1:9/"}, b""), "UNAVAILABLE"),
        ((200, {}, b"[" * 100_000), "UNAVAILABLE"),
        ((200, {}, b"x" * 300_000), "UNAVAILABLE"),
        ((200, {}, b"[]"), "UNAVAILABLE"),
        ((200, {}, b"{}"), "OIDC_REFUSED"),
        ((200, {}, b'{"id_token": 7}'), "OIDC_REFUSED"),
    ],
)
def test_whatever_a_provider_answers_is_a_refusal(
    postgres: Databases, wilful: WilfulProvider, answer: Any, reason: str
) -> None:
    with people_service(postgres, now(), oidc_issuer=wilful.issuer, **OPTIONS) as people:
        assert finish_with(people, wilful, started(people), answer) == reason


def test_a_provider_that_is_not_the_one_that_was_set_is_never_asked_for_a_token(
    postgres: Databases, wilful: WilfulProvider
) -> None:
    discovery = "/.well-known/openid-configuration"
    true = wilful.answers[discovery]
    with people_service(postgres, now(), oidc_issuer=wilful.issuer, **OPTIONS) as people:
        for wrong in ({"issuer": "https://evil.example"}, {"authorization_endpoint": "http://evil.example/a"}):
            wilful.answers[discovery] = {**true, **wrong}
            assert refusal(lambda: started(people)) == "UNAVAILABLE"
        with people.service.database.engine.connect() as connection:
            assert connection.execute(sa.text("select count(*) from oidc_flows")).scalar_one() == 0


def test_a_provider_that_is_away_keeps_nobody_from_signing_in_by_password(postgres: Databases) -> None:
    with people_service(postgres, now(), oidc_issuer="http://127.0.0.1:9", **OPTIONS) as people:
        assert refusal(lambda: started(people)) == "UNAVAILABLE"
        assert identifier(session_of(people, "admin").person) == people.administrator


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        (lambda instant: {"auth_time": instant - 3_600}, -3_600),
        (lambda instant: {"auth_time": instant + 3_600}, 0),
        ({}, None),
        ({"auth_time": "now"}, None),
        ({"auth_time": True}, None),
        ({"auth_time": float("inf")}, None),
        ({"auth_time": 2**62}, None),
    ],
)
def test_when_somebody_proved_who_they_are_is_what_the_provider_says_and_never_later_than_now(
    postgres: Databases, wilful: WilfulProvider, said: Any, taken: int | None
) -> None:
    with people_service(postgres, now(), oidc_issuer=wilful.issuer, **OPTIONS) as people:
        set_email(people, staffed(people)["wang"].name, "wang@example.com")
        instant, flow = int(people.clock().timestamp()), started(people)
        token = jwt.encode(
            claims(wilful, flow, **(said(instant) if callable(said) else said)),
            KEY,
            algorithm="RS256",
            headers={"kid": "one"},
        )
        wilful.answers["/token"] = {"id_token": token}
        state = parse_qs(urlsplit(flow.authorization_url).query)["state"][0]
        session = finished(people, flow, {"code": "c", "state": state})
        assert session.HasField("authentication_time") == (taken is not None)
        if taken is not None:
            assert session.authentication_time.seconds == instant + taken
