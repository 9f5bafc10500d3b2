"""Where parameters are wrong, in which words of the author, and in which order a form asks for them."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

import orjson
import pytest
from bylaw_hooks import Both, Parameters, WallTime, setting
from bylaw_plugin_host.fixed_wording import NO_KIND
from bylaw_plugin_host.outcomes import ParametersRefused
from bylaw_plugin_host.parameter_wording import ParameterFault, faults_of
from bylaw_plugin_host.schemas import in_order
from hypothesis import given
from hypothesis import strategies as some
from pydantic import (
    AfterValidator,
    Field,
    model_validator,
)
from pydantic_core import PydanticCustomError

from tests.plugins.host.refusing import faults, of, one, refused


class Round(Parameters):
    kind: Literal["round"]
    radius: int = setting("半径", "Radius", ge=1)


class Square(Parameters):
    kind: Literal["square"]
    side: int = setting("边长", "Side", ge=1)


Shape = Annotated[Round | Square, Field(discriminator="kind")]


def test_names_of_kinds_are_no_part_of_a_path() -> None:
    model = of(tuple[Shape, ...])
    (fault,) = faults(model, {"x": [{"kind": "square", "side": 0}]})
    assert fault == ParameterFault(("x", 0, "side"), Both("“边长”不可小于 1", "“Side” must be at least 1"))
    assert one(of(Round | None), {"x": {"kind": "round", "radius": 0}}).path == ("x", "radius")


@pytest.mark.parametrize("given", [{"kind": "zebra"}, {}])
def test_a_value_that_must_say_its_kind_is_told_the_kinds_and_never_its_own(given: dict[str, Any]) -> None:
    told = refused(of(Shape), orjson.dumps({"x": given}).decode())
    assert b"zebra" not in orjson.dumps(told.violations)
    (fault,) = faults_of(told)
    assert fault.path == ("x",)
    assert fault.words.zh == "“某值”须以“kind”说明是哪一种，其值须为以下之一：“round”、“square”"
    assert (
        fault.words.en == "“Some value” must say by “kind” of which kind it is; that must be one of “round”, “square”"
    )


def test_where_one_of_several_would_do_they_are_said_in_one_sentence() -> None:
    assert one(of(int | WallTime), {"x": "noon"}) == ParameterFault(
        ("x",),
        Both(
            "“某值”须为整数，或须为 00:00 至 23:59 的时刻，如“08:30”",
            "“Some value” must be a whole number, or must be a time from 00:00 to 23:59, such as “08:30”",
        ),
    )
    assert one(of(Round | Square), {"x": {"kind": "round"}}) == ParameterFault(
        ("x",), Both(f"“某值”{NO_KIND.zh}", f"“Some value” {NO_KIND.en}")
    )
    assert one(of(list[int] | list[bool]), {"x": ["a"]}).path == ("x",)


def test_the_name_of_an_entry_may_be_at_fault() -> None:
    model = of(dict[Annotated[str, Field(max_length=2)], int])
    assert one(model, {"x": {"long": 1}}) == ParameterFault(
        ("x", "long"), Both("名称至多可有 2 个字符", "the name may have at most 2 characters")
    )


def test_what_is_said_of_a_whole_because_of_its_parts_is_left_out() -> None:
    model = of(tuple[int, ...], min_length=3)
    assert [fault.path for fault in faults(model, {"x": ["a", 2, "c"]})] == [("x", 0), ("x", 2)]


def not_that(value: str) -> str:
    if value == "Li Si":
        raise ValueError(f"{value} is on leave")
    if value == "odd":
        int(value)
    if value == "two":
        raise AssertionError("an odd number of people\nis needed")
    raise ValueError("ask somebody else")


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("x", "未通过插件自己的检查：“ask somebody else”", "does not pass the plugin's own check: “ask somebody else”"),
        ("Li Si", "未通过插件自己的检查", "does not pass the plugin's own check"),
        ("odd", "未通过插件自己的检查", "does not pass the plugin's own check"),
    ],
)
def test_an_authors_words_are_quoted_unless_they_repeat_what_was_given(value: str, zh: str, en: str) -> None:
    told = refused(of(Annotated[str, AfterValidator(not_that)]), orjson.dumps({"x": value}).decode())
    assert faults_of(told) == [ParameterFault(("x",), Both(f"“某值”{zh}", f"“Some value” {en}"))]
    assert value.encode() not in orjson.dumps([violation["msg"] for violation in told.violations]) or value == "x"


def test_an_authors_assertion_is_quoted_on_one_line() -> None:
    assert (
        "an odd number of people is needed" in one(of(Annotated[str, AfterValidator(not_that)]), {"x": "two"}).words.zh
    )


class Span(Parameters):
    first: int = setting("始", "First", default=1)
    last: int = setting("终", "Last", default=2)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first > self.last:
            raise PydanticCustomError(
                "span", "{en}", {"field": "last", "zh": "始不可晚于终", "en": "first is after last"}
            )
        if self.first == self.last:
            raise PydanticCustomError("span", "too short for {what}", {"what": "anything"})
        return self


def test_an_authors_own_words_stand_as_they_are_at_the_field_they_name() -> None:
    assert one(of(tuple[Span, ...]), {"x": [{"first": 3}]}) == ParameterFault(
        ("x", 0, "last"), Both("始不可晚于终", "first is after last")
    )
    assert one(Span, {"first": 3}).path == ("last",)
    assert one(Span, {"first": 2}).words == Both(
        "未通过插件自己的检查：“too short for anything”",
        "does not pass the plugin's own check: “too short for anything”",
    )


anything = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=8),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(
            some.sampled_from(
                ["properties", "items", "anyOf", "$ref", "$defs", "x-title", "prefixItems", "default", "a"]
            )
            | some.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
steps = some.lists(some.integers(-2, 3) | some.sampled_from(["a", "[key]", "properties", "int"]), max_size=4)


@given(some.dictionaries(some.sampled_from(["properties", "anyOf", "items", "$ref", "$defs"]), anything), steps)
def test_no_schema_of_a_plugin_breaks_the_sentence(schema: dict[str, Any], loc: list[str | int]) -> None:
    assert in_order(schema).keys() == schema.keys()
    for kind in ("extra_forbidden", "literal_error", "string_pattern_mismatch", "union_tag_invalid"):
        (fault,) = faults_of(
            ParametersRefused([{"type": kind, "loc": loc, "ctx": {"pattern": "x"}, "msg": ""}], schema)
        )
        assert fault.words.zh
        assert fault.words.en


def orders(schema: dict[str, Any]) -> Iterator[list[str]]:
    for model in (schema, *schema.get("$defs", {}).values()):
        fields = model.get("properties", {})
        yield sorted(fields, key=lambda name: fields[name]["x-order"])


def test_the_order_of_a_form_is_that_of_the_model_and_of_the_models_in_it() -> None:
    class Form(Parameters):
        zebra: int = 1
        apple: tuple[Round, ...] = ()
        mango: Shape | None = None
        properties: int = 1
        default: Any = Field(default={"properties": {"b": {}, "a": {}}})

    drawn = in_order(Form.model_json_schema())
    shuffled = orjson.loads(orjson.dumps(drawn, option=orjson.OPT_SORT_KEYS))
    first, *others = orders(shuffled)
    assert first == ["zebra", "apple", "mango", "properties", "default"] == list(Form.model_fields)
    assert others == [["kind", "radius"], ["kind", "side"]]
    assert drawn["properties"]["default"]["default"] == {"properties": {"b": {}, "a": {}}}
