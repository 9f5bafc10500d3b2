"""Organisations by chance: units that move, people who move and leave, with posts, grants, patterns and punches."""

import random
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bylaw.attendance.v1 import pushing_pb2
from bylaw.people.v1 import access_pb2, organisation_pb2, staff_pb2
from bylaw_attendance.rules.judging.assignment import Assignment, SubjectKind
from bylaw_attendance.store import assignments, tables
from bylaw_chassis.values import new_id
from google.protobuf.field_mask_pb2 import FieldMask

from tests.builders.attendance import BY_ROTA, AttendanceService, cell
from tests.builders.calendar import company_day
from tests.builders.calendar import published as day_published
from tests.builders.calendar import withdrawn as day_withdrawn
from tests.builders.closing import objection_made
from tests.builders.hours import hours_notice, published, withdrawn
from tests.builders.inventory import InventoryService
from tests.builders.leave import trip_asked
from tests.builders.leave_policies import STATUTORY, assign_leave, withdraw_leave
from tests.builders.orders import OrdersService
from tests.builders.overtime import overtime_asked
from tests.builders.people import identifier, text
from tests.builders.rota_swaps import rest_swap_asked
from tests.builders.what_if import WhatIf
from tests.integration import offices
from tests.integration.offices import tried
from tests.integration.order_lists import disagreed, sold_by
from tests.integration.stock_lists import item_of_all, kept_by

MONTH = "2026-02"
UNITS, PEOPLE = 7, 9


@dataclass
class Company:
    """What was made, by resource name; the clock stands on 2026-03-02."""

    attendance: AttendanceService
    inventory: InventoryService
    orders: OrdersService
    units: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    imports: list[str] = field(default_factory=list)
    replays: list[str] = field(default_factory=list)
    stock: list[dict[str, str]] = field(default_factory=list)
    """What is in each warehouse, by collection."""
    sales: list[dict[str, str]] = field(default_factory=list)
    """Each channel and an order in it, by collection."""
    site: str = ""
    clerk: Any = ()
    """Metadata of somebody who signed in twice and has an access token."""
    account: str = ""
    """A service account."""
    callers: list[Any] = field(default_factory=list)
    known: dict[tuple[str, bytes], list[Any]] = field(default_factory=dict)
    """Whoever asks, and lists as they are shown to somebody who may see all: kept, since tests only read."""


def company(
    attendance: AttendanceService, inventory: InventoryService, orders: OrdersService, chance: random.Random
) -> Company:
    """A company by chance."""
    made, people = Company(attendance, inventory, orders), attendance.people
    made.site = people.site().name
    made.units.append(people.unit("U0").name)
    for number in range(1, UNITS):
        made.units.append(people.unit(f"U{number}", parent=chance.choice(made.units)).name)
    for number in range(PEOPLE):
        until = chance.choice(["", "", "", "2026-02-14", "2026-12-31"])
        made.people.append(people.person(f"N{number}", chance.choice(made.units), made.site, until=until).name)
    _move_units(made, chance)
    _move_people(made, chance)
    _qualify_people(made, chance)
    _add_posts_and_grants(made, chance)
    offices.fill(people, made.units, made.people, made.site, chance)
    made.clerk = offices.signed_in_clerk(people, made.units[0], made.site)
    made.account = offices.service_account(people, chance.choice(made.people)).name
    _add_attendance(made, chance)
    inventory.follow_people()
    orders.follow_people()
    keepers = chance.sample(made.units, 4)
    made.stock = [kept_by(inventory, unit, made.site, f"W{number}") for number, unit in enumerate(keepers)]
    made.sales = [sold_by(orders, unit, f"C{number}") for number, unit in enumerate(keepers)]
    disagreed(orders, keepers[0], made.stock[0]["warehouses"], item_of_all(inventory).name)
    orders.run_timer("goods")
    return made


def _move_units(made: Company, chance: random.Random) -> None:
    organisation, everything = made.attendance.people.organisation, made.attendance.people.everything
    for since in ("2026-02-01", "2026-02-20", "2026-04-01"):
        unit, parent = chance.sample(made.units[1:], 2)
        wish = organisation_pb2.Unit(name=unit, parent=parent, effective_date=since)
        request = organisation_pb2.UpdateUnitRequest(unit=wish, update_mask=FieldMask(paths=["parent"]))
        tried(organisation.UpdateUnit, request, metadata=everything)


def _move_people(made: Company, chance: random.Random) -> None:
    staff, everything = made.attendance.people.staff, made.attendance.people.everything
    for since in ("2026-01-20", "2026-02-10", "2026-03-01", "2026-05-01"):
        appointment = staff_pb2.Appointment(
            unit=chance.choice(made.units),
            site=made.site,
            start_date=since,
            employment_kind=staff_pb2.EMPLOYMENT_KIND_FORMAL,
        )
        request = staff_pb2.AppointPersonRequest(name=chance.choice(made.people), appointment=appointment)
        tried(staff.AppointPerson, request, metadata=everything)


