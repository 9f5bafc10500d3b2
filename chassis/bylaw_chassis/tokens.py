"""Tokens: signed by people with Ed25519, verified by every service by itself and remembered for a minute."""

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from types import NoneType
from typing import Any, NamedTuple
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bylaw_chassis.access_tokens import PREFIX, AccessTokens
from bylaw_chassis.caller import NOBODY, Caller, HeldGrant, Scope
from bylaw_chassis.clock import Clock, seconds_of
from bylaw_chassis.refusals import TokenEnded, TokenExpired, TokenInvalid

ISSUER, AUDIENCE, TYPE = "bylaw/people", "bylaw", "at+jwt"
LEEWAY_SECONDS = 60
LARGEST_TOKEN_BYTES = 16_384
LONGEST_KEY_ID = 64
LONGEST_LIFETIME_SECONDS = 90_000
PIECE_BYTES = 1_984
CACHED_TOKENS = 4_096
CACHED_SECONDS = 60.0

KeySource = Callable[[str], Ed25519PublicKey | None]
"""Answers the public key of a key id; nothing for one that nobody published."""

Ended = Callable[[Caller], bool]
"""Whether a caller's session has ended, or what they may do has changed since their token was made."""


def never_ended(_caller: Caller) -> bool:
    """No token ends before its time: where nobody signs out, as in a test of one part."""
    return False


def mint(
    caller: Caller,
    *,
    key_id: str,
    key: Ed25519PrivateKey,
    now: datetime,
    lifetime: timedelta,
    latest: datetime | None = None,
) -> str:
    """Signs a token for a caller, valid from now for a lifetime; from `latest` on it counts nowhere, without leeway."""
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": caller.key,
        "iat": now,
        "exp": now + lifetime,
        "grants": _grant_claims(caller.grants),
        "rev": caller.access_revision,
    }
    if latest:
        claims["end"] = int(latest.timestamp())
    if caller.session:
        claims["sid"] = str(caller.session)
    if caller.methods:
        claims["amr"] = list(caller.methods)
    if caller.proved_at:
        claims["auth_time"] = int(caller.proved_at.timestamp())
    return jwt.encode(claims, key, algorithm="EdDSA", headers={"kid": key_id, "typ": TYPE})


def _grant_claims(grants: Sequence[HeldGrant]) -> list[Mapping[str, Any]]:
    """Each set of permissions stands where it first comes; later grants of the same set say which that was (`as`).

    A set stands by what it is about, the verbs of each (`may`). So whoever holds everything and heads thirty units
    still has a token that fits.
    """
    places: dict[frozenset[str], int] = {}
    claims: list[Mapping[str, Any]] = []
    for place, grant in enumerate(grants):
        first = places.setdefault(grant.permissions, place)
        what: dict[str, Any] = {"may": _verbs(grant.permissions)} if first == place else {"as": first}
        where = {"scope": grant.scope.value, "unit": str(grant.unit or "")}
        claims.append({**where, **what, "by": list(grant.sources)})
    return claims


def _verbs(permissions: Iterable[str]) -> dict[str, str]:
    """`attendance.leave` may be asked and read: {"attendance.leave": "ask read"}."""
    parted = (permission.rpartition(".") for permission in sorted(permissions))
    return {about: " ".join(verb for *_, verb in those) for about, those in groupby(parted, key=itemgetter(0))}


class Proven(NamedTuple):
    """A token that was proven: until when it is remembered (monotonic), when it expires (since 1970), whose it is."""

    remembered_until: float
    expires: float
    caller: Caller


