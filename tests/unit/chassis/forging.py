"""Makes tokens as people would, and as nobody should."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bylaw_chassis.tokens import AUDIENCE, ISSUER, TYPE, TokenVerifier
from bylaw_chassis.values import new_id
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
KEY = Ed25519PrivateKey.generate()
PERSON = str(new_id())
HEADER = {"alg": "EdDSA", "typ": TYPE, "kid": "k1"}


class SetClock:
    """A clock that a test sets."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def claims(**changed: Any) -> dict[str, Any]:
    """What a good token claims; a claim changed to `...` is left out."""
    now = int(NOON.timestamp())
    good = {"iss": ISSUER, "aud": AUDIENCE, "sub": PERSON, "iat": now, "exp": now + 600, "grants": []}
    return {name: value for name, value in {**good, **changed}.items() if value is not ...}


def encoded(part: Mapping[str, Any] | bytes) -> str:
    """A part of a token."""
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def token(
    header: Mapping[str, Any] | bytes = HEADER, payload: Mapping[str, Any] | bytes | None = None, *, key: Any = KEY
) -> str:
    """A token signed over whatever it says."""
    signed = f"{encoded(header)}.{encoded(claims() if payload is None else payload)}"
    return f"{signed}.{encoded(key.sign(signed.encode()))}"


def verifier(clock: SetClock | None = None) -> TokenVerifier:
    """Knows the one key `k1`."""
    return TokenVerifier({"k1": KEY.public_key()}.get, clock or SetClock())
