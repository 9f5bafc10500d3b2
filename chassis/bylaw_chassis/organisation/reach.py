"""A caller's reach as a join on the organisation: who and which units it holds as of a day (SEC-1).

A service's list puts `reached(...)` or `reached_units(...)` into its own statement, so that what is hidden is never
read, counted or paged.
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.tables import holds, stays, units


def reached(reach: Reach, person: sa.ColumnElement[UUID], first: date, last: date) -> sa.ColumnElement[bool]:
    """Whether a reach holds a person: everybody, oneself, or who works in its units on a day from first to last.

    Which units lie below which is taken as of the last day.
    """
    if reach.everyone:
        return sa.true()
    conditions: list[sa.ColumnElement[bool]] = [person == reach.own] if reach.own else []
    if reach.units or reach.subtrees:
        inside = sa.select(stays.c.person).where(
            holds(stays.c, first, last), stays.c.unit.in_(reached_units(reach, last))
        )
        conditions.append(person.in_(inside))
    return sa.or_(sa.false(), *conditions)


def reached_units(reach: Reach, day: date) -> sa.Select[tuple[UUID]]:
    """The units a reach holds as of a day; of everybody's reach, all."""
    if reach.everyone:
        return sa.select(units.c.unit)
    below = subtree(reach.subtrees, day)
    return sa.union_all(below, _these(reach.units)) if reach.units else below  # type: ignore[return-value]


def subtree(roots: Collection[UUID], day: date) -> sa.Select[tuple[UUID]]:
    """Units and everything below them as of a day."""
    tree = _these(roots).cte(recursive=True)  # without a name: a statement may look down two trees
    child = units.alias()
    below = sa.select(child.c.unit).join(tree, child.c.parent == tree.c.unit).where(holds(child.c, day, day))
    return sa.select(tree.union(below).c.unit)


def _these(ids: Collection[UUID]) -> sa.Select[tuple[UUID]]:
    return sa.select(units.c.unit).where(units.c.unit.in_(list(ids)))
