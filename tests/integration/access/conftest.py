"""Every service with a small organisation in them, once for all tests of this folder, and every call they answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import grpc
import pytest
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.caller import Caller, HeldGrant
from bylaw_chassis.local_channel import LocalChannel
from bylaw_chassis.server import Method
from bylaw_chassis.serving import Service
from bylaw_chassis.tokens import mint
from google.protobuf.message import Message

from tests.builders.access import AccessCalls, Token
from tests.builders.attendance import AttendanceService, attendance_service
from tests.builders.inventory import InventoryService, inventory_beside
from tests.builders.orders import OrdersService, orders_beside
from tests.databases import Databases

NEVER_OLD = 2**40
"""An access revision that no change overtakes: these tokens are about what is held, not about since when."""


@dataclass(frozen=True)
class Suite:
    """Every service there is, and whoever calls."""

    attendance: AttendanceService
    inventory: InventoryService
    orders: OrdersService
    calls: Mapping[str, tuple[Method, grpc.Channel]]

    @property
    def services(self) -> tuple[Service, ...]:
        """Each of them as it was built."""
        people = self.attendance.people
        return people.service, self.attendance.service, self.inventory.service, self.orders.service

    @property
    def access(self) -> AccessCalls:
        """The calls on access."""
        return AccessCalls(self.attendance.people)

    def follow_people(self) -> None:
        """Has every other service read people's feed on."""
        self.attendance.follow_people()
        self.inventory.follow_people()
        self.orders.follow_people()

    def token(self, *grants: HeldGrant, person: UUID) -> Token:
        """A token of somebody who holds grants, whatever changed since."""
        people = self.attendance.people
        key = people.keys.current()
        caller = Caller(person=person, grants=grants, access_revision=NEVER_OLD, proved_at=people.clock())
        made = mint(caller, key_id=key.id, key=key.private, now=people.clock(), lifetime=timedelta(minutes=15))
        return (("authorization", f"Bearer {made}"),)

    def ask(self, call: str, request: Message | None, token: Token) -> Any:
        """Makes a call by its short name, such as `people.Staff.GetPerson`; of a stream, what comes in a moment."""
        method, channel = self.calls[call]
        kind = channel.unary_stream if method.streams else channel.unary_unary
        made = kind(method.path, method.request_class.SerializeToString, method.response_class.FromString)
        sent = method.request_class() if request is None else request
        return list(made(sent, metadata=token, timeout=0.3)) if method.streams else made(sent, metadata=token)


@dataclass(frozen=True)
class Department:
    """Two departments that have nothing to do with each other, and somebody in each."""

    suite: Suite
    site: org.Site
    own: org.Unit
    other: org.Unit
    head: staff.Person
    colleague: staff.Person
    stranger: staff.Person


@pytest.fixture(scope="module")
def suite(postgres: Databases) -> Iterator[Suite]:
    """The services, in this process."""
    with (
        attendance_service(postgres) as attendance,
        inventory_beside(postgres, attendance.people) as inventory,
        orders_beside(postgres, inventory) as orders,
    ):
        found: dict[str, tuple[Method, grpc.Channel]] = {}
        suite = Suite(attendance, inventory, orders, found)
        for service in suite.services:
            channel = LocalChannel(service.server)
            for method in service.server.methods.values():
                found[short(method)] = (method, channel)
        yield suite


@pytest.fixture(scope="module")
def department(suite: Suite) -> Department:
    """The head and a colleague in one department, a stranger in the other."""
    people, access = suite.attendance.people, suite.access
    site, company = people.site(), people.unit("ACME")
    own, other = people.unit("OWN", company.name), people.unit("OTHER", company.name)
    head, colleague = (access.hire(name, own.name, site.name) for name in ("head", "colleague"))
    stranger = access.hire("stranger", other.name, site.name)
    people.head(own.name, head.name)
    suite.follow_people()
    return Department(suite, site, own, other, head, colleague, stranger)


def short(method: Method) -> str:
    """`people.Staff.GetPerson`."""
    _, service, _, *rest = method.descriptor.full_name.split(".")
    return ".".join((service, *rest))
