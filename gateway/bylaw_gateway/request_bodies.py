"""What the body of a request becomes: the whole message, one field of it, or a file."""

from collections.abc import Callable
from typing import Any

from bylaw_gateway.bodies import check_json_type, has_body, read_body, upload_type
from bylaw_gateway.contract import Binding
from bylaw_gateway.headers import Environ
from bylaw_gateway.json_in import JsonIn
from bylaw_gateway.json_text import parse_json
from bylaw_gateway.places import Places
from bylaw_gateway.refusals import Refused
from bylaw_gateway.request_tree import Tree
from bylaw_gateway.settings import GatewaySettings

_NEVER_CHANGED = {"name", "etag"}


def body_reader(
    binding: Binding, json_in: JsonIn, *, settings: GatewaySettings, places: Places
) -> Callable[[Environ], Tree]:
    """The reader of a form's body: none, a raw upload, or JSON for all of the request or one field of it."""
    if not binding.body:
        return _no_body
    if binding.upload_field is not None:
        return _upload_reader(binding.upload_field, settings.upload_bytes, places)
    if binding.body == "*":
        return _json_reader(json_in.reader(binding.input), settings, places)
    read = json_in.field_reader(binding.input.fields_by_name[binding.body])
    return _json_reader(_into_field(binding, read), settings, places)


def _no_body(environ: Environ) -> Tree:
    if has_body(environ):
        raise Refused("BODY_UNEXPECTED")
    return {}


def _upload_reader(field: str, limit_bytes: int, places: Places) -> Callable[[Environ], Tree]:
    def read_upload(environ: Environ) -> Tree:
        body: Tree = {"content_type": upload_type(environ), "data": read_body(environ, limit_bytes, places)}
        return {field: body} if field else body

    return read_upload


def _json_reader(read: Callable[[Any], Tree], settings: GatewaySettings, places: Places) -> Callable[[Environ], Tree]:
    def read_json(environ: Environ) -> Tree:
        if not has_body(environ):
            return {}
        check_json_type(environ)
        body = read_body(environ, settings.json_body_bytes, places)
        return read(parse_json(body, nesting_limit=settings.nesting_limit))

    return read_json


def _into_field(binding: Binding, read: Callable[[Any], Any]) -> Callable[[Any], Tree]:
    """Put the body into its field; a change without a mask gets one of what the body mentions, null included.

    Without it a service could not tell "set to false" from "not mentioned".
    """
    body, kind = binding.body, binding.input.fields_by_name[binding.body].message_type
    if binding.http_method != "PATCH" or kind is None or "update_mask" not in binding.input.fields_by_name:
        return lambda tree: {body: read(tree)}
    names = {spelling: field.name for field in kind.fields for spelling in (field.name, field.json_name)}

    def read_change(tree: Any) -> Tree:
        value = read(tree)
        mentioned = [names[name] for name in tree if names[name] not in _NEVER_CHANGED]
        return {body: value, "update_mask": {"paths": mentioned}}

    return read_change
