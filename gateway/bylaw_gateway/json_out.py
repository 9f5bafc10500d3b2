"""Message to JSON: each message type is compiled once into a function that returns what orjson prints.

A message is read by one `attrgetter` call for all its plain fields and zipped with their JSON names, which
happens in C; Python code runs only for fields whose value must change its form. That is what makes it quick.
"""

import math
import struct
from collections.abc import Callable
from operator import attrgetter, itemgetter
from typing import Any

import orjson
from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor

from bylaw_gateway.json_values import PRINTERS
from bylaw_gateway.json_wellknown import bytes_text, duration_text, instant_json, mask_text

Convert = Callable[[Any], Any]

# Whole seconds are handed over as datetimes in UTC without a zone: printing them in C halves their cost.
_PRINT_OPTIONS = orjson.OPT_NAIVE_UTC | orjson.OPT_UTC_Z

_WIDE = {
    FieldDescriptor.TYPE_INT64,
    FieldDescriptor.TYPE_UINT64,
    FieldDescriptor.TYPE_SINT64,
    FieldDescriptor.TYPE_FIXED64,
    FieldDescriptor.TYPE_SFIXED64,
}
_TEXTS: dict[str, Convert] = {
    "google.protobuf.Timestamp": instant_json,
    "google.protobuf.Duration": duration_text,
    "google.protobuf.FieldMask": mask_text,
    **PRINTERS,
}
WRAPPERS = {
    f"google.protobuf.{kind}Value"
    for kind in ("Double", "Float", "Int64", "UInt64", "Int32", "UInt32", "Bool", "String", "Bytes")
}


class _EnumNames(dict[int, Any]):
    """Names by number; a number that nobody declared prints as itself."""

    def __missing__(self, number: int) -> int:
        return number


def json_bytes(tree: Any) -> bytes:
    """What a printer returned, as JSON bytes."""
    return orjson.dumps(tree, option=_PRINT_OPTIONS)


class JsonOut:
    """Compiles and keeps the printer of each message type."""

    def __init__(self) -> None:
        self._printers: dict[str, Convert] = {}

    def printer(self, descriptor: Descriptor) -> Convert:
        """The function that turns a message of this type into what orjson can print."""
        name = descriptor.full_name
        if name not in self._printers:
            # A type that contains itself finds this forwarder while it is still being compiled.
            self._printers[name] = lambda message: self._printers[name](message)  # noqa: PLW0108 - looked up late
            self._printers[name] = self._compile(descriptor)
        return self._printers[name]

    def text(self, message: Any) -> bytes:
        """Print a message as JSON bytes."""
        return json_bytes(self.printer(message.DESCRIPTOR)(message))

    def _compile(self, descriptor: Descriptor) -> Convert:
        name = descriptor.full_name
        if name == "google.protobuf.Any":
            raise TypeError("google.protobuf.Any has no place in a contract: say which message it is")
        if name in _TEXTS:
            return _TEXTS[name]
        if name in WRAPPERS:
            return _wrapper_printer(scalar_printer(descriptor.fields_by_name["value"]))
        return self._object_printer(descriptor)

    def _object_printer(self, descriptor: Descriptor) -> Convert:
        plain = [field for field in descriptor.fields if not field.has_presence]
        optional = [
            (field.name, field.json_name, self._one(field)) for field in descriptor.fields if field.has_presence
        ]
        changes = [(field.json_name, self._plain(field)) for field in plain]
        return _object_printer(
            _getter([field.name for field in plain]),
            [field.json_name for field in plain],
            [(name, change) for name, change in changes if change],
            optional=optional,
        )

    def _plain(self, field: FieldDescriptor) -> Convert | None:
        if not field.is_repeated:
            return scalar_printer(field)
        if field.message_type and field.message_type.GetOptions().map_entry:
            return self._map_printer(field.message_type)
        return _list_printer(self._one(field))

    def _one(self, field: FieldDescriptor) -> Convert | None:
        return self.printer(field.message_type) if field.message_type else scalar_printer(field)

    def _map_printer(self, entry: Descriptor) -> Convert:
        key_text = _key_printer(entry.fields_by_name["key"])
        change = self._one(entry.fields_by_name["value"])
        if change is None:
            return lambda entries: {key_text(key): value for key, value in entries.items()}
        return lambda entries: {key_text(key): change(value) for key, value in entries.items()}


def scalar_printer(field: FieldDescriptor) -> Convert | None:
    """The change a scalar needs on its way out, or None where orjson prints it as it is."""
    if field.type in _WIDE:
        return str
    if field.type == FieldDescriptor.TYPE_BYTES:
        return bytes_text
    if field.type == FieldDescriptor.TYPE_DOUBLE:
        return _double_json
    if field.type == FieldDescriptor.TYPE_FLOAT:
        return _float_json
    return _enum_printer(field.enum_type) if field.enum_type else None


def _enum_printer(enum: EnumDescriptor) -> Convert:
    if enum.full_name == "google.protobuf.NullValue":
        return lambda _: None
    # Walked backwards, so that of two names for one number the first declared prints.
    return _EnumNames({value.number: value.name for value in reversed(enum.values)}).__getitem__


def _double_json(value: float) -> float | str:
    if value - value == 0:
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _float_json(value: float) -> float | str:
    """The shortest decimal that reads back as the same 32-bit number."""
    if value - value != 0:
        return _double_json(value)
    for digits in (6, 7, 8):
        short = float(f"{value:.{digits}g}")
        if _as_float32(short) == value:
            return short
    return float(f"{value:.9g}")


def _as_float32(value: float) -> float:
    try:
        return float(struct.unpack("<f", struct.pack("<f", value))[0])
    except OverflowError:
        return math.inf


def _key_printer(field: FieldDescriptor) -> Callable[[Any], str]:
    if field.type == FieldDescriptor.TYPE_BOOL:
        return lambda key: "true" if key else "false"
    return str


def _wrapper_printer(change: Convert | None) -> Convert:
    if change is None:
        return lambda wrapper: wrapper.value
    return lambda wrapper: change(wrapper.value)


def _list_printer(change: Convert | None) -> Convert:
    if change is None:
        return itemgetter(slice(None))
    return lambda values: list(map(change, values))


def _getter(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    single = tuple(map(attrgetter, names))
    return lambda message: tuple(get(message) for get in single)


def _object_printer(
    get: Callable[[Any], tuple[Any, ...]],
    names: list[str],
    changes: list[tuple[str, Convert]],
    *,
    optional: list[tuple[str, str, Convert | None]],
) -> Convert:
    def print_object(message: Any) -> dict[str, Any]:
        tree = dict(zip(names, get(message), strict=False))
        for name, change in changes:
            tree[name] = change(tree[name])
        if optional:
            has = message.HasField
            for field, name, convert in optional:
                if has(field):
                    value = getattr(message, field)
                    tree[name] = value if convert is None else convert(value)
        return tree

    return print_object