def _qualify_people(made: Company, chance: random.Random) -> None:
    """Everybody can do something, and some could do something else before."""
    staff, everything = made.attendance.people.staff, made.attendance.people.everything
    for person in (*made.people, *chance.sample(made.people, 4)):
        can = [staff_pb2.Qualification(skill=skill) for skill in chance.sample(["SQL", "Excel", "Python"], 2)]
        request = staff_pb2.SetQualificationsRequest(name=person, qualifications=can)
        staff.SetQualifications(request, metadata=everything)


def _add_posts_and_grants(made: Company, chance: random.Random) -> None:
    people, everything = made.attendance.people, made.attendance.people.everything
    for number in range(4):
        wish = organisation_pb2.Position(
            code=f"P{number}", title=text("x"), unit=chance.choice(made.units), duties=text("x"), work=text("x")
        )
        request = organisation_pb2.CreatePositionRequest(position=wish)
        people.organisation.CreatePosition(request, metadata=everything)
        grant = access_pb2.Grant(
            person=chance.choice(made.people),
            role="roles/finance",
            scope=access_pb2.SCOPE_SUBTREE,
            unit=chance.choice(made.units),
            start_date="2026-03-02",
            reason="by chance",
        )
        tried(people.access.CreateGrant, access_pb2.CreateGrantRequest(grant=grant), metadata=everything)
        tried(people.head, chance.choice(made.units), chance.choice(made.people))


def _add_attendance(made: Company, chance: random.Random) -> None:
    attendance = made.attendance
    attendance.follow_people()
    attendance.assign(since="2026-01-10")
    withdrawn(attendance, published(attendance, hours_notice(made.units[0], "2026-02-03")).name)
    published(attendance, hours_notice(made.units[0], "2026-02-03", "", "09:00-12:00"))
    day_withdrawn(attendance, day_published(attendance, company_day(made.units[0], "2026-02-10")).name)
    day_published(attendance, company_day(made.units[0], "2026-02-10"))
    for subject in (*chance.sample(made.units, 3), *chance.sample(made.people, 3)):
        attendance.withdraw(attendance.assign(subject, since="2025-12-01").name)
        attendance.assign(subject, since=chance.choice(["2026-01-01", "2026-02-05"]))
        withdraw_leave(attendance, assign_leave(attendance, subject, policy=STATUTORY).name)
        assign_leave(attendance, subject, policy=STATUTORY)
    for person in made.people:
        days = chance.sample(range(2, 14), 2)
        cells = [cell(person, f"2026-02-{day:02}", "rest", pattern=BY_ROTA) for day in days]
        attendance.publish(made.units[0], *cells)
        tried(attendance.punch, person, f"2026-02-{chance.randint(2, 27):02} 08:{chance.randint(10, 50)}:00")
        tried(attendance.ask_correction, person, f"2026-02-{chance.randint(2, 27):02} 18:02")
        tried(attendance.take_photo, person)
        tried(objection_made, attendance, person, "2026-02")
        tried(trip_asked, attendance, person, f"2026-03-{chance.randint(3, 27):02}")
        tried(rest_swap_asked, attendance, made.units[0], chance.sample(made.people, 2), chance.randint(7, 28))
        tried(overtime_asked, attendance, person, f"2026-03-{chance.randint(3, 27):02}")
    lines = "\n".join(f"N{number}\t2026-02-03 08:{20 + number}:00\t1\t0\t1\t0" for number in range(PEOPLE + 2))
    made.imports += [attendance.imported(f"{lines}\n{lines}".encode(), "HQ").name]
    wall = pushing_pb2.RegisterClockRequest(site="HQ", serial_number="WALL0001")
    attendance.pushing.RegisterClock(wall, metadata=attendance.everything)
    _lose_a_pattern(made, chance.sample(made.people, 4))
    _replay(made)


def _replay(made: Company) -> None:
    """February with Mondays alone: of everybody, of the whole company by its name, and of each unit but the top."""
    for unit in ("", *made.units):
        replay = WhatIf(made.attendance).done(unit, "2026-02", working_days=["monday"])
        made.replays.append(replay.name)


def _lose_a_pattern(made: Company, people: list[str]) -> None:
    """Some followed a pattern that was uninstalled since: their February cannot be judged."""
    followed = [
        Assignment(new_id(), SubjectKind.PERSON, identifier(one), "uninstalled@1", "{}", date(2026, 2, 1), None)
        for one in people
    ]
    database, mine = made.attendance.service.database, tables.assignments.c.subject
    with database.work() as work:
        work.connection.execute(tables.assignments.delete().where(mine.in_([one.subject for one in followed])))
        for one in followed:
            assert assignments.add(work.connection, one, created_at=work.now, created_by="people/x")
    made.attendance.unit_sheets(made.units[0], MONTH)
