"""What people can do, as the store keeps it: what was on record before stays, marked as superseded (POS-2)."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.ports.access import AsOf
from bylaw_people.ports.organisation import QualificationRow
from bylaw_people.rules.recording import Recorded
from bylaw_people.rules.requirements import Qualification
from bylaw_people.store import rows
from bylaw_people.store.dated_tables import qualifications


@dataclass(frozen=True, slots=True)
class Qualifications:
    """What people can do, in one transaction."""

    connection: sa.Connection
    stamp: rows.Stamp

    def of(self, people: Collection[UUID]) -> dict[UUID, list[Qualification]]:
        """What each of some people can do."""
        found: dict[UUID, list[Qualification]] = defaultdict(list)
        asked = sa.cast(list(people), pg.ARRAY(sa.Uuid))
        statement = sa.select(qualifications).where(qualifications.c.person == sa.any_(asked), _counts())
        for row in self.connection.execute(statement.order_by(qualifications.c.skill)):
            found[row.person].append(rows.qualification(row))
        return found

    def recorded(self, person: UUID) -> list[Recorded[Qualification]]:
        """What somebody can do, with who recorded it, by skill."""
        statement = sa.select(qualifications).where(qualifications.c.person == person, _counts())
        found = self.connection.execute(statement.order_by(qualifications.c.skill))
        return [Recorded(rows.qualification(row), rows.recording(row)) for row in found]

    def history(self, person: UUID, as_of: AsOf | None, *, after: UUID | None, limit: int) -> list[QualificationRow]:
        """All that was put on record of somebody, oldest first; on a day, what held on it as it stood when it ended."""
        statement = sa.select(qualifications).where(qualifications.c.person == person)
        if as_of:
            statement = statement.where(*_stood(as_of))
        if after:
            statement = statement.where(qualifications.c.id > after)
        found = self.connection.execute(statement.order_by(qualifications.c.id).limit(limit))
        return [QualificationRow(row.id, Recorded(rows.qualification(row), rows.recording(row))) for row in found]

    def replace(self, changes: Sequence[tuple[UUID, Sequence[Qualification]]]) -> None:
        """Puts in the place of what was on record of some people what they can do now."""
        people = sa.cast([person for person, _ in changes], pg.ARRAY(sa.Uuid))
        replaced = qualifications.update().where(qualifications.c.person == sa.any_(people), _counts())
        self.connection.execute(replaced.values(self.stamp.superseded))
        self.add(changes)

    def add(self, new: Sequence[tuple[UUID, Sequence[Qualification]]]) -> None:
        """Adds what people can do of whom nothing is on record."""
        made = [rows.qualification_row(person, one, self.stamp) for person, several in new for one in several]
        if made:
            self.connection.execute(qualifications.insert(), made)


def _stood(as_of: AsOf) -> tuple[sa.ColumnElement[bool], ...]:
    columns = qualifications.c
    return (
        columns.recorded_at < as_of.ends_at,
        sa.or_(columns.superseded_at.is_(None), columns.superseded_at >= as_of.ends_at),
        sa.or_(columns.since.is_(None), columns.since <= as_of.day),
    )


def _counts() -> sa.ColumnElement[bool]:
    return qualifications.c.superseded_at.is_(None)
