"""Devices on which somebody signed in before: what they bring is counted apart from what strangers try."""

import hashlib
import hmac
from datetime import date

NONCE_BYTES = 12
KNOWN_DAYS = 180
_DAY = slice(NONCE_BYTES, NONCE_BYTES + 4)
_SEAL = slice(NONCE_BYTES + 4, None)


def device_bytes(key: bytes, login: str, nonce: bytes, day: date) -> bytes:
    """The 32 bytes of a device token: a nonce, the day, and a seal over both and the login."""
    body = nonce + day.toordinal().to_bytes(4, "big")
    return body + _seal(key, login, body)


def knows_device(key: bytes, login: str, token: bytes | None, today: date) -> bool:
    """Whether a device token was given to whoever has this login, not too long ago."""
    if token is None or not hmac.compare_digest(token[_SEAL], _seal(key, login, token[: _SEAL.start])):
        return False
    return 0 <= today.toordinal() - int.from_bytes(token[_DAY], "big") <= KNOWN_DAYS


def _seal(key: bytes, login: str, body: bytes) -> bytes:
    return hmac.digest(key, body + login.encode(), hashlib.sha256)[:16]
