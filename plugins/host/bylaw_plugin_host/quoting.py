"""Figures, limits and choices as they stand in a sentence of either language."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bylaw_hooks import Both

LONGEST_TEXT, MOST_CHOICES = 200, 24
LANGUAGES = ("zh", "en")
DURATION = re.compile(r"(\d+) (day|hour|minute|second|microsecond)s?")
"""How pydantic words a duration; a negative one begins with "negative"."""
CHINESE_UNITS: Mapping[str, str] = MappingProxyType(
    {"day": "天", "hour": "小时", "minute": "分钟", "second": "秒", "microsecond": "微秒"}
)


def cut(text: str) -> str:
    """A text of somebody else's, no longer than a sentence bears, on one line."""
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_TEXT else f"{plain[:LONGEST_TEXT]}…"


def quoted(value: Any) -> str:
    """A value as one would type it: numbers bare, texts in quotes."""
    if isinstance(value, str):
        return f"“{cut(value)}”"
    shown = cut(json.dumps(value, ensure_ascii=False))
    return shown if isinstance(value, int | float) and not isinstance(value, bool) else f"“{shown}”"


def beside(shown: str) -> str:
    """Something shown behind a Chinese word: a blank stands before a figure, none before a quote."""
    return shown if shown.startswith("“") else f" {shown}"


def one_of(values: Sequence[Any], titles: Mapping[str, Any] | None = None) -> Both:
    """The values that are allowed, each with what it is called where that is known."""
    if len(values) == 1:
        return Both(f"须为{beside(quoted(values[0]))}", f"must be {quoted(values[0])}")
    said = listed(values, titles or {})
    return Both(f"须为以下之一：{said.zh}", f"must be one of {said.en}")


def listed(values: Sequence[Any], titles: Mapping[str, Any] = MappingProxyType({})) -> Both:
    """So many values, or the first of them."""
    shown, more = values[:MOST_CHOICES], len(values) - MOST_CHOICES
    zh, en = (
        [f"{quoted(value)}{_called(titles.get(str(value)), language)}" for value in shown] for language in LANGUAGES
    )
    if more > 0:
        return Both(f"{'、'.join(zh)}等 {len(values)} 个", f"{', '.join(en)} and {more} more")
    return Both("、".join(zh), ", ".join(en))


def _called(title: Any, language: str) -> str:
    called = title.get(language) if isinstance(title, dict) else None
    if not isinstance(called, str) or not called:
        return ""
    return f"({cut(called)})" if language == "zh" else f" ({cut(called)})"


def count(number: int, unit: str) -> str:
    """One item, 2 items: a number with what there are so many of."""
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def limit(value: Any) -> Both | None:
    """A limit that a value may not pass: a number, a date, a duration; None where it is nothing of the kind."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if not isinstance(value, str):
        shown = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
        return Both(shown, shown)
    parts = DURATION.findall(value)
    if parts and not value.startswith("negative"):
        return Both(
            " ".join(f"{number} {CHINESE_UNITS[unit]}" for number, unit in parts),
            _and([count(int(number), unit) for number, unit in parts]),
        )
    shown = value if re.fullmatch(r"[-+0-9.:]{1,40}", value) else quoted(value)
    return Both(shown, shown)


def _and(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def said_in_quotes(text: Any) -> list[str]:
    """The choices that pydantic lists in one English text: 'a', 'b' or 'c'."""
    return re.findall(r"'([^']*)'", text) if isinstance(text, str) else []


def joined(alternatives: Iterable[Both]) -> Both:
    """Sentences of which one must hold."""
    said = list(dict.fromkeys(alternatives))
    return Both("，或".join(one.zh for one in said), ", or ".join(one.en for one in said))
