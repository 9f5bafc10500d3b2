"""The rules of sessions, opaque tokens, second factors and external identities, without a database."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pyotp
import pytest
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.refusals import FieldInvalid
from bylaw_people.rules.logins import mixes_scripts
from bylaw_people.rules.sign_in.access_tokens import end_of, narrowed, require_permissions
from bylaw_people.rules.sign_in.devices import device_bytes, knows_device
from bylaw_people.rules.sign_in.identities import normal_email, number_of, require_claims, verified_email
from bylaw_people.rules.sign_in.opaque import Opaque, digest_of, random_of, written
from bylaw_people.rules.sign_in.refusals import OidcRefused
from bylaw_people.rules.sign_in.second_factor import code_step, recovery_code, recovery_digest
from bylaw_people.rules.sign_in.sessions import Lasting, Rotation, SignedInSession, rights_end, rotation, token_end
from hypothesis import given
from hypothesis import strategies as st

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
LASTING = Lasting()
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105


def session(**more: Any) -> SignedInSession:
    """A session that began at noon."""
    one = UUID(int=1)
    given_ = {"started_at": NOON, "used_at": NOON, "ends_at": NOON + LASTING.longest, "ended_at": None, **more}
    return SignedInSession(one, one, ("pwd",), "", "", **given_)


@pytest.mark.parametrize(
    ("spent_seconds_ago", "outcome"),
    [
        (None, Rotation.TAKEN),
        (0, Rotation.SIBLING),
        (20, Rotation.SIBLING),
        (21, Rotation.REUSED),
        (9_999, Rotation.REUSED),
    ],
)
def test_a_spent_refresh_token_is_a_tab_for_twenty_seconds_and_a_theft_after(
    spent_seconds_ago: int | None, outcome: Rotation
) -> None:
    spent = None if spent_seconds_ago is None else NOON - timedelta(seconds=spent_seconds_ago)
    assert rotation(session(), spent, NOON, LASTING) is outcome


def test_a_session_ends_by_idleness_by_age_and_by_hand() -> None:
    assert session().runs(NOON + timedelta(hours=71, minutes=59), LASTING)
    assert not session().runs(NOON + timedelta(hours=72), LASTING)
    old = session(used_at=NOON + timedelta(days=30))
    assert not old.runs(NOON + timedelta(days=30), LASTING)
    assert rotation(session(ended_at=NOON), None, NOON, LASTING) is Rotation.ENDED


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)), st.sampled_from(["Asia/Shanghai", "Europe/Berlin"]))  # noqa: DTZ001 - made aware below
def test_no_token_outlives_a_quarter_of_an_hour_or_the_organisations_day(now: datetime, zone: str) -> None:
    there = ZoneInfo(zone)
    moment = now.replace(tzinfo=UTC)
    ends = token_end(moment, rights_end(moment, there))
    assert moment < ends <= moment + timedelta(minutes=15)
    assert (ends - timedelta(microseconds=1)).astimezone(there).date() == moment.astimezone(there).date()


def test_a_token_ends_with_what_it_was_made_for() -> None:
    soon = NOON + timedelta(minutes=3)
    assert token_end(NOON, rights_end(NOON, SHANGHAI, latest=soon)) == soon


@given(st.binary(min_size=32, max_size=32), st.sampled_from(list(Opaque)))
def test_an_opaque_token_is_known_whole_and_as_its_kind_only(random: bytes, kind: Opaque) -> None:
    token = written(kind, random)
    assert random_of(kind, token) == random
    assert all(digest_of(other, token) is None for other in Opaque if other is not kind)
    for broken in (token[:-1], token[1:], token + "0", token.upper(), token[:-1] + "g", token.replace("_", "-")):
        assert digest_of(kind, broken) is None


@given(st.binary(min_size=32, max_size=32), st.integers(0, 71), st.sampled_from("0123456789abcdef"))
def test_a_mistyped_character_is_told_from_an_unknown_token(random: bytes, place: int, typed: str) -> None:
    token = written(Opaque.ACCESS, random)
    at = len(Opaque.ACCESS.value) + place
    mistyped = token[:at] + typed + token[at + 1 :]
    assert (digest_of(Opaque.ACCESS, mistyped) is None) == (mistyped != token)


@given(st.sampled_from(list(Opaque)), st.text(max_size=200))
def test_no_text_breaks_the_parser_of_opaque_tokens(kind: Opaque, text: str) -> None:
    assert digest_of(kind, text) is None
    assert digest_of(kind, kind.value + text) is None


def test_a_device_is_known_to_its_own_login_for_half_a_year() -> None:
    key, day = b"k" * 32, date(2026, 3, 2)
    token = device_bytes(key, "wang", b"n" * 12, day)
    assert len(token) == 32
    assert knows_device(key, "wang", token, day)
    assert knows_device(key, "wang", token, day + timedelta(days=180))
    assert not knows_device(key, "wang", token, day + timedelta(days=181))
    assert not knows_device(key, "zhao", token, day)
    assert not knows_device(b"x" * 32, "wang", token, day)
    assert not knows_device(key, "wang", token[:12] + (day.toordinal() + 90).to_bytes(4, "big") + token[16:], day)
    assert not knows_device(key, "wang", None, day)


def test_the_codes_of_rfc_6238_are_right() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # noqa: S105 - the RFC's
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")):
        assert code_step(secret, code, datetime.fromtimestamp(seconds, UTC), 0) == seconds // 30


def test_a_code_counts_once_and_half_a_minute_aside() -> None:
    app, step = pyotp.TOTP(SECRET), int(NOON.timestamp()) // 30
    for aside in (-1, 0, 1):
        code = app.generate_otp(step + aside)
        assert code_step(SECRET, code, NOON, 0) == step + aside
        assert code_step(SECRET, code, NOON, step + aside) is None
    for aside in (-2, 2):
        assert code_step(SECRET, app.generate_otp(step + aside), NOON, 0) is None
    assert code_step(SECRET, f"{app.generate_otp(step)[:3]} {app.generate_otp(step)[3:]}", NOON, 0) == step


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader_of_codes(text: str) -> None:
    assert code_step(SECRET, text, NOON, int(NOON.timestamp())) is None
    assert len(recovery_digest("somebody", text)) == 32


def test_a_recovery_code_is_known_however_it_is_typed_and_to_its_owner_only() -> None:
    code = recovery_code(bytes(range(8)))
    assert code == "0001-0203-0405-0607"
    assert recovery_digest("wang", code) == recovery_digest("wang", " 0001 0203 04050607 ")
    assert recovery_digest("wang", code) != recovery_digest("zhao", code)


@pytest.mark.clause("SEC-1")
def test_an_access_token_never_does_more_than_its_owner_nor_than_it_names() -> None:
    unit = UUID(int=7)
    held = (
        HeldGrant(Scope.COMPANY, None, frozenset({"a.b.read"}), ("grants/1",)),
        HeldGrant(Scope.UNIT, unit, frozenset({"a.b.read", "a.b.write"}), ("grants/2",)),
    )
    assert narrowed(held, ["a.b.write", "a.b.delete"]) == (
        HeldGrant(Scope.UNIT, unit, frozenset({"a.b.write"}), ("grants/2",)),
    )
    assert narrowed(held, []) == ()


def test_an_access_token_lasts_a_year_at_most_and_to_the_end_of_its_day() -> None:
    today = date(2026, 3, 2)
    assert end_of(today, today, SHANGHAI) == datetime(2026, 3, 2, 16, tzinfo=UTC)
    for wrong in (today - timedelta(days=1), today + timedelta(days=367)):
        with pytest.raises(FieldInvalid):
            end_of(wrong, today, SHANGHAI)
    with pytest.raises(FieldInvalid):
        require_permissions([])


ISSUER, CLIENT, NONCE = "https://id.example", "bylaw", "0" * 64


def claims(**more: Any) -> dict[str, Any]:
    """What an honest provider says, with changes; None takes a claim away."""
    now = int(NOON.timestamp())
    said = {"iss": ISSUER, "aud": CLIENT, "sub": "u-1", "exp": now + 300, "iat": now, "nonce": NONCE, **more}
    return {name: value for name, value in said.items() if value is not None}


def taken(said: dict[str, Any]) -> bool:
    try:
        require_claims(said, issuer=ISSUER, client_id=CLIENT, nonce=NONCE, now=NOON)
    except OidcRefused:
        return False
    return True


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://other.example"},
        {"iss": ISSUER + "/"},
        {"iss": None},
        {"aud": "another"},
        {"aud": []},
        {"aud": None},
        {"aud": ["another", CLIENT]},
        {"aud": ["another", CLIENT], "azp": "another"},
        {"azp": "another"},
        {"nonce": "1" * 64},
        {"nonce": None},
        {"nonce": 7},
        {"sub": ""},
        {"sub": None},
        {"sub": "s" * 256},
        {"exp": None},
        {"exp": int(NOON.timestamp()) - 61},
        {"exp": "never"},
        {"exp": True},
        {"exp": 1e300},
        {"exp": float("nan")},
        {"iat": int(NOON.timestamp()) + 120},
        {"iat": None},
        {"nbf": int(NOON.timestamp()) + 120},
        {"nbf": "x"},
    ],
)
def test_an_id_token_that_is_not_for_us_now_is_refused(wrong: dict[str, Any]) -> None:
    assert taken(claims())
    assert not taken(claims(**wrong))


def test_several_audiences_are_fine_where_the_token_was_given_to_us() -> None:
    assert taken(claims(aud=["another", CLIENT], azp=CLIENT))


def test_only_a_verified_address_proves_anything() -> None:
    assert verified_email({"email": "Wang@Example.com", "email_verified": True}) == "wang@example.com"
    for unproved in (False, None, "true", 1):
        assert verified_email({"email": "wang@example.com", "email_verified": unproved}) == ""
    assert verified_email({"email": ["wang@example.com"], "email_verified": True}) == ""


@pytest.mark.parametrize(
    "text", ["wang", "@x.cn", "wang@", "wang@localhost", "wａng@example.com", "a b@example.com", "a@b.c\r"]
)
def test_what_only_looks_like_an_address_is_none(text: str) -> None:
    assert normal_email(text) == ("a@b.c" if text.strip() == "a@b.c" else "")


def test_a_number_is_read_from_the_claim_that_is_set_and_from_no_other() -> None:
    assert number_of({"employee_number": "1042"}, "employee_number") == "1042"
    assert number_of({"employee_number": "1042"}, "") == ""
    for odd in (1042, ["1042"], "", "x" * 65, "10\0"):
        assert number_of({"employee_number": odd}, "employee_number") == ""


@pytest.mark.parametrize("login", ["li.wei", "李伟", "李wei", "ли", "λι", "wang-2", ""])
def test_a_login_of_one_script_or_with_chinese_is_fine(login: str) -> None:
    assert not mixes_scripts(login)


@pytest.mark.parametrize("login", ["\u0430dmin", "pay\u0440al", "ad\u03bfl", "\u13b3ang"])
def test_a_login_that_passes_for_another_is_flagged(login: str) -> None:
    assert mixes_scripts(login)
