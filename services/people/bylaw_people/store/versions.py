"""Units, positions and sites in time, as the store keeps them: rows are only added, the newest of a date counts."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.rules.recording import Recorded, Recording
from bylaw_people.rules.versions import Rewriting, Version
from bylaw_people.store.rows import Stamp
from bylaw_people.store.tables import valid_on

AnyVersion = TypeVar("AnyVersion", bound=Version)
Change = tuple[UUID, int, Rewriting[AnyVersion]]
"""Whose versions change, the revision under which, and how."""


@dataclass(frozen=True, slots=True)
class Versions(Generic[AnyVersion]):
    """The versions of one kind of thing: its tables, and how a row is read and written."""

    key: str
    things: sa.Table
    table: sa.Table
    spans: sa.Table
    read: Callable[[Any], AnyVersion]
    row: Callable[[AnyVersion], dict[str, Any]]

    def of(self, connection: sa.Connection, ids: Sequence[UUID]) -> dict[UUID, tuple[AnyVersion, ...]]:
        """The versions that count of some things, oldest first."""
        columns, key = self.table.c, self.table.c[self.key]
        newest = (
            sa.select(self.table)
            .where(key == sa.any_(sa.cast(list(ids), pg.ARRAY(sa.Uuid))))
            .order_by(key, columns.valid_from, columns.revision.desc())
            .ext(pg.distinct_on(key, columns.valid_from))
            .subquery()
        )
        counting = sa.select(newest).where(~newest.c.withdrawn).order_by(newest.c[self.key], newest.c.valid_from)
        found: dict[UUID, list[AnyVersion]] = defaultdict(list)
        for row in connection.execute(counting):
            found[getattr(row, self.key)].append(self.read(row))
        return {identifier: tuple(versions) for identifier, versions in found.items()}

    def write(self, connection: sa.Connection, changes: Sequence[Change[AnyVersion]], stamp: Stamp) -> None:
        """Puts changes on record."""
        made = [row for identifier, revision, change in changes for row in self._rows(identifier, revision, change)]
        if made:
            connection.execute(self.table.insert(), [{**row, **stamp.recorded} for row in made])

    def note_revisions(self, connection: sa.Connection, revisions: Sequence[tuple[UUID, int]]) -> None:
        """The revisions that things have now."""
        if revisions:
            which = self.things.c.id == sa.bindparam("thing")
            statement = self.things.update().where(which).values(revision=sa.bindparam("next"))
            connection.execute(statement, [{"thing": thing, "next": revision} for thing, revision in revisions])

    def on(self, day: date) -> sa.Subquery:
        """Each thing that exists on a day, as it is then."""
        return sa.select(self.spans).where(valid_on(self.spans, day)).subquery()

    def history(self, connection: sa.Connection, identifier: UUID, *, superseded: bool) -> list[Recorded[AnyVersion]]:
        """What was ever recorded of a thing, by date and then as it was recorded; what counts alone, or all."""
        columns = self.table.c
        rows = connection.execute(
            sa.select(self.table).where(columns[self.key] == identifier).order_by(columns.valid_from, columns.revision)
        ).all()
        followed = zip(rows, [*rows[1:], None], strict=True)
        found = [(row, self._recorded(row, following)) for row, following in followed]
        return [one for row, one in found if not row.withdrawn and (superseded or not one.recording.superseded_at)]

    def _recorded(self, row: Any, following: Any) -> Recorded[AnyVersion]:
        again = following is not None and following.valid_from == row.valid_from
        replaced = (following.recorded_at, following.recorded_by) if again else (None, None)
        return Recorded(self.read(row), Recording(row.recorded_at, row.recorded_by, *replaced))

    def _rows(self, identifier: UUID, revision: int, change: Rewriting[AnyVersion]) -> list[dict[str, Any]]:
        return [
            {
                self.key: identifier,
                "valid_from": version.effective_date,
                "revision": revision,
                **self.row(version),
                "closed": version.closed,
                "withdrawn": withdrawn,
            }
            for withdrawn, versions in ((False, change.written), (True, change.withdrawn))
            for version in versions
        ]


def lock(connection: sa.Connection, table: sa.Table, ids: Sequence[UUID]) -> None:
    """Holds things against being closed until the transaction ends; others may do the same at once."""
    asked = sa.cast(sorted(ids), pg.ARRAY(sa.Uuid))
    held = sa.select(table.c.id).where(table.c.id == sa.any_(asked)).order_by(table.c.id)
    connection.execute(held.with_for_update(read=True))
