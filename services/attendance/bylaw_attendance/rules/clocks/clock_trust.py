"""Whether whoever uses a clock's serial number is that clock: by its communication key, and by where it comes from."""

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import NamedTuple

from bylaw_attendance.rules.clocks.pushing import TroubleKind, Trust

COMMUNICATION_KEY = re.compile(r"[!-%'-~]{4,64}")
"""Visible ASCII without `&`, which parts the fields of an address."""

MOST_NETWORKS = 8


class Visitor(NamedTuple):
    """Whoever says to be a clock: its serial number, the address it comes from, and the key it sent, if any."""

    serial_number: str
    address: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class ClockKeys:
    """How communication keys are kept, and compared.

    Most menus take six digits, so a plain digest would be undone in a moment: this one is made with a secret that the
    database does not hold.
    """

    secret: bytes = field(repr=False)

    def digest(self, serial_number: str, key: str) -> bytes:
        """What is kept of a clock's key."""
        return hmac.new(self.secret, f"{serial_number}\n{key}".encode(), hashlib.sha256).digest()

    def distrust(self, trust: Trust, visitor: Visitor) -> TroubleKind | None:
        """Why a visitor is not the clock whose serial number it uses; None: it is let in (ATT-1).

        Most clocks send their key with their hello alone. So a hello with it vouches for the address it came from,
        until one comes from another; a key that is sent with anything else counts as well.
        """
        if not _is_within(trust.source_networks, visitor.address):
            return TroubleKind.NETWORK_WRONG
        if trust.key_digest is None:
            return None
        if visitor.key:
            is_right = hmac.compare_digest(trust.key_digest, self.digest(visitor.serial_number, visitor.key))
        else:
            is_right = bool(visitor.address) and visitor.address == trust.key_address
        return None if is_right else TroubleKind.KEY_WRONG


def network(text: str) -> str | None:
    """A network as it is kept, `10.8.0.0/24`; None where the text is none. An address is a network of one."""
    try:
        return str(ip_network(text))
    except ValueError:
        return None


def _is_within(networks: Sequence[str], address: str) -> bool:
    if not networks:
        return True
    found = _address(address)
    return found is not None and any(found in one for one in map(_network, networks) if one.version == found.version)


@lru_cache(maxsize=1024)
def _network(text: str) -> IPv4Network | IPv6Network:
    return ip_network(text)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return (found.ipv4_mapped if isinstance(found, IPv6Address) else None) or found
