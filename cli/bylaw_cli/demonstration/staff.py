"""The people of the demonstration company, taken on one by one: only so do they get the name they sign in with."""

import csv
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from typing import Any

import grpc
from bylaw.people.v1 import organisation_pb2, organisation_pb2_grpc, staff_pb2, staff_pb2_grpc

Ask = Callable[[Callable[..., Any], Any], Any]
Row = Mapping[str, str]
ALL = 1000


def rows() -> list[Row]:
    """The people as the file has them."""
    text = files(__package__).joinpath("people.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def take_on(people: grpc.Channel, ask: Ask) -> dict[str, staff_pb2.Person]:
    """Take on whoever is not on record yet; answer the company's people by number."""
    stub = staff_pb2_grpc.StaffStub(people)
    numbers = {row["number"] for row in rows()}
    known = _listed(stub, ask)
    places = _places(people, ask)
    for row in rows():
        if row["number"] not in known:
            ask(stub.CreatePerson, staff_pb2.CreatePersonRequest(person=_person(row, places)))
    return {number: person for number, person in _listed(stub, ask).items() if number in numbers}


def _listed(stub: staff_pb2_grpc.StaffStub, ask: Ask) -> dict[str, staff_pb2.Person]:
    listed = ask(stub.ListPeople, staff_pb2.ListPeopleRequest(page_size=ALL))
    return {person.number: person for person in listed.people}


def _places(people: grpc.Channel, ask: Ask) -> dict[str, str]:
    """Names of units, positions and sites by kind and code: `unit TECH`."""
    stub = organisation_pb2_grpc.OrganisationStub(people)
    units = ask(stub.ListUnits, organisation_pb2.ListUnitsRequest(page_size=ALL)).units
    positions = ask(stub.ListPositions, organisation_pb2.ListPositionsRequest(page_size=ALL)).positions
    sites = ask(stub.ListSites, organisation_pb2.ListSitesRequest(page_size=ALL)).sites
    return {**_by_code("unit", units), **_by_code("position", positions), **_by_code("site", sites)}


def _by_code(kind: str, things: Iterable[Any]) -> dict[str, str]:
    return {f"{kind} {thing.code}": thing.name for thing in things}


def _person(row: Row, places: Mapping[str, str]) -> staff_pb2.Person:
    appointment = staff_pb2.Appointment(
        **{kind: places[f"{kind} {row[kind]}"] for kind in ("unit", "position", "site")},
        employment_kind=staff_pb2.EmploymentKind.Value(f"EMPLOYMENT_KIND_{row['employment_kind'].upper()}"),
        start_date=row["start_date"],
    )
    return staff_pb2.Person(number=row["number"], display_name=row["name"], login=row["login"], appointment=appointment)
