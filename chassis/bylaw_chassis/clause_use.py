"""How often clauses spoke, per month and unit: what is asked, the one statement that counts, and the answer.

Refusals are counted from the audit trail, findings from what a service keeps of its own. Both belong to the unit in
which the person worked on the day; what is outside the caller's reach is never read, so no count holds it (SEC-1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from bylaw.types.v1 import clause_use_pb2
from sqlalchemy.dialects import postgresql as pg

from bylaw_chassis.audit.tables import audit
from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.reach import reached_units, subtree
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import month_start, optional_id, resource_name

MOST_MONTHS = 60
Units = sa.Select[tuple[UUID]]
Place = tuple[str, str, str]
"""Where a page ends: month, unit (empty: none), clause."""


class ClauseUse(NamedTuple):
    """How often a clause spoke in a month about the people of a unit; no unit: of whoever has none."""

    month: date
    unit: UUID | None
    clause: str
    findings: int
    refusals: int

    @property
    def place(self) -> Place:
        """Where it stands in the list."""
        return self.month.isoformat(), str(self.unit or ""), self.clause


@dataclass(frozen=True, slots=True)
class UseWish:
    """What is asked: from the first of a month to the last day of a month; of a unit and those below; of a clause."""

    first: date
    last: date
    unit: UUID | None
    clause: str


def use_wish(request: Any) -> UseWish:
    """A ListClauseUseRequest of any service; refuses FIELD_INVALID."""
    first = month_start(request.start_month, field="start_month")
    end = month_start(request.end_month or request.start_month, field="end_month")
    months = (end.year - first.year) * 12 + end.month - first.month + 1
    if not 1 <= months <= MOST_MONTHS or end.year >= date.max.year:
        raise FieldInvalid(
            field="end_month",
            zh=f"不能早于起始月份，总共最多 {MOST_MONTHS} 个月",
            en=f"must not be before the first month, and at most {MOST_MONTHS} months in all",
        )
    if "\0" in request.clause:
        raise FieldInvalid(field="clause", zh="不能含空字符", en="must not hold a null character")
    last = (end.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return UseWish(first, last, optional_id(request.parent, "units", field="parent"), request.clause)


def place_after(position: Sequence[str] | None) -> Place | None:
    """Where an opened page token stands; nothing: the beginning."""
    return (position[0], position[1], position[2]) if position else None


def refusals(wish: UseWish, zone: str, stays: sa.FromClause, within: Units | None) -> sa.Select[Any]:
    """A row for each refusal by a clause: clause, month, unit of who called on the day (`stays`), 0 and 1.

    `stays` has person, unit, first_day and last_day (nothing: open); the day is that of the organisation's zone.
    `within` selects the units that may be counted; nothing: all, and whoever has none.
    """
    columns, local = audit.c, sa.func.timezone(zone, audit.c.recorded_at)
    day = sa.cast(local, sa.Date)
    began, ended = (sa.func.timezone(zone, sa.cast(at, sa.TIMESTAMP)) for at in _bounds(wish))
    actor = sa.case((columns.actor.like("people/%"), sa.cast(sa.func.substr(columns.actor, 8), pg.UUID(as_uuid=True))))
    there = sa.and_(
        stays.c.person == actor,
        stays.c.first_day <= day,
        sa.or_(stays.c.last_day.is_(None), stays.c.last_day >= day),
    )
    rows = (
        sa.select(
            columns.clause,
            sa.cast(sa.func.date_trunc("month", local), sa.Date).label("month"),
            stays.c.unit,
            sa.literal(0).label("findings"),
            sa.literal(1).label("refusals"),
        )
        .select_from(audit.outerjoin(stays, there))
        .where(columns.clause != "", columns.recorded_at >= began, columns.recorded_at < ended)
    )
    return rows if within is None else rows.where(stays.c.unit.in_(within))


def units_within(reach: Reach, wish: UseWish, day: date) -> Units | None:
    """The units that a member of the suite may count, as of a day; nothing: all, and whoever has none."""
    if wish.unit is None:
        return None if reach.everyone else reached_units(reach, day)
    asked = subtree({wish.unit}, day).subquery()
    return sa.select(asked.c.unit).where(asked.c.unit.in_(reached_units(reach, day)))


def _bounds(wish: UseWish) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]]:
    return sa.literal(wish.first, sa.Date), sa.literal(wish.last + timedelta(days=1), sa.Date)


def counted(
    connection: sa.Connection,
    spoken: Sequence[sa.Select[Any]],
    wish: UseWish,
    *,
    after: Place | None,
    limit: int,
) -> list[ClauseUse]:
    """The counts behind a place, by month, unit and clause, in one statement over rows such as those of `refusals`."""
    rows = sa.union_all(*spoken).subquery()
    unit = sa.func.coalesce(sa.cast(rows.c.unit, sa.Text), "")
    place = (rows.c.month, sa.collate(unit, "C"), sa.collate(rows.c.clause, "C"))
    sums = [sa.cast(sa.func.sum(column), sa.BigInteger) for column in (rows.c.findings, rows.c.refusals)]
    statement = (
        sa.select(rows.c.month, rows.c.unit, rows.c.clause, *sums)
        .group_by(rows.c.month, rows.c.unit, rows.c.clause)
        .having(sums[0] + sums[1] > 0)  # a nought would tell that the clause spoke of somebody elsewhere
        .order_by(*place)
        .limit(limit)
    )
    if wish.clause:
        statement = statement.where(rows.c.clause == wish.clause)
    if after:
        behind = (sa.literal(date.fromisoformat(after[0])), sa.literal(after[1]), sa.literal(after[2]))
        statement = statement.where(sa.tuple_(*place) > sa.tuple_(*behind))
    return [ClauseUse(*row) for row in connection.execute(statement)]


def use_message(use: ClauseUse) -> clause_use_pb2.ClauseUse:
    """A count as the contract has it."""
    return clause_use_pb2.ClauseUse(
        clause=use.clause,
        month=f"{use.month:%Y-%m}",
        unit=resource_name("units", use.unit),
        finding_count=use.findings,
        refusal_count=use.refusals,
    )
