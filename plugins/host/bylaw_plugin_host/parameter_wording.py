"""What is wrong with parameters, where, in both languages: pydantic itself speaks only English, and to programmers."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, get_args

from bylaw_hooks import Both, WallSpan, WallTime

from bylaw_plugin_host.fixed_wording import FIXED, GENERAL, NO_KIND
from bylaw_plugin_host.outcomes import ParametersRefused
from bylaw_plugin_host.quoting import beside, count, cut, joined, limit, listed, one_of, quoted, said_in_quotes
from bylaw_plugin_host.schemas import CHOICES, Fork, Path, Place, place_of, sequence, table

MOST_ALTERNATIVES = 4


class ParameterFault(NamedTuple):
    """One fault: the path of the field, and what is wrong there."""

    path: Path
    words: Both


class Bound(NamedTuple):
    """A fault with a figure: where the figure stands, the sentences, and of what there are so many in English."""

    figure: str
    zh: str
    en: str
    unit: str = ""


BOUNDS: Mapping[str, Bound] = MappingProxyType(
    {
        "greater_than": Bound("gt", "须大于 {0}", "must be greater than {0}"),
        "greater_than_equal": Bound("ge", "不可小于 {0}", "must be at least {0}"),
        "less_than": Bound("lt", "须小于 {0}", "must be less than {0}"),
        "less_than_equal": Bound("le", "不可大于 {0}", "must be at most {0}"),
        "multiple_of": Bound("multiple_of", "须为 {0} 的倍数", "must be a multiple of {0}"),
        "too_short": Bound("min_length", "至少须有 {0} 项", "must have at least {0}", "item"),
        "too_long": Bound("max_length", "至多可有 {0} 项", "may have at most {0}", "item"),
        "string_too_short": Bound("min_length", "至少须有 {0} 个字符", "must have at least {0}", "character"),
        "string_too_long": Bound("max_length", "至多可有 {0} 个字符", "may have at most {0}", "character"),
        "bytes_too_short": Bound("min_length", "至少须有 {0} 个字节", "must have at least {0}", "byte"),
        "bytes_too_long": Bound("max_length", "至多可有 {0} 个字节", "may have at most {0}", "byte"),
        "url_too_long": Bound("max_length", "至多可有 {0} 个字符", "may have at most {0}", "character"),
        "decimal_max_digits": Bound("max_digits", "至多可有 {0} 位数字", "may have at most {0}", "digit"),
        "decimal_max_places": Bound("decimal_places", "至多可有 {0} 位小数", "may have at most {0}", "decimal place"),
        "decimal_whole_digits": Bound(
            "whole_digits", "小数点前至多可有 {0} 位", "may have at most {0} before the point", "digit"
        ),
        "uuid_version": Bound("expected_version", "须为第 {0} 版的 UUID", "must be a UUID of version {0}"),
    }
)
WALLS: Mapping[str, Both] = MappingProxyType(
    {
        get_args(WallTime)[1].pattern: Both(
            "须为 00:00 至 23:59 的时刻，如“08:30”", "must be a time from 00:00 to 23:59, such as “08:30”"
        ),
        get_args(WallSpan)[1].pattern: Both(
            "须为从一个时刻到另一个时刻，如“08:30-12:00”",
            "must be from one time of day to another, such as “08:30-12:00”",
        ),
    }
)
"""The patterns of the hooks' own types; nobody need read those."""


def faults_of(refused: ParametersRefused) -> list[ParameterFault]:
    """Each faulty parameter with its path; what is said of a list because of its items is left out."""
    told = [(place_of(refused.schema, error["loc"]), error) for error in _deepest(refused.violations)]
    forks: dict[Path, list[tuple[Place, Any]]] = {}
    for place, error in told:
        if place.fork:
            forks.setdefault(place.fork.path, []).append((place, error))
    found: dict[ParameterFault, None] = {}
    for place, error in told:
        tried = forks.get(place.fork.path, []) if place.fork else []
        several = len({one.fork.tried for one, _ in tried if one.fork}) > 1
        found[_of_kinds(place.fork, tried) if several and place.fork else _fault(place, error)] = None
    return list(found)


def _deepest(errors: Sequence[Any]) -> Iterator[Any]:
    places = [list(error["loc"]) for error in errors]
    above = {tuple(place[:length]) for place in places for length in range(1, len(place))}
    for error, place in zip(errors, places, strict=True):
        if tuple(place) not in above:
            yield error


def _of_kinds(fork: Fork, tried: Sequence[tuple[Place, Any]]) -> ParameterFault:
    """Where a value fits none of several kinds: what each would have asked for, where that is one sentence each."""
    plain = all(place.path == fork.path for place, _ in tried) and len(tried) <= MOST_ALTERNATIVES
    return ParameterFault(
        fork.path, _said(fork.subject, joined(_predicate(*one) for one in tried) if plain else NO_KIND)
    )


def _fault(place: Place, error: Any) -> ParameterFault:
    context: Mapping[str, Any] = error.get("ctx") or {}
    if isinstance(context.get("zh"), str) and isinstance(context.get("en"), str):
        named = context.get("field")
        known = isinstance(named, str) and named in table(place.field, "properties")
        path = (*place.path, str(named)) if known else place.path
        return ParameterFault(path, Both(cut(context["zh"]), cut(context["en"])))
    return ParameterFault(place.path, _said(place.subject, _predicate(place, error)))


