"""The gateway over the real contract: every call has a path, a description and a permission."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import bylaw.attendance.v1
import bylaw.inventory.v1
import bylaw.orders.v1
import bylaw.people.v1
import grpc
import pytest
from bylaw.attendance.v1 import policies_pb2, rota_pb2
from bylaw_gateway import GatewaySettings, create_app
from bylaw_gateway.contract import bindings_of
from bylaw_gateway.field_names import as_written
from flask import Flask
from openapi_spec_validator import validate


def services() -> list[str]:
    names: list[str] = []
    for package in (bylaw.people.v1, bylaw.attendance.v1, bylaw.inventory.v1, bylaw.orders.v1):
        for found in pkgutil.iter_modules(package.__path__):
            if found.name.endswith("_pb2"):
                module = importlib.import_module(f"{package.__name__}.{found.name}")
                names += [service.full_name for service in module.DESCRIPTOR.services_by_name.values()]
    return names


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    """A gateway whose services are not there."""
    with grpc.insecure_channel("127.0.0.1:1") as nobody:
        yield create_app(dict.fromkeys(services(), nobody), GatewaySettings())


@pytest.fixture(scope="module")
def operations(app: Flask) -> dict[str, Any]:
    """Every operation of the description, by method and path."""
    document = app.test_client().get("/openapi.json").json
    validate(document)
    return {
        f"{verb} {path}": operation for path, verbs in document["paths"].items() for verb, operation in verbs.items()
    }


def test_every_call_is_described_with_its_permission_and_its_refusals(operations: dict[str, Any]) -> None:
    assert operations
    for place, operation in operations.items():
        assert "x-bylaw-permission" in operation, place
        assert "Refuses" in operation["description"], place


def test_every_described_call_is_routed(app: Flask, operations: dict[str, Any]) -> None:
    for place in operations:
        verb, path = place.split(" ")
        kind = {"content_type": "application/json"} if verb in {"post", "patch"} else {}
        answer = app.test_client().open(re.sub(r"\{\w+\}", "a", path), method=verb.upper(), **kind)
        assert answer.json["reason"] == "UNAVAILABLE", place


def test_a_sheet_of_attendance_and_a_person_of_people_share_their_prefix(operations: dict[str, Any]) -> None:
    assert operations["get /v1/people/{person}"]["operationId"] == "people.Staff.GetPerson"
    assert operations["get /v1/people/{person}/sheets/{sheet}"]["operationId"].startswith("attendance.Sheets.")


def test_what_a_path_names_is_called_as_one_of_its_kind(operations: dict[str, Any]) -> None:
    names = {name for place in operations for name in re.findall(r"\{(\w+)\}", place)}
    assert {"person", "warehouse", "delivery", "clause", "outsideAccess", "duty"} <= names
    assert not [name for name in names if re.search(r"ie$|(?<!s)s$|us$", name)]


@pytest.mark.parametrize(
    ("call", "named", "written"),
    [
        ("CreatePatternAssignment", "pattern_assignment.parameters.rest_days", "parameters.rest_days"),
        ("CreatePatternAssignment", "pattern_assignment.parameters.segments[0].hours", "parameters.segments[0].hours"),
        ("PublishRotaCells", "rota_cells[3].parameters.rest_days", "rotaCells[3].parameters.rest_days"),
    ],
)
def test_a_parameter_of_a_pattern_keeps_the_name_that_the_plugin_gave_it(call: str, named: str, written: str) -> None:
    services = [
        module.DESCRIPTOR.services_by_name[name].full_name
        for module, name in ((policies_pb2, "Policies"), (rota_pb2, "Rota"))
    ]
    forms = {form.method.name: form for form in bindings_of(services)}
    assert as_written(named, forms[call]) == written
