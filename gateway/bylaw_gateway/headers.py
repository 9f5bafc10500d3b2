"""What a call carries on besides its message: who calls, from where, in which language and until when."""

import math
import re
import secrets
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, NamedTuple

from bylaw_chassis.addresses import ADDRESS, SEAL, AddressSeal

from bylaw_gateway.refusals import Refused
from bylaw_gateway.settings import GatewaySettings

Environ = dict[str, Any]

_TRACEPARENT = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?")
TRACEPARENT_LENGTH = 55
"""Up to the flags; what a later version adds behind them is not handed on."""

_BEARER = re.compile(r"[Bb]earer +[\x21-\x7e]{1,16384}")  # as long as a token may be
_VISIBLE_KEY = re.compile(r"[\x21-\x7e]{1,128}")
_LANGUAGE = re.compile(r"\s*([a-zA-Z*]{1,8})(?:-[a-zA-Z0-9-]{1,35})?\s*(?:;\s*q\s*=\s*(\d(?:\.\d{0,3})?)\s*)?")


class Caller(NamedTuple):
    """What the headers say about a caller, checked."""

    trace_id: str
    language: str
    call_seconds: float
    stream_seconds: float
    metadata: list[tuple[str, str]]


def trace_id(environ: Environ) -> str:
    """The trace of a valid `traceparent`, else a new one."""
    match = _TRACEPARENT.fullmatch(environ.get("HTTP_TRACEPARENT", ""))
    return match[1] if match else secrets.token_hex(16)


@lru_cache(maxsize=512)
def language(accepted: str, default: str) -> str:
    """`zh` or `en`, whichever the caller likes better."""
    best, chosen = 0.0, default
    for part in accepted[:500].split(","):
        match = _LANGUAGE.fullmatch(part)
        if match and match[1].lower() in {"zh", "en"}:
            weight = float(match[2]) if match[2] else 1.0
            if weight > best:
                best, chosen = weight, match[1].lower()
    return chosen


def caller(environ: Environ, settings: GatewaySettings, trace: str, *, seal: AddressSeal) -> Caller:
    """Read the headers of a call; Refused names the header that cannot be taken. `seal` proves the address."""
    address = client_address(environ, settings)
    spoken = language(environ.get("HTTP_ACCEPT_LANGUAGE", ""), settings.default_language)
    metadata = [
        ("x-trace-id", trace),
        ("accept-language", spoken),
        (ADDRESS, address),
        (SEAL, seal.sealed(address, trace)),
    ]
    if parent := _TRACEPARENT.fullmatch(environ.get("HTTP_TRACEPARENT", "")):
        metadata.append(("traceparent", parent[0][:TRACEPARENT_LENGTH]))
    authorization = environ.get("HTTP_AUTHORIZATION")
    if authorization is not None:
        metadata.append(("authorization", _bearer(authorization)))
    asked = _asked_seconds(environ)
    return Caller(trace, spoken, min(settings.call_seconds, asked), min(settings.stream_seconds, asked), metadata)


def _bearer(value: str) -> str:
    if not _BEARER.fullmatch(value):
        raise Refused("AUTHORIZATION_INVALID", headers={"WWW-Authenticate": 'Bearer error="invalid_request"'})
    return value


def _asked_seconds(environ: Environ) -> float:
    text = environ.get("HTTP_X_DEADLINE_MS")
    if text is None:
        return math.inf
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) > 0):
        raise Refused("HEADER_INVALID", header="X-Deadline-Ms")
    return int(text) / 1000


def client_address(environ: Environ, settings: GatewaySettings) -> str:
    """Who really called: X-Forwarded-For is believed only as far as configured proxies wrote it."""
    peer: str = environ.get("REMOTE_ADDR") or ""
    if not settings.trusted_proxies or not _is_trusted(peer, settings):
        return peer
    hops = [hop.strip() for hop in environ.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    for hop in reversed(hops):
        address = _address(hop)
        if address is None:
            return peer
        peer = str(address)
        if not _is_trusted(peer, settings):
            return peer
    return peer


@lru_cache(maxsize=1024)
def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found


def _is_trusted(text: str, settings: GatewaySettings) -> bool:
    address = _address(text)
    return address is not None and any(
        address.version == network.version and address in network for network in settings.trusted_proxies
    )


def idempotency_key(environ: Environ) -> str | None:
    """The Idempotency-Key, if one came; Refused if it is not 1 to 128 visible ASCII characters."""
    key: str | None = environ.get("HTTP_IDEMPOTENCY_KEY")
    if key is not None and not _VISIBLE_KEY.fullmatch(key):
        raise Refused("IDEMPOTENCY_KEY_INVALID")
    return key


def check_size(environ: Environ, settings: GatewaySettings) -> None:
    """Refuse requests with too many headers, or too long ones, before anything else is looked at."""
    sizes = [len(name) + len(value) for name, value in environ.items() if name.startswith("HTTP_")]
    if len(sizes) > settings.header_limit or sum(sizes) > settings.header_bytes:
        raise Refused("HEADERS_TOO_LARGE")
    if len(environ.get("QUERY_STRING", "")) > settings.header_bytes:
        raise Refused("HEADERS_TOO_LARGE")
