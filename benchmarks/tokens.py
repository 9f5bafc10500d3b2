"""What a verified token costs once it is remembered, against a SHA-256 and a look-up in a dictionary."""

import hashlib
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from typing import Any

from bylaw_chassis.caller import Caller, HeldGrant, Scope
from bylaw_chassis.clock import system_clock
from bylaw_chassis.tokens import TokenVerifier, mint
from bylaw_chassis.values import new_id
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

CALLS, ROUNDS = 20_000, 7


def token(key: Ed25519PrivateKey) -> str:
    """A token as a clerk has it: two grants of a few permissions."""
    permissions = frozenset(f"attendance.things.verb{number}" for number in range(6))
    grants = (HeldGrant(Scope.UNIT, new_id(), permissions), HeldGrant(Scope.SELF, None, permissions))
    caller = Caller(person=new_id(), grants=grants)
    return mint(caller, key_id="k1", key=key, now=system_clock(), lifetime=timedelta(minutes=10))


def microseconds(act: Callable[[str], object], given: str) -> float:
    """What a call costs of this process's time."""
    began = time.process_time()
    for _ in range(CALLS):
        act(given)
    return (time.process_time() - began) / CALLS * 1e6


def measure() -> list[dict[str, Any]]:
    """The ratio, both sides taken in turn."""
    key = Ed25519PrivateKey.generate()
    verifier, given = TokenVerifier({"k1": key.public_key()}.get, system_clock), token(key)
    known = {hashlib.sha256(given.encode()).digest(): verifier.verify(given)}

    def look_up(text: str) -> Caller:
        return known[hashlib.sha256(text.encode()).digest()]

    pairs = [(microseconds(verifier.verify, given), microseconds(look_up, given)) for _ in range(ROUNDS)]
    verified, limit = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    return [
        {
            "name": "verified token, remembered",
            "ratio": round(verified / limit, 2),
            "goal": "<= 3",
            "unit": "times SHA-256 and a look-up",
            "detail": f"{verified:.2f} µs against {limit:.2f} µs for a token of {len(given)} bytes",
        }
    ]
