"""From an HTTP request to the request message of a call: path, query, body and headers laid together."""

from collections.abc import Callable
from typing import Any

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message_factory import GetMessageClass

from bylaw_gateway import etags
from bylaw_gateway.contract import Binding
from bylaw_gateway.headers import Environ, idempotency_key
from bylaw_gateway.json_in import JsonIn
from bylaw_gateway.json_refusals import FieldRefused
from bylaw_gateway.json_scalars import scalar_reader
from bylaw_gateway.places import Places
from bylaw_gateway.query import Parameter, QueryReader, parameters_of
from bylaw_gateway.refusals import Refused
from bylaw_gateway.request_bodies import body_reader
from bylaw_gateway.request_tree import Tree, overlay, place
from bylaw_gateway.settings import GatewaySettings

_RESUME_FIELDS = ("after_cursor", "cursor", "after")


class RequestReader:
    """Builds the request messages of one form of one call; compiled once, shared by threads."""

    def __init__(self, binding: Binding, json_in: JsonIn, *, settings: GatewaySettings, places: Places) -> None:
        self._message_class: Any = GetMessageClass(binding.input)
        self._path_fields = [
            (variable, _path_reader(binding, variable.field_path)) for variable in binding.template.variables
        ]
        self._read_body = body_reader(binding, json_in, settings=settings, places=places)
        self.parameters = query_parameters(binding, json_in)
        self._query = QueryReader(self.parameters)
        self._key_field = "request_id" if "request_id" in binding.input.fields_by_name else None
        self._etag_path = etag_path(binding)
        self._resume_field = _resume_field(binding)

    def read(self, environ: Environ, segments: list[str]) -> Any:
        """The message of this request; Refused says what cannot be taken, and where."""
        try:
            tree = self._read_body(environ)
            query = environ.get("QUERY_STRING")
            if query:
                overlay(tree, self._query.read(query))
            for variable, read in self._path_fields:
                place(tree, variable.field_path, read(variable.text(segments)))
            self._take_headers(tree, environ)
        except FieldRefused as refused:
            raise Refused.at_field(refused) from None
        return self._message_class(**tree)

    def _take_headers(self, tree: Tree, environ: Environ) -> None:
        key = idempotency_key(environ)
        if key is not None:
            if self._key_field is None:
                raise Refused("IDEMPOTENCY_KEY_UNSUPPORTED")
            place(tree, (self._key_field,), key)
        if_match = environ.get("HTTP_IF_MATCH")
        if if_match is not None:
            if self._etag_path is None:
                raise Refused("IF_MATCH_UNSUPPORTED")
            place(tree, self._etag_path, etags.wanted(if_match))
        last_event = environ.get("HTTP_LAST_EVENT_ID")
        if last_event and self._resume_field:
            # A browser that reconnects repeats the first address: where it was, is newer than what the query says.
            tree[self._resume_field] = last_event[:1000]


def query_parameters(binding: Binding, json_in: JsonIn) -> list[Parameter]:
    """The query parameters of a form: none where the body takes every field."""
    if binding.body == "*":
        return []
    taken = {variable.field_path for variable in binding.template.variables}
    return parameters_of(binding.input, json_in, taken=taken | {(binding.body,)})


def _path_reader(binding: Binding, field_path: tuple[str, ...]) -> Callable[[str], Any]:
    message: Descriptor | None = binding.input
    field: FieldDescriptor | None = None
    for step in field_path:
        field = message.fields_by_name.get(step) if message else None
        message = field.message_type if field else None
    if field is None or message is not None or field.is_repeated:
        raise TypeError(f"{binding.method.full_name}: the path names {'.'.join(field_path)}, which is no plain field")
    scalar = scalar_reader(field, quoted=True)
    return _path_text if scalar.exact is str else _named(scalar.read, ".".join(field_path))


def _path_text(text: str) -> str:
    if "\0" in text:
        raise FieldRefused("FIELD_TYPE_WRONG", "null_character", path="path")
    return text


def _named(read: Callable[[Any], Any], name: str) -> Callable[[str], Any]:
    def read_named(text: str) -> Any:
        try:
            return read(text)
        except FieldRefused as refused:
            raise refused.under(name) from None

    return read_named


def etag_path(binding: Binding) -> tuple[str, ...] | None:
    """The field that an If-Match fills: of the request itself, or of the thing that its body holds."""
    if "etag" in binding.input.fields_by_name:
        return ("etag",)
    field = binding.input.fields_by_name.get(binding.body)
    resource = field.message_type if field else None
    return (binding.body, "etag") if resource and "etag" in resource.fields_by_name else None


def _resume_field(binding: Binding) -> str | None:
    if not binding.method.server_streaming:
        return None
    known = binding.input.fields_by_name
    return next(
        (name for name in _RESUME_FIELDS if name in known and known[name].type == known[name].TYPE_STRING), None
    )
