"""Every path that a refusal names is a field of the contract, spelled as the contract spells it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from google.protobuf.descriptor_pb2 import DescriptorProto, FieldDescriptorProto, FileDescriptorSet

from tests.contract.contracts import COMPILED, ROOT

SERVICES = ("people", "attendance", "inventory", "orders")
WHOLE = "request"
"""Stands for a message that could not be read at all."""


def literals(service: str) -> Iterator[tuple[str, str]]:
    """Where a path is written out as `field=`, and the path."""
    for path in sorted((ROOT / "services" / service).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "field" and isinstance(node.value, ast.Constant):
                yield f"{path.relative_to(ROOT)}:{node.value.lineno}", str(node.value.value)


def messages() -> dict[str, DescriptorProto]:
    """Every message of the contract by its full name, with a dot before it."""
    files = FileDescriptorSet.FromString(Path(COMPILED).read_bytes()).file
    return {f".{file.package}.{message.name}": message for file in files for message in file.message_type}


def leads_somewhere(known: dict[str, DescriptorProto], kind: DescriptorProto, path: list[str]) -> bool:
    """Whether a path is a field of a message."""
    field = next((each for each in kind.field if each.name == path[0]), None)
    if field is None or len(path) == 1:
        return field is not None
    inner = known.get(field.type_name) if field.type == FieldDescriptorProto.TYPE_MESSAGE else None
    return inner is not None and leads_somewhere(known, inner, path[1:])


@pytest.mark.parametrize("service", SERVICES)
def test_every_path_that_is_written_out_is_a_field_of_the_contract(service: str) -> None:
    """From a request on, or from a thing in one, before which the place of the thing is put."""
    known = messages()
    faulty = [
        (where, path)
        for where, path in literals(service)
        if path != WHOLE and not any(leads_somewhere(known, kind, path.split(".")) for kind in known.values())
    ]
    assert faulty == []


def test_a_path_that_leads_nowhere_would_be_found() -> None:
    known = messages()
    request = known[".bylaw.people.v1.CreateDutyRequest"]
    assert leads_somewhere(known, request, ["duty", "schedule", "time"])
    assert not leads_somewhere(known, request, ["duty", "whose"])
