"""A service as a future author writes it: shelves that belong to units. Callers and reach come from the chassis."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import grpc
import sqlalchemy as sa
from bylaw_chassis.call import Call
from bylaw_chassis.clock import Clock
from bylaw_chassis.database import Database
from bylaw_chassis.member import member
from bylaw_chassis.migrate import Migrations
from bylaw_chassis.organisation.known import Organisation
from bylaw_chassis.organisation.reach import reached_units
from bylaw_chassis.serving import Service
from bylaw_chassis.settings import ServiceSettings

from tests.integration.chassis.counting import message, service

NAME = "inventory"
MIGRATIONS = Migrations(NAME, Path(__file__).parent / "shelf_versions")
ListShelvesResponse = message("ListShelvesResponse")
shelves = sa.Table("shelves", sa.MetaData(), sa.Column("code", sa.Text), sa.Column("unit", sa.Uuid))


@dataclass
class Shelves:
    """Its calls: who may make one says the contract, what they reach is a condition in the list's own statement."""

    database: Database
    organisation: Organisation

    def ListShelves(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        within = shelves.c.unit.in_(reached_units(call.caller.reach("shelves.read"), self.organisation.today))
        with self.database.read() as connection:
            codes = connection.execute(sa.select(shelves.c.code).where(within).order_by(shelves.c.code)).scalars()
            return ListShelvesResponse(codes=codes)


def build(settings: ServiceSettings, channels: Mapping[str, grpc.Channel], clock: Clock) -> Service:
    """All that an author writes for shared auth and the organisation."""
    own = member(NAME, settings, channels, clock=clock)
    server = own.server()
    server.add(service("Shelves"), Shelves(own.database, own.organisation))
    return own.hosted(server)


def put(database: Database, **units: str) -> None:
    """Shelves by their codes, each of a unit."""
    rows = [{"code": code, "unit": UUID(unit.rpartition("/")[2])} for code, unit in units.items()]
    with database.work() as work:
        work.connection.execute(shelves.insert(), rows)
