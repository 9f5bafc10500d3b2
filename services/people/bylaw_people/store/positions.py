"""Positions as the store keeps them: records for changes, and views as of a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_people.rules.organisation import PositionRecord, PositionVersion, PositionView
from bylaw_people.rules.recording import Recorded
from bylaw_people.rules.versions import Dated, Rewriting, View
from bylaw_people.store import rows, versions
from bylaw_people.store.dated_tables import position_spans, position_versions
from bylaw_people.store.inserting import insert_free, insert_known_free
from bylaw_people.store.reach import Within
from bylaw_people.store.tables import appointments, positions, valid_on

POSITION_VERSIONS = versions.Versions(
    "position", positions, position_versions, position_spans, rows.position_version, rows.position_version_row
)


@dataclass(frozen=True, slots=True)
class Positions:
    """The positions in one transaction."""

    connection: sa.Connection
    stamp: rows.Stamp

    def held(self, position: UUID) -> PositionRecord | None:
        """A position, whole; nobody closes or changes it until the transaction ends."""
        found = self._records(positions.c.id == position, held=True)
        return found[0] if found else None

    def find(self, position: UUID, reach: Reach, day: date, *, lock: bool = False) -> PositionRecord | None:
        """A position whole, if the unit in which it sits on a day is within a reach."""
        found = self._records(sa.and_(positions.c.id == position, sits_within(reach, day)), lock=lock)
        return found[0] if found else None

    def records(self) -> list[PositionRecord]:
        """Every position, whole."""
        return self._records(sa.true())

    def add(self, new: PositionRecord) -> bool:
        """A new position; says whether its code was free."""
        if not insert_free(self.connection, positions, [self._row(new)]):
            return False
        self._write([(new.id, new.revision, Rewriting(new.versions))])
        return True

    def add_many(self, new: Sequence[PositionRecord]) -> None:
        """New positions whose codes were just seen to be free."""
        insert_known_free(self.connection, positions, [self._row(position) for position in new])
        self._write([(position.id, position.revision, Rewriting(position.versions)) for position in new])

    def rewrite(self, record: PositionRecord, change: Rewriting[PositionVersion]) -> None:
        """A change of a position, with the record as it is then; what held before stays on record."""
        self._write([(record.id, record.revision, change)])
        POSITION_VERSIONS.note_revisions(self.connection, [(record.id, record.revision)])

    def page(self, day: date, reach: Reach, *, after: str, limit: int) -> list[PositionView]:
        """Positions as of a day in units within a reach, by code."""
        spans = position_spans
        statement = (
            sa.select(spans, positions.c.code, positions.c.revision)
            .join(positions, positions.c.id == spans.c.position)
            .where(valid_on(spans, day), Within(reach, day).unit(spans.c.unit), positions.c.code > after)
            .order_by(positions.c.code)
            .limit(limit)
        )
        found = self.connection.execute(statement)
        return [View(row.position, row.code, row.revision, rows.position_version(row), row.valid_to) for row in found]

    def history(self, position: UUID, *, superseded: bool) -> list[Recorded[PositionVersion]]:
        """The versions of a position with who recorded them."""
        return POSITION_VERSIONS.history(self.connection, position, superseded=superseded)

    def people_after(self, position: UUID, last_date: date) -> int:
        """How many people hold a position after a day."""
        columns = appointments.c
        later = sa.or_(columns.end_date.is_(None), columns.end_date > last_date)
        theirs = sa.and_(columns.position == position, columns.superseded_at.is_(None), later)
        return int(self.connection.execute(sa.select(sa.func.count()).where(theirs)).scalar_one())

    def _row(self, record: PositionRecord) -> dict[str, Any]:
        first = record.versions[0]
        texts = {**rows.title_row(first.title), **rows.duties_row(first.duties), "unit": first.unit}
        return {"id": record.id, "code": record.code, **texts, "revision": record.revision, **self.stamp.recorded}

    def _write(self, changes: Sequence[versions.Change[PositionVersion]]) -> None:
        POSITION_VERSIONS.write(self.connection, changes, self.stamp)

    def _records(
        self, condition: sa.ColumnElement[bool], *, lock: bool = False, held: bool = False
    ) -> list[PositionRecord]:
        statement = sa.select(positions).where(condition).order_by(positions.c.id)
        statement = statement.with_for_update(read=held) if lock or held else statement
        found = self.connection.execute(statement).all()
        dated = POSITION_VERSIONS.of(self.connection, [row.id for row in found])
        return [Dated(row.id, row.code, row.revision, dated[row.id]) for row in found]


def sits_within(reach: Reach, day: date) -> sa.ColumnElement[bool]:
    """That a position is in a unit within a reach: the one on a day, or else the nearest to it on record."""
    if reach.everyone:
        return sa.true()
    spans = position_spans.alias()
    nearest = (
        sa.select(spans.c.unit)
        .where(spans.c.position == positions.c.id)
        .order_by((spans.c.valid_from <= day).desc(), spans.c.valid_from.desc())
        .limit(1)
        .scalar_subquery()
    )
    return Within(reach, day).unit(nearest)
