"""How far a caller reaches, as a condition in SQL, so that what is hidden was never read (SEC-1)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.store.tables import appointments, holds_on, people, unit_spans, valid_on


def units_as_of(day: date) -> sa.Subquery:
    """Every unit that exists on a day, as it is then."""
    return sa.select(unit_spans).where(valid_on(unit_spans, day)).subquery()


def subtree(tops: Collection[UUID], day: date) -> sa.Select[UUID]:
    """Some units and all below them on a day."""
    tree = units_as_of(day)
    below = sa.select(tree.c.unit).where(tree.c.unit.in_(tops)).cte(recursive=True)
    return sa.select(below.union(_step(below, unit_spans.c.unit, unit_spans.c.parent == below.c.unit, day)).c.unit)


def above(units: Collection[UUID], day: date) -> sa.Select[UUID]:
    """Some units and all above them on a day."""
    tree = units_as_of(day)
    upward = sa.select(tree.c.unit, tree.c.parent).where(tree.c.unit.in_(units)).cte(recursive=True)
    columns = (unit_spans.c.unit, unit_spans.c.parent)
    step = _step(upward, *columns, unit_spans.c.unit == upward.c.parent, day)
    return sa.select(upward.union(step).c.unit)


def resolved(connection: sa.Connection, reach: Reach, day: date) -> Reach:
    """A reach whose subtrees are told unit by unit: the database then knows how few they are, and looks them up."""
    if reach.everyone or not reach.subtrees:
        return reach
    below = connection.execute(subtree(reach.subtrees, day)).scalars()
    return Reach(own=reach.own, units=reach.units.union(below))


def one_of(column: sa.ColumnElement[UUID], ids: Collection[UUID]) -> sa.ColumnElement[bool]:
    """That a column holds one of some ids, however many they are."""
    return column == sa.any_(sa.cast(sorted(ids), pg.ARRAY(sa.Uuid)))


def _step(tree: sa.CTE, *parts: Any) -> sa.Select[Any]:
    """The next level of a tree. Each unit is looked up by the index: a join would read all units a level."""
    *columns, condition, day = parts
    found = sa.select(*columns).where(condition, valid_on(unit_spans, day)).offset(0).lateral()
    return sa.select(found).select_from(tree.join(found, sa.true()))


@dataclass(frozen=True, slots=True)
class Within:
    """A reach on a day."""

    reach: Reach
    day: date

    def unit(self, column: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
        """That a unit is within it."""
        if self.reach.everyone:
            return sa.true()
        found = [one_of(column, self.reach.units)] if self.reach.units else []
        if self.reach.subtrees:
            found.append(column.in_(subtree(self.reach.subtrees, self.day)))
        return sa.or_(sa.false(), *found)

    def person(self, column: sa.ColumnElement[UUID] = people.c.id) -> sa.ColumnElement[bool]:
        """That a person is within it: oneself, or whoever works in a unit within it on the day."""
        if self.reach.everyone:
            return sa.true()
        if not (self.reach.units or self.reach.subtrees):
            return column == self.reach.own if self.reach.own else sa.false()
        working = sa.and_(holds_on(appointments, self.day), self.unit(appointments.c.unit))
        there = sa.select(appointments.c.person).where(working)
        if not self.reach.own:
            return column.in_(there)
        # one list of people to look up: an `or` of two conditions would read everybody
        return column.in_(there.union_all(sa.select(sa.literal(self.reach.own, sa.Uuid))))
