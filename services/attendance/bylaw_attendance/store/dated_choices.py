"""What was chosen for whom since when, of patterns or of leave policies; the database sees to it that nothing clashes.

Of what goes together, such as all that one subject follows, no two that count hold on one day. Nothing is deleted:
what was withdrawn stays, and counts nowhere.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.reach import reached, reached_units
from bylaw_chassis.organisation.tables import holds
from bylaw_chassis.organisation.writing import uuids

from bylaw_attendance.rules.judging.assignment import (
    DAY,
    EVERYBODY,
    Assignment,
    AssignmentFilter,
    SubjectKind,
    Withdrawal,
)
from bylaw_attendance.rules.overtime.hours_system import HoursSystem

OVERLAP = "23P01"
"""exclusion_violation: the constraint that no two hold on one day."""


@dataclass(frozen=True, slots=True)
class DatedChoices:
    """Assignments in a table; those that agree in the columns `together` exclude each other."""

    table: sa.Table
    together: Sequence[str] = ("subject",)
    collection: str = "patternAssignments"

    def add(self, connection: sa.Connection, made: Assignment, *, created_at: datetime, created_by: str) -> bool:
        """Keeps an assignment; false where another one holds on one of its days."""
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
            **({"replay": made.replay} if made.replay else {}),
            **self._hours(made),
        }
        return bool(self._unless_overlapping(connection, self.table.insert().values(row).returning(self.table)))

    def lock_subject(self, connection: sa.Connection, subject: UUID) -> None:
        """One change at a time for a subject, until the transaction ends: who comes second sees what the first left.

        Without it an assignment that grows and one that is added would wait for each other at the constraint.
        """
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(str(subject), 0))))

    def end_open_before(self, connection: sa.Connection, made: Assignment) -> Assignment | None:
        """Ends the open assignment that began before a new one, on the day before; behind the subject's lock.

        It is kept for whose sake: should the new one be withdrawn, the other goes on (`go_on`).
        """
        columns = self.table.c
        earlier = columns.last_day.is_(None) & (columns.first_day < made.first_day)
        ended = {"last_day": made.first_day - DAY, "ended_by": made.identifier}
        return self._written(connection, self._change(self._beside(made), earlier, **ended))

    def in_the_way(self, connection: sa.Connection, wished: Assignment) -> list[Assignment]:
        """The other assignments that count on some of its days and exclude it, by first day."""
        columns = self.table.c
        query = sa.select(self.table).where(
            self._beside(wished),
            columns.id != wished.identifier,
            self._counts,
            holds(columns, wished.first_day, wished.last_day or date.max),
        )
        return self._read(connection, query.order_by(columns.first_day))

    def find(self, connection: sa.Connection, identifier: UUID) -> Assignment | None:
        """An assignment, withdrawn or not."""
        found = self._read(connection, sa.select(self.table).where(self.table.c.id == identifier))
        return found[0] if found else None

    def end(self, connection: sa.Connection, identifier: UUID, last_day: date) -> Assignment | None:
        """Gives an assignment its last day; nothing where another one holds by then, or it is withdrawn."""
        statement = self._change(self.table.c.id == identifier, last_day=last_day, ended_by=None)
        return self._unless_overlapping(connection, statement)

    def withdraw(self, connection: sa.Connection, identifier: UUID, withdrawal: Withdrawal) -> Assignment | None:
        """Keeps that it is withdrawn; nothing where it was before."""
        told = {"withdrawn_at": withdrawal.at, "withdrawn_by": withdrawal.by, "withdraw_reason": withdrawal.reason}
        return self._written(connection, self._change(self.table.c.id == identifier, **told))

    def go_on(self, connection: sa.Connection, withdrawn: UUID) -> Assignment | None:
        """Lets the assignment go on that was ended for the sake of one that is withdrawn, up to the next one.

        Behind the subject's lock: so nothing comes in between.
        """
        table, other = self.table, self.table.alias()
        later = sa.and_(other.c.first_day > table.c.first_day, *(other.c[one] == table.c[one] for one in self.together))
        following = sa.select(other).where(later, other.c.withdrawn_at.is_(None)).order_by(other.c.first_day).limit(1)
        first_day, identifier = (
            following.with_only_columns(column).scalar_subquery().correlate(table)
            for column in (other.c.first_day, other.c.id)
        )
        statement = self._change(table.c.ended_by == withdrawn, last_day=first_day - 1, ended_by=identifier)
        return self._written(connection, statement)

    def listed(
        self,
        connection: sa.Connection,
        wish: AssignmentFilter,
        reach: Reach,
        *,
        day: date,
        page: tuple[UUID | None, int],
    ) -> list[Assignment]:
        """Assignments whose subject a reach holds on a day, and those of everybody; newest first, behind a place.

        Their ids are in order of time.
        """
        after, limit = page
        columns, subject = self.table.c, self.table.c.subject
        within = sa.or_(subject == EVERYBODY, subject.in_(reached_units(reach, day)), reached(reach, subject, day, day))
        query = sa.select(self.table).where(within, *self._wished(wish)).order_by(columns.id.desc()).limit(limit)
        return self._read(connection, query.where(columns.id < after) if after else query)

    def between(self, connection: sa.Connection, people: Collection[UUID], first: date, last: date) -> list[Assignment]:
        """What holds on some day from `first` to `last` for these people, any unit, or everybody."""
        columns = self.table.c
        personal = columns.subject_kind == SubjectKind.PERSON.value
        theirs = sa.or_(~personal, columns.subject == sa.any_(uuids(people)))
        return self._read(connection, sa.select(self.table).where(self._counts, holds(columns, first, last), theirs))

    def every_between(self, connection: sa.Connection, first: date, last: date) -> list[Assignment]:
        """What holds for anybody on some day from `first` to `last`, in the order in which it was made."""
        query = sa.select(self.table).where(self._counts, holds(self.table.c, first, last))
        return self._read(connection, query.order_by(self.table.c.id))

    @property
    def _counts(self) -> sa.ColumnElement[bool]:
        return self.table.c.withdrawn_at.is_(None)

    def _beside(self, made: Assignment) -> sa.ColumnElement[bool]:
        """Those that exclude it, were they to hold on one day."""
        told = {"subject": made.subject, "name": made.pattern.rpartition("@")[0]}
        return sa.and_(*(self.table.c[one] == told[one] for one in self.together))

    def _hours(self, made: Assignment) -> dict[str, Any]:
        """Of patterns alone there is a system of hours."""
        told = {"hours_system": made.hours_system.value, "hours_approval": made.hours_approval}
        return told if "hours_system" in self.table.c else {}

    def _wished(self, wish: AssignmentFilter) -> Iterator[sa.ColumnElement[bool]]:
        if wish.subject:
            kind, subject = wish.subject
            yield (self.table.c.subject_kind == kind.value) & (self.table.c.subject == subject)
        if wish.day:
            yield holds(self.table.c, wish.day, wish.day)
        if not wish.withdrawn:
            yield self._counts

    def _change(self, *whom: sa.ColumnElement[bool], **values: Any) -> sa.Executable:
        """Changes the one assignment that counts and fulfils the conditions, and answers it as it is then."""
        revision = self.table.c.revision + 1
        changed = self.table.update().where(self._counts, *whom).values(revision=revision, **values)
        return changed.returning(self.table)

    def _unless_overlapping(self, connection: sa.Connection, statement: sa.Executable) -> Assignment | None:
        """What a statement wrote, if anything; nothing where two would hold on one day."""
        try:
            with connection.begin_nested():
                return self._written(connection, statement)
        except sa.exc.IntegrityError as error:
            if getattr(error.orig, "sqlstate", "") != OVERLAP:
                raise
            return None

    def _written(self, connection: sa.Connection, statement: sa.Executable) -> Assignment | None:
        found = self._read(connection, statement)
        return found[0] if found else None

    def _read(self, connection: sa.Connection, statement: sa.Executable) -> list[Assignment]:
        return [self._assignment(row) for row in connection.execute(statement)]

    def _assignment(self, row: Any) -> Assignment:
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
            getattr(row, "replay", None),
            row.revision,
            Withdrawal(*told) if row.withdrawn_at else None,
            self.collection,
            HoursSystem(getattr(row, "hours_system", HoursSystem.STANDARD)),
            getattr(row, "hours_approval", ""),
        )
