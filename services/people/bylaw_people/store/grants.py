"""Grants as the store keeps them, and what somebody holds on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach, Scope

from bylaw_people.rules.granting import Grant
from bylaw_people.rules.roles import Granted
from bylaw_people.store.reach import Within, units_as_of
from bylaw_people.store.rows import Stamp
from bylaw_people.store.tables import appointments, grants, headships, holds_on


@dataclass(frozen=True, slots=True)
class Grants:
    """The grants in one transaction."""

    connection: sa.Connection
    stamp: Stamp

    def add(self, grant: Grant) -> None:
        """A new grant."""
        self.connection.execute(grants.insert(), [_row(grant)])

    def find(self, grant: UUID, reach: Reach, day: date) -> Grant | None:
        """A grant whose person and whose unit are both within a reach, locked."""
        within = Within(reach, day)
        place = sa.true() if reach.everyone else within.unit(grants.c.unit)
        statement = sa.select(grants).where(grants.c.id == grant, within.person(grants.c.person), place)
        row = self.connection.execute(statement.with_for_update()).one_or_none()
        return _grant(row) if row else None

    def end(self, grant: UUID, last_date: date) -> None:
        """Ends a grant now; it stays on record."""
        ended = {"end_date": last_date, "ended_at": self.stamp.now, "ended_by": self.stamp.by}
        self.connection.execute(grants.update().where(grants.c.id == grant).values(ended))

    def page(self, day: date, reach: Reach, *, person: UUID | None, after: UUID | None, limit: int) -> list[Grant]:
        """Grants of people within a reach, newest first, past ones included."""
        statement = sa.select(grants).where(Within(reach, day).person(grants.c.person))
        if person:
            statement = statement.where(grants.c.person == person)
        if after:
            statement = statement.where(grants.c.id < after)
        found = self.connection.execute(statement.order_by(grants.c.id.desc()).limit(limit))
        return [_grant(row) for row in found]

    def granted(self, person: UUID, day: date) -> list[Granted]:
        """The roles that somebody was given and that count on a day."""
        columns = grants.c
        counts = (
            columns.person == person,
            columns.ended_at.is_(None),
            columns.start_date <= day,
            sa.or_(columns.end_date.is_(None), columns.end_date >= day),
        )
        statement = sa.select(columns.role, columns.scope, columns.unit).where(*counts)
        return [Granted(row.role, Scope(row.scope), row.unit) for row in self.connection.execute(statement)]

    def headed_units(self, person: UUID, day: date) -> Sequence[UUID]:
        """The units that somebody heads on a day."""
        mine = sa.select(headships.c.unit).where(headships.c.person == person, holds_on(headships, day))
        return self.connection.execute(mine.order_by(headships.c.unit)).scalars().all()

    def units_above(self, unit: UUID, day: date) -> frozenset[UUID]:
        """A unit and all units above it on a day."""
        tree = units_as_of(day)
        above = sa.select(tree.c.unit, tree.c.parent).where(tree.c.unit == unit).cte(recursive=True)
        next_level = units_as_of(day)
        up = sa.select(next_level.c.unit, next_level.c.parent).join(above, next_level.c.unit == above.c.parent)
        return frozenset(self.connection.execute(sa.select(above.union(up).c.unit)).scalars())

    def unit_of(self, person: UUID, day: date) -> UUID | None:
        """Where somebody works on a day."""
        mine = sa.select(appointments.c.unit).where(appointments.c.person == person, holds_on(appointments, day))
        return self.connection.execute(mine).scalar()


def _grant(row: Any) -> Grant:
    return Grant(
        row.id,
        row.person,
        row.role,
        Scope(row.scope),
        row.unit,
        row.start_date,
        row.end_date,
        row.granted_by,
        row.granted_at,
        row.ended_at,
    )


def _row(grant: Grant) -> dict[str, Any]:
    return {
        "id": grant.id,
        "person": grant.person,
        "role": grant.role,
        "scope": grant.scope.value,
        "unit": grant.unit,
        "start_date": grant.start_date,
        "end_date": grant.end_date,
        "granted_at": grant.granted_at,
        "granted_by": grant.granted_by,
    }
