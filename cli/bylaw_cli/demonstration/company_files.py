"""The demonstration company's sites, units, positions, people and their service as files, taken in like anybody's."""

import csv
from collections.abc import Mapping
from importlib.resources import files

from bylaw.people.v1 import organisation_pb2, organisation_pb2_grpc
from google.api.httpbody_pb2 import HttpBody

from bylaw_cli.demonstration.asking import Asking

FILES = (
    ("sites", "SITES"),
    ("units", "UNITS"),
    ("positions", "POSITIONS"),
    ("people", "PEOPLE"),
    ("service", "SERVICE_RECORDS"),
)
FIRST_DAY = "2021-01-01"


def take_in(asking: Asking) -> None:
    """Imports them; lines that are on record already change nothing."""
    stub = asking.stub(organisation_pb2_grpc.OrganisationStub)
    for name, kind in FILES:
        content = files(__package__).joinpath(f"{name}.csv").read_bytes()
        request = organisation_pb2.ImportOrganisationRequest(
            file=HttpBody(content_type="text/csv", data=content),
            kind=organisation_pb2.OrganisationFileKind.Value(f"ORGANISATION_FILE_KIND_{kind}"),
            effective_date=FIRST_DAY,
        )
        asking.ask(stub.ImportOrganisation, request)


def rows() -> list[Mapping[str, str]]:
    """The people as their file has them."""
    text = files(__package__).joinpath("people.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
