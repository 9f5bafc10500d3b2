"""Where positions and units stand on a day, and which grants count then, as conditions in SQL."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from bylaw_people.store.dated_tables import position_spans
from bylaw_people.store.tables import grants, positions, unit_spans, valid_on


def position_unit(day: date) -> sa.Subquery:
    """The unit of every position on a day, as columns `position` and `unit`."""
    joined = sa.and_(position_spans.c.position == positions.c.id, valid_on(position_spans, day))
    unit = sa.func.coalesce(position_spans.c.unit, positions.c.unit).label("unit")
    return sa.select(positions.c.id.label("position"), unit).outerjoin(position_spans, joined).subquery()


def units_above(units: Collection[UUID], day: date) -> sa.Select[tuple[UUID]]:
    """Some units and all units above them on a day."""
    columns = unit_spans.c
    above = sa.select(columns.unit, columns.parent).where(columns.unit.in_(units), valid_on(unit_spans, day))
    tree = above.cte(recursive=True)
    up = sa.select(columns.unit, columns.parent).join(tree, columns.unit == tree.c.parent)
    tree = tree.union(up.where(valid_on(unit_spans, day)))
    return sa.select(tree.c.unit)


def still_counts(day: date, until: datetime | None = None) -> sa.ColumnElement[bool]:
    """That a grant counts on a day; of a day that is over, what was ended behind its end counted still.

    `until` is the instant at which the day ends; without it, what was ended counts on no day.
    """
    columns = grants.c
    ended = columns.ended_at.is_(None)
    return sa.and_(
        columns.start_date <= day,
        sa.or_(columns.end_date.is_(None), columns.end_date >= day),
        ended if until is None else sa.or_(ended, columns.ended_at >= until),
    )
