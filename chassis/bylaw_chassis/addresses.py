"""From where a call comes: what the gateway says under seal, else the other end; never what anybody may write."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from bylaw_chassis.keys import derived_key

ADDRESS, SEAL, TRACE = "x-forwarded-for", "x-forwarded-seal", "x-trace-id"
LONGEST_ADDRESS = 64


@dataclass(frozen=True, slots=True)
class AddressSeal:
    """Seals the address of a call and its trace with a key of the installation; without a key nothing is believed."""

    key: bytes = field(default=b"", repr=False)

    def sealed(self, address: str, trace_id: str) -> str:
        """What stands beside an address, for one trace; empty without a key."""
        content = f"{trace_id}\n{address}".encode()
        return hmac.new(self.key, content, hashlib.sha256).hexdigest() if self.key else ""

    def opened(self, metadata: Mapping[str, str]) -> str:
        """The address that the gateway tells; empty where none was told, or somebody else told it."""
        address, told = metadata.get(ADDRESS, ""), metadata.get(SEAL, "")
        right = self.sealed(address, metadata.get(TRACE, ""))
        return address[:LONGEST_ADDRESS] if right and hmac.compare_digest(right.encode(), told.encode()) else ""


UNSEALED = AddressSeal()
"""Believes nobody."""


def address_seal(secret: str) -> AddressSeal:
    """That of a secret which the gateway and every service have: one of its own, or in one process the master key."""
    return AddressSeal(derived_key(secret, "gateway-addresses"))


def address_of_peer(peer: str) -> str:
    """The address in what gRPC calls the other end, `ipv4:192.0.2.1:5000`; empty for what is no network."""
    kind, _, place = unquote(peer).partition(":")
    return place.rpartition(":")[0].strip("[]") if kind in {"ipv4", "ipv6"} else ""
