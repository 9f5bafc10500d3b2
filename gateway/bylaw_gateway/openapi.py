"""The OpenAPI 3.1 description of the REST face, made from the same descriptors as the routes."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bylaw_gateway.contract import HTTP_BODY, Binding, access_of
from bylaw_gateway.json_in import JsonIn
from bylaw_gateway.openapi_schemas import Schema, Schemas
from bylaw_gateway.problem_schema import problem_schema
from bylaw_gateway.problems import MEDIA_TYPE
from bylaw_gateway.query import Parameter
from bylaw_gateway.requests import etag_path, query_parameters

_PROBLEM = {"$ref": "#/components/responses/Problem"}
_HEADERS: Mapping[str, Schema] = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "A key of the caller's choice; a repeat with the same key has the effect once.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[!-~]+$"},
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "description": "The ETag that was read; the call is refused if the thing has changed since.",
        "schema": {"type": "string"},
    },
}


def describe(bindings: Sequence[Binding], comments: Mapping[str, str]) -> dict[str, Any]:
    """The whole document."""
    schemas = Schemas(comments)
    paths: dict[str, dict[str, Any]] = {}
    services: dict[str, str] = {}
    for binding in bindings:
        service = binding.method.containing_service
        services[short_name(service.full_name)] = comments.get(service.full_name, "")
        operation = Operation(binding, schemas, comments).document()
        paths.setdefault(openapi_path(binding), {})[binding.http_method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": "Bylaw 章程", "version": "v1", "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": text} for name, text in sorted(services.items())],
        "paths": dict(sorted(paths.items())),
        "components": _components(schemas),
        "security": [{"bearer": []}],
    }


def short_name(full_name: str) -> str:
    """A service or call without the organisation's prefix and the version: `people.Staff.GetPerson`."""
    parts = [part for part in full_name.split(".") if not re.fullmatch(r"v\d+(alpha\d*|beta\d*)?", part)]
    return ".".join(parts[1:] if len(parts) > 2 else parts)


def _components(schemas: Schemas) -> dict[str, Any]:
    answer = {
        "description": "The request was refused.",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    return {
        "schemas": {**dict(sorted(schemas.components.items())), "Problem": problem_schema()},
        "responses": {"Problem": answer},
        "parameters": dict(_HEADERS),
        "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
    }


def openapi_path(binding: Binding) -> str:
    """The template as OpenAPI spells it: `{name=people/*}` becomes `people/{person}`, a parameter a segment."""
    template = binding.template
    names = path_names(binding)
    spelled = [names[index] if segment in {"*", "**"} else segment for index, segment in enumerate(template.segments)]
    verb = f":{template.verb}" if template.verb else ""
    return "/" + "/".join(spelled) + verb


def path_names(binding: Binding) -> dict[int, str]:
    """What each `*` of a template is called, by its place: after the collection before it."""
    segments = binding.template.segments
    names: dict[int, str] = {}
    for index, segment in enumerate(segments):
        if segment in {"*", "**"}:
            before = segments[index - 1] if index and segments[index - 1] not in {"*", "**"} else "segment"
            name = re.sub(r"[^A-Za-z0-9]+", "_", _singular(before))
            taken = sum(1 for other in names.values() if other.strip("{}").rstrip("0123456789") == name)
            names[index] = "{" + (f"{name}{taken + 1}" if taken else name) + "}"
    return names


def _singular(collection: str) -> str:
    if collection == "people":
        return "person"
    return re.sub(r"(?<=ss)es$|(?<!s)s$", "", re.sub(r"ies$", "y", collection))


class Operation:
    """One form of one call as an OpenAPI operation."""

    def __init__(self, binding: Binding, schemas: Schemas, comments: Mapping[str, str]) -> None:
        self._binding, self._schemas, self._comments = binding, schemas, comments

    def document(self) -> dict[str, Any]:
        """The operation object."""
        method = self._binding.method
        text = self._comments.get(method.full_name, "")
        summary = text.split("\n", 1)[0]
        document: dict[str, Any] = {
            "operationId": self._operation_id(),
            "tags": [short_name(method.containing_service.full_name)],
            **({"summary": summary} if summary else {}),
            **({"description": text} if text else {}),
            "parameters": self._parameters(),
            "responses": {"200": self._answer(), "default": _PROBLEM},
        }
        if self._binding.body:
            document["requestBody"] = self._body()
        return document | self._access()

    def _operation_id(self) -> str:
        stem = short_name(self._binding.method.full_name)
        return stem if self._binding.is_first else f"{stem}_{self._binding.http_method}_{openapi_path(self._binding)}"

    def _access(self) -> dict[str, Any]:
        access = access_of(self._binding.method)
        if access is None:
            return {}
        return {"x-bylaw-permission": access} | ({"security": []} if access == "public" else {})

    def _parameters(self) -> list[Schema]:
        found = [
            {"name": name.strip("{}"), "in": "path", "required": True, "schema": {"type": "string"}}
            for name in path_names(self._binding).values()
        ]
        found += [self._query_parameter(parameter) for parameter in query_parameters(self._binding, JsonIn())]
        if "request_id" in self._binding.input.fields_by_name:
            found.append({"$ref": "#/components/parameters/IdempotencyKey"})
        if etag_path(self._binding):
            found.append({"$ref": "#/components/parameters/IfMatch"})
        return found

    def _query_parameter(self, parameter: Parameter) -> Schema:
        comment = self._comments.get(parameter.field.full_name)
        one = self._schemas.one(parameter.field)
        return {
            "name": parameter.json_path,
            "in": "query",
            **({"description": comment} if comment else {}),
            "schema": {"type": "array", "items": one} if parameter.is_repeated else one,
        }

    def _body(self) -> Schema:
        binding = self._binding
        if binding.upload_field is not None:
            return {"required": True, "content": {"*/*": {"schema": {}}}}
        field = None if binding.body == "*" else binding.input.fields_by_name[binding.body]
        schema = self._schemas.field(field) if field else self._schemas.message(binding.input)
        return {"required": True, "content": {"application/json": {"schema": schema}}}

    def _answer(self) -> Schema:
        binding = self._binding
        shown = binding.shown
        if shown is not None and shown.full_name == HTTP_BODY:
            return {"description": "The file.", "content": {"application/octet-stream": {"schema": {}}}}
        field = binding.output.fields_by_name[binding.response_body] if binding.response_body else None
        schema = self._schemas.field(field) if field else self._schemas.message(binding.output)
        kind = "text/event-stream" if binding.method.server_streaming else "application/json"
        return {"description": "Done.", "content": {kind: {"schema": schema}}}
