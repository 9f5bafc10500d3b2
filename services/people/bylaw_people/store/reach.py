"""How far a caller reaches, as a condition in SQL, so that what is hidden was never read (SEC-1)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.store.tables import appointments, holds_on, people, unit_versions


def units_as_of(day: date) -> sa.Subquery:
    """Every unit that exists on a day, as it is then."""
    columns = unit_versions.c
    newest = (columns.unit, columns.valid_from.desc(), columns.revision.desc())
    return (
        sa.select(unit_versions)
        .where(columns.valid_from <= day)
        .order_by(*newest)
        .ext(pg.distinct_on(columns.unit))
        .subquery()
    )


def subtree(tops: Collection[UUID], day: date) -> sa.Select[tuple[UUID]]:
    """Some units and all below them on a day."""
    tree = units_as_of(day)
    below = sa.select(tree.c.unit).where(tree.c.unit.in_(tops)).cte(recursive=True)
    next_level = units_as_of(day)
    below = below.union(sa.select(next_level.c.unit).join(below, next_level.c.parent == below.c.unit))
    return sa.select(below.c.unit)


@dataclass(frozen=True, slots=True)
class Within:
    """A reach on a day."""

    reach: Reach
    day: date

    def unit(self, column: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
        """That a unit is within it."""
        if self.reach.everyone:
            return sa.true()
        found = [column.in_(self.reach.units)] if self.reach.units else []
        if self.reach.subtrees:
            found.append(column.in_(subtree(self.reach.subtrees, self.day)))
        return sa.or_(sa.false(), *found)

    def person(self, column: sa.ColumnElement[UUID] = people.c.id) -> sa.ColumnElement[bool]:
        """That a person is within it: oneself, or whoever works in a unit within it on the day."""
        if self.reach.everyone:
            return sa.true()
        found = [column == self.reach.own] if self.reach.own else []
        if self.reach.units or self.reach.subtrees:
            there = sa.select(appointments.c.person).where(
                holds_on(appointments, self.day), self.unit(appointments.c.unit)
            )
            found.append(column.in_(there))
        return sa.or_(sa.false(), *found)
