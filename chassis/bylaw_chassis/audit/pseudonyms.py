"""Keyed digests of what must not stand in the trail in clear: addresses, logins, and the bodies of requests."""

import hmac
from dataclasses import dataclass
from ipaddress import ip_address

from bylaw_chassis.keys import derived_key


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Digests under a key of the installation; without a key there are none.

    Addresses are few, and bodies hold passwords: a digest without a key could be guessed through.
    """

    key: bytes = b""

    def address(self, text: str) -> str:
        """Sixteen hexadecimal digits for an address, the same each time; empty for none."""
        return self._digest(b"address", _normal(text).encode())[:16] if text else ""

    def login(self, text: str) -> str:
        """Sixteen hexadecimal digits for a login as it is compared, the same each time; empty for none."""
        return self._digest(b"login", text.encode())[:16] if text else ""

    def request(self, method: str, body: bytes) -> str:
        """The digest of a request; `body` is SHA-256 of it without its key, so that the same wish has the same."""
        return self._digest(b"request", method.encode() + b"\n" + body)

    def repeat(self, method: str, body: bytes) -> bytes:
        """The digest by which a repeat of a request is known, as bytes; without a key the body's own."""
        return bytes.fromhex(self._digest(b"repeat", method.encode() + b"\n" + body)) or body

    def _digest(self, kind: bytes, content: bytes) -> str:
        return hmac.digest(self.key, kind + b"\n" + content, "sha256").hex() if self.key else ""


NO_PSEUDONYMS = Pseudonyms()
"""Those without a key."""


def pseudonyms(master_key: str) -> Pseudonyms:
    """Those of an installation, the same in every service."""
    return Pseudonyms(derived_key(master_key, "audit-pseudonyms"))


def _normal(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        return text
