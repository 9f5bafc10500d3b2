"""Notices of hours; about one subject no two hold on a day, the database sees to it. What was withdrawn stays."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.organisation.tables import holds

from bylaw_attendance.rules.assignment import Withdrawal
from bylaw_attendance.rules.hours_notice import HoursCause, HoursNotice, HoursWish, NoticeFilter, NoticeLevel
from bylaw_attendance.store.tables import hours_notices

OVERLAP = "23P01"
"""exclusion_violation: the constraint `hours_notices_one_at_a_time` holds."""
COUNTS = hours_notices.c.withdrawn_at.is_(None)


def add(connection: sa.Connection, made: HoursNotice) -> bool:
    """Keeps a notice; false where another one about its subject holds on one of its days."""
    wish = made.wish
    row = {
        "id": made.identifier,
        "level": wish.subject[0].value,
        "subject": wish.subject[1],
        "first_day": wish.first_day,
        "last_day": wish.last_day,
        "spans": [list(span) for span in wish.spans],
        "cause": int(wish.cause),
        "wording_zh": wish.wording[0],
        "wording_en": wish.wording[1],
        "published_at": made.published_at,
        "published_by": made.published_by,
    }
    try:
        with connection.begin_nested():
            connection.execute(hours_notices.insert().values(row))
    except sa.exc.IntegrityError as error:
        if getattr(error.orig, "sqlstate", "") != OVERLAP:
            raise
        return False
    return True


def in_the_way(connection: sa.Connection, wish: HoursWish) -> HoursNotice | None:
    """The first notice that counts on some of these days for the same subject."""
    columns = hours_notices.c
    query = sa.select(hours_notices).where(
        COUNTS, columns.subject == wish.subject[1], holds(columns, wish.first_day, wish.last_day)
    )
    return _first(connection, query.order_by(columns.first_day).limit(1))


def find(connection: sa.Connection, identifier: UUID, *, lock: bool = False) -> HoursNotice | None:
    """A notice, withdrawn or not; locked, where it is to be changed."""
    query = sa.select(hours_notices).where(hours_notices.c.id == identifier)
    return _first(connection, query.with_for_update() if lock else query)


def withdraw(connection: sa.Connection, identifier: UUID, withdrawal: Withdrawal) -> HoursNotice | None:
    """Keeps that it is withdrawn; nothing where it was before."""
    told = {"withdrawn_at": withdrawal.at, "withdrawn_by": withdrawal.by, "withdraw_reason": withdrawal.reason}
    changed = hours_notices.update().where(COUNTS, hours_notices.c.id == identifier)
    statement = changed.values(revision=hours_notices.c.revision + 1, **told).returning(hours_notices)
    return _first(connection, statement)


def listed(connection: sa.Connection, wish: NoticeFilter, *, page: tuple[UUID | None, int]) -> list[HoursNotice]:
    """Notices, newest first, behind a place; their ids are in order of time."""
    after, limit = page
    query = sa.select(hours_notices).where(*_wished(wish)).order_by(hours_notices.c.id.desc()).limit(limit)
    rows = connection.execute(query.where(hours_notices.c.id < after) if after else query)
    return [_notice(row) for row in rows]


def between(connection: sa.Connection, first: date, last: date) -> list[HoursNotice]:
    """What counts on some day from `first` to `last`, about whatever subject."""
    query = sa.select(hours_notices).where(COUNTS, holds(hours_notices.c, first, last))
    return [_notice(row) for row in connection.execute(query)]


def _wished(wish: NoticeFilter) -> Iterator[sa.ColumnElement[bool]]:
    if wish.subject:
        level, subject = wish.subject
        yield (hours_notices.c.level == level.value) & (hours_notices.c.subject == subject)
    if wish.day:
        yield holds(hours_notices.c, wish.day, wish.day)
    if not wish.withdrawn:
        yield COUNTS


def _first(connection: sa.Connection, statement: sa.Executable) -> HoursNotice | None:
    row = connection.execute(statement).one_or_none()
    return _notice(row) if row else None


def _notice(row: Any) -> HoursNotice:
    wish = HoursWish(
        (NoticeLevel(row.level), row.subject),
        row.first_day,
        row.last_day,
        tuple((start, end) for start, end in row.spans),
        HoursCause(row.cause),
        (row.wording_zh, row.wording_en),
    )
    told = (row.withdrawn_at, row.withdrawn_by, row.withdraw_reason)
    withdrawal = Withdrawal(*told) if row.withdrawn_at else None
    return HoursNotice(row.id, wish, row.published_at, row.published_by, row.revision, withdrawal)
