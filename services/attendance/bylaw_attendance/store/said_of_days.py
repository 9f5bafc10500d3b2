"""What was said of days, be it notices of hours or days of the company: one table each, and one way to keep them.

About one subject no two hold on a day, the database sees to it. What was withdrawn stays.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.organisation.tables import holds

from bylaw_attendance.rules.calendar.hours_notice import NoticeFilter
from bylaw_attendance.rules.judging.assignment import Withdrawal

OVERLAP = "23P01"
"""exclusion_violation: the table's constraint `..._one_at_a_time` holds."""
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class SaidOfDaysStore(Generic[Made]):
    """Keeps and reads rows of a table; `row_of` and `read` turn one into the other."""

    table: sa.Table
    row_of: Callable[[Any], Mapping[str, Any]]
    read: Callable[[Any], Made]

    def add(self, connection: sa.Connection, made: Made) -> bool:
        """Keeps it; false where another one about its subject holds on one of its days."""
        try:
            with connection.begin_nested():
                connection.execute(self.table.insert().values(self.row_of(made)))
        except sa.exc.IntegrityError as error:
            if getattr(error.orig, "sqlstate", "") != OVERLAP:
                raise
            return False
        return True

    def in_the_way(self, connection: sa.Connection, wish: Any) -> Made | None:
        """The first one that counts on some of these days for the same subject."""
        columns = self.table.c
        query = sa.select(self.table).where(
            self._counts, columns.subject == wish.subject[1], holds(columns, wish.first_day, wish.last_day)
        )
        return self._first(connection, query.order_by(columns.first_day).limit(1))

    def find(self, connection: sa.Connection, identifier: UUID, *, lock: bool = False) -> Made | None:
        """One, withdrawn or not; locked, where it is to be changed."""
        query = sa.select(self.table).where(self.table.c.id == identifier)
        return self._first(connection, query.with_for_update() if lock else query)

    def withdraw(self, connection: sa.Connection, identifier: UUID, withdrawal: Withdrawal) -> Made | None:
        """Keeps that it is withdrawn; nothing where it was before."""
        told = {"withdrawn_at": withdrawal.at, "withdrawn_by": withdrawal.by, "withdraw_reason": withdrawal.reason}
        changed = self.table.update().where(self._counts, self.table.c.id == identifier)
        statement = changed.values(revision=self.table.c.revision + 1, **told).returning(self.table)
        return self._first(connection, statement)

    def listed(self, connection: sa.Connection, wish: NoticeFilter, *, page: tuple[UUID | None, int]) -> list[Made]:
        """Newest first, behind a place; ids are in order of time."""
        after, limit = page
        query = sa.select(self.table).where(*self._wished(wish)).order_by(self.table.c.id.desc()).limit(limit)
        rows = connection.execute(query.where(self.table.c.id < after) if after else query)
        return [self.read(row) for row in rows]

    def between(self, connection: sa.Connection, first: date, last: date) -> list[Made]:
        """What counts on some day from `first` to `last`, about whatever subject."""
        query = sa.select(self.table).where(self._counts, holds(self.table.c, first, last))
        return [self.read(row) for row in connection.execute(query)]

    @property
    def _counts(self) -> sa.ColumnElement[bool]:
        return self.table.c.withdrawn_at.is_(None)

    def _wished(self, wish: NoticeFilter) -> Iterator[sa.ColumnElement[bool]]:
        if wish.subject:
            level, subject = wish.subject
            yield (self.table.c.level == level.value) & (self.table.c.subject == subject)
        if wish.day:
            yield holds(self.table.c, wish.day, wish.day)
        if not wish.withdrawn:
            yield self._counts

    def _first(self, connection: sa.Connection, statement: sa.Executable) -> Made | None:
        row = connection.execute(statement).one_or_none()
        return self.read(row) if row else None
