"""How often clauses spoke: findings as the kept sheets have them, refusals as the audit trail has them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.clause_use import ClauseUse, Place, Units, UseWish, counted, refusals, units_within
from bylaw_chassis.organisation.tables import stays

from bylaw_attendance.store.tables import clause_findings


def clause_use(
    connection: sa.Connection, wish: UseWish, reach: Reach, *, day: date, zone: str, page: tuple[Place | None, int]
) -> Sequence[ClauseUse]:
    """The counts behind a place, at most so many; units are those of a reach as of a day."""
    within = units_within(reach, wish, day)
    after, limit = page
    spoken = (refusals(wish, zone, stays, within), _findings(wish, within))
    return counted(connection, spoken, wish, after=after, limit=limit)


def _findings(wish: UseWish, within: Units | None) -> sa.Select[Any]:
    """A row a person, month, clause and appointment: how many findings are about its days."""
    columns, month = clause_findings.c, clause_findings.c.month
    month_end = sa.cast(month + sa.text("interval '1 month'"), sa.Date) - 1
    whole = sa.and_(stays.c.first_day <= month, sa.or_(stays.c.last_day.is_(None), stays.c.last_day >= month_end))
    rows = (
        sa.select(
            columns.clause,
            month,
            stays.c.unit,
            sa.case((whole, sa.func.cardinality(columns.days)), else_=_inside()).label("findings"),
            sa.literal(0).label("refusals"),
        )
        .select_from(clause_findings.join(stays, stays.c.person == columns.person))
        .where(month.between(wish.first, wish.last), stays.c.first_day <= month_end)
        .where(sa.or_(stays.c.last_day.is_(None), stays.c.last_day >= month))
    )
    return rows if within is None else rows.where(stays.c.unit.in_(within))


def _inside() -> sa.ScalarSelect[int]:
    """How many of the days lie within the appointment: of somebody who moved in the month."""
    numbers = sa.func.unnest(clause_findings.c.days).table_valued("number").render_derived()
    day = clause_findings.c.month + numbers.c.number - 1
    there = sa.and_(day >= stays.c.first_day, sa.or_(stays.c.last_day.is_(None), day <= stays.c.last_day))
    return sa.select(sa.func.count()).select_from(numbers).where(there).scalar_subquery()
