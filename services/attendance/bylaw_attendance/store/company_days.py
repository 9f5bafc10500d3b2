"""Days of the company; about one subject no two hold on a day, the database sees to it. What was withdrawn stays."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.organisation.tables import holds

from bylaw_attendance.rules.assignment import Withdrawal
from bylaw_attendance.rules.company_day import CompanyDay, CompanyDayWish
from bylaw_attendance.rules.hours_notice import NoticeFilter, NoticeLevel
from bylaw_attendance.store.company_day_tables import company_days

OVERLAP = "23P01"
"""exclusion_violation: the constraint `company_days_one_at_a_time` holds."""
COUNTS = company_days.c.withdrawn_at.is_(None)


def add(connection: sa.Connection, made: CompanyDay) -> bool:
    """Keeps days; false where others about their subject hold on one of them."""
    wish = made.wish
    row = {
        "id": made.identifier,
        "level": wish.subject[0].value,
        "subject": wish.subject[1],
        "first_day": wish.first_day,
        "last_day": wish.last_day,
        "worked": wish.worked,
        "wording_zh": wish.wording[0],
        "wording_en": wish.wording[1],
        "published_at": made.published_at,
        "published_by": made.published_by,
    }
    try:
        with connection.begin_nested():
            connection.execute(company_days.insert().values(row))
    except sa.exc.IntegrityError as error:
        if getattr(error.orig, "sqlstate", "") != OVERLAP:
            raise
        return False
    return True


def in_the_way(connection: sa.Connection, wish: CompanyDayWish) -> CompanyDay | None:
    """The first ones that count on some of these days for the same subject."""
    columns = company_days.c
    query = sa.select(company_days).where(
        COUNTS, columns.subject == wish.subject[1], holds(columns, wish.first_day, wish.last_day)
    )
    return _first(connection, query.order_by(columns.first_day).limit(1))


def find(connection: sa.Connection, identifier: UUID, *, lock: bool = False) -> CompanyDay | None:
    """Days of the company, withdrawn or not; locked, where they are to be changed."""
    query = sa.select(company_days).where(company_days.c.id == identifier)
    return _first(connection, query.with_for_update() if lock else query)


def withdraw(connection: sa.Connection, identifier: UUID, withdrawal: Withdrawal) -> CompanyDay | None:
    """Keeps that they are withdrawn; nothing where they were before."""
    told = {"withdrawn_at": withdrawal.at, "withdrawn_by": withdrawal.by, "withdraw_reason": withdrawal.reason}
    changed = company_days.update().where(COUNTS, company_days.c.id == identifier)
    statement = changed.values(revision=company_days.c.revision + 1, **told).returning(company_days)
    return _first(connection, statement)


def listed(connection: sa.Connection, wish: NoticeFilter, *, page: tuple[UUID | None, int]) -> list[CompanyDay]:
    """Days of the company, newest first, behind a place; their ids are in order of time."""
    after, limit = page
    query = sa.select(company_days).where(*_wished(wish)).order_by(company_days.c.id.desc()).limit(limit)
    rows = connection.execute(query.where(company_days.c.id < after) if after else query)
    return [_day(row) for row in rows]


def between(connection: sa.Connection, first: date, last: date) -> list[CompanyDay]:
    """What counts on some day from `first` to `last`, about whatever subject."""
    query = sa.select(company_days).where(COUNTS, holds(company_days.c, first, last))
    return [_day(row) for row in connection.execute(query)]


def _wished(wish: NoticeFilter) -> Iterator[sa.ColumnElement[bool]]:
    if wish.subject:
        level, subject = wish.subject
        yield (company_days.c.level == level.value) & (company_days.c.subject == subject)
    if wish.day:
        yield holds(company_days.c, wish.day, wish.day)
    if not wish.withdrawn:
        yield COUNTS


def _first(connection: sa.Connection, statement: sa.Executable) -> CompanyDay | None:
    row = connection.execute(statement).one_or_none()
    return _day(row) if row else None


def _day(row: Any) -> CompanyDay:
    wish = CompanyDayWish(
        (NoticeLevel(row.level), row.subject),
        row.first_day,
        row.last_day,
        row.worked,
        (row.wording_zh, row.wording_en),
    )
    told = (row.withdrawn_at, row.withdrawn_by, row.withdraw_reason)
    withdrawal = Withdrawal(*told) if row.withdrawn_at else None
    return CompanyDay(row.id, wish, row.published_at, row.published_by, row.revision, withdrawal)
