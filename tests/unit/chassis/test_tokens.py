"""Tokens: ours are believed until they end, and nothing else ever is."""

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
from bylaw_chassis.caller import Caller, HeldGrant, Scope
from bylaw_chassis.clock import Clock, system_clock
from bylaw_chassis.refusals import TokenExpired, TokenInvalid
from bylaw_chassis.tokens import CACHED_TOKENS, PIECE_BYTES, Proven, TokenVerifier, caller_of, mint
from bylaw_chassis.values import new_id
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.chassis.forging import HEADER, KEY, NOON, PERSON, SetClock, claims, encoded, token, verifier

HUGE = 2**62


def test_what_people_mints_speaks_for_the_same_caller_with_the_same_grants() -> None:
    unit = new_id()
    grants = (
        HeldGrant(Scope.SUBTREE, unit, frozenset({"a.b.read", "a.b.write"})),
        HeldGrant(Scope.SELF, None, frozenset({"c.d.read"})),
    )
    for caller in (
        Caller(person=new_id(), grants=grants),
        Caller(person=new_id(), methods=("pwd", "otp"), proved_at=NOON),
        Caller(service="attendance", grants=grants),
    ):
        minted = mint(caller, key_id="k1", key=KEY, now=NOON, lifetime=timedelta(minutes=10))
        assert verifier().verify(minted) == caller


FORGED = {
    "alg none without signature": f"{encoded({**HEADER, 'alg': 'none'})}.{encoded(claims())}.",
    "alg None": token({**HEADER, "alg": "None"}),
    "alg HS256": token({**HEADER, "alg": "HS256"}),
    "alg missing": token({"typ": "at+jwt", "kid": "k1"}),
    "typ JWT": token({**HEADER, "typ": "JWT"}),
    "typ missing": token({"alg": "EdDSA", "kid": "k1"}),
    "crit": token({**HEADER, "crit": ["exp"]}),
    "b64 false": token({**HEADER, "b64": False}),
    "kid unknown": token({**HEADER, "kid": "k2"}),
    "kid missing": token({"alg": "EdDSA", "typ": "at+jwt"}),
    "kid a number": token({**HEADER, "kid": 1}),
    "kid a path": token({**HEADER, "kid": "../../../../dev/null"}),
    "kid SQL": token({**HEADER, "kid": "k1' or '1'='1"}),
    "kid of 64 KB": token({**HEADER, "kid": "k" * 65_536}),
    "exp missing": token(payload=claims(exp=...)),
    "exp huge": token(payload=claims(exp=HUGE)),
    "exp text": token(payload=claims(exp="2099")),
    "exp true": token(payload=claims(exp=True)),
    "exp infinite": token(payload=json.dumps(claims()).replace('"exp": ', '"exp": Infinity, "x": ').encode()),
    "iat missing": token(payload=claims(iat=...)),
    "iat ahead": token(payload=claims(iat=int(NOON.timestamp()) + 61)),
    "nbf ahead": token(payload=claims(nbf=int(NOON.timestamp()) + 61)),
    "nbf text": token(payload=claims(nbf="now")),
    "end text": token(payload=claims(end="2099")),
    "end infinite": token(payload=json.dumps(claims(end=0)).replace('"end": 0', '"end": Infinity').encode()),
    "auth_time text": token(payload=claims(auth_time="now")),
    "auth_time huge": token(payload=claims(auth_time=HUGE)),
    "auth_time true": token(payload=claims(auth_time=True)),
    "auth_time a fraction": token(payload=claims(auth_time=1.5)),
    "aud of another": token(payload=claims(aud="another")),
    "aud missing": token(payload=claims(aud=...)),
    "iss of another": token(payload=claims(iss="another")),
    "sub no person": token(payload=claims(sub="root")),
    "sub missing": token(payload=claims(sub=...)),
    "scope unknown": token(payload=claims(grants=[{"scope": "all", "unit": "", "permissions": []}])),
    "may a text": token(payload=claims(grants=[{"scope": "company", "unit": "", "may": "people.units read"}])),
    "may a number": token(payload=claims(grants=[{"scope": "company", "unit": "", "may": 7}])),
    "another's key": token(key=Ed25519PrivateKey.generate()),
    "payload a list": token(payload=b"[]"),
    "header a list": token(b"[]"),
    "header of 5,000 brackets": token(b"[" * 5_000),
    "payload of 5,000 brackets": token(payload=b"[" * 5_000),
    "not ASCII": "令牌",
    "lone surrogate": "\ud800",
    "nothing": "",
    "two parts": token().rpartition(".")[0],
    "longer than any of ours": token(payload=claims(x="x" * 20_000)),
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED.keys())
def test_a_forged_token_is_refused(forged: str) -> None:
    with pytest.raises(TokenInvalid):
        verifier().verify(forged)


@pytest.mark.parametrize("encoding", [serialization.Encoding.Raw, serialization.Encoding.PEM])
def test_our_public_key_is_no_secret_to_sign_with(encoding: serialization.Encoding) -> None:
    raw = encoding is serialization.Encoding.Raw
    form = serialization.PublicFormat.Raw if raw else serialization.PublicFormat.SubjectPublicKeyInfo
    secret = KEY.public_key().public_bytes(encoding, form)
    signed = f"{encoded({**HEADER, 'alg': 'HS256'})}.{encoded(claims())}"
    forged = f"{signed}.{encoded(hmac.digest(secret, signed.encode(), hashlib.sha256))}"
    with pytest.raises(TokenInvalid):
        verifier().verify(forged)


