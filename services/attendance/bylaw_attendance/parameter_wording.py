"""What is wrong with a parameter of a pattern, in both languages: pydantic itself speaks only English."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bylaw_chassis.refusals import Violation

CHINESE: Mapping[str, str] = MappingProxyType(
    {
        "missing": "缺少此参数",
        "extra_forbidden": "没有这个参数",
        "int_type": "应为整数",
        "float_type": "应为数字",
        "bool_type": "应为 true 或 false",
        "string_type": "应为文本",
        "tuple_type": "应为列表",
        "list_type": "应为列表",
        "model_type": "应为一组参数",
        "string_pattern_mismatch": "格式不对，应符合 {pattern}",
        "literal_error": "应为 {expected} 之一",
        "greater_than_equal": "不得小于 {ge}",
        "less_than_equal": "不得大于 {le}",
        "greater_than": "应大于 {gt}",
        "less_than": "应小于 {lt}",
        "too_short": "至少 {min_length} 项",
        "too_long": "至多 {max_length} 项",
    }
)
UNKNOWN = "参数不合要求"


def violations(errors: Sequence[Any], *, parent: str, reason: str) -> list[Violation]:
    """Each faulty parameter with its path; what is said of a list because of its items is left out."""
    return [
        Violation(".".join((parent, *map(str, error["loc"]))), reason, *_words(error)) for error in _deepest(errors)
    ]


def _deepest(errors: Sequence[Any]) -> Iterator[Any]:
    places = [error["loc"] for error in errors]
    for error in errors:
        place = error["loc"]
        if not any(len(other) > len(place) and other[: len(place)] == place for other in places if place):
            yield error


def _words(error: Any) -> tuple[str, str]:
    """A plugin's own check brings its words in both languages (`zh` and `en` in the error's context)."""
    context: Mapping[str, Any] = error.get("ctx", {})
    if "zh" in context and "en" in context:
        return str(context["zh"]), str(context["en"])
    return CHINESE.get(error["type"], UNKNOWN).format_map(context), str(error["msg"])