@dataclass
class TokenVerifier:
    """Verifies tokens offline; a valid one is remembered by its SHA-256, at most for a minute.

    `access_tokens` turns personal access tokens into signed ones; without it they are as wrong as any other text.
    """

    keys: KeySource
    clock: Clock
    ended: Ended = never_ended
    access_tokens: AccessTokens | None = None

    def __post_init__(self) -> None:
        self._known: dict[bytes, Proven] = {}
        self._seconds = seconds_of(self.clock)

    def verify(self, token: str) -> Caller:
        """The caller a token speaks for; refuses TOKEN_INVALID, TOKEN_EXPIRED, TOKEN_ENDED or UNAVAILABLE."""
        if self.access_tokens and token.startswith(PREFIX):
            return self._exchanged(self.access_tokens, token)
        return self._offline(token)

    def _exchanged(self, access_tokens: AccessTokens, token: str) -> Caller:
        """Of a signed token that ended while it was remembered a fresh one is asked for: the access may have grown."""
        try:
            return self._offline(access_tokens.signed(token))
        except (TokenEnded, TokenExpired):
            access_tokens.forget(token)
        return self._offline(access_tokens.signed(token))

    def _offline(self, token: str) -> Caller:
        if not token.isascii() or len(token) > LARGEST_TOKEN_BYTES:
            raise TokenInvalid
        digest = _digest(token)
        known = self._known.get(digest)
        if known is None or known.remembered_until <= time.monotonic():
            known = self._prove(digest, token)
        if known.expires <= self._seconds():
            raise TokenExpired
        if self.ended(known.caller):
            raise TokenEnded
        return known.caller

    def _prove(self, digest: bytes, token: str) -> Proven:
        claims = self._claims(token)
        known = Proven(time.monotonic() + CACHED_SECONDS, _counts_until(claims), _caller(claims))
        self._remember(digest, known)
        return known

    def forget(self) -> None:
        """Drops what is remembered: keys were changed."""
        self._known.clear()

    def _remember(self, digest: bytes, known: Proven) -> None:
        if len(self._known) >= CACHED_TOKENS:
            self._known.clear()
        self._known[digest] = known

    def _claims(self, token: str) -> Mapping[str, Any]:
        try:
            claims: Mapping[str, Any] = jwt.decode(
                token,
                self._key(jwt.get_unverified_header(token)),
                algorithms=["EdDSA"],
                audience=AUDIENCE,
                issuer=ISSUER,
                options={
                    "require": ["exp", "iat", "sub", "aud", "iss"],
                    "verify_exp": False,
                    "verify_iat": False,
                    "verify_nbf": False,
                },
            )
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
            raise TokenInvalid from error
        self._check_time(claims)
        return claims

    def _key(self, header: Mapping[str, Any]) -> Ed25519PublicKey:
        """Only our own key ids count: `jwk`, `jku`, `x5u` and `crit` in a header are never followed."""
        if header.get("alg") != "EdDSA" or header.get("typ") != TYPE or "crit" in header:
            raise TokenInvalid
        key_id = header.get("kid")
        key = self.keys(key_id) if isinstance(key_id, str) and len(key_id) <= LONGEST_KEY_ID else None
        if key is None:
            raise TokenInvalid
        return key

    def _check_time(self, claims: Mapping[str, Any]) -> None:
        """Times by the passed clock, with a leeway of a minute either way; the end of the right to act has none."""
        now, issued, expires = self.clock().timestamp(), claims["iat"], claims["exp"]
        begins, end = claims.get("nbf", issued), claims.get("end", expires)
        if not all(type(instant) is int for instant in (issued, expires, begins, end)):
            raise TokenInvalid
        if expires - issued > LONGEST_LIFETIME_SECONDS or max(issued, begins) > now + LEEWAY_SECONDS:
            raise TokenInvalid
        if _counts_until(claims) <= now:
            raise TokenExpired


def _counts_until(claims: Mapping[str, Any]) -> int:
    """Clocks differ, and so an expiry has a leeway; the end of somebody's last day has none (SEC-2)."""
    expires: int = claims["exp"] + LEEWAY_SECONDS
    end: int = claims.get("end", expires)
    return min(expires, end)


def _digest(token: str) -> bytes:
    """SHA-256, in pieces: over longer ones hashlib lets other threads go first, which costs more than the digest."""
    content = token.encode()
    found = hashlib.sha256(content[:PIECE_BYTES])
    for begin in range(PIECE_BYTES, len(content), PIECE_BYTES):
        found.update(content[begin : begin + PIECE_BYTES])
    return found.digest()


def _caller(claims: Mapping[str, Any]) -> Caller:
    subject = str(claims["sub"])
    try:
        grants = _grants(claims.get("grants", ()))
        if subject.startswith("service:"):
            return Caller(service=subject.removeprefix("service:"), grants=grants)
        session, revision, proved = claims.get("sid"), claims.get("rev", 0), claims.get("auth_time")
        if type(revision) is not int or type(proved) not in {int, NoneType}:
            raise TokenInvalid
        return Caller(
            person=UUID(subject),
            grants=grants,
            session=UUID(session) if session else None,
            access_revision=revision,
            methods=tuple(str(method) for method in claims.get("amr", ())),
            proved_at=None if proved is None else datetime.fromtimestamp(proved, UTC),
        )
    except (ValueError, LookupError, TypeError, OverflowError, OSError) as error:
        raise TokenInvalid from error


def _grants(claims: Sequence[Mapping[str, Any]]) -> tuple[HeldGrant, ...]:
    found: list[HeldGrant] = []
    for claim in claims:
        unit, by = claim["unit"], tuple(claim.get("by", ()))
        permissions = found[claim["as"]].permissions if "as" in claim else _permissions(claim)
        found.append(HeldGrant(Scope(claim["scope"]), UUID(unit) if unit else None, permissions, by))
    return tuple(found)


def _permissions(claim: Mapping[str, Any]) -> frozenset[str]:
    if "may" in claim:
        every = ((about, verb) for about, verbs in dict(claim["may"]).items() for verb in str(verbs).split())
        return frozenset(f"{about}.{verb}".removeprefix(".") for about, verb in every)
    return frozenset(claim["permissions"])


def caller_of(metadata: Mapping[str, str], verifier: TokenVerifier) -> Caller:
    """The caller that a call's metadata proves; nobody where there is no token at all."""
    header = metadata.get("authorization", "")
    if not header:
        return NOBODY
    kind, _, token = header.partition(" ")
    if kind.lower() != "bearer" or not token:
        raise TokenInvalid
    return verifier.verify(token.strip())
