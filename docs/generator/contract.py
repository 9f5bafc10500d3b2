"""The contract as the pages read it: services, calls, messages and their comments, from the installed descriptors."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

from bylaw_gateway.comments import read_comments
from bylaw_gateway.contract import Binding, access_of, bindings_of, find_service
from google.protobuf import descriptor_pb2, descriptor_pool
from google.protobuf.descriptor import Descriptor, EnumDescriptor, MethodDescriptor, ServiceDescriptor


@cache
def comments() -> Mapping[str, str]:
    """The comment of everything in the contract, by its full name."""
    return read_comments(_contract_path())


def _contract_path() -> Path:
    places = (Path(folder) / "contract.binpb" for folder in import_module("bylaw").__path__)
    return next(place for place in places if place.exists())


@cache
def _files() -> tuple[descriptor_pb2.FileDescriptorProto, ...]:
    whole = descriptor_pb2.FileDescriptorSet.FromString(_contract_path().read_bytes())
    return tuple(file for file in whole.file if file.package.startswith("bylaw."))


@cache
def services() -> tuple[ServiceDescriptor, ...]:
    """Every service of the contract by its full name."""
    names = sorted(f"{file.package}.{service.name}" for file in _files() for service in file.service)
    return tuple(find_service(name) for name in names)


def calls() -> list[MethodDescriptor]:
    """Every call, by service, in the order in which the contract states them."""
    return [method for service in services() for method in service.methods]


def packages() -> list[str]:
    """The packages that have calls, as `bylaw.people.v1`."""
    return sorted({service.file.package for service in services()})


def short(package: str) -> str:
    """`people` of `bylaw.people.v1`."""
    return package.split(".")[1]


def call_name(method: MethodDescriptor) -> str:
    """How pages name a call: `people.Staff.GetPerson`."""
    service = method.containing_service
    return f"{short(service.file.package)}.{service.name}.{method.name}"


@cache
def forms(method: MethodDescriptor) -> tuple[Binding, ...]:
    """The HTTP forms of a call; none where it cannot be reached over REST."""
    known = bindings_of([method.containing_service.full_name])
    return tuple(binding for binding in known if binding.method.full_name == method.full_name)


def path_of(method: MethodDescriptor, form: Binding) -> str:
    """Verb and path of a form as the contract writes it: `GET /v1/{name=people/*}`."""
    options = {field.full_name: value for field, value in method.GetOptions().ListFields()}
    rule = options["google.api.http"]
    every = [rule, *rule.additional_bindings]
    verb = form.http_method.lower()
    written = every[forms(method).index(form)]
    return f"{form.http_method} {getattr(written, verb, '') or written.custom.path}"


def may(method: MethodDescriptor) -> str:
    """Who may make a call, in words."""
    stated = access_of(method) or ""
    words = {"public": "anybody, signed in or not", "self": "anybody who is signed in, for what is their own"}
    return words.get(stated) or f"`{stated}`"


def reasons(method: MethodDescriptor) -> list[str]:
    """The reasons a call's comment says it refuses with."""
    _, _, refuses = comments().get(method.full_name, "").partition("Refuses")
    return re.findall(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b", refuses)


@cache
def messages(package: str) -> tuple[Descriptor, ...]:
    """The messages of a package that are neither request nor response of a call, by name."""
    pool = descriptor_pool.Default()
    names = sorted(f"{package}.{message.name}" for file in _in(package) for message in file.message_type)
    asked = {method.input_type.full_name for service in services() for method in service.methods}
    kept = (name for name in names if name not in asked and not name.endswith("Response"))
    return tuple(pool.FindMessageTypeByName(name) for name in kept)


@cache
def enums(package: str) -> tuple[EnumDescriptor, ...]:
    """The enums of a package by name."""
    pool = descriptor_pool.Default()
    names = sorted(f"{package}.{enum.name}" for file in _in(package) for enum in file.enum_type)
    return tuple(pool.FindEnumTypeByName(name) for name in names)


def _in(package: str) -> list[descriptor_pb2.FileDescriptorProto]:
    return [file for file in _files() if file.package == package]
