"""The compiled JSON mapping against google.protobuf.json_format, in both directions."""

import json
from typing import Any

import orjson
import pytest
from bylaw_gateway.json_in import JsonIn
from bylaw_gateway.json_out import JsonOut
from bylaw_gateway.json_refusals import FieldRefused
from bylaw_gateway.json_text import parse_json
from bylaw_gateway.refusals import Refused
from google.protobuf import json_format
from google.protobuf.any_pb2 import Any as AnyMessage
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.gateway.contract.compiled import module
from tests.gateway.kinds import TEXT, kinds_messages

OUT, IN = JsonOut(), JsonIn()


def kinds() -> Any:
    return module("kinds_pb2").Kinds


def read(text: bytes | str) -> Any:
    body = text.encode() if isinstance(text, str) else text
    return kinds()(**IN.reader(kinds().DESCRIPTOR)(parse_json(body, nesting_limit=64)))


def oracle_text(message: Any) -> str:
    return json_format.MessageToJson(message, always_print_fields_with_no_presence=True)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_is_printed_is_what_the_reference_prints(data: st.DataObject) -> None:
    message = data.draw(kinds_messages())
    assert json.loads(OUT.text(message)) == json.loads(oracle_text(message))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_the_reference_prints_is_read_back_as_the_same_message(data: st.DataObject) -> None:
    text = oracle_text(data.draw(kinds_messages()))
    # By bytes: NaN is not equal to itself, its bytes are.
    expected = json_format.Parse(text, kinds()()).SerializeToString(deterministic=True)
    assert read(text).SerializeToString(deterministic=True) == expected


_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    TEXT,
    st.integers(-(2**66), 2**66),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        ["1", "-1", "1.0", "1e3", " 1", "NaN", "Infinity", "true", "COLOUR_RED", "colour_red", "AQ==", "_-8"]
    ),
    st.sampled_from(
        ["2015-03-02T08:25:00Z", "2015-03-02T08:25:00+08:00", "0001-01-01T00:00:00+01:00", "3.5s", "-0.1s"]
    ),
)
_TREES = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["localTime", "remark", "1", "true"]), inner)
    ),
    max_leaves=4,
)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_whatever_we_take_the_reference_takes_and_understands_alike(data: st.DataObject) -> None:
    names = [field.json_name for field in kinds().DESCRIPTOR.fields] + ["nothing"]
    tree = data.draw(st.dictionaries(st.sampled_from(names), _TREES, min_size=1, max_size=2))
    try:
        ours = IN.reader(kinds().DESCRIPTOR)(tree)
    except FieldRefused as refused:
        assert refused.path.split(".")[0].split("[")[0] in tree  # noqa: PT017 - both outcomes are checked
        return
    theirs = json_format.ParseDict(tree, kinds()())
    assert kinds()(**ours).SerializeToString(deterministic=True) == theirs.SerializeToString(deterministic=True)


@pytest.mark.parametrize(
    ("given_text", "path"),
    [
        ('{"whole32": 2147483648}', "whole32"),
        ('{"unsigned32": -1}', "unsigned32"),
        ('{"whole64": "9223372036854775808"}', "whole64"),
        ('{"unsigned64": 18446744073709551616}', "unsigned64"),
        ('{"whole32": 1.5}', "whole32"),
        ('{"whole32": true}', "whole32"),
        ('{"whole32": "1_0"}', "whole32"),
        ('{"whole32": "１"}', "whole32"),
        ('{"wide": "1e999"}', "wide"),
        ('{"wide": "nan"}', "wide"),
        ('{"narrow": 3.5e38}', "narrow"),
        ('{"switchOn": "true"}', "switchOn"),
        ('{"someText": 1}', "someText"),
        ('{"someBytes": "a*b="}', "someBytes"),
        ('{"someBytes": "a"}', "someBytes"),
        ('{"colour": "COLOUR_BLUE"}', "colour"),
        ('{"colour": 7}', "colour"),
        ('{"colour": ["COLOUR_RED"]}', "colour"),
        ('{"manyTexts": "a"}', "manyTexts"),
        ('{"manyTexts": ["a", null]}', "manyTexts[1]"),
        ('{"leaves": [{}, {"localTime": "x"}]}', "leaves[1].localTime"),
        ('{"inner": {"inner": {"leaves": [{"remark": 1}]}}}', "inner.inner.leaves[0].remark"),
        ('{"byText": {"a": "x"}}', "byText.a"),
        ('{"byNumber": {"x": "a"}}', "byNumber.x"),
        ('{"bySwitch": {"yes": {}}}', "bySwitch.yes"),
        ('{"leaf": []}', "leaf"),
        ('{"instant": "2015-02-30T00:00:00Z"}', "instant"),
        ('{"instant": "2015-03-02 08:25:00"}', "instant"),
        ('{"instant": "0001-01-01T00:00:00+01:00"}', "instant"),
        ('{"instant": 1425256000}', "instant"),
        ('{"elapsed": "315576000001s"}', "elapsed"),
        ('{"elapsed": "1m"}', "elapsed"),
        ('{"mask": "local_time"}', "mask"),
        ('{"free": []}', "free"),
        ('{"boxed64": {"value": 1}}', "boxed64"),
    ],
)
def test_a_value_of_the_wrong_form_is_refused_with_its_path(given_text: str, path: str) -> None:
    with pytest.raises(FieldRefused) as caught:
        read(given_text)
    assert (caught.value.reason, caught.value.path) == ("FIELD_TYPE_WRONG", path)


