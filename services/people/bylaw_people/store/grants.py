"""Grants as the store keeps them: given, found within a reach, ended, and who administers the whole organisation."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach, Scope

from bylaw_people.ports.access import GrantFilter
from bylaw_people.rules.access.granting import Grant
from bylaw_people.store.reach import Within, subtree
from bylaw_people.store.rows import Stamp
from bylaw_people.store.standing import position_unit, still_counts, units_above
from bylaw_people.store.tables import appointments, grants, holds_on


@dataclass(frozen=True, slots=True)
class Grants:
    """The grants in one transaction."""

    connection: sa.Connection
    stamp: Stamp

    def add(self, grant: Grant) -> None:
        """A new grant."""
        self.connection.execute(grants.insert(), [_row(grant)])

    def find(self, grant: UUID, reach: Reach, day: date) -> Grant | None:
        """A grant whose holder is within a reach."""
        row = self.connection.execute(sa.select(grants).where(grants.c.id == grant, visible(reach, day))).one_or_none()
        return grant_of(row) if row else None

    def find_to_end(self, grant: UUID, reach: Reach, day: date) -> Grant | None:
        """A grant whose holder is within a reach and which counts nowhere beyond it, locked."""
        place = sa.true() if reach.everyone else _counts_within(Within(reach, day))
        statement = sa.select(grants).where(grants.c.id == grant, visible(reach, day), place)
        row = self.connection.execute(statement.with_for_update()).one_or_none()
        return grant_of(row) if row else None

    def end(self, ended: Collection[UUID], today: date) -> None:
        """Ends grants now; they stay on record."""
        last = sa.func.greatest(grants.c.start_date, today)
        values = {"end_date": last, "ended_at": self.stamp.now, "ended_by": self.stamp.by}
        statement = grants.update().where(grants.c.id.in_(ended), grants.c.ended_at.is_(None))
        self.connection.execute(statement.values(values))

    def of_person_before(self, person: UUID, day: date) -> list[UUID]:
        """Grants in person that begin on a day at the latest and were not ended, locked in order."""
        mine = sa.select(grants.c.id).where(grants.c.person == person, grants.c.ended_at.is_(None))
        begun = mine.where(grants.c.start_date <= day).order_by(grants.c.id)
        return list(self.connection.execute(begun.with_for_update()).scalars())

    def page(self, day: date, reach: Reach, asked: GrantFilter, *, after: UUID | None, limit: int) -> list[Grant]:
        """Grants whose holder is within a reach, newest first, past ones included."""
        statement = sa.select(grants).where(visible(reach, day), *_asked(asked))
        if after:
            statement = statement.where(grants.c.id < after)
        found = self.connection.execute(statement.order_by(grants.c.id.desc()).limit(limit))
        return [grant_of(row) for row in found]

    def granted(self, person: UUID, day: date) -> list[Grant]:
        """What somebody was given in person and what counts on a day."""
        statement = sa.select(grants).where(grants.c.person == person, still_counts(day))
        return [grant_of(row) for row in self.connection.execute(statement)]

    def from_day_on(self, person: UUID, day: date) -> list[Grant]:
        """What somebody was given in person and counts on a day or later."""
        later = sa.or_(grants.c.end_date.is_(None), grants.c.end_date >= day)
        statement = sa.select(grants).where(grants.c.person == person, grants.c.ended_at.is_(None), later)
        return [grant_of(row) for row in self.connection.execute(statement.order_by(grants.c.id))]

    def holders(self, grant: Grant, day: date) -> list[UUID]:
        """Whom a grant concerns on a day: the person, or all who hold the position."""
        if grant.person:
            return [grant.person]
        there = sa.select(appointments.c.person).where(appointments.c.position == grant.position)
        return list(self.connection.execute(there.where(holds_on(appointments, day))).scalars())

    def position_within(self, position: UUID, reach: Reach, day: date) -> bool:
        """Whether a position sits in a unit within a reach on a day."""
        where = position_unit(day)
        statement = sa.select(where.c.position).where(
            where.c.position == position, Within(reach, day).unit(where.c.unit)
        )
        return self.connection.execute(statement).first() is not None

    def holds_position(self, person: UUID | None, position: UUID, start: date, end: date | None) -> bool:
        """Whether somebody holds a position on any day of a time, or will."""
        columns = appointments.c
        begun = sa.true() if end is None else columns.start_date <= end
        statement = sa.select(columns.id).where(
            columns.person == person,
            columns.position == position,
            columns.superseded_at.is_(None),
            begun,
            sa.or_(columns.end_date.is_(None), columns.end_date >= start),
        )
        return self.connection.execute(statement.limit(1)).first() is not None

    def of_positions(self, positions: Collection[UUID], day: date) -> list[Grant]:
        """What whoever holds one of some positions is given from a day on."""
        later = sa.or_(grants.c.end_date.is_(None), grants.c.end_date >= day)
        statement = sa.select(grants).where(grants.c.position.in_(positions), grants.c.ended_at.is_(None), later)
        return [grant_of(row) for row in self.connection.execute(statement.order_by(grants.c.id))]

    def units_above(self, unit: UUID, day: date) -> frozenset[UUID]:
        """A unit and all units above it on a day."""
        return frozenset(row.unit for row in self.connection.execute(units_above([unit], day)))

    def unit_of(self, person: UUID, day: date) -> UUID | None:
        """Where somebody works on a day."""
        mine = sa.select(appointments.c.unit).where(appointments.c.person == person, holds_on(appointments, day))
        return self.connection.execute(mine).scalar()


def visible(reach: Reach, day: date) -> sa.ColumnElement[bool]:
    """That a grant's holder is within a reach: the person, or the unit of the position."""
    if reach.everyone:
        return sa.true()
    within, where = Within(reach, day), position_unit(day)
    there = sa.select(where.c.position).where(within.unit(where.c.unit))
    return sa.or_(within.person(grants.c.person), grants.c.position.in_(there))


def _counts_within(within: Within) -> sa.ColumnElement[bool]:
    """That a grant counts nowhere beyond a reach; for oneself it counts where its holder is."""
    return sa.or_(
        sa.and_(grants.c.scope == Scope.SELF.value, grants.c.person.is_not(None)),
        sa.and_(grants.c.scope == Scope.UNIT.value, within.unit(grants.c.unit)),
        sa.and_(grants.c.scope == Scope.SUBTREE.value, grants.c.unit.in_(subtree(within.reach.subtrees, within.day))),
    )


def _asked(asked: GrantFilter) -> list[sa.ColumnElement[bool]]:
    stated = (
        (grants.c.person, asked.person),
        (grants.c.position, asked.position),
        (grants.c.role, asked.role),
        (grants.c.unit, asked.unit),
    )
    found = [column == value for column, value in stated if value]
    return [*found, still_counts(asked.day)] if asked.day else found


def grant_of(row: Any) -> Grant:
    """A row of grants."""
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
        row.position,
        row.reason,
        row.ended_at,
        row.ended_by,
    )


def _row(grant: Grant) -> dict[str, Any]:
    return {
        "id": grant.id,
        "person": grant.person,
        "position": grant.position,
        "role": grant.role,
        "scope": grant.scope.value,
        "unit": grant.unit,
        "start_date": grant.start_date,
        "end_date": grant.end_date,
        "granted_at": grant.granted_at,
        "granted_by": grant.granted_by,
        "reason": grant.reason,
    }
