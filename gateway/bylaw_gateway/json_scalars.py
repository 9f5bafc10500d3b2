"""How single JSON values are read: numbers, texts, switches, bytes and names of an enum."""

import math
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from google.protobuf.descriptor import EnumDescriptor, FieldDescriptor

from bylaw_gateway.json_refusals import FieldRefused
from bylaw_gateway.json_wellknown import bytes_parts

Read = Callable[[Any], Any]

_INTEGER = re.compile(r"-?\d{1,20}", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,400}(\.\d{1,400})?([eE][+-]?\d{1,4})?", re.ASCII)
_LARGEST_FLOAT = 3.4028235677973366e38
_WORDS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
_BOUNDS = {
    FieldDescriptor.CPPTYPE_INT32: (-(2**31), 2**31 - 1),
    FieldDescriptor.CPPTYPE_UINT32: (0, 2**32 - 1),
    FieldDescriptor.CPPTYPE_INT64: (-(2**63), 2**63 - 1),
    FieldDescriptor.CPPTYPE_UINT64: (0, 2**64 - 1),
}


class Scalar(NamedTuple):
    """A reader, and the Python type whose values it would return as they are: a short cut for what is frequent."""

    exact: type | None
    read: Read


def scalar_reader(field: FieldDescriptor, *, quoted: bool = False) -> Scalar:
    """The reader of a scalar field; `quoted` where it arrives as text: map keys and the query."""
    if field.enum_type:
        return Scalar(None, enum_reader(field.enum_type, quoted=quoted))
    if field.type == FieldDescriptor.TYPE_BYTES:
        return Scalar(None, text_reader("base64", bytes_parts))
    if field.type == FieldDescriptor.TYPE_STRING:
        return Scalar(str, _exactly(str, "text"))
    if field.type == FieldDescriptor.TYPE_BOOL:
        return Scalar(None, _read_quoted_switch) if quoted else Scalar(bool, _exactly(bool, "switch"))
    if field.cpp_type in _BOUNDS:
        return Scalar(None, integer_reader(*_BOUNDS[field.cpp_type]))
    return Scalar(None, _read_float if field.type == FieldDescriptor.TYPE_FLOAT else _read_double)


def text_reader(expected: str, parse: Callable[[str], Any]) -> Read:
    """A reader of text in some notation, whose parser raises ValueError."""

    def read_text(value: Any) -> Any:
        if type(value) is not str:
            raise FieldRefused.wrong_type(expected)
        try:
            return parse(value)
        except ValueError:
            raise FieldRefused.wrong_type(expected) from None

    return read_text


def integer_reader(smallest: int, largest: int) -> Read:
    """A reader of whole numbers between two bounds, as a number or as digits in quotes."""

    def read_integer(value: Any) -> int:
        if type(value) is int and smallest <= value <= largest:
            return value
        number = _whole(value)
        if number is None or not smallest <= number <= largest:
            raise FieldRefused("FIELD_TYPE_WRONG", "integer", smallest=str(smallest), largest=str(largest))
        return number

    return read_integer


def enum_reader(enum: EnumDescriptor, *, quoted: bool = False) -> Read:
    """A reader of a declared name of an enum; a declared number is taken too."""
    numbers: dict[Any, int] = {value.name: value.number for value in enum.values}
    if enum.full_name == "google.protobuf.NullValue":
        numbers[None] = 0
    declared = {value.number for value in enum.values}
    names = ", ".join(value.name for value in enum.values)

    def read_enum(value: Any) -> int:
        # A list or an object has no hash, so only text (and null) is looked up by name.
        if (type(value) is str or value is None) and value in numbers:
            return numbers[value]
        number = _whole(value) if quoted or type(value) is not str else None
        if number is None or number not in declared:
            raise FieldRefused("FIELD_TYPE_WRONG", "enum", names=names)
        return number

    return read_enum


def _whole(value: Any) -> int | None:
    if type(value) is int:
        return value
    if type(value) is float:
        return int(value) if value.is_integer() else None
    if type(value) is str and _INTEGER.fullmatch(value):
        return int(value)
    return None


def _read_double(value: Any) -> float:
    if type(value) is float:
        return value
    if type(value) is int:
        return float(value)
    if type(value) is str and value in _WORDS:
        return _WORDS[value]
    if type(value) is str and _DECIMAL.fullmatch(value) and math.isfinite(number := float(value)):
        return number
    raise FieldRefused.wrong_type("number")


def _read_float(value: Any) -> float:
    number = _read_double(value)
    if math.isfinite(number) and abs(number) >= _LARGEST_FLOAT:
        raise FieldRefused.wrong_type("number")
    return number


def _read_quoted_switch(value: Any) -> bool:
    if value not in {"true", "false"}:
        raise FieldRefused.wrong_type("switch")
    return bool(value == "true")


def _exactly(kind: type, expected: str) -> Read:
    def read_exactly(value: Any) -> Any:
        if type(value) is not kind:
            raise FieldRefused.wrong_type(expected)
        return value

    return read_exactly
