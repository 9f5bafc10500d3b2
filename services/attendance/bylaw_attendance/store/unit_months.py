"""Units' months from their hand-over on, and the last look at each sheet."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.organisation.writing import uuids
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.rules.closing.closing import Review, ReviewWish, UnitMonth
from bylaw_attendance.store.closing_tables import sheet_reviews, unit_months

MONTHS, REVIEWS = unit_months.c, sheet_reviews.c


def among(connection: sa.Connection, units: Collection[UUID], month: date) -> dict[UUID, UnitMonth]:
    """How a month stands in these units; of those in which it is open, nothing."""
    query = sa.select(unit_months).where(MONTHS.unit == sa.any_(uuids(units)), MONTHS.month == month)
    return {row.unit: _month(row) for row in connection.execute(query)}


def hand_over(connection: sa.Connection, made: UnitMonth) -> bool:
    """Keeps a hand-over; false where there was one before."""
    row = {name: getattr(made, name) for name in ("unit", "month", "handed_over_at", "handed_over_by", "remark")}
    statement = pg.insert(unit_months).on_conflict_do_nothing().returning(MONTHS.unit)
    return connection.execute(statement, row).one_or_none() is not None


def close(connection: sa.Connection, unit: UUID, month: date, *, at: datetime, by: str) -> UnitMonth | None:
    """Keeps that it is closed; what was closed before stays closed since then."""
    first = {"closed_at": sa.func.coalesce(MONTHS.closed_at, at), "closed_by": sa.func.coalesce(MONTHS.closed_by, by)}
    changed = unit_months.update().where(MONTHS.unit == unit, MONTHS.month == month)
    statement = changed.values(revision=MONTHS.revision + 1, **first).returning(unit_months)
    row = connection.execute(statement).one_or_none()
    return _month(row) if row else None


def closed_months(connection: sa.Connection, unit: UUID) -> list[date]:
    """The months of a unit that are closed, in their order."""
    query = sa.select(MONTHS.month).where(MONTHS.unit == unit, MONTHS.closed_at.is_not(None))
    return list(connection.execute(query.order_by(MONTHS.month)).scalars())


def reviews(connection: sa.Connection, people: Collection[UUID], month: date) -> dict[UUID, Review]:
    """The last look at each of these people's sheets."""
    query = sa.select(sheet_reviews).where(REVIEWS.person == sa.any_(uuids(people)), REVIEWS.month == month)
    return {
        row.person: Review(row.person, bytes(row.digest), row.reviewed_at, row.reviewed_by, row.remark)
        for row in connection.execute(query)
    }


def review(connection: sa.Connection, month: date, wishes: Sequence[ReviewWish], *, at: datetime, by: str) -> None:
    """Keeps looks at sheets, each in place of the one before."""
    if not wishes:
        return
    rows = [
        {**wish._asdict(), "month": month, "reviewed_at": at, "reviewed_by": by}
        for wish in sorted(wishes, key=lambda wish: wish.person)
    ]
    added = pg.insert(sheet_reviews)
    told = {name: added.excluded[name] for name in ("digest", "reviewed_at", "reviewed_by", "remark")}
    connection.execute(added.on_conflict_do_update(index_elements=["person", "month"], set_=told), rows)


def _month(row: Any) -> UnitMonth:
    return UnitMonth(*(getattr(row, name) for name in UnitMonth._fields))
