"""A pushed form read, and a signature compared in constant time: what every adapter that is pushed needs."""

import hmac
import json
from typing import Any
from urllib.parse import parse_qsl

from bylaw_hooks.couriers.adapters import PushRefused
from bylaw_hooks.couriers.facts import Push

MOST_FIELDS = 32


def read_form(push: Push) -> dict[str, str]:
    """The fields of a form in UTF-8, each once; raises PushRefused (PUSH_UNREADABLE)."""
    try:
        told = parse_qsl(
            push.body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:  # no ASCII, no UTF-8 behind the percents, no form, too many fields
        raise PushRefused("PUSH_UNREADABLE") from None
    fields = dict(told)
    if len(fields) < len(told):
        raise PushRefused("PUSH_UNREADABLE")
    return fields


def check_signature(told: str, expected: str) -> None:
    """Raises PushRefused (PUSH_FORGED), in the same time wherever they differ."""
    if not hmac.compare_digest(told.encode("utf-8", "replace"), expected.encode("utf-8", "replace")):
        raise PushRefused("PUSH_FORGED", forged=True)


def read_object(text: str) -> dict[str, Any]:
    """A JSON object; raises PushRefused (PUSH_UNREADABLE)."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise PushRefused("PUSH_UNREADABLE") from None
    if not isinstance(told, dict):
        raise PushRefused("PUSH_UNREADABLE")
    return told
