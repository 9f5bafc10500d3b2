"""Free-form JSON inside a message: google.protobuf.Struct, Value and ListValue, both ways."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from google.protobuf import struct_pb2

_EXACT_LIMIT = 2**53


def value_json(value: Any) -> Any:
    """A Value as plain JSON; a number JSON cannot carry (NaN, infinity) becomes null."""
    kind = value.WhichOneof("kind")
    if kind == "number_value":
        number = value.number_value
        if abs(number) < _EXACT_LIMIT and number.is_integer():
            return int(number)
        return number if math.isfinite(number) else None
    if kind == "struct_value":
        return struct_json(value.struct_value)
    if kind == "list_value":
        return list_json(value.list_value)
    return None if kind in {"null_value", None} else getattr(value, kind)


def struct_json(struct: Any) -> dict[str, Any]:
    """A Struct as a JSON object."""
    return {key: value_json(value) for key, value in struct.fields.items()}


def list_json(values: Any) -> list[Any]:
    """A ListValue as a JSON array."""
    return [value_json(value) for value in values.values]


def value_message(tree: Any) -> struct_pb2.Value:
    """Any JSON as a Value."""
    if tree is None:
        return struct_pb2.Value(null_value=struct_pb2.NULL_VALUE)
    if isinstance(tree, bool):
        return struct_pb2.Value(bool_value=tree)
    if isinstance(tree, str):
        return struct_pb2.Value(string_value=tree)
    if isinstance(tree, dict):
        return struct_pb2.Value(struct_value=struct_message(tree))
    if isinstance(tree, list):
        return struct_pb2.Value(list_value=list_message(tree))
    return struct_pb2.Value(number_value=tree)


def struct_message(tree: Any) -> struct_pb2.Struct:
    """A JSON object as a Struct; ValueError for anything else."""
    if not isinstance(tree, dict):
        raise ValueError(tree)  # noqa: TRY004 - one kind of error for every value that does not fit
    return struct_pb2.Struct(fields={key: value_message(value) for key, value in tree.items()})


def list_message(tree: Any) -> struct_pb2.ListValue:
    """A JSON array as a ListValue; ValueError for anything else."""
    if not isinstance(tree, list):
        raise ValueError(tree)  # noqa: TRY004 - one kind of error for every value that does not fit
    return struct_pb2.ListValue(values=[value_message(value) for value in tree])


PRINTERS: Mapping[str, Callable[[Any], Any]] = {
    "google.protobuf.Struct": struct_json,
    "google.protobuf.Value": value_json,
    "google.protobuf.ListValue": list_json,
}
READERS: Mapping[str, Callable[[Any], Any]] = {
    "google.protobuf.Struct": struct_message,
    "google.protobuf.Value": value_message,
    "google.protobuf.ListValue": list_message,
}
