"""Fields of a request that its caller may not write, found in the contract, and requests in which they are written."""

import re
from collections.abc import Iterator
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from tests.integration.access.sound_requests import comment_of, repeats

NAMED = re.compile(r"`(\w+)/\{\w+\}`")
LATER, LATER_DAY = 1_900_000_000, "2030-03-17"
"""Seconds since 1970, and their day: nothing here happens so late."""

FORGED, FORGED_DAY = "forged", "2031-02-03"
DEEPEST = 2
OURS = {"people", "attendance", "inventory", "orders"}


def thing_in(request: Any) -> FieldDescriptor | None:
    """The field of a request that holds a thing of ours, if it takes one."""
    ours = (field for field in request.fields if field.type == FieldDescriptor.TYPE_MESSAGE)
    return next((field for field in ours if _service_of(field.message_type) in OURS), None)


def not_writable(thing: Any, writable: set[str], before: str = "") -> Iterator[str]:
    """Paths in a thing that its caller may not write, each as far up as all of it is the service's."""
    for field in thing.fields:
        path = f"{before}{field.name}"
        if path in writable:
            continue
        if any(each.startswith(f"{path}.") for each in writable):
            yield from not_writable(field.message_type, writable, f"{path}.")
        else:
            yield path


def unknown(thing: Any, writable: set[str]) -> list[str]:
    """Paths that no field of the thing has."""
    return [path for path in sorted(writable) if not _exists(thing, path.split("."))]


def forge(thing: Message, path: str, others: dict[str, str]) -> Any:
    """Writes somebody else's value into a field; answers what it is now."""
    parent, field = _place(thing, path)
    if repeats(field):
        getattr(parent, field.name).append(_element(field, others))
    elif field.type == FieldDescriptor.TYPE_MESSAGE:
        _fill(getattr(parent, field.name), others)
    else:
        setattr(parent, field.name, _scalar(field, others))
    return value_at(thing, path)


def value_at(thing: Any, path: str) -> Any:
    """What stands in a field, in a form that can be compared; of several parts the first's."""
    for name in path.split("."):
        if hasattr(thing, "add"):
            thing = thing[0] if thing else thing.add()
        thing = getattr(thing, name)
    return str(thing)


def shown(answer: Any, thing: Any) -> Any:
    """The thing in an answer: the answer itself, or what it holds of the kind; nothing where it shows none."""
    if answer.DESCRIPTOR is thing:
        return answer
    for field, value in answer.ListFields():
        if field.type == FieldDescriptor.TYPE_MESSAGE and field.message_type is thing:
            return value[0] if repeats(field) else value
    return None


def _service_of(message: Any) -> str:
    return str(message.full_name).removeprefix("bylaw.").partition(".")[0]


def _exists(thing: Any, path: list[str]) -> bool:
    field = thing.fields_by_name.get(path[0])
    return field is not None and (len(path) == 1 or _exists(field.message_type, path[1:]))


def _place(thing: Any, path: str) -> tuple[Any, FieldDescriptor]:
    *above, last = path.split(".")
    for name in above:
        field, thing = thing.DESCRIPTOR.fields_by_name[name], getattr(thing, name)
        if repeats(field):
            thing = thing[0] if len(thing) else thing.add()
    return thing, thing.DESCRIPTOR.fields_by_name[last]


def _element(field: Any, others: dict[str, str]) -> Any:
    if field.type != FieldDescriptor.TYPE_MESSAGE:
        return _scalar(field, others)
    made = GetMessageClass(field.message_type)()
    _fill(made, others)
    return made


def _fill(message: Any, others: dict[str, str], depth: int = 0) -> None:
    """A message that is filled, whatever is in it too; a time is one that nothing here has."""
    message.SetInParent()
    for field in message.DESCRIPTOR.fields:
        if repeats(field) or field.name == "nanos":
            continue
        if field.type != FieldDescriptor.TYPE_MESSAGE:
            setattr(message, field.name, _scalar(field, others))
        elif depth < DEEPEST:
            _fill(getattr(message, field.name), others, depth + 1)


def _scalar(field: Any, others: dict[str, str]) -> str | int:
    if field.type == FieldDescriptor.TYPE_ENUM:
        return int(field.enum_type.values[-1].number)
    if field.type == FieldDescriptor.TYPE_BOOL:
        return True
    if field.type == FieldDescriptor.TYPE_STRING:
        return _text(field, others)
    return LATER if field.name == "seconds" else 77


def _text(field: FieldDescriptor, others: dict[str, str]) -> str:
    said = comment_of(field)
    named = [others[collection] for collection in NAMED.findall(said) if collection in others]
    if named:
        return named[0]
    return FORGED_DAY if "`YYYY-MM-DD`" in said else FORGED
