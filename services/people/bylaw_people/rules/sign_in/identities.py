"""What an external provider says of somebody: when its ID token counts, and by what it finds a person here."""

import hmac
import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from bylaw_people.rules.sign_in.refusals import OidcRefused

FLOW_LIFETIME = timedelta(minutes=10)
LEEWAY_SECONDS = 60
LATEST_INSTANT = 2**40
LONGEST_SUBJECT = 255
LONGEST_EMAIL = 254
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
"""What an ID token may be signed with: never nothing, and never a secret that others hold too."""


def is_safe(url: str) -> bool:
    """Whether what is sent there stays secret: HTTPS, or this very machine."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL)


def require_claims(
    claims: Mapping[str, Any], *, issuer: str, client_id: str, nonce: str, now: datetime
) -> Mapping[str, Any]:
    """The claims of an ID token whose signature was verified; refuses OIDC_REFUSED where they are not for us, now."""
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    party = claims.get("azp", client_id if len(audiences) == 1 else None)
    subject, said = claims.get("sub"), claims.get("nonce")
    right = (
        claims.get("iss") == issuer
        and client_id in audiences
        and party == client_id
        and isinstance(said, str)
        and hmac.compare_digest(said.encode(), nonce.encode())
        and isinstance(subject, str)
        and 0 < len(subject) <= LONGEST_SUBJECT
        and _in_time(claims, now.timestamp())
    )
    if not right:
        raise OidcRefused
    return claims


def _in_time(claims: Mapping[str, Any], now: float) -> bool:
    ends, issued = _instant(claims.get("exp")), _instant(claims.get("iat"))
    begins = _instant(claims.get("nbf", claims.get("iat")))
    return now < ends + LEEWAY_SECONDS and issued <= now + LEEWAY_SECONDS and begins <= now + LEEWAY_SECONDS


def _instant(value: object) -> float:
    """Seconds since 1970; what is none is in no time at all."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < LATEST_INSTANT:
        return math.nan
    return float(value)


def proved_at_of(claims: Mapping[str, Any], now: datetime) -> datetime | None:
    """When somebody proved to the provider who they are (`auth_time`), at most now; nothing where it does not say."""
    said = _instant(claims.get("auth_time"))
    return None if math.isnan(said) or said < 0 else min(datetime.fromtimestamp(said, UTC), now)


def number_of(claims: Mapping[str, Any], claim: str) -> str:
    """The employee number in the claim that is set; empty where none is set or it holds none."""
    value = claims.get(claim) if claim else None
    return value if isinstance(value, str) and 0 < len(value) <= 64 and "\0" not in value else ""


def verified_email(claims: Mapping[str, Any]) -> str:
    """The address in its one form, if the provider says that it has verified it; otherwise it proves nothing."""
    value = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(value, str):
        return ""
    return normal_email(value)


def normal_email(text: str) -> str:
    """An address in its one form; empty for one that is none.

    Other than ASCII is not folded into it: `ａdmin@…` would then prove to be `admin@…`.
    """
    plain = text.strip().lower()
    name, at, domain = plain.rpartition("@")
    fine = plain.isascii() and plain.isprintable() and " " not in plain and len(plain) <= LONGEST_EMAIL
    return plain if fine and at and name and "." in domain.strip(".") else ""
