"""Tokens that say nothing: a prefix that tells what it is, 256 random bits, and a checksum; only digests are stored."""

import hashlib
import re
import zlib
from enum import StrEnum


class Opaque(StrEnum):
    """The kinds, by their prefix; a scanner of sources and logs knows them by it."""

    ACCESS = "bylaw_pat_"
    REFRESH = "bylaw_refresh_"
    DEVICE = "bylaw_device_"
    FLOW = "bylaw_flow_"


RANDOM_BYTES = 32
_BODY = re.compile(r"([0-9a-f]{64})([0-9a-f]{8})", re.ASCII)


def written(kind: Opaque, random: bytes) -> str:
    """The token for 32 random bytes."""
    body = random.hex()
    return f"{kind.value}{body}{_checksum(kind, body)}"


def digest_of(kind: Opaque, token: str) -> bytes | None:
    """The SHA-256 by which a token is known; nothing where it is none of this kind, or was cut or mistyped."""
    return hashlib.sha256(token.encode()).digest() if random_of(kind, token) else None


def random_of(kind: Opaque, token: str) -> bytes | None:
    """The 32 bytes in a token; nothing where it is none of this kind, or was cut or mistyped."""
    if not token.startswith(kind.value):
        return None
    found = _BODY.fullmatch(token[len(kind.value) :])
    if found is None or found[2] != _checksum(kind, found[1]):
        return None
    return bytes.fromhex(found[1])


def _checksum(kind: Opaque, body: str) -> str:
    """No secret: it tells a mistyped token from an unknown one without asking the database."""
    return f"{zlib.crc32(f'{kind.value}{body}'.encode()):08x}"
