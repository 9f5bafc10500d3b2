"""Who follows which pattern since when; no subject follows two on one day, the database sees to it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.reach import reached, reached_units
from bylaw_chassis.organisation.tables import holds
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.rules.assignment import EVERYBODY, Assignment, SubjectKind
from bylaw_attendance.store.tables import assignments

OVERLAP = "23P01"
"""exclusion_violation: the constraint `assignments_one_at_a_time` holds."""


def add(connection: sa.Connection, made: Assignment, *, created_at: datetime, created_by: str) -> bool:
    """Keeps an assignment; false where the subject follows another pattern on one of its days."""
    row = {
        "id": made.identifier,
        "subject_kind": made.kind.value,
        "subject": made.subject,
        "pattern": made.pattern,
        "parameters": orjson.loads(made.parameters),
        "first_day": made.first_day,
        "last_day": made.last_day,
        "created_at": created_at,
        "created_by": created_by,
        "replay": made.replay,
    }
    return _fits(connection, assignments.insert().values(row))


def _fits(connection: sa.Connection, statement: sa.Executable) -> bool:
    """Executes a statement unless it would put a subject under two patterns on one day."""
    try:
        with connection.begin_nested():
            connection.execute(statement)
    except sa.exc.IntegrityError as error:
        if getattr(error.orig, "sqlstate", "") != OVERLAP:
            raise
        return False
    return True


def lock_subject(connection: sa.Connection, subject: UUID) -> None:
    """One change at a time for a subject, until the transaction ends: who comes second sees what the first one left.

    Without it an assignment that grows and one that is added would wait for each other at the constraint.
    """
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(str(subject), 0))))


def end_open_before(connection: sa.Connection, subject: UUID, first_day: date) -> None:
    """Ends the subject's open assignment that began earlier, on the day before; behind the subject's lock."""
    columns = assignments.c
    earlier = assignments.update().where(
        columns.subject == subject, columns.last_day.is_(None), columns.first_day < first_day
    )
    connection.execute(earlier.values(last_day=sa.literal(first_day, sa.Date) - 1))


def find(connection: sa.Connection, identifier: UUID, *, lock: bool = False) -> Assignment | None:
    """An assignment."""
    query = sa.select(assignments).where(assignments.c.id == identifier)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return _assignment(row) if row else None


def end(connection: sa.Connection, identifier: UUID, last_day: date) -> bool:
    """Gives an assignment its last day; false where another one of the subject holds by then."""
    statement = assignments.update().where(assignments.c.id == identifier).values(last_day=last_day)
    return _fits(connection, statement)


def listed(connection: sa.Connection, reach: Reach, day: date, *, after: UUID | None, limit: int) -> list[Assignment]:
    """Assignments whose subject a reach holds on a day, and those of everybody; newest first, behind a place.

    Their ids are in order of time.
    """
    subject = assignments.c.subject
    within = sa.or_(subject == EVERYBODY, subject.in_(reached_units(reach, day)), reached(reach, subject, day, day))
    query = sa.select(assignments).where(within).order_by(assignments.c.id.desc()).limit(limit)
    rows = connection.execute(query.where(assignments.c.id < after) if after else query)
    return [_assignment(row) for row in rows]


def between(connection: sa.Connection, people: Collection[UUID], first: date, last: date) -> list[Assignment]:
    """What holds on some day from `first` to `last` for these people, any unit, or everybody."""
    personal = assignments.c.subject_kind == SubjectKind.PERSON.value
    query = sa.select(assignments).where(
        holds(assignments.c, first, last), sa.or_(~personal, assignments.c.subject == sa.any_(_uuids(people)))
    )
    return [_assignment(row) for row in connection.execute(query)]


def _uuids(ids: Collection[UUID]) -> sa.BindParameter[Any]:
    """One parameter, however many there are."""
    return sa.literal(list(ids), pg.ARRAY(pg.UUID(as_uuid=True)))


def _assignment(row: Any) -> Assignment:
    parameters = orjson.dumps(row.parameters, option=orjson.OPT_SORT_KEYS).decode()
    return Assignment(
        row.id,
        SubjectKind(row.subject_kind),
        row.subject,
        row.pattern,
        parameters,
        row.first_day,
        row.last_day,
        row.replay,
    )
