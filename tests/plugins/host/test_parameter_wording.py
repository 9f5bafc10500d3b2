"""What is wrong with parameters is said in Chinese and English: every kind of fault that pydantic knows."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Literal, get_args
from uuid import UUID

import orjson
import pytest
from bylaw_hooks import Both, Parameters, WallSpan, WallTime
from bylaw_plugin_host.fixed_wording import FIXED, GENERAL
from bylaw_plugin_host.outcomes import ParametersRefused
from bylaw_plugin_host.parameter_wording import BOUNDS, OWN, WAYS, ParameterFault, faults_of
from pydantic import (
    AwareDatetime,
    FutureDate,
    HttpUrl,
    NaiveDatetime,
    PastDate,
    PastDatetime,
    create_model,
)
from pydantic_core import core_schema

from tests.plugins.host.refusing import faults, of, one, refused

KINDS = get_args(core_schema.ErrorType)
UNHEARD_OF = {"no_such_attribute", "get_attribute_error", "iteration_error"}
"""Faults of how objects are read, which no text of JSON comes to: for them there is the general sentence."""
QUOTED = re.compile(r"“[^”]*”")
ENGLISH = re.compile(r"[A-Za-z]*[a-z][A-Za-z]*")


class Colour(Enum):
    RED, BLUE = "red", "blue"


@pytest.mark.parametrize(
    ("kind", "annotation", "field", "value", "zh", "en"),
    [
        ("int_type", int, {}, "five", "须为整数", "must be a whole number"),
        ("int_type", int, {"strict": True}, 1.5, "须为整数", "must be a whole number"),
        ("int_parsing", int, {"strict": False}, "five", "须为整数", "must be a whole number"),
        ("int_from_float", int, {"strict": False}, 1.5, "须为整数，不可有小数",
         "must be a whole number, without a fraction"),
        ("float_type", float, {}, "x", "须为数字", "must be a number"),
        ("float_parsing", float, {"strict": False}, "x", "须为数字", "must be a number"),
        ("finite_number", float, {"strict": False, "allow_inf_nan": False}, "inf", "须为有限的数字",
         "must be a finite number"),
        ("bool_type", bool, {}, 1, "须为“true”(是)或“false”(否)", "must be true or false"),
        ("bool_parsing", bool, {"strict": False}, "maybe", "须为“true”(是)或“false”(否)", "must be true or false"),
        ("string_type", str, {}, 1, "须为文本", "must be text"),
        ("greater_than", int, {"gt": 3}, 3, "须大于 3", "must be greater than 3"),
        ("greater_than_equal", int, {"ge": 0}, -1, "不可小于 0", "must be at least 0"),
        ("less_than", float, {"lt": 2.0}, 2.5, "须小于 2", "must be less than 2"),
        ("less_than_equal", int, {"le": 120}, 500, "不可大于 120", "must be at most 120"),
        ("less_than_equal", date, {"le": date(2026, 1, 31)}, "2026-02-01", "不可大于 2026-01-31",
         "must be at most 2026-01-31"),
        ("multiple_of", int, {"multiple_of": 5}, 7, "须为 5 的倍数", "must be a multiple of 5"),
        ("literal_error", Literal["a"], {}, "b", "须为“a”", "must be “a”"),
        ("literal_error", Literal["a", 2], {}, "b", "须为以下之一：“a”、2", "must be one of “a”, 2"),
        ("enum", Colour, {}, "green", "须为以下之一：“red”、“blue”", "must be one of “red”, “blue”"),
        ("string_too_short", str, {"min_length": 1}, "", "至少须有 1 个字符", "must have at least 1 character"),
        ("string_too_long", str, {"max_length": 2}, "abc", "至多可有 2 个字符", "may have at most 2 characters"),
        ("too_short", tuple[int, ...], {"min_length": 1}, [], "至少须有 1 项", "must have at least 1 item"),
        ("too_long", tuple[int, ...], {"max_length": 2}, [1, 2, 3], "至多可有 2 项", "may have at most 2 items"),
        ("tuple_type", tuple[int, ...], {}, 1, "须为列表", "must be a list"),
        ("list_type", list[int], {}, {}, "须为列表", "must be a list"),
        ("dict_type", dict[str, int], {}, [], "须为由名称和值组成的对象", "must be an object of names and values"),
        ("date_parsing", date, {}, "someday", "须为存在的日期，如 2026-01-31",
         "must be a date that exists, such as 2026-01-31"),
        ("date_from_datetime_parsing", date, {"strict": False}, "2026-02-30", "须为存在的日期，如 2026-01-31",
         "must be a date that exists, such as 2026-01-31"),
        ("date_from_datetime_inexact", date, {"strict": False}, "2026-01-01T10:00:00", "须为日期，不可带时刻",
         "must be a date without a time of day"),
        ("date_past", PastDate, {}, "9999-01-01", "须早于今天", "must be before today"),
        ("date_future", FutureDate, {}, "2000-01-01", "须晚于今天", "must be after today"),
        ("datetime_past", PastDatetime, {}, "9999-01-01T00:00:00Z", "须早于现在", "must be in the past"),
        ("time_parsing", time, {}, "noon", "须为时刻，如 08:30", "must be a time of day, such as 08:30"),
        ("datetime_parsing", datetime, {}, "then", "须为日期和时刻，如“2026-01-31T08:30:00+08:00”",
         "must be a date and a time, such as “2026-01-31T08:30:00+08:00”"),
        ("timezone_naive", NaiveDatetime, {}, "2026-01-01T00:00:00Z", "不可带时区", "may not have a time zone"),
        ("timezone_aware", AwareDatetime, {}, "2026-01-01T00:00:00", "须带时区，如“+08:00”",
         "must have a time zone, such as “+08:00”"),
        ("time_delta_parsing", timedelta, {}, "long", "须为时长，如“PT1H30M”(1 小时 30 分钟)",
         "must be a duration, such as “PT1H30M” for an hour and a half"),
        ("less_than_equal", timedelta, {"le": timedelta(days=1, hours=2)}, "P3D", "不可大于 1 天 2 小时",
         "must be at most 1 day and 2 hours"),
        ("decimal_parsing", Decimal, {}, "x", "须为十进制数", "must be a decimal number"),
        ("decimal_max_digits", Decimal, {"max_digits": 2}, "12.3", "至多可有 2 位数字", "may have at most 2 digits"),
        ("decimal_max_places", Decimal, {"decimal_places": 1}, "1.23", "至多可有 1 位小数",
         "may have at most 1 decimal place"),
        ("decimal_whole_digits", Decimal, {"max_digits": 3, "decimal_places": 2}, "12", "小数点前至多可有 1 位",
         "may have at most 1 digit before the point"),
        ("fraction_parsing", Fraction, {}, "x", "须为分数，如“1/3”", "must be a fraction, such as “1/3”"),
        ("uuid_parsing", UUID, {}, "x", "须为 UUID，共 32 个十六进制字符", "must be a UUID, 32 hexadecimal characters"),
        ("url_parsing", HttpUrl, {}, "x", "须为完整的网址，如“https://example.com/”",
         "must be a complete web address, such as “https://example.com/”"),
        ("url_scheme", HttpUrl, {}, "ftp://x", "网址须以下列之一开头：“http://”、“https://”",
         "must be a web address that begins with one of “http://”, “https://”"),
        ("none_required", None, {}, 1, "须为空(“null”)", "must be empty (null)"),
        ("string_pattern_mismatch", WallTime, {}, "8:30", "须为 00:00 至 23:59 的时刻，如“08:30”",
         "must be a time from 00:00 to 23:59, such as “08:30”"),
        ("string_pattern_mismatch", WallSpan, {}, "8-12", "须为从一个时刻到另一个时刻，如“08:30-12:00”",
         "must be from one time of day to another, such as “08:30-12:00”"),
        ("string_pattern_mismatch", str, {"pattern": r"^\d+$"}, "x", r"格式不对；应符合的正则表达式为“^\d+$”",
         r"has the wrong form; the regular expression that it must match is “^\d+$”"),
        ("string_pattern_mismatch", str, {"pattern": "^[A-Z]$", "description": "One capital.", "examples": ["K"]}, "x",
         "格式不对；说明：“One capital.”；例如“K”；应符合的正则表达式为“^[A-Z]$”",
         ("has the wrong form; what is said of it: “One capital.”; for example “K”; "
          "the regular expression that it must match is “^[A-Z]$”")),
    ],
)  # fmt: skip
def test_each_kind_is_a_sentence_with_the_fields_title(
    kind: str, annotation: Any, field: dict[str, Any], value: Any, zh: str, en: str
) -> None:
    model = of(annotation, **field)
    told = refused(model, orjson.dumps({"x": value}).decode())
    assert [violation["type"] for violation in told.violations] == [kind]
    assert faults_of(told) == [ParameterFault(("x",), Both(f"“某值”{zh}", f"“Some value” {en}"))]


def test_what_is_missing_or_not_known_is_named() -> None:
    assert faults(of(int), {"y": 1}) == [
        ParameterFault(("x",), Both("“某值”必须填写", "“Some value” must be given")),
        ParameterFault(("y",), Both("没有这个参数；可填的有：“x”", "is no parameter here; those that there are: “x”")),
    ]
    none = create_model("Nothing", __base__=Parameters)
    assert one(none, {"y": 1}).words == Both("没有这个参数", "is no parameter of this pattern")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"', '{"x": 01}'])
def test_what_is_no_set_of_parameters_is_said_of_the_whole(text: str) -> None:
    (fault,) = faults_of(refused(of(int), text))
    assert fault.path == ()
    assert fault.words.en.startswith(("is no valid JSON (line 1, column", "must be an object"))


def test_choices_are_called_as_a_form_calls_them() -> None:
    choices = {"drop": Both("舍去", "dropped"), "count": Both("计入", "counted")}
    said = Both(
        "“某值”须为以下之一：“drop”(舍去)、“count”(计入)",
        "“Some value” must be one of “drop” (dropped), “count” (counted)",
    )
    assert one(of(Literal["drop", "count"], choices=choices), {"x": "round"}).words == said
    listed = one(of(tuple[Literal["drop", "count"], ...], choices=choices), {"x": ["drop", "round"]})
    assert listed.path == ("x", 1)
    assert listed.words.zh == "“某值”第 2 项须为以下之一：“drop”(舍去)、“count”(计入)"
    assert listed.words.en == "item 2 of “Some value” must be one of “drop” (dropped), “count” (counted)"


def test_every_kind_that_pydantic_knows_has_its_sentence() -> None:
    assert set(KINDS) - FIXED.keys() - BOUNDS.keys() - WAYS.keys() - OWN == UNHEARD_OF


CONTEXT: dict[str, Any] = {
    **dict.fromkeys(("gt", "ge", "lt", "le", "multiple_of", "min_length", "max_length", "max_digits"), 3),
    "decimal_places": 1,
    "whole_digits": 1,
    "expected_version": 4,
    "tz_expected": 28_800,
    "pattern": "^[a-z]+$",
    "expected": "'alpha', 'beta' or 'gamma'",
    "discriminator": "'kind'",
    "expected_tags": "'alpha', 'beta'",
    "expected_schemes": "'http' or 'https'",
    "error": "expected value at line 1 column 5",
    "class": "Foo",
    "class_name": "Foo",
    "method_name": "bar",
    "attribute": "baz",
    "encoding": "utf8",
    "encoding_error": "bad",
}
SCHEMA = {"properties": {"inner": {"type": "string", "x-title": {"zh": "内", "en": "Inner"}}}}


def told(kind: str, context: Any, message: str = "") -> Both:
    (fault,) = faults_of(ParametersRefused([{"type": kind, "loc": ["inner"], "ctx": context, "msg": message}], SCHEMA))
    return fault.words


@pytest.mark.parametrize("kind", KINDS)
def test_no_chinese_sentence_holds_an_english_word_outside_quotes(kind: str) -> None:
    words = told(kind, CONTEXT)
    assert ENGLISH.findall(QUOTED.sub("", words.zh)) == []
    assert words.zh.startswith("“内”")
    assert words.en.startswith("“Inner” ")
    assert not re.search(r"[\u4e00-\u9fff]", words.en)
    assert not re.search(r"\b1 \w+s\b|None|Input|\{|<class", words.en)


@pytest.mark.parametrize("kind", [*KINDS, "shiny_new_error"])
def test_without_what_belongs_to_it_a_fault_is_told_in_general_and_never_breaks(kind: str) -> None:
    odd: tuple[Any, ...] = (None, True, [])
    for context in (None, {}, *(dict.fromkeys(CONTEXT, value) for value in odd)):
        words = told(kind, context)
        assert ENGLISH.findall(QUOTED.sub("", words.zh)) == []
    assert told("shiny_new_error", {}) == Both(f"“内”{GENERAL.zh}", f"“Inner” {GENERAL.en}")
