"""The contract as the gateway sees it: which calls there are, and which HTTP form each of them has."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from google.api import annotations_pb2, http_pb2
from google.protobuf import descriptor_pool
from google.protobuf.descriptor import Descriptor, MethodDescriptor, ServiceDescriptor

from bylaw_gateway.templates import Template, parse

HTTP_BODY = "google.api.HttpBody"
_ACCESS_OPTION = "bylaw.options.v1.access"


@dataclass(frozen=True, slots=True)
class Binding:
    """One HTTP form of one call."""

    method: MethodDescriptor
    http_method: str
    template: Template
    body: str
    response_body: str
    is_first: bool

    @property
    def rpc_path(self) -> str:
        """The path gRPC knows the call by."""
        return f"/{self.method.containing_service.full_name}/{self.method.name}"

    @property
    def input(self) -> Descriptor:
        """The request message."""
        return self.method.input_type

    @property
    def output(self) -> Descriptor:
        """The response message."""
        return self.method.output_type

    @property
    def upload_field(self) -> str | None:
        """The field that takes a raw body, empty for the request itself; None where the body is JSON."""
        if self.body == "*":
            return "" if self.input.full_name == HTTP_BODY else None
        field = self.input.fields_by_name[self.body] if self.body else None
        kind = field.message_type if field else None
        return self.body if kind is not None and kind.full_name == HTTP_BODY else None

    @property
    def shown(self) -> Descriptor | None:
        """The message that a caller gets as the body; None if the body is a single field that is no message."""
        if not self.response_body:
            return self.output
        kind: Descriptor | None = self.output.fields_by_name[self.response_body].message_type
        return kind


def find_service(name: str) -> ServiceDescriptor:
    """The descriptor of a service by its full name; LookupError if its generated code is not installed."""
    pool = descriptor_pool.Default()
    try:
        return pool.FindServiceByName(name)
    except KeyError:
        _import_generated_code(name.rpartition(".")[0])
    try:
        return pool.FindServiceByName(name)
    except KeyError:
        raise LookupError(f"no generated code knows the service {name}") from None


def _import_generated_code(package: str) -> None:
    try:
        home = importlib.import_module(package)
    except ImportError:
        return
    for module in pkgutil.iter_modules(home.__path__):
        if module.name.endswith("_pb2"):
            importlib.import_module(f"{package}.{module.name}")


def bindings_of(services: Iterable[str]) -> Iterator[Binding]:
    """Every HTTP form of every call of these services."""
    for name in services:
        for method in find_service(name).methods:
            yield from _bindings(method)


def _bindings(method: MethodDescriptor) -> Iterator[Binding]:
    options = method.GetOptions()
    if not options.HasExtension(annotations_pb2.http):
        return
    if method.client_streaming:
        raise TypeError(f"{method.full_name} streams from the client, which HTTP forms cannot do")
    rule = options.Extensions[annotations_pb2.http]
    yield _binding(method, rule, is_first=True)
    for form in rule.additional_bindings:
        yield _binding(method, form, is_first=False)


def _binding(method: MethodDescriptor, form: http_pb2.HttpRule, *, is_first: bool) -> Binding:
    pattern = form.WhichOneof("pattern")
    if pattern is None:
        raise TypeError(f"{method.full_name} has an HTTP form without a path")
    http_method, path = _verb_and_path(pattern, getattr(form, pattern))
    try:
        template = parse(path)
    except ValueError as error:
        raise TypeError(f"{method.full_name}: {error}") from error
    return Binding(method, http_method, template, form.body, form.response_body, is_first)


def _verb_and_path(pattern: str, value: Any) -> tuple[str, str]:
    return (value.kind, value.path) if pattern == "custom" else (pattern.upper(), value)


def access_of(method: MethodDescriptor) -> str | None:
    """Who may make the call: its permission, or `public` or `self`; None if the contract does not say."""
    for option, value in method.GetOptions().ListFields():
        if option.full_name == _ACCESS_OPTION:
            for field, content in value.ListFields():
                if field.name in {"permission", "public", "self"}:
                    return content if isinstance(content, str) else field.name
    return None
