"""An office that lives by a rota, and what tests ask of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import rota_pb2, sheets_pb2
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.status import refusal_from

from tests.builders.attendance import AttendanceService, attendance_service
from tests.builders.policies import Rota, brought
from tests.databases import Databases

ROTA = "shiftPatterns/rota@1"


@dataclass
class Office:
    """Anna and Ben work in the shop's team at HQ by a pattern that heeds the rota; Cleo works in the store."""

    attendance: AttendanceService
    shop: str
    team: str
    store: str
    anna: str
    ben: str
    cleo: str
    site: str

    def cells(self, parent: str, month: str = "2026-02", caller: Any = None) -> list[tuple[str, str, str]]:
        """Who, day and code as listed."""
        request = rota_pb2.ListRotaCellsRequest(parent=parent, month=month)
        listed = self.attendance.rota.ListRotaCells(request, metadata=caller or self.attendance.everything)
        return [(one.person, one.work_date, one.code) for one in listed.rota_cells]

    def delete(self, person: str, day: str, caller: Any = None) -> rota_pb2.RotaCell:
        """Takes a cell back."""
        request = rota_pb2.DeleteRotaCellRequest(name=f"{person}/rotaCells/{day}")
        return self.attendance.rota.DeleteRotaCell(request, metadata=caller or self.attendance.everything)

    def days(self, person: str, month: str = "2026-02") -> list[sheets_pb2.Day]:
        """The days of a sheet."""
        return list(self.attendance.sheet(person, month).days)


WITH_ROTA = brought(Rota())


@contextmanager
def rota_office(postgres: Databases, **more: Any) -> Iterator[Office]:
    """The office, in a company whose pattern heeds the rota; `more` are settings of attendance."""
    with attendance_service(postgres, plugins=WITH_ROTA, fill=_office_in, **more) as attendance:
        yield Office(attendance, *attendance.filled)


def _office_in(attendance: AttendanceService) -> tuple[str, ...]:
    people = attendance.people
    company, site = people.unit("ACME").name, people.site().name
    shop, store = people.unit("shop", company).name, people.unit("store", company).name
    team = people.unit("team", shop).name
    anna, ben = (people.person(number, team, site).name for number in ("A-1", "B-1"))
    cleo = people.person("C-1", store, site).name
    attendance.assign(company, since="2026-01-01", pattern=ROTA)
    return shop, team, store, anna, ben, cleo, site


def refused(office: Office, *cells: rota_pb2.RotaCell, unit: str = "", caller: Any = None) -> Refusal:
    with pytest.raises(grpc.RpcError) as error:
        office.attendance.publish(unit or office.shop, *cells, caller=caller)
    return refusal_from(error.value)
