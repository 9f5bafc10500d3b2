"""Who holds the roles that decisions ask, on a day and over which units: in person or by a position (SEC-1, DEC-2)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Scope
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.rules.decisions.seats import Holder
from bylaw_people.rules.staff import Appointment, EmploymentKind, left_since
from bylaw_people.store import rows
from bylaw_people.store.access_tables import outside_accesses
from bylaw_people.store.standing import still_counts
from bylaw_people.store.tables import appointments, grants, holds_on


def role_holders(connection: sa.Connection, day: date, roles: Collection[str]) -> dict[str, list[Holder]]:
    """By role, in the order in which it was given; what somebody had before they left counts no more (SEC-2)."""
    found: dict[str, list[Holder]] = defaultdict(list)
    if not roles:
        return found
    given = connection.execute(_given(day, roles)).all()
    worked = _worked(connection, {row.person for row in given if row.in_person})
    for row in given:
        if not (row.in_person and left_since(worked[row.person], row.start_date, day)):
            found[row.role].append(Holder(row.person, row.unit, below=row.scope == Scope.SUBTREE.value))
    return found


def _given(day: date, roles: Collection[str]) -> sa.CompoundSelect[Any]:
    """What is given for oneself alone reaches nobody else; an outsider has a position's while let in (SEC-2)."""
    columns = grants.c
    named = columns.role == sa.any_(sa.cast(sorted(roles), pg.ARRAY(sa.Text)))
    counting = sa.and_(named, columns.scope != Scope.SELF.value, still_counts(day))
    shown = (columns.id, columns.role, columns.scope, columns.unit, columns.start_date)
    in_person = sa.select(*shown, columns.person, sa.true().label("in_person")).where(columns.person.is_not(None))
    inside = sa.or_(appointments.c.employment_kind != EmploymentKind.EXTERNAL.value, _let_in(day))
    there = sa.and_(appointments.c.position == columns.position, holds_on(appointments, day), inside)
    by_position = sa.select(*shown, appointments.c.person, sa.false()).select_from(grants.join(appointments, there))
    return in_person.where(counting).union_all(by_position.where(counting)).order_by("id", "person")


def _let_in(day: date) -> sa.ColumnElement[bool]:
    columns = outside_accesses.c
    running = sa.and_(columns.start_date <= day, columns.end_date >= day, columns.ended_at.is_(None))
    return sa.exists().where(columns.person == appointments.c.person, running)


def _worked(connection: sa.Connection, people: Iterable[UUID]) -> dict[UUID, list[Appointment]]:
    columns = appointments.c
    mine = columns.person == sa.any_(sa.cast(sorted(people), pg.ARRAY(sa.Uuid)))
    found: dict[UUID, list[Appointment]] = defaultdict(list)
    statement = sa.select(appointments).where(mine, columns.superseded_at.is_(None))
    for row in connection.execute(statement.order_by(columns.start_date)):
        found[row.person].append(rows.appointment(row, row.id))
    return found
