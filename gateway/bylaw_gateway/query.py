"""The query string onto the fields of a request: nested, repeated, enums and well-known types included."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from google.protobuf.descriptor import Descriptor, FieldDescriptor

from bylaw_gateway.json_in import JsonIn
from bylaw_gateway.json_out import WRAPPERS
from bylaw_gateway.json_refusals import FieldRefused, printable
from bylaw_gateway.json_scalars import scalar_reader
from bylaw_gateway.request_tree import Tree

_TEXT_TYPES = {"google.protobuf.Timestamp", "google.protobuf.Duration", "google.protobuf.FieldMask"}
_QUERY_LIMIT = 1000


class Parameter(NamedTuple):
    """One query parameter: the field it fills and how its text is read."""

    field_path: tuple[str, ...]
    json_path: str
    field: FieldDescriptor
    read: Callable[[str], Any]

    @property
    def is_repeated(self) -> bool:
        """Whether it may be given several times."""
        return bool(self.field.is_repeated)


class _Place(NamedTuple):
    """Where in a request a field stands, and which messages it stands in."""

    field_path: tuple[str, ...] = ()
    json_path: tuple[str, ...] = ()
    above: tuple[Descriptor, ...] = ()

    def inside(self, field: FieldDescriptor, message: Descriptor) -> "_Place":
        """The place of a field of this message."""
        return _Place((*self.field_path, field.name), (*self.json_path, field.json_name), (*self.above, message))


def parameters_of(descriptor: Descriptor, json_in: JsonIn, *, taken: set[tuple[str, ...]]) -> list[Parameter]:
    """Every field of a request that a query can fill, except those that path or body take."""
    return [
        parameter
        for parameter in _parameters(descriptor, _Place(), json_in)
        if not any(parameter.field_path[:length] in taken for length in range(1, len(parameter.field_path) + 1))
    ]


def _parameters(descriptor: Descriptor, place: _Place, json_in: JsonIn) -> Iterator[Parameter]:
    for field in descriptor.fields:
        here = place.inside(field, descriptor)
        read = _reader(field, json_in)
        if read is not None:
            yield Parameter(here.field_path, ".".join(here.json_path), field, read)
            continue
        nested = _nested(field)
        if nested is not None and nested not in here.above:
            yield from _parameters(nested, here, json_in)


def _nested(field: FieldDescriptor) -> Descriptor | None:
    kind = field.message_type
    is_ours = kind is not None and not field.is_repeated and not kind.full_name.startswith("google.")
    return kind if is_ours else None


def _reader(field: FieldDescriptor, json_in: JsonIn) -> Callable[[str], Any] | None:
    kind = field.message_type
    if kind is None:
        scalar = scalar_reader(field, quoted=True)
        return _text if scalar.exact is str else scalar.read
    if kind.full_name in WRAPPERS:
        scalar = scalar_reader(kind.fields_by_name["value"], quoted=True)
        read = _text if scalar.exact is str else scalar.read
        return lambda text: {"value": read(text)}
    return json_in.one_reader(field) if kind.full_name in _TEXT_TYPES else None


def _text(value: str) -> str:
    if "\0" in value:
        raise FieldRefused("FIELD_TYPE_WRONG", "null_character")
    return value


class QueryReader:
    """Reads query strings for one form of one call."""

    def __init__(self, parameters: list[Parameter]) -> None:
        self._by_name: Mapping[str, Parameter] = {
            name: parameter
            for parameter in parameters
            for name in (parameter.json_path, ".".join(parameter.field_path))
        }

    def read(self, query: str) -> Tree:
        """The fields a query string gives; FieldRefused names the parameter that cannot be taken."""
        tree: Tree = {}
        try:
            pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=_QUERY_LIMIT, errors="strict")
        except ValueError:
            raise FieldRefused.wrong_type("text").under("query") from None
        for name, text in pairs:
            self._take(tree, name, text)
        return tree

    def _take(self, tree: Tree, name: str, text: str) -> None:
        parameter = self._by_name.get(name)
        if parameter is None:
            raise FieldRefused.unknown(name or "query")
        try:
            value = parameter.read(text)
        except FieldRefused as refused:
            raise refused.under(printable(name)) from None
        *nest, last = parameter.field_path
        for step in nest:
            tree = tree.setdefault(step, {})
        if parameter.is_repeated:
            tree.setdefault(last, []).append(value)
        elif last in tree:
            raise FieldRefused.twice(name)
        else:
            tree[last] = value
