"""From an HTTP request to the request message of a call: path, query, body and headers laid together."""

from collections.abc import Callable
from typing import Any

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message_factory import GetMessageClass

from bylaw_gateway import etags
from bylaw_gateway.bodies import check_json_type, has_body, read_body, upload_type
from bylaw_gateway.contract import Binding
from bylaw_gateway.headers import Environ, idempotency_key
from bylaw_gateway.json_in import JsonIn, Tree
from bylaw_gateway.json_refusals import FieldRefused
from bylaw_gateway.json_scalars import scalar_reader
from bylaw_gateway.json_text import parse_json
from bylaw_gateway.query import Parameter, QueryReader, parameters_of
from bylaw_gateway.refusals import Refused
from bylaw_gateway.settings import GatewaySettings

_RESUME_FIELDS = ("after_cursor", "cursor", "after")


class RequestReader:
    """Builds the request messages of one form of one call; compiled once, shared by threads."""

    def __init__(self, binding: Binding, json_in: JsonIn, settings: GatewaySettings) -> None:
        self._binding, self._settings = binding, settings
        self._message_class: Any = GetMessageClass(binding.input)
        self._path_fields = [
            (variable, _path_reader(binding, variable.field_path)) for variable in binding.template.variables
        ]
        self._read_body = self._body_reader(json_in)
        self.parameters = query_parameters(binding, json_in)
        self._query = QueryReader(self.parameters)
        self._key_field = "request_id" if "request_id" in binding.input.fields_by_name else None
        self._etag_path = _etag_path(binding)
        self._resume_field = _resume_field(binding)

    def read(self, environ: Environ, segments: list[str]) -> Any:
        """The message of this request; Refused says what cannot be taken, and where."""
        try:
            tree = self._read_body(environ)
            query = environ.get("QUERY_STRING")
            if query:
                _overlay(tree, self._query.read(query))
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

    def _body_reader(self, json_in: JsonIn) -> Callable[[Environ], Tree]:
        binding, settings = self._binding, self._settings
        if not binding.body:
            return _no_body
        if binding.upload_field is not None:
            return _upload_reader(binding.upload_field, settings.upload_bytes)
        if binding.body == "*":
            return _json_reader(json_in.reader(binding.input), settings)
        return _json_field_reader(binding, json_in, settings)


def query_parameters(binding: Binding, json_in: JsonIn) -> list[Parameter]:
    """The query parameters of a form: none where the body takes every field."""
    if binding.body == "*":
        return []
    taken = {variable.field_path for variable in binding.template.variables}
    return parameters_of(binding.input, json_in, taken=taken | {(binding.body,)})


def place(tree: Tree, field_path: tuple[str, ...], value: Any) -> None:
    """Set a nested field; a different value that is there already is refused."""
    *nest, last = field_path
    for step in nest:
        tree = tree.setdefault(step, {})
    if tree.setdefault(last, value) != value:
        if tree[last]:
            raise FieldRefused("FIELD_INVALID", "contradiction", path=".".join(field_path))
        tree[last] = value


def _overlay(tree: Tree, other: Tree) -> None:
    for name, value in other.items():
        if isinstance(value, dict) and isinstance(tree.get(name), dict):
            _overlay(tree[name], value)
        else:
            tree[name] = value


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


def _etag_path(binding: Binding) -> tuple[str, ...] | None:
    if "etag" in binding.input.fields_by_name:
        return ("etag",)
    field = binding.input.fields_by_name.get(binding.body)
    resource = field.message_type if field else None
    return (binding.body, "etag") if resource and "etag" in resource.fields_by_name else None


def _resume_field(binding: Binding) -> str | None:
    if not binding.method.server_streaming:
        return None
    known = binding.input.fields_by_name
    return next((name for name in _RESUME_FIELDS if name in known and known[name].type == known[name].TYPE_STRING), None)


def _no_body(environ: Environ) -> Tree:
    if has_body(environ):
        raise Refused("BODY_UNEXPECTED", headers={"Connection": "close"})
    return {}


def _upload_reader(field: str, limit_bytes: int) -> Callable[[Environ], Tree]:
    def read_upload(environ: Environ) -> Tree:
        body: Tree = {"content_type": upload_type(environ), "data": read_body(environ, limit_bytes)}
        return {field: body} if field else body

    return read_upload


def _json_reader(read: Callable[[Any], Tree], settings: GatewaySettings) -> Callable[[Environ], Tree]:
    def read_json(environ: Environ) -> Tree:
        if not has_body(environ):
            return {}
        check_json_type(environ)
        body = read_body(environ, settings.json_body_bytes)
        return read(parse_json(body, nesting_limit=settings.nesting_limit))

    return read_json


def _json_field_reader(binding: Binding, json_in: JsonIn, settings: GatewaySettings) -> Callable[[Environ], Tree]:
    field = binding.input.fields_by_name[binding.body]
    read_json = _json_reader(json_in.field_reader(field), settings)
    masked = binding.http_method == "PATCH" and "update_mask" in binding.input.fields_by_name

    def read_field(environ: Environ) -> Tree:
        if not has_body(environ):
            return {}
        value: Any = read_json(environ)
        tree: Tree = {binding.body: value}
        if masked:
            # Without a mask a service could not tell "set to false" from "not mentioned".
            tree["update_mask"] = {"paths": [name for name in value if name not in {"name", "etag"}]}
        return tree

    return read_field
