"""Who follows which pattern since when; no subject follows two on one day, the database sees to it.

Nothing is deleted: what was withdrawn stays, and counts nowhere.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.reach import reached, reached_units
from bylaw_chassis.organisation.tables import holds
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.rules.assignment import DAY, EVERYBODY, Assignment, AssignmentFilter, SubjectKind, Withdrawal
from bylaw_attendance.store.tables import assignments

OVERLAP = "23P01"
"""exclusion_violation: the constraint `assignments_one_at_a_time` holds."""
COUNTS = assignments.c.withdrawn_at.is_(None)


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
    return bool(_unless_overlapping(connection, assignments.insert().values(row).returning(assignments)))


def _unless_overlapping(connection: sa.Connection, statement: sa.Executable) -> Assignment | None:
    """What a statement wrote, if anything; nothing where it would put a subject under two patterns on one day."""
    try:
        with connection.begin_nested():
            return _written(connection, statement)
    except sa.exc.IntegrityError as error:
        if getattr(error.orig, "sqlstate", "") != OVERLAP:
            raise
        return None


def _written(connection: sa.Connection, statement: sa.Executable) -> Assignment | None:
    row = connection.execute(statement).one_or_none()
    return _assignment(row) if row else None


def lock_subject(connection: sa.Connection, subject: UUID) -> None:
    """One change at a time for a subject, until the transaction ends: who comes second sees what the first one left.

    Without it an assignment that grows and one that is added would wait for each other at the constraint.
    """
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(str(subject), 0))))


def end_open_before(connection: sa.Connection, made: Assignment) -> Assignment | None:
    """Ends the subject's open assignment that began before a new one, on the day before; behind the subject's lock.

    It is kept for whose sake: should the new one be withdrawn, the other goes on (`go_on`).
    """
    columns = assignments.c
    earlier = columns.last_day.is_(None) & (columns.first_day < made.first_day)
    ended = {"last_day": made.first_day - DAY, "ended_by": made.identifier}
    return _written(connection, _change(columns.subject == made.subject, earlier, **ended))


def in_the_way(connection: sa.Connection, wished: Assignment) -> list[Assignment]:
    """The other assignments that count on some of its days for its subject, by first day."""
    columns = assignments.c
    query = sa.select(assignments).where(
        columns.subject == wished.subject,
        columns.id != wished.identifier,
        COUNTS,
        holds(columns, wished.first_day, wished.last_day or date.max),
    )
    return [_assignment(row) for row in connection.execute(query.order_by(columns.first_day))]


def find(connection: sa.Connection, identifier: UUID) -> Assignment | None:
    """An assignment, withdrawn or not."""
    row = connection.execute(sa.select(assignments).where(assignments.c.id == identifier)).one_or_none()
    return _assignment(row) if row else None


def end(connection: sa.Connection, identifier: UUID, last_day: date) -> Assignment | None:
    """Gives an assignment its last day; nothing where another one of the subject holds by then, or it is withdrawn."""
    statement = _change(assignments.c.id == identifier, last_day=last_day, ended_by=None)
    return _unless_overlapping(connection, statement)


def withdraw(connection: sa.Connection, identifier: UUID, withdrawal: Withdrawal) -> Assignment | None:
    """Keeps that it is withdrawn; nothing where it was before."""
    told = {"withdrawn_at": withdrawal.at, "withdrawn_by": withdrawal.by, "withdraw_reason": withdrawal.reason}
    return _written(connection, _change(assignments.c.id == identifier, **told))


def go_on(connection: sa.Connection, withdrawn: UUID) -> Assignment | None:
    """Lets the assignment go on that was ended for the sake of one that is withdrawn, up to the subject's next one.

    Behind the subject's lock: so nothing comes in between.
    """
    other = assignments.alias()
    later = (other.c.subject == assignments.c.subject) & (other.c.first_day > assignments.c.first_day)
    following = sa.select(other).where(later, other.c.withdrawn_at.is_(None)).order_by(other.c.first_day).limit(1)
    first_day, identifier = (
        following.with_only_columns(column).scalar_subquery().correlate(assignments)
        for column in (other.c.first_day, other.c.id)
    )
    statement = _change(assignments.c.ended_by == withdrawn, last_day=first_day - 1, ended_by=identifier)
    return _written(connection, statement)


def _change(*whom: sa.ColumnElement[bool], **values: Any) -> sa.Executable:
    """Changes the one assignment that counts and fulfils the conditions, and answers it as it is then."""
    changed = assignments.update().where(COUNTS, *whom).values(revision=assignments.c.revision + 1, **values)
    return changed.returning(assignments)


def listed(
    connection: sa.Connection, wish: AssignmentFilter, reach: Reach, *, day: date, page: tuple[UUID | None, int]
) -> list[Assignment]:
    """Assignments whose subject a reach holds on a day, and those of everybody; newest first, behind a place.

    Their ids are in order of time.
    """
    after, limit = page
    subject = assignments.c.subject
    within = sa.or_(subject == EVERYBODY, subject.in_(reached_units(reach, day)), reached(reach, subject, day, day))
    query = sa.select(assignments).where(within, *_wished(wish)).order_by(assignments.c.id.desc()).limit(limit)
    rows = connection.execute(query.where(assignments.c.id < after) if after else query)
    return [_assignment(row) for row in rows]


def _wished(wish: AssignmentFilter) -> Iterator[sa.ColumnElement[bool]]:
    if wish.subject:
        kind, subject = wish.subject
        yield (assignments.c.subject_kind == kind.value) & (assignments.c.subject == subject)
    if wish.day:
        yield holds(assignments.c, wish.day, wish.day)
    if not wish.withdrawn:
        yield COUNTS


def between(connection: sa.Connection, people: Collection[UUID], first: date, last: date) -> list[Assignment]:
    """What holds on some day from `first` to `last` for these people, any unit, or everybody."""
    personal = assignments.c.subject_kind == SubjectKind.PERSON.value
    query = sa.select(assignments).where(
        COUNTS, holds(assignments.c, first, last), sa.or_(~personal, assignments.c.subject == sa.any_(_uuids(people)))
    )
    return [_assignment(row) for row in connection.execute(query)]


def _uuids(ids: Collection[UUID]) -> sa.BindParameter[Any]:
    """One parameter, however many there are."""
    return sa.literal(list(ids), pg.ARRAY(pg.UUID(as_uuid=True)))


def _assignment(row: Any) -> Assignment:
    parameters = orjson.dumps(row.parameters, option=orjson.OPT_SORT_KEYS).decode()
    told = (row.withdrawn_at, row.withdrawn_by, row.withdraw_reason)
    return Assignment(
        row.id,
        SubjectKind(row.subject_kind),
        row.subject,
        row.pattern,
        parameters,
        row.first_day,
        row.last_day,
        row.replay,
        row.revision,
        Withdrawal(*told) if row.withdrawn_at else None,
    )
