"""Message types as JSON schemas, spelled as the gateway really reads and prints them."""

from collections.abc import Mapping
from typing import Any

from google.api import field_behavior_pb2
from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor

from bylaw_gateway.json_out import WRAPPERS

Schema = dict[str, Any]

_TEXT: Mapping[str, Schema] = {
    "google.protobuf.Timestamp": {"type": "string", "format": "date-time"},
    "google.protobuf.Duration": {"type": "string", "examples": ["90s"]},
    "google.protobuf.FieldMask": {"type": "string", "examples": ["title,startDate"]},
    "google.protobuf.Struct": {"type": "object", "additionalProperties": True},
    "google.protobuf.Value": {},
    "google.protobuf.ListValue": {"type": "array", "items": {}},
    "google.protobuf.Empty": {"type": "object", "additionalProperties": False},
    "google.api.HttpBody": {"type": "string", "contentMediaType": "application/octet-stream"},
}
_NUMBER: Schema = {"oneOf": [{"type": "number"}, {"enum": ["NaN", "Infinity", "-Infinity"]}]}
_SCALARS: Mapping[int, Schema] = {
    FieldDescriptor.TYPE_DOUBLE: _NUMBER,
    FieldDescriptor.TYPE_FLOAT: _NUMBER,
    FieldDescriptor.TYPE_BOOL: {"type": "boolean"},
    FieldDescriptor.TYPE_STRING: {"type": "string"},
    FieldDescriptor.TYPE_BYTES: {"type": "string", "contentEncoding": "base64"},
}
_BITS: Mapping[int, Schema] = {
    FieldDescriptor.CPPTYPE_INT32: {"type": "integer", "format": "int32"},
    FieldDescriptor.CPPTYPE_UINT32: {"type": "integer", "format": "uint32", "minimum": 0},
    FieldDescriptor.CPPTYPE_INT64: {"type": "string", "format": "int64", "pattern": "^-?[0-9]+$"},
    FieldDescriptor.CPPTYPE_UINT64: {"type": "string", "format": "uint64", "pattern": "^[0-9]+$"},
}


class Schemas:
    """Collects the schemas of all message types that the calls mention."""

    def __init__(self, comments: Mapping[str, str]) -> None:
        self._comments = comments
        self.components: dict[str, Schema] = {}

    def message(self, descriptor: Descriptor) -> Schema:
        """The schema of a message: in place for well-known types, else a reference."""
        name = descriptor.full_name
        if name in _TEXT:
            return dict(_TEXT[name])
        if name in WRAPPERS:
            return self._scalar(descriptor.fields_by_name["value"])
        if name not in self.components:
            self.components[name] = {}
            self.components[name].update(self._object(descriptor))
        return {"$ref": f"#/components/schemas/{name}"}

    def field(self, field: FieldDescriptor) -> Schema:
        """The schema of a field, with its comment."""
        schema = self._bare(field)
        comment = self._comments.get(field.full_name)
        said = {"description": comment} if comment else {}
        return {**schema, **said, **({"readOnly": True} if _is_kept_by_the_service(field) else {})}

    def one(self, field: FieldDescriptor) -> Schema:
        """The schema of a single value of a field."""
        return self.message(field.message_type) if field.message_type else self._scalar(field)

    def _bare(self, field: FieldDescriptor) -> Schema:
        kind = field.message_type
        if kind is not None and kind.GetOptions().map_entry:
            return {"type": "object", "additionalProperties": self.one(kind.fields_by_name["value"])}
        return {"type": "array", "items": self.one(field)} if field.is_repeated else self.one(field)

    def _scalar(self, field: FieldDescriptor) -> Schema:
        if field.enum_type:
            return self._enum(field.enum_type)
        return dict(_SCALARS.get(field.type) or _BITS[field.cpp_type])

    def _enum(self, enum: EnumDescriptor) -> Schema:
        if enum.full_name == "google.protobuf.NullValue":
            return {"type": "null"}
        name = enum.full_name
        if name not in self.components:
            lines = [f"`{value.name}`: {self._value_comment(value)}" for value in enum.values]
            about = [self._comments.get(name, ""), *lines]
            self.components[name] = {
                "type": "string",
                "enum": [value.name for value in enum.values],
                "description": "\n\n".join(filter(None, about)),
            }
        return {"$ref": f"#/components/schemas/{name}"}

    def _value_comment(self, value: Any) -> str:
        # Descriptors scope a value beside its enum; comments are filed under the enum.
        return self._comments.get(f"{value.type.full_name}.{value.name}", value.name)

    def _object(self, descriptor: Descriptor) -> Schema:
        schema: Schema = {
            "type": "object",
            "additionalProperties": False,
            "properties": {field.json_name: self.field(field) for field in descriptor.fields},
        }
        comment = self._comments.get(descriptor.full_name)
        return {**schema, "description": comment} if comment else schema


def _is_kept_by_the_service(field: FieldDescriptor) -> bool:
    return field_behavior_pb2.OUTPUT_ONLY in field.GetOptions().Extensions[field_behavior_pb2.field_behavior]
