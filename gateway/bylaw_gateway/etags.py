"""ETags: a message's `etag` field as a header, and a caller's If-Match and If-None-Match back."""

import re

from bylaw_gateway.refusals import Refused

_TAG = re.compile(r'\s*(?:W/)?"([\x21\x23-\x7e]*)"\s*')
_FIELD = re.compile(r"[\x21\x23-\x7e]+")


def header(etag: str) -> str | None:
    """The header for a value of the field; None where the value cannot stand in a header."""
    return f'"{etag}"' if _FIELD.fullmatch(etag) else None


def is_known(etag: str, if_none_match: str) -> bool:
    """Whether the caller already has this version."""
    if if_none_match.strip() == "*":
        return True
    return any(match[1] == etag for part in if_none_match.split(",") if (match := _TAG.fullmatch(part)))


def wanted(if_match: str) -> str:
    """The one version that an If-Match asks for; empty for `*`, which any version satisfies."""
    if if_match.strip() == "*":
        return ""
    match = _TAG.fullmatch(if_match)
    if not match:
        raise Refused("HEADER_INVALID", header="If-Match")
    return match[1]
