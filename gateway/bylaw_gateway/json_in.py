"""JSON to message: each message type is compiled once into a strict reader that names the field it refuses.

A reader returns the keyword arguments of the message class, nested readers nested dictionaries: protobuf then
builds the whole message in one call, and the gateway can lay path and query values over the body before it.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message_factory import GetMessageClass

from bylaw_gateway.json_out import WRAPPERS
from bylaw_gateway.json_refusals import FieldRefused
from bylaw_gateway.json_scalars import Scalar, scalar_reader, text_reader
from bylaw_gateway.json_values import READERS
from bylaw_gateway.json_wellknown import duration_parts, instant_parts, mask_parts
from bylaw_gateway.request_tree import Tree

Read = Callable[[Any], Any]

_TEXTS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "google.protobuf.Timestamp": ("instant", instant_parts),
    "google.protobuf.Duration": ("duration", duration_parts),
    "google.protobuf.FieldMask": ("field_mask", mask_parts),
}


class Entry(NamedTuple):
    """How one JSON name is read: the field it fills, the type taken as it is, and the reader of all else."""

    field: str
    exact: type | None
    read: Read
    takes_null: bool


class JsonIn:
    """Compiles and keeps the reader of each message type."""

    def __init__(self) -> None:
        self._readers: dict[str, Read] = {}

    def reader(self, descriptor: Descriptor) -> Read:
        """The function that turns parsed JSON into keyword arguments; it raises FieldRefused."""
        name = descriptor.full_name
        if name not in self._readers:
            # A type that contains itself finds this forwarder while it is still being compiled.
            self._readers[name] = lambda tree: self._readers[name](tree)  # noqa: PLW0108 - looked up late
            self._readers[name] = self._compile(descriptor)
        return self._readers[name]

    def field_reader(self, field: FieldDescriptor) -> Read:
        """The reader of one whole field, lists and maps included."""
        return self._entry(field).read

    def one_reader(self, field: FieldDescriptor) -> Read:
        """The reader of a single value of a field, also of a repeated one."""
        return self._one(field).read

    def _compile(self, descriptor: Descriptor) -> Read:
        name = descriptor.full_name
        if name == "google.protobuf.Any":
            raise TypeError("google.protobuf.Any has no place in a contract: say which message it is")
        if name in _TEXTS:
            return text_reader(*_TEXTS[name])
        if name in READERS:
            return _free_form_reader(READERS[name])
        if name in WRAPPERS:
            return _wrapper_reader(scalar_reader(descriptor.fields_by_name["value"]).read)
        return self._object_reader(descriptor)

    def _object_reader(self, descriptor: Descriptor) -> Read:
        plan: dict[str, Entry] = {}
        for field in descriptor.fields:
            plan[field.name] = plan[field.json_name] = self._entry(field)
        choices = [
            (choice.name, frozenset(field.name for field in choice.fields))
            for choice in descriptor.oneofs
            if len(choice.fields) > 1
        ]
        return _object_reader(plan, _choice_check(choices) if choices else None)

    def _entry(self, field: FieldDescriptor) -> Entry:
        if field.is_repeated and field.message_type and field.message_type.GetOptions().map_entry:
            return Entry(field.name, None, self._map_reader(field.message_type), takes_null=False)
        if field.is_repeated:
            return Entry(field.name, None, _list_reader(self._one(field)), takes_null=False)
        scalar = self._one(field)
        return Entry(field.name, scalar.exact, scalar.read, takes_null=_takes_null(field))

    def _one(self, field: FieldDescriptor) -> Scalar:
        if field.message_type:
            return Scalar(None, self.reader(field.message_type))
        return scalar_reader(field)

    def _map_reader(self, entry: Descriptor) -> Read:
        key = scalar_reader(entry.fields_by_name["key"], quoted=True).read
        value_field = entry.fields_by_name["value"]
        read = self._one(value_field).read
        if not value_field.message_type:
            return _map_reader(key, read)
        # Map values must be messages already: the constructor takes no nested dictionaries for them.
        return _map_reader(key, _message_builder(value_field.message_type, read))


def _takes_null(field: FieldDescriptor) -> bool:
    kind = field.message_type or field.enum_type
    return kind is not None and kind.full_name in {"google.protobuf.Value", "google.protobuf.NullValue"}


def _message_builder(descriptor: Descriptor, read: Read) -> Read:
    message_class = GetMessageClass(descriptor)

    def build(tree: Any) -> Any:
        value = read(tree)
        return message_class(**value) if isinstance(value, dict) else value

    return build


def _object_reader(plan: Mapping[str, Entry], check_choices: Callable[[Tree], None] | None) -> Read:
    find = plan.get

    def read_object(tree: Any) -> Tree:
        if type(tree) is not dict:
            raise FieldRefused.wrong_type("object")
        fields: Tree = {}
        for name, value in tree.items():
            entry = find(name)
            if entry is None:
                raise FieldRefused.unknown(name)
            field, exact, read, takes_null = entry
            if field in fields:
                raise FieldRefused.twice(name)
            if type(value) is exact:
                fields[field] = value
            elif value is not None or takes_null:
                try:
                    fields[field] = read(value)
                except FieldRefused as refused:
                    raise refused.under(name) from None
        if check_choices:
            check_choices(fields)
        return fields

    return read_object


def _choice_check(choices: list[tuple[str, frozenset[str]]]) -> Callable[[Tree], None]:
    def check(fields: Tree) -> None:
        for _, members in choices:
            given = sorted(members & fields.keys())
            if len(given) > 1:
                raise FieldRefused.both(given)

    return check


def _list_reader(one: Scalar) -> Read:
    exact, read = one

    def read_list(tree: Any) -> list[Any]:
        if type(tree) is not list:
            raise FieldRefused.wrong_type("list")
        values: list[Any] = []
        try:
            for value in tree:
                # Appended one by one: after a refusal their count is the index at fault.
                values.append(value if type(value) is exact else read(value))  # noqa: PERF401
        except FieldRefused as refused:
            raise refused.at(len(values)) from None
        return values

    return read_list


def _map_reader(key_reader: Read, read: Read) -> Read:
    def read_map(tree: Any) -> Tree:
        if type(tree) is not dict:
            raise FieldRefused.wrong_type("object")
        entries: Tree = {}
        for name, value in tree.items():
            try:
                key = key_reader(name)
                if key in entries:
                    raise FieldRefused.twice("")
                entries[key] = read(value)
            except FieldRefused as refused:
                raise refused.under(name) from None
        return entries

    return read_map


def _wrapper_reader(read: Read) -> Read:
    return lambda value: {"value": read(value)}


def _free_form_reader(build: Callable[[Any], Any]) -> Read:
    def read_free_form(tree: Any) -> Any:
        try:
            return build(tree)
        except ValueError:
            raise FieldRefused.wrong_type("object" if not isinstance(tree, dict) else "list") from None

    return read_free_form