@pytest.mark.parametrize("name", ["jwk", "jku", "x5u", "x5c"])
def test_a_key_that_the_token_brings_along_is_not_looked_at(name: str) -> None:
    own = Ed25519PrivateKey.generate()
    x = encoded(own.public_key().public_bytes_raw())
    brought = {"kty": "OKP", "crv": "Ed25519", "x": x, "kid": "k1"} if name == "jwk" else "https://evil.example/keys"
    with pytest.raises(TokenInvalid):
        verifier().verify(token({**HEADER, name: brought}, key=own))
    assert verifier().verify(token({**HEADER, name: brought})).key == PERSON


@given(st.data())
def test_a_token_cut_short_or_changed_in_any_place_is_refused(data: Any) -> None:
    good = token()
    at = data.draw(st.integers(0, len(good) - 1))
    other = data.draw(st.sampled_from("AZaz09-_.").filter(lambda letter: letter != good[at]))
    changed = f"{good[:at]}{other}{good[at + 1 :]}"
    if changed[: good.rindex(".")] == good[: good.rindex(".")] and at == len(good) - 1:
        return  # the last letter of base64 has bits that say nothing
    for wrong in (good[:at], changed):
        with pytest.raises(TokenInvalid):
            verifier().verify(wrong)


@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda raw: raw.decode("latin-1")))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(TokenInvalid):
        verifier().verify(text)


@pytest.mark.parametrize("first_use", [0, 650])
def test_a_token_ends_a_minute_after_its_time_remembered_or_not(first_use: int) -> None:
    clock = SetClock(NOON + timedelta(seconds=first_use))
    verify = verifier(clock).verify
    good = token()
    assert verify(good).key == PERSON
    clock.now = NOON + timedelta(seconds=659)
    assert verify(good).key == PERSON
    clock.now = NOON + timedelta(seconds=660)
    with pytest.raises(TokenExpired):
        verify(good)
    with pytest.raises(TokenExpired):
        verifier(clock).verify(good)


@pytest.mark.parametrize("clock", [system_clock, lambda: system_clock()], ids=["the machine's", "one that is passed"])  # noqa: PLW0108
def test_a_token_lives_as_long_by_the_machines_own_clock_as_by_any_other(clock: Clock) -> None:
    verify, lifetime = TokenVerifier({"k1": KEY.public_key()}.get, clock).verify, timedelta(minutes=10)
    caller, ago = Caller(person=new_id()), [timedelta(minutes=10), timedelta(minutes=12)]
    alive, over = (mint(caller, key_id="k1", key=KEY, now=system_clock() - age, lifetime=lifetime) for age in ago)
    assert verify(alive) == verify(alive) == caller
    with pytest.raises(TokenExpired):
        verify(over)


@pytest.mark.clause("SEC-2")
@pytest.mark.parametrize("first_use", [0, 599])
def test_the_end_of_the_right_to_act_has_no_leeway_remembered_or_not(first_use: int) -> None:
    clock = SetClock(NOON + timedelta(seconds=first_use))
    verify = verifier(clock).verify
    good = token(payload=claims(end=int(NOON.timestamp()) + 600))
    assert verify(good).key == PERSON
    clock.now = NOON + timedelta(seconds=599, milliseconds=999)
    assert verify(good).key == PERSON
    clock.now = NOON + timedelta(seconds=600)
    for each in (verify, verifier(clock).verify):
        with pytest.raises(TokenExpired):
            each(good)


def test_no_end_of_a_right_makes_a_token_live_longer() -> None:
    clock = SetClock(NOON + timedelta(seconds=660))
    with pytest.raises(TokenExpired):
        verifier(clock).verify(token(payload=claims(end=HUGE)))


def test_a_token_of_a_minute_ahead_is_taken_for_clocks_differ() -> None:
    ahead = int(NOON.timestamp()) + 60
    assert verifier().verify(token(payload=claims(iat=ahead, nbf=ahead))).key == PERSON


def test_a_remembered_token_asks_for_no_key_and_a_forgotten_one_does() -> None:
    asked: list[str] = []

    def keys(key_id: str) -> Any:
        asked.append(key_id)
        return KEY.public_key()

    known, good = TokenVerifier(keys, SetClock()), token()
    for _ in range(3):
        known.verify(good)
    assert len(asked) == 1
    known.forget()
    known.verify(good)
    assert len(asked) == 2


@pytest.mark.parametrize("length", [PIECE_BYTES - 60, PIECE_BYTES, 2 * PIECE_BYTES, 7 * PIECE_BYTES])
@pytest.mark.parametrize("from_end", [3, 90, 400])
def test_one_that_differs_in_a_letter_is_not_the_remembered_one_however_long_it_is(length: int, from_end: int) -> None:
    verify, good = verifier().verify, token(payload=claims(padding="x" * (length * 3 // 4)))
    assert verify(good).key == verify(good).key == PERSON
    letter = "A" if good[-from_end] != "A" else "B"
    with pytest.raises(TokenInvalid):
        verify(good[:-from_end] + letter + good[len(good) - from_end + 1 :])


def test_what_is_remembered_has_a_bound() -> None:
    known = verifier()
    for number in range(CACHED_TOKENS + 10):
        known._remember(number.to_bytes(4), Proven(0.0, 0.0, Caller()))
    assert len(known._known) <= CACHED_TOKENS


@pytest.mark.parametrize("header", ["Basic abc", "Bearer", "Bearer ", "token"])
def test_an_authorization_that_is_no_bearer_token_is_refused(header: str) -> None:
    with pytest.raises(TokenInvalid):
        caller_of({"authorization": header}, verifier())
    assert caller_of({}, verifier()).key == ""
    assert caller_of({"authorization": f"bEaReR {token()}"}, verifier()).key == PERSON
