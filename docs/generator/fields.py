"""How pages show a message's fields: name, type with a link, and meaning; and an enum's values."""

from collections.abc import Callable

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor

from .contract import comments, short
from .markdown import code, link, table

_KINDS = {
    FieldDescriptor.TYPE_STRING: "text",
    FieldDescriptor.TYPE_BOOL: "true or false",
    FieldDescriptor.TYPE_INT32: "whole number",
    FieldDescriptor.TYPE_INT64: "whole number, as text",
    FieldDescriptor.TYPE_DOUBLE: "number",
    FieldDescriptor.TYPE_BYTES: "bytes, base64",
}
WELL_KNOWN = {
    "google.protobuf.Timestamp": "instant, RFC 3339",
    "google.protobuf.Struct": "object",
    "google.protobuf.FieldMask": "field names, parted by commas",
    "google.api.HttpBody": "the file itself",
}
"""Messages that are none of ours, in words."""

Place = Callable[[FieldDescriptor], str]
"""Says where in an HTTP request a field stands."""


def heading(kind: Descriptor | EnumDescriptor) -> str:
    """The heading of a message or enum on the page of calls: `Unit (people)`."""
    return f"{kind.name} ({short(kind.file.package)})"


def kind_of(field: FieldDescriptor) -> str:
    """A field's type in words, with a link where it is one of ours."""
    one = _one(field)
    if field.message_type is not None and field.message_type.GetOptions().map_entry:
        return "object"
    return f"list of {one}" if field.is_repeated else one


def _one(field: FieldDescriptor) -> str:
    known = field.message_type or field.enum_type
    if known is None:
        return _KINDS[field.type]
    if known.full_name in WELL_KNOWN:
        return WELL_KNOWN[known.full_name]
    return link(known.name, heading(known))


def field_table(message: Descriptor, place: Place | None = None) -> str:
    """A row per field; with `place`, a column that says where in a REST request it goes."""
    heads = ["Field", "Type", *(["REST"] if place else []), "Meaning"]
    return table(heads, (_row(field, place) for field in message.fields))


def _row(field: FieldDescriptor, place: Place | None) -> list[str]:
    where = [place(field)] if place else []
    return [code(field.name), kind_of(field), *where, _meaning(field)]


def _meaning(field: FieldDescriptor) -> str:
    said = comments().get(field.full_name, "")
    choice = field.containing_oneof
    return f"{said} (One of `{choice.name}`.)" if choice is not None else said


def value_table(enum: EnumDescriptor) -> str:
    """A row per value of an enum."""
    rows = ((code(value.name), comments().get(f"{enum.full_name}.{value.name}", "")) for value in enum.values)
    return table(["Value", "Meaning"], rows)
