"""Requests with one value in them that nobody could mean, made from sound ones."""

import re
from collections.abc import Iterator
from typing import Any

from google.protobuf.descriptor import FieldDescriptor

from tests.integration.access.sound_requests import comment_of, repeats

NAMED = re.compile(r"`(\w+)/\{\w+\}`")
NOBODY = "018f0000-0000-7000-8000-000000000000"
NO_TEXT, TOO_LONG, NO_DAY = "a null \0 character", "x" * 20_000, "2026-02-30"
NUMBERS = (-1, 2**31 - 1)
ENUM_VALUE = 99
DEEPEST = 3
NOT_POISONED = {"request_id"}
INTEGERS = {
    FieldDescriptor.TYPE_INT32,
    FieldDescriptor.TYPE_INT64,
    FieldDescriptor.TYPE_UINT32,
    FieldDescriptor.TYPE_UINT64,
}


def poisoned(request: Any) -> Iterator[tuple[str, Any]]:
    """Each field in turn with each value that it cannot have; the field's path, and the request."""
    for path in _fields(request.DESCRIPTOR, depth=0):
        field = _field(request.DESCRIPTOR, path)
        for value in _values(field):
            changed = type(request)()
            changed.CopyFrom(request)
            _write(changed, path, value)
            yield ".".join(path), changed


def _fields(message: Any, depth: int, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for field in message.fields:
        path = (*before, field.name)
        if field.name in NOT_POISONED:
            continue
        if field.type != FieldDescriptor.TYPE_MESSAGE:
            yield path
        elif depth < DEEPEST and field.message_type.full_name.startswith("bylaw."):
            yield from _fields(field.message_type, depth + 1, path)


def _field(message: Any, path: tuple[str, ...]) -> Any:
    field = message.fields_by_name[path[0]]
    return _field(field.message_type, path[1:]) if path[1:] else field


def _values(field: Any) -> tuple[Any, ...]:
    if field.type == FieldDescriptor.TYPE_STRING:
        return _texts(comment_of(field))
    if field.type == FieldDescriptor.TYPE_ENUM:
        return (ENUM_VALUE,)
    return NUMBERS if field.type in INTEGERS else ()


def _texts(said: str) -> tuple[str, ...]:
    """For a name those of nobody, for a date none there is, for anything else more than fits."""
    names = tuple(f"{collection}/{NOBODY}" for collection in NAMED.findall(said))
    days = (NO_DAY,) if "`YYYY-MM-DD`" in said else ()
    return (NO_TEXT, *(names + days or (TOO_LONG,)))


def _write(message: Any, path: tuple[str, ...], value: Any) -> None:
    field, *rest = message.DESCRIPTOR.fields_by_name[path[0]], *path[1:]
    if not rest:
        if repeats(field):
            getattr(message, field.name).append(value)
        else:
            setattr(message, field.name, value)
        return
    inside = getattr(message, field.name)
    if repeats(field):
        inside = inside[0] if inside else inside.add()
    _write(inside, tuple(rest), value)
