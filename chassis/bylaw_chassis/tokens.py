"""Tokens: signed by people with Ed25519, verified by every service by itself and remembered for a minute."""

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bylaw_chassis.access_tokens import PREFIX, AccessTokens
from bylaw_chassis.caller import NOBODY, Caller, HeldGrant, Scope
from bylaw_chassis.clock import Clock
from bylaw_chassis.refusals import TokenEnded, TokenExpired, TokenInvalid

ISSUER, AUDIENCE, TYPE = "bylaw/people", "bylaw", "at+jwt"
LEEWAY_SECONDS = 60
LARGEST_TOKEN_BYTES = 16_384
LONGEST_KEY_ID = 64
LONGEST_LIFETIME_SECONDS = 90_000
CACHED_TOKENS = 4_096
CACHED_SECONDS = 60.0

KeySource = Callable[[str], Ed25519PublicKey | None]
"""Answers the public key of a key id; nothing for one that nobody published."""

Ended = Callable[[Caller], bool]
"""Whether a caller's session has ended, or what they may do has changed since their token was made."""


def never_ended(_caller: Caller) -> bool:
    """No token ends before its time: where nobody signs out, as in a test of one part."""
    return False


def mint(caller: Caller, *, key_id: str, key: Ed25519PrivateKey, now: datetime, lifetime: timedelta) -> str:
    """Signs a token for a caller, valid from now for a lifetime."""
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": caller.key,
        "iat": now,
        "exp": now + lifetime,
        "grants": _grant_claims(caller.grants),
        "rev": caller.access_revision,
    }
    if caller.session:
        claims["sid"] = str(caller.session)
    if caller.methods:
        claims["amr"] = list(caller.methods)
    return jwt.encode(claims, key, algorithm="EdDSA", headers={"kid": key_id, "typ": TYPE})


def _grant_claims(grants: Sequence[HeldGrant]) -> list[Mapping[str, Any]]:
    """Each set of permissions stands where it first comes; later grants of the same set say which that was (`as`).

    So whoever heads thirty units still has a token that fits.
    """
    places: dict[frozenset[str], int] = {}
    claims: list[Mapping[str, Any]] = []
    for place, grant in enumerate(grants):
        first = places.setdefault(grant.permissions, place)
        what = {"permissions": sorted(grant.permissions)} if first == place else {"as": first}
        where = {"scope": grant.scope.value, "unit": str(grant.unit or "")}
        claims.append({**where, **what, "by": list(grant.sources)})
    return claims


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
        self._known: dict[bytes, tuple[float, float, Caller]] = {}

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
        caller = self._signed(token)
        if self.ended(caller):
            raise TokenEnded
        return caller

    def _signed(self, token: str) -> Caller:
        if not token.isascii() or len(token) > LARGEST_TOKEN_BYTES:
            raise TokenInvalid
        digest = hashlib.sha256(token.encode()).digest()
        known = self._known.get(digest)
        if known and known[0] > time.monotonic():
            if known[1] > self.clock().timestamp():
                return known[2]
            raise TokenExpired
        claims = self._claims(token)
        caller = _caller(claims)
        self._remember(digest, float(claims["exp"]) + LEEWAY_SECONDS, caller)
        return caller

    def forget(self) -> None:
        """Drops what is remembered: keys were changed."""
        self._known.clear()

    def _remember(self, digest: bytes, expires: float, caller: Caller) -> None:
        if len(self._known) >= CACHED_TOKENS:
            self._known.clear()
        self._known[digest] = (time.monotonic() + CACHED_SECONDS, expires, caller)

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
        """Times by the passed clock, with a leeway of a minute either way."""
        now, issued, expires = self.clock().timestamp(), claims["iat"], claims["exp"]
        begins = claims.get("nbf", issued)
        if not all(type(instant) is int for instant in (issued, expires, begins)):
            raise TokenInvalid
        if expires - issued > LONGEST_LIFETIME_SECONDS or max(issued, begins) > now + LEEWAY_SECONDS:
            raise TokenInvalid
        if expires + LEEWAY_SECONDS <= now:
            raise TokenExpired


def _caller(claims: Mapping[str, Any]) -> Caller:
    subject = str(claims["sub"])
    try:
        grants = _grants(claims.get("grants", ()))
        if subject.startswith("service:"):
            return Caller(service=subject.removeprefix("service:"), grants=grants)
        session, revision = claims.get("sid"), claims.get("rev", 0)
        if type(revision) is not int:
            raise TokenInvalid
        return Caller(
            person=UUID(subject),
            grants=grants,
            session=UUID(session) if session else None,
            access_revision=revision,
            methods=tuple(str(method) for method in claims.get("amr", ())),
        )
    except (ValueError, LookupError, TypeError) as error:
        raise TokenInvalid from error


def _grants(claims: Sequence[Mapping[str, Any]]) -> tuple[HeldGrant, ...]:
    found: list[HeldGrant] = []
    for claim in claims:
        unit, by = claim["unit"], tuple(claim.get("by", ()))
        permissions = found[claim["as"]].permissions if "as" in claim else frozenset(claim["permissions"])
        found.append(HeldGrant(Scope(claim["scope"]), UUID(unit) if unit else None, permissions, by))
    return tuple(found)


def caller_of(metadata: Mapping[str, str], verifier: TokenVerifier) -> Caller:
    """The caller that a call's metadata proves; nobody where there is no token at all."""
    header = metadata.get("authorization", "")
    if not header:
        return NOBODY
    kind, _, token = header.partition(" ")
    if kind.lower() != "bearer" or not token:
        raise TokenInvalid
    return verifier.verify(token.strip())
