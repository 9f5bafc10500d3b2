"""Units as the store keeps them: records for changes, and views as of a date."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_people.rules.organisation import (
    HeadChange,
    Headship,
    Post,
    UnitRecord,
    UnitVersion,
    UnitView,
)
from bylaw_people.rules.recording import Recorded
from bylaw_people.rules.versions import Rewriting
from bylaw_people.store import heads, rows, versions
from bylaw_people.store.dated_tables import position_spans
from bylaw_people.store.inserting import insert_free, insert_known_free
from bylaw_people.store.reach import Within, above, one_of, units_as_of
from bylaw_people.store.tables import appointments, deputyships, headships, holds_on, unit_spans, unit_versions, units

TREE_LOCK = 7_262_946_401
"""Advisory lock under which the shape of the tree changes, one change at a time: cycles need two units to see."""

UNIT_VERSIONS = versions.Versions("unit", units, unit_versions, unit_spans, rows.unit_version, rows.unit_version_row)


@dataclass(frozen=True, slots=True)
class Units:
    """The units in one transaction."""

    connection: sa.Connection
    stamp: rows.Stamp

    def lock_tree(self) -> None:
        """Nobody else changes the shape of the tree until the transaction ends."""
        self.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(TREE_LOCK)))

    def hold(self, ids: Collection[UUID]) -> None:
        """Nobody closes these units until the transaction ends."""
        versions.lock(self.connection, units, list(ids))

    def find(self, unit: UUID, reach: Reach, day: date, *, lock: bool = False) -> UnitRecord | None:
        """A unit whole, if it is within a reach on a day; locked against other changes of it where that is asked."""
        condition = sa.and_(units.c.id == unit, Within(reach, day).unit(units.c.id))
        found = self._records(condition, lock=lock)
        return found[0] if found else None

    def records(self, *, lock: bool = False) -> list[UnitRecord]:
        """Every unit, whole; locked against other changes where that is asked."""
        return self._records(sa.true(), lock=lock)

    def add(self, record: UnitRecord) -> bool:
        """A new unit with its first version; says whether its code was free."""
        if not insert_free(self.connection, units, [self._row(record)]):
            return False
        self._write([(record.id, record.revision, Rewriting(record.versions))])
        return True

    def add_many(self, records: Sequence[UnitRecord]) -> None:
        """New units whose codes are known to be free, in a few statements."""
        if records:
            insert_known_free(self.connection, units, [self._row(record) for record in records])
            self._write([(record.id, record.revision, Rewriting(record.versions)) for record in records])

    def rewrite(self, changed: Sequence[tuple[UnitRecord, Rewriting[UnitVersion]]]) -> None:
        """Changes of units, each with the record as it is then; what held before stays on record."""
        self._write([(unit.id, unit.revision, change) for unit, change in changed])
        UNIT_VERSIONS.note_revisions(self.connection, [(unit.id, unit.revision) for unit, _ in changed])

    def change_heads(self, record: UnitRecord, change: HeadChange, post: Post = Post.HEAD) -> UnitRecord:
        """Writes a change of head or deputy; answers the unit with it."""
        heads.write(self.connection, post, record.id, change, stamp=self.stamp)
        self.connection.execute(units.update().where(units.c.id == record.id).values(revision=units.c.revision + 1))
        return self._records(units.c.id == record.id)[0]

    def posts_of(self, person: UUID) -> list[tuple[str, Headship]]:
        """Every post of head or deputy that somebody holds, held or will hold, with the code of its unit."""
        return heads.of_person(self.connection, person)

    def views(self, day: date, reach: Reach, *, code: str = "") -> list[UnitView]:
        """The units within a reach as they are on a day."""
        condition = Within(reach, day).unit(units.c.id)
        return self._views(sa.and_(condition, units.c.code == code) if code else condition, day)

    def views_above(self, ids: Collection[UUID], day: date) -> list[UnitView]:
        """Some units and all units above them, as they are on a day."""
        if not ids:
            return []
        found = self.connection.execute(above(ids, day)).scalars().all()
        return self._views(one_of(units.c.id, found), day)

    def history(self, unit: UUID, *, superseded: bool) -> list[Recorded[UnitVersion]]:
        """The versions of a unit with who recorded them; what counts alone, or all that was ever recorded."""
        return UNIT_VERSIONS.history(self.connection, unit, superseded=superseded)

    def posts(self, unit: UUID, *, superseded: bool) -> list[tuple[Post, Recorded[Headship]]]:
        """The heads and deputies of a unit with who recorded them."""
        return heads.history(self.connection, unit, superseded=superseded)

    def uses_after(self, unit: UUID, last_date: date) -> dict[str, int]:
        """How many units, positions, people and heads or deputies are in a unit after a day."""
        people = _later(appointments, last_date, appointments.c.end_date)
        counts = {
            "units": _count(unit_spans, unit_spans.c.parent == unit, _open(unit_spans, last_date)),
            "positions": _count(position_spans, position_spans.c.unit == unit, _open(position_spans, last_date)),
            "people": _count(appointments, appointments.c.unit == unit, people),
            "heads": _held(unit, headships, last_date) + _held(unit, deputyships, last_date),
        }
        return {name: int(self.connection.execute(sa.select(count)).scalar_one()) for name, count in counts.items()}

    def _row(self, record: UnitRecord) -> dict[str, Any]:
        return {"id": record.id, "code": record.code, "revision": record.revision, **self.stamp.recorded}

    def _write(self, changes: Sequence[versions.Change[UnitVersion]]) -> None:
        UNIT_VERSIONS.write(self.connection, changes, self.stamp)

    def _views(self, condition: sa.ColumnElement[bool], day: date) -> list[UnitView]:
        tree, held, standing = units_as_of(day), headships.alias(), deputyships.alias()
        statement = (
            sa.select(tree, units.c.code, units.c.revision, held.c.person.label("head"), standing.c.person)
            .join(units, units.c.id == tree.c.unit)
            .outerjoin(held, sa.and_(held.c.unit == units.c.id, holds_on(held, day)))
            .outerjoin(standing, sa.and_(standing.c.unit == units.c.id, holds_on(standing, day)))
            .where(condition)
        )
        found = self.connection.execute(statement).all()
        return [
            UnitView(row.unit, row.code, row.revision, rows.unit_version(row), row.valid_to, row.head, row.person)
            for row in found
        ]

    def _records(self, condition: sa.ColumnElement[bool], *, lock: bool = False) -> list[UnitRecord]:
        statement = sa.select(units).where(condition).order_by(units.c.id)
        found = self.connection.execute(statement.with_for_update() if lock else statement).all()
        ids = [row.id for row in found]
        dated = UNIT_VERSIONS.of(self.connection, ids)
        holders = heads.held(self.connection, ids)
        return [
            UnitRecord(
                row.id, row.code, row.revision, dated[row.id], *(holders.get((row.id, post), ()) for post in Post)
            )
            for row in found
        ]


def _open(spans: sa.Table, last_date: date) -> sa.ColumnElement[bool]:
    return sa.or_(spans.c.valid_to.is_(None), spans.c.valid_to > last_date)


def _later(table: sa.Table, last_date: date, end: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.superseded_at.is_(None), sa.or_(end.is_(None), end > last_date))


def _held(unit: UUID, table: sa.Table, last_date: date) -> sa.ColumnElement[int]:
    return _count(table, table.c.unit == unit, _later(table, last_date, table.c.end_date))


def _count(table: sa.Table, *conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.select(sa.func.count()).select_from(table).where(*conditions).scalar_subquery()
