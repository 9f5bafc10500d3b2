"""What a model of parameters refuses, as JSON that holds nothing of what was given: from pydantic's own errors."""

import re
from collections.abc import Iterator
from typing import Any, get_args

import orjson
from pydantic import ValidationError
from pydantic_core import core_schema

OF_THE_AUTHOR = {"value_error", "assertion_error"}
OF_PYDANTIC = frozenset(get_args(core_schema.ErrorType)) - OF_THE_AUTHOR
GIVEN = {"tag", "actual_length", "tz_actual"}
"""What pydantic tells of the value itself."""
WIDEST = 2**63


def violations_of(error: ValidationError) -> list[dict[str, Any]]:
    """Each fault: `type`, `loc`, `ctx`, and as `msg` what the plugin's author says of it, or nothing."""
    listed = [_told(one) for one in error.errors(include_url=False)]
    told: list[dict[str, Any]] = orjson.loads(orjson.dumps(listed, default=str))
    return told


def _told(one: Any) -> dict[str, Any]:
    context = {name: _narrow(value) for name, value in one.get("ctx", {}).items() if name not in GIVEN}
    words = "" if one["type"] in OF_PYDANTIC else str(one["msg"])
    if one["type"] in OF_THE_AUTHOR:
        words = str(context.pop("error", ""))
    repeated = any(_holds(words, text) for text in _texts(one["input"]))
    return {"type": one["type"], "loc": list(one["loc"]), "msg": "" if repeated else words, "ctx": context}


def _narrow(value: Any) -> Any:
    return str(value) if isinstance(value, int) and abs(value) >= WIDEST else value


def _holds(words: str, text: str) -> bool:
    """Whether the words repeat a text that was given, which may be somebody's name."""
    return bool(text) and re.search(rf"(?<!\w){re.escape(text)}(?!\w)", words) is not None


def _texts(given: Any) -> Iterator[str]:
    """All that stands in what was given."""
    if isinstance(given, dict):
        for one in given.values():
            yield from _texts(one)
    elif isinstance(given, (list, tuple, set, frozenset)):
        for one in given:
            yield from _texts(one)
    elif not (given is None or isinstance(given, bool)):
        yield str(given)
