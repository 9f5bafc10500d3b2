"""The comments of the contract, by full name; generated Python code drops them, a descriptor set keeps them."""

import importlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from google.protobuf import descriptor_pb2

_MESSAGE, _ENUM, _SERVICE = 4, 5, 6
_FIELD, _NESTED, _NESTED_ENUM = 2, 3, 4
_VALUE, _METHOD = 2, 2


def read_comments(path: Path | None) -> Mapping[str, str]:
    """The comment of each message, field, enum, value, service and call; empty where there is no such file."""
    source = path or _installed_contract()
    if source is None or not source.is_file():
        return {}
    files = descriptor_pb2.FileDescriptorSet.FromString(source.read_bytes())
    return {name: text for file in files.file for name, text in _comments(file) if text}


def _installed_contract() -> Path | None:
    try:
        home = importlib.import_module("bylaw")
    except ImportError:
        return None
    places = [Path(folder) / "contract.binpb" for folder in home.__path__]
    return next((place for place in places if place.is_file()), None)


def _comments(file: descriptor_pb2.FileDescriptorProto) -> Iterator[tuple[str, str]]:
    names = dict(_names(file))
    for location in file.source_code_info.location:
        name = names.get(tuple(location.path))
        if name:
            yield name, _tidy(location.leading_comments or location.trailing_comments)


def _tidy(comment: str) -> str:
    return re.sub(r"^ ", "", comment, flags=re.MULTILINE).strip()


def _names(file: descriptor_pb2.FileDescriptorProto) -> Iterator[tuple[tuple[int, ...], str]]:
    """The full name of each thing in a file, by its place as descriptors number places."""
    for index, message in enumerate(file.message_type):
        yield from _message_names(message, (_MESSAGE, index), file.package)
    for index, enum in enumerate(file.enum_type):
        yield from _part_names(enum, enum.value, (_ENUM, index), scope=file.package, kind=_VALUE)
    for index, service in enumerate(file.service):
        yield from _part_names(service, service.method, (_SERVICE, index), scope=file.package, kind=_METHOD)


def _message_names(message: Any, place: tuple[int, ...], scope: str) -> Iterator[tuple[tuple[int, ...], str]]:
    yield from _part_names(message, message.field, place, scope=scope, kind=_FIELD)
    name = f"{scope}.{message.name}"
    for index, nested in enumerate(message.nested_type):
        yield from _message_names(nested, (*place, _NESTED, index), name)
    for index, enum in enumerate(message.enum_type):
        yield from _part_names(enum, enum.value, (*place, _NESTED_ENUM, index), scope=name, kind=_VALUE)


def _part_names(
    whole: Any, parts: Any, place: tuple[int, ...], *, scope: str, kind: int
) -> Iterator[tuple[tuple[int, ...], str]]:
    name = f"{scope}.{whole.name}"
    yield place, name
    for index, part in enumerate(parts):
        yield (*place, kind, index), f"{name}.{part.name}"