def _said(subject: Both | None, words: Both) -> Both:
    return Both(f"{subject.zh}{words.zh}", f"{subject.en} {words.en}") if subject else words


def _predicate(place: Place, error: Any) -> Both:
    kind, context = error["type"], error.get("ctx") or {}
    if kind in FIXED:
        return FIXED[kind]
    if kind in BOUNDS:
        return _bounded(BOUNDS[kind], context) or GENERAL
    if kind in WAYS:
        return WAYS[kind](place, context) or GENERAL
    return _authors(error)


def _bounded(bound: Bound, context: Mapping[str, Any]) -> Both | None:
    figure = context.get(bound.figure)
    if not bound.unit:
        said = limit(figure)
        return Both(bound.zh.format(said.zh), bound.en.format(said.en)) if said else None
    return Both(bound.zh.format(figure), bound.en.format(count(figure, bound.unit))) if type(figure) is int else None


def _authors(error: Any) -> Both:
    """The plugin's own words, in whatever language they are: the better ones come with `zh` and `en`."""
    words = cut(error.get("msg") or "")
    if not words:
        return Both("未通过插件自己的检查", "does not pass the plugin's own check") if error["type"] in OWN else GENERAL
    return Both(f"未通过插件自己的检查：“{words}”", f"does not pass the plugin's own check: “{words}”")


def _unknown(place: Place, _: Mapping[str, Any]) -> Both:
    known = list(table(place.around, "properties"))
    if not known:
        return Both("没有这个参数", "is no parameter of this pattern")
    said = listed(known)
    return Both(f"没有这个参数；可填的有：{said.zh}", f"is no parameter here; those that there are: {said.en}")


def _choice(place: Place, context: Mapping[str, Any]) -> Both | None:
    known = sequence(place.field, "enum") or [place.field[key] for key in ("const",) if key in place.field]
    values = known or said_in_quotes(context.get("expected"))
    return one_of(values, table(place.field, CHOICES)) if values else None


def _form(place: Place, context: Mapping[str, Any]) -> Both | None:
    pattern = context.get("pattern")
    if not isinstance(pattern, str):
        return None
    if pattern in WALLS:
        return WALLS[pattern]
    zh, en = ["格式不对"], ["has the wrong form"]
    described = place.field.get("description")
    if isinstance(described, str) and described:
        zh.append(f"说明：{quoted(described)}")
        en.append(f"what is said of it: {quoted(described)}")
    examples = [
        one for one in (*sequence(place.field, "examples"), place.field.get("default")) if one and type(one) is str
    ]
    if examples:
        zh.append(f"例如{beside(quoted(examples[0]))}")
        en.append(f"for example {quoted(examples[0])}")
    zh.append(f"应符合的正则表达式为“{cut(pattern)}”")
    en.append(f"the regular expression that it must match is “{cut(pattern)}”")
    return Both("；".join(zh), "; ".join(en))


def _tag(place: Place, context: Mapping[str, Any]) -> Both | None:
    """A value that says by one of its fields which kind it is."""
    named = said_in_quotes(context.get("discriminator"))
    kinds = table(table(place.field, "discriminator"), "mapping")
    values = said_in_quotes(context.get("expected_tags")) or list(kinds)
    if not named or not values:
        return None
    field, said = named[0], one_of(values)
    return Both(
        f"须以“{field}”说明是哪一种，其值{said.zh}", f"must say by “{field}” of which kind it is; that {said.en}"
    )


def _scheme(_: Place, context: Mapping[str, Any]) -> Both | None:
    values = said_in_quotes(context.get("expected_schemes"))
    said = listed([f"{value}://" for value in values])
    return (
        Both(f"网址须以下列之一开头：{said.zh}", f"must be a web address that begins with one of {said.en}")
        if values
        else None
    )


def _offset(_: Place, context: Mapping[str, Any]) -> Both | None:
    seconds = context.get("tz_expected")
    if type(seconds) is not int:
        return None
    hours, minutes = divmod(abs(seconds) // 60, 60)
    zone = f"{'-' if seconds < 0 else '+'}{hours:02}:{minutes:02}"
    return Both(f"时区须为“{zone}”", f"must have the time zone “{zone}”")


def _json(_: Place, context: Mapping[str, Any]) -> Both:
    found = re.search(r"line (\d{1,9}) column (\d{1,9})", str(context.get("error")))
    if found is None:
        return Both("不是有效的 JSON", "is no valid JSON")
    return Both(
        f"不是有效的 JSON(第 {found[1]} 行第 {found[2]} 列)", f"is no valid JSON (line {found[1]}, column {found[2]})"
    )


OWN = frozenset({"value_error", "assertion_error"})
WAYS: Mapping[str, Callable[[Place, Mapping[str, Any]], Both | None]] = MappingProxyType(
    {
        "extra_forbidden": _unknown,
        "unexpected_keyword_argument": _unknown,
        "unexpected_positional_argument": _unknown,
        "literal_error": _choice,
        "enum": _choice,
        "string_pattern_mismatch": _form,
        "union_tag_invalid": _tag,
        "union_tag_not_found": _tag,
        "url_scheme": _scheme,
        "timezone_offset": _offset,
        "json_invalid": _json,
    }
)
