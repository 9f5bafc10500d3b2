"""The contract as its descriptors tell it, comments included."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bylaw.options.v1 import access_pb2
from google.api import annotations_pb2, http_pb2
from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    FileDescriptorProto,
    FileDescriptorSet,
    MethodDescriptorProto,
)

ROOT = Path(__file__).parents[2]
COMPILED = ROOT / "protos" / "generated" / "bylaw" / "contract.binpb"
REASON = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")
_SERVICE, _METHOD = 6, 2
"""Field numbers of services in a file and methods in a service: how comments are addressed."""


@dataclass(frozen=True)
class Rpc:
    """A call: where it is, its comment, its options and its messages."""

    service: str
    method: MethodDescriptorProto
    comment: str
    request: DescriptorProto
    response: DescriptorProto

    @property
    def name(self) -> str:
        """`bylaw.people.v1.Staff.GetPerson`."""
        return f"{self.service}.{self.method.name}"

    @property
    def access(self) -> access_pb2.Access:
        """Who may make it."""
        return self.method.options.Extensions[access_pb2.access]

    @property
    def http(self) -> http_pb2.HttpRule | None:
        """How it is reached over REST, if it is."""
        extension = annotations_pb2.http
        return self.method.options.Extensions[extension] if self.method.options.HasExtension(extension) else None

    @property
    def only_reads(self) -> bool:
        """Whether it changes nothing: AIP's verbs of reading, or reached by GET."""
        return bool(self.http and self.http.get) or self.method.name.startswith(("Get", "List", "Stream"))

    @property
    def reasons(self) -> set[str]:
        """Reasons that the comment names behind `Refuses`."""
        return set(REASON.findall(self.comment.partition("Refuses")[2]))


@cache
def files() -> tuple[FileDescriptorProto, ...]:
    """Our files, as compiled."""
    found = FileDescriptorSet.FromString(COMPILED.read_bytes()).file
    return tuple(file for file in found if file.package.startswith("bylaw."))


@cache
def messages() -> dict[str, DescriptorProto]:
    """Every message of ours and of those we import, by full name."""
    found = FileDescriptorSet.FromString(COMPILED.read_bytes()).file
    return {f".{file.package}.{message.name}": message for file in found for message in file.message_type}


@cache
def rpcs() -> tuple[Rpc, ...]:
    """Every call."""
    return tuple(rpc for file in files() for rpc in _rpcs(file))


def _rpcs(file: FileDescriptorProto) -> Iterator[Rpc]:
    comments = {tuple(location.path): location.leading_comments for location in file.source_code_info.location}
    for number, service in enumerate(file.service):
        for index, method in enumerate(service.method):
            comment = comments.get((_SERVICE, number, _METHOD, index), "")
            request, response = messages()[method.input_type], messages()[method.output_type]
            yield Rpc(f"{file.package}.{service.name}", method, comment.strip(), request, response)


def field_names(message: DescriptorProto) -> set[str]:
    """The names of a message's fields."""
    return {field.name for field in message.field}
