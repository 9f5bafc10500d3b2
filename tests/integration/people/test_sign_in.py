"""Signing in: one answer for everything that is wrong, waits instead of locks, and tokens nobody can forge (SEC-1)."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import grpc
import jwt
import pytest
from bylaw.people.v1 import sign_in_pb2 as sessions
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.identity import service_secret
from bylaw_chassis.status import refusal_from
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.builders.people import MASTER_KEY, PASSWORD, PeopleService, reason
from tests.builders.sign_in import refusal
from tests.integration.people.conftest import Shop


@pytest.mark.clause("SEC-1")
def test_unknown_login_wrong_password_and_somebody_who_left_get_the_same_answer(shop: Shop) -> None:
    people = shop.service
    people.staff.EndEmployment(
        staff.EndEmploymentRequest(name=shop.qian.name, last_date="2026-03-01"), metadata=people.everything
    )
    answers = set()
    for login, password in (("nobody", PASSWORD), ("wang", "wrong password"), ("qian", PASSWORD), ("", "")):
        with pytest.raises(grpc.RpcError) as refused:
            people.sign_in.CreateSession(sessions.CreateSessionRequest(login=login, password=password))
        answers.add(refusal_from(refused.value).status.SerializeToString())
    assert len(answers) == 1


def test_the_first_and_the_last_day_are_those_of_the_organisations_own_zone(shop: Shop) -> None:
    people = shop.service
    people.person("new", shop.sales.name, shop.site.name, login="new", since="2026-03-03", until="2026-03-04")
    outcomes = []
    for hour in ("2026-03-02T15:59:59", "2026-03-02T16:00:00", "2026-03-04T15:59:59", "2026-03-04T16:00:00"):
        people.clock.now = datetime.fromisoformat(hour).replace(tzinfo=UTC)
        try:
            people.signed_in("new")
            outcomes.append("in")
        except grpc.RpcError as error:
            outcomes.append(reason(error))
    assert outcomes == ["SIGN_IN_REFUSED", "in", "in", "SIGN_IN_REFUSED"]


def test_a_token_ends_after_a_quarter_of_an_hour(shop: Shop) -> None:
    people = shop.service
    token = people.signed_in("wang")
    assert people.sign_in.GetSelf(sessions.GetSelfRequest(), metadata=token).person.number == "wang"
    people.clock.pass_time(minutes=15, seconds=61)
    assert refusal(lambda: people.sign_in.GetSelf(sessions.GetSelfRequest(), metadata=token)) == "TOKEN_EXPIRED"


def forgeries(people: PeopleService) -> dict[str, str]:
    """Tokens that say they are the administrator's, each by another trick."""
    token = people.signed_in("admin")[0][1].removeprefix("Bearer ")
    head, body, signature = token.split(".")
    header, claims = jwt.get_unverified_header(token), jwt.decode(token, options={"verify_signature": False})
    public = people.sign_in.GetKeySet(sessions.GetKeySetRequest()).keys[0].x
    foreign = Ed25519PrivateKey.generate()

    def part(value: dict[str, object]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    def signed(**more: object) -> str:
        return jwt.encode(claims, foreign, algorithm="EdDSA", headers={**header, **more})

    def ours(*, typ: str = "at+jwt", **more: object) -> str:
        kept = {name: value for name, value in {**claims, **more}.items() if value is not None}
        return jwt.encode(kept, people.keys.current().private, algorithm="EdDSA", headers={**header, "typ": typ})

    hs256 = f"{part({**header, 'alg': 'HS256'})}.{body}"
    key = base64.urlsafe_b64decode(public + "=")
    mac = base64.urlsafe_b64encode(hmac.new(key, hs256.encode(), hashlib.sha256).digest()).rstrip(b"=").decode()
    return {
        "no algorithm": f"{part({**header, 'alg': 'none'})}.{body}.",
        "our public key as a secret": f"{hs256}.{mac}",
        "a foreign key under our id": signed(),
        "an unknown id": signed(kid="0" * 32),
        "an id that is a path": signed(kid="../../../../dev/null"),
        "an id that is SQL": signed(kid="' or ''='"),
        "a key brought along": signed(jwk={"kty": "OKP", "crv": "Ed25519", "x": public}),
        "a key to be fetched": signed(jku="http://203.0.113.9/keys"),
        "altered claims": f"{head}.{part({**claims, 'sub': 'service:attendance'})}.{signature}",
        "cut off": token[:-8],
        "an id of 64 KiB": signed(kid="k" * 65_536),
        "nothing of the kind": "a.b.c",
        "our key, another kind of token": ours(typ="JWT"),
        "our key, another audience": ours(aud="elsewhere"),
        "our key, another issuer": ours(iss="elsewhere"),
        "our key, no end": ours(exp=None),
        "our key, a year long": ours(exp=claims["iat"] + 31_536_000),
        "our key, issued ahead": ours(iat=claims["iat"] + 3_600, exp=claims["exp"] + 3_600),
    }


@pytest.mark.clause("SEC-1")
def test_no_forged_token_is_taken(people: PeopleService) -> None:
    for trick, token in forgeries(people).items():
        metadata = (("authorization", f"Bearer {token}"),)
        call = lambda metadata=metadata: people.staff.ListPeople(staff.ListPeopleRequest(), metadata=metadata)  # noqa: E731
        assert refusal(call) == "TOKEN_INVALID", trick


def test_a_service_signs_in_with_the_installations_secret_and_may_read_feeds_only(people: PeopleService) -> None:
    request = sessions.CreateServiceSessionRequest(service="attendance", secret=service_secret(MASTER_KEY))
    session = people.sign_in.CreateServiceSession(request)
    token = (("authorization", f"Bearer {session.access_token}"),)
    assert session.person == ""
    assert "people.feed.read" in people.sign_in.GetSelf(sessions.GetSelfRequest(), metadata=token).permissions
    assert refusal(lambda: people.staff.ListPeople(staff.ListPeopleRequest(), metadata=token)) == "PERMISSION_MISSING"
    for service, secret in (("attendance", "x" * 64), ("attendance", ""), ("stranger", request.secret)):
        wrong = sessions.CreateServiceSessionRequest(service=service, secret=secret)
        assert refusal(lambda wrong=wrong: people.sign_in.CreateServiceSession(wrong)) == "SIGN_IN_REFUSED"


def test_one_changes_ones_own_password_knowing_the_old_one(shop: Shop) -> None:
    people, token = shop.service, shop.service.signed_in("wang")

    def change(old: str, new: str) -> Any:
        request = sessions.ChangePasswordRequest(old_password=old, new_password=new)
        return people.sign_in.ChangePassword(request, metadata=token)

    assert refusal(lambda: change("not it", "another-harbour-7")) == "SIGN_IN_REFUSED"
    for weak in ("short", "wang-wang-wang", "1234567890", "aaaaaaaaaaaa"):
        assert refusal(lambda weak=weak: change(PASSWORD, weak)) == "PASSWORD_TOO_WEAK"
        people.clock.pass_time(minutes=1)
    token = people.signed_in("wang")
    change(PASSWORD, "another-harbour-7")
    assert refusal(lambda: people.signed_in("wang")) == "SIGN_IN_REFUSED"
    assert people.signed_in("wang", "another-harbour-7")
