"""Whose leave is being changed: behind a person's row nobody else does, and each change counts its revision up."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.organisation.tables import holds, stays
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.store.leave_tables import leave_people

COLUMNS = leave_people.c


class Locked(NamedTuple):
    """How far a person's leave has come: changes, entries of the ledger, and the last link of its chain."""

    revision: int
    entries: int
    head: bytes


def seen(connection: sa.Connection, person: UUID) -> int:
    """The revision as it is; 0 of whom nothing is on record."""
    return connection.execute(sa.select(COLUMNS.revision).where(COLUMNS.person == person)).scalar() or 0


def lock(connection: sa.Connection, person: UUID) -> Locked:
    """Until the transaction ends nobody else changes the person's leave."""
    connection.execute(pg.insert(leave_people).on_conflict_do_nothing(), {"person": person})
    query = sa.select(COLUMNS.revision, COLUMNS.entries, COLUMNS.head).where(COLUMNS.person == person)
    return Locked(*connection.execute(query.with_for_update()).one())


def touch(connection: sa.Connection, person: UUID) -> None:
    """Counts a change."""
    _update(connection, person, revision=COLUMNS.revision + 1)


def lengthen(connection: sa.Connection, person: UUID, *, by: int, head: bytes) -> None:
    """Counts entries of the ledger, and a change."""
    _update(connection, person, entries=COLUMNS.entries + by, head=head, revision=COLUMNS.revision + 1)


def opened(connection: sa.Connection, person: UUID) -> date | None:
    """The day on which a person's ledger begins; nothing where it has none."""
    return connection.execute(sa.select(COLUMNS.opened).where(COLUMNS.person == person)).scalar()


def note_granted(connection: sa.Connection, person: UUID, *, opened: date | None, now: datetime) -> None:
    """Notes when policies were asked what they grant; the ledger begins once and for all."""
    _update(connection, person, opened=sa.func.coalesce(COLUMNS.opened, opened), granted_at=now)


def due(connection: sa.Connection, day: date, *, since: datetime, limit: int) -> list[UUID]:
    """People employed on a day for whom policies were not asked since an instant, at most so many."""
    query = (
        sa.select(stays.c.person)
        .distinct()
        .outerjoin(leave_people, COLUMNS.person == stays.c.person)
        .where(holds(stays.c, day, day), sa.or_(COLUMNS.granted_at.is_(None), COLUMNS.granted_at < since))
    )
    return list(connection.execute(query.limit(limit)).scalars())


def _update(connection: sa.Connection, person: UUID, **values: object) -> None:
    connection.execute(leave_people.update().where(COLUMNS.person == person).values(**values))
