"""How the well-known types look as JSON text: instants, durations, field masks and free-form values."""

import base64
import binascii
import re
from datetime import datetime, timedelta
from typing import Any

# Without a zone: every Timestamp is UTC, and instants without a zone are cheaper to make and to print.
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001
_INSTANT = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:(Z)|([+-])([01]\d|2[0-3]):([0-5]\d))",
    re.ASCII,
)
_DURATION = re.compile(r"(-?)(\d{1,12})(?:\.(\d{1,9}))?s", re.ASCII)
_MASK_PATH = re.compile(r"[a-zA-Z0-9.]*", re.ASCII)
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]*={0,2}", re.ASCII)
_FIRST_SECOND, _LAST_SECOND = -62135596800, 253402300799
_LONGEST_SECONDS = 315_576_000_000


def fraction_text(nanos: int) -> str:
    """Print nanoseconds with no, three, six or nine digits, as proto3 JSON does."""
    if not nanos:
        return ""
    if nanos % 1_000_000 == 0:
        return f".{nanos // 1_000_000:03d}"
    return f".{nanos // 1_000:06d}" if nanos % 1_000 == 0 else f".{nanos:09d}"


def instant_json(instant: Any) -> datetime | str:
    """A Timestamp: whole seconds as a datetime in UTC, which `json_bytes` prints; with a fraction as RFC 3339."""
    whole = _EPOCH + timedelta(0, instant.seconds)
    nanos = instant.nanos
    return f"{whole.isoformat()}{fraction_text(nanos)}Z" if nanos else whole


def instant_parts(text: str) -> dict[str, int]:
    """Read RFC 3339 with any offset; ValueError if it is no instant between the years 1 and 9999."""
    match = _INSTANT.fullmatch(text)
    if match is None:
        raise ValueError(text)
    clock, fraction, utc, sign, hours, minutes = match.groups()
    since = datetime.fromisoformat(clock) - _EPOCH
    seconds = since.days * 86400 + since.seconds
    if not utc:
        offset_seconds = int(hours) * 3600 + int(minutes) * 60
        seconds += offset_seconds if sign == "-" else -offset_seconds
        if not _FIRST_SECOND <= seconds <= _LAST_SECOND:
            raise ValueError(text)
    return {"seconds": seconds, "nanos": int(fraction.ljust(9, "0")) if fraction else 0}


def duration_text(duration: Any) -> str:
    """Print a Duration as seconds with an `s`."""
    seconds, nanos = duration.seconds, duration.nanos
    sign = "-" if seconds < 0 or nanos < 0 else ""
    return f"{sign}{abs(seconds)}{fraction_text(abs(nanos))}s"


def duration_parts(text: str) -> dict[str, int]:
    """Read `3.5s`; ValueError if it is no duration of at most 10,000 years."""
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ValueError(text)
    sign, whole, fraction = match.groups()
    seconds, nanos = int(whole), int(fraction.ljust(9, "0")) if fraction else 0
    if seconds + (nanos > 0) > _LONGEST_SECONDS:
        raise ValueError(text)
    return {"seconds": -seconds, "nanos": -nanos} if sign else {"seconds": seconds, "nanos": nanos}


def camel(snake: str) -> str:
    """Spell a proto field name as lowerCamelCase."""
    return re.sub(r"_([a-z])", lambda match: match[1].upper(), snake)


def mask_text(mask: Any) -> str:
    """Print a FieldMask as camelCase paths parted by commas."""
    return ",".join(camel(path) for path in mask.paths)


def mask_parts(text: str) -> dict[str, list[str]]:
    """Read comma separated camelCase paths; ValueError if a path could not be a camelCase one."""
    paths = text.split(",") if text else []
    if not all(_MASK_PATH.fullmatch(path) for path in paths):
        raise ValueError(text)
    return {"paths": [re.sub(r"[A-Z]", lambda match: "_" + match[0].lower(), path) for path in paths]}


def bytes_text(content: bytes) -> str:
    """Print bytes as standard base64."""
    return base64.b64encode(content).decode("ascii")


def bytes_parts(text: str) -> bytes:
    """Read base64, standard or URL-safe, padded or not; ValueError if it is neither."""
    if not _BASE64.fullmatch(text):
        raise ValueError(text)
    bare = text.rstrip("=")
    try:
        return base64.urlsafe_b64decode(bare.replace("+", "-").replace("/", "_") + "=" * (-len(bare) % 4))
    except binascii.Error as error:
        raise ValueError(text) from error
