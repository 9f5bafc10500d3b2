"""Requests that make sense, from what the contract's comments say of each field, and the resources that they name."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from tests.contract.contracts import files

NAMED = re.compile(r"`(\w+)/\{\w+\}([^`\s]*)`")
FILLINGS = {
    "/sheets/{month}": "/sheets/2026-03",
    "/rotaCells/{date}": "/rotaCells/2026-03-05",
    "/days/{date}": "/days/2026-03-05",
    "/bookDays/{YYYY-MM-DD}": "/bookDays/2026-03-05",
    "/stockMonths/{YYYY-MM}": "/stockMonths/2026-03",
}
KEPT = {"request_id", "page_token", "page_size", "etag", "update_mask", "request_key"}
_MESSAGE, _FIELD = 4, 2
"""Field numbers of messages in a file and fields in a message: how comments are addressed."""


@cache
def comments() -> Mapping[tuple[str, str], str]:
    """What the contract says of each field, by message and name."""
    found = {}
    for file in files():
        said = {tuple(place.path): place.leading_comments.strip() for place in file.source_code_info.location}
        for number, message in enumerate(file.message_type):
            for index, field in enumerate(message.field):
                key = (f"{file.package}.{message.name}", field.name)
                found[key] = said.get((_MESSAGE, number, _FIELD, index), "")
    return found


def comment_of(field: FieldDescriptor) -> str:
    """What the contract says of a field."""
    return comments().get((field.containing_type.full_name, field.name), "")


def named_by(field: FieldDescriptor) -> dict[str, str]:
    """The collections that a field may name, each with what stands behind the resource's own name."""
    said = comment_of(field)
    wanted = field.type == FieldDescriptor.TYPE_STRING and not _is_kept_by_the_service(field, said)
    return dict(NAMED.findall(said)) if wanted else {}


def _is_kept_by_the_service(field: FieldDescriptor, said: str) -> bool:
    """Its own name, and who did something: whatever is sent there is not read."""
    return "given by the service" in said or field.name.endswith("_by")


def repeats(field: FieldDescriptor) -> bool:
    """Whether it is a list."""
    return bool(field.is_repeated)


def sound(descriptor: Descriptor, own: Mapping[str, str], *, depth: int = 0) -> Message:
    """A request that names the caller's own resources and fills the rest as its comments say."""
    message = GetMessageClass(descriptor)()
    for field in descriptor.fields:
        if field.name in KEPT or repeats(field) or field.containing_oneof is not None:
            continue
        if field.type == FieldDescriptor.TYPE_MESSAGE:
            if depth < 2 and field.message_type.full_name.startswith("bylaw."):
                getattr(message, field.name).CopyFrom(sound(field.message_type, own, depth=depth + 1))
        elif field.type == FieldDescriptor.TYPE_ENUM:
            setattr(message, field.name, field.enum_type.values[1].number)
        elif field.type == FieldDescriptor.TYPE_STRING:
            setattr(message, field.name, _text(field, own))
    return message


def places(message: Message, known: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Where a request can name one of some collections: path, collection, and what stands behind the name."""
    for field in message.DESCRIPTOR.fields:
        for collection, behind in named_by(field).items():
            if collection in known:
                yield field.name, collection, behind
        if field.type == FieldDescriptor.TYPE_MESSAGE and not repeats(field) and message.HasField(field.name):
            for path, collection, behind in places(getattr(message, field.name), known):
                yield f"{field.name}.{path}", collection, behind


def naming(message: Message, path: str, name: str) -> Message:
    """The same request, naming something else there."""
    changed = type(message)()
    changed.CopyFrom(message)
    *above, last = path.split(".")
    at = changed
    for step in above:
        at = getattr(at, step)
    field = at.DESCRIPTOR.fields_by_name[last]
    if repeats(field):
        getattr(at, last).append(name)
    else:
        setattr(at, last, name)
    return changed


def filled(name: str, behind: str) -> str:
    """A resource's name with what a field wants behind it."""
    return name + FILLINGS.get(behind, behind)


def _text(field: FieldDescriptor, own: Mapping[str, str]) -> str:
    said = comment_of(field)
    for collection, behind in named_by(field).items():
        if collection in own:
            return filled(own[collection], behind)
    if "`YYYY-MM-DD`" in said:
        return "" if field.name.startswith(("end", "as_of", "last")) else "2026-03-05"
    if "`YYYY-MM`" in said:
        return "2026-03"
    return "" if named_by(field) else "words"