def test_both_spellings_of_a_field_are_read() -> None:
    assert read('{"some_text": "a"}') == read('{"someText": "a"}')


def test_null_leaves_a_field_unset_but_is_a_value_of_its_own_in_free_form() -> None:
    message = read('{"maybeWhole": null, "leaf": null, "manyTexts": null, "anyValue": null}')
    assert not message.HasField("maybe_whole")
    assert not message.HasField("leaf")
    assert message.HasField("any_value")


@pytest.mark.parametrize(
    ("given_text", "path"),
    [
        ('{"someTxt": ""}', "someTxt"),
        ('{"leaf": {"localtime": 1}}', "leaf.localtime"),
        ('{"leaves": [{"x\\n": 1}]}', "leaves[0].x?"),
    ],
)
def test_a_field_that_does_not_exist_is_refused_with_its_path(given_text: str, path: str) -> None:
    with pytest.raises(FieldRefused) as caught:
        read(given_text)
    assert (caught.value.reason, caught.value.path) == ("FIELD_UNKNOWN", path)


@pytest.mark.parametrize(
    "given_text",
    [
        '{"someText": "a", "some_text": "b"}',
        '{"choiceText": "a", "choiceColour": 1}',
        '{"byNumber": {"1": "a", "01": "b"}}',
    ],
)
def test_a_field_given_twice_or_two_of_a_choice_are_refused(given_text: str) -> None:
    with pytest.raises(FieldRefused) as caught:
        read(given_text)
    assert caught.value.reason == "FIELD_REPEATED"


@pytest.mark.parametrize(
    "given_text",
    [
        '{"someText": "a", "someText": "a"}',
        '{"leaves": [{"remark": ":", "remark": "::"}]}',
        '{"someText": "\\u003a", "someText": ":"}',
    ],
)
def test_a_key_that_occurs_twice_is_refused(given_text: str) -> None:
    with pytest.raises(Refused) as caught:
        read(given_text)
    assert caught.value.reason == "JSON_KEY_REPEATED"


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.text(':\\"u0{}', max_size=4), st.text(':\\"u003aA', max_size=8), max_size=4), st.booleans())
def test_colons_and_escapes_in_texts_are_never_taken_for_doubled_keys(tree: dict[str, str], escaped: bool) -> None:  # noqa: FBT001
    body = json.dumps(tree).replace(":", "\\u003a").replace('"\\u003a "', '": "') if escaped else json.dumps(tree)
    assert parse_json(body.encode(), nesting_limit=64) == orjson.loads(body)


def test_nesting_beyond_the_limit_is_refused_however_deep() -> None:
    for depth in (65, 300, 900, 10_000):
        with pytest.raises(Refused, match="JSON_TOO_DEEP"):
            parse_json(b'{"free":' + b"[" * depth + b"]" * depth + b"}", nesting_limit=64)
    assert parse_json(b"[" * 64 + b"]" * 64, nesting_limit=64)


def test_the_null_character_is_refused_where_it_stands_and_its_spelling_is_not() -> None:
    with pytest.raises(FieldRefused) as caught:
        read('{"leaves": [{"remark": "a\\u0000"}]}')
    assert caught.value.path == "leaves[0].remark"
    assert read('{"someText": "a\\\\u0000"}').some_text == "a\\u0000"


def test_a_contract_with_any_stops_the_start() -> None:
    for compile_type in (OUT.printer, IN.reader):
        with pytest.raises(TypeError, match="which message it is"):
            compile_type(AnyMessage.DESCRIPTOR)


def test_a_number_of_an_enum_that_nobody_declared_prints_as_the_number() -> None:
    assert json.loads(OUT.text(kinds()(colour=9)))["colour"] == 9


def test_a_free_form_number_that_json_cannot_carry_prints_as_null() -> None:
    message = kinds()()
    message.any_value.number_value = float("nan")
    assert json.loads(OUT.text(message))["anyValue"] is None
