"""Units, positions and sites as the store keeps them: records for changes, and views as of a date."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.rules.organisation import HeadChange, Headship, Position, Site, UnitRecord, UnitVersion, UnitView
from bylaw_people.store import rows
from bylaw_people.store.inserting import insert_free, insert_known_free
from bylaw_people.store.reach import Within, units_as_of
from bylaw_people.store.tables import headships, holds_on, positions, sites, unit_versions, units

TREE_LOCK = 7_262_946_401
"""Advisory lock under which the shape of the tree changes, one change at a time: cycles need two units to see."""


@dataclass(frozen=True, slots=True)
class Units:
    """The units in one transaction."""

    connection: sa.Connection
    stamp: rows.Stamp

    def lock_tree(self) -> None:
        """Nobody else changes the shape of the tree until the transaction ends."""
        self.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(TREE_LOCK)))

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
        row = {"id": record.id, "code": record.code, "revision": record.revision, **self.stamp.recorded}
        if not insert_free(self.connection, units, [row]):
            return False
        self.add_versions([(record, record.versions[0])])
        return True

    def add_many(self, records: Sequence[UnitRecord]) -> None:
        """New units whose codes are known to be free, in a few statements."""
        if records:
            made = [{"id": new.id, "code": new.code, "revision": new.revision} for new in records]
            insert_known_free(self.connection, units, [{**row, **self.stamp.recorded} for row in made])
            self.add_versions([(record, record.versions[0]) for record in records])

    def add_versions(self, changed: Sequence[tuple[UnitRecord, UnitVersion]]) -> None:
        """One more version of units; what held before stays on record."""
        if changed:
            made = [rows.version_row(unit.id, new, unit.revision, stamp=self.stamp) for unit, new in changed]
            self.connection.execute(unit_versions.insert(), made)
            self._note_revisions([unit for unit, _ in changed])

    def change_heads(self, record: UnitRecord, change: HeadChange) -> UnitRecord:
        """Writes a change of head; answers the unit with it."""
        replaced = headships.update().where(headships.c.id.in_(change.superseded)).values(self.stamp.superseded)
        self.connection.execute(replaced)
        self.connection.execute(
            headships.insert(), [rows.headship_row(record.id, new, self.stamp) for new in change.added]
        )
        self.connection.execute(units.update().where(units.c.id == record.id).values(revision=units.c.revision + 1))
        return self._records(units.c.id == record.id)[0]

    def headed_after(self, person: UUID, day: date) -> str | None:
        """The code of a unit that a person still heads after a day."""
        later = sa.or_(headships.c.end_date.is_(None), headships.c.end_date > day)
        mine = sa.and_(headships.c.person == person, headships.c.superseded_at.is_(None), later)
        statement = sa.select(units.c.code).join(headships, headships.c.unit == units.c.id).where(mine)
        return self.connection.execute(statement.order_by(units.c.code)).scalars().first()

    def views(self, day: date, reach: Reach, *, code: str = "") -> list[UnitView]:
        """The units within a reach as they are on a day."""
        tree = units_as_of(day)
        heads = headships.alias()
        statement = (
            sa.select(tree, units.c.code, units.c.revision.label("etag"), heads.c.person.label("head"))
            .join(units, units.c.id == tree.c.unit)
            .outerjoin(heads, sa.and_(heads.c.unit == units.c.id, holds_on(heads, day)))
            .where(Within(reach, day).unit(units.c.id))
        )
        if code:
            statement = statement.where(units.c.code == code)
        found = self.connection.execute(statement).all()
        return [UnitView(row.unit, row.code, row.etag, rows.unit_version(row), row.head) for row in found]

    def _note_revisions(self, changed: Iterable[UnitRecord]) -> None:
        statement = units.update().where(units.c.id == sa.bindparam("unit")).values(revision=sa.bindparam("next"))
        self.connection.execute(statement, [{"unit": unit.id, "next": unit.revision} for unit in changed])

    def _records(self, condition: sa.ColumnElement[bool], *, lock: bool = False) -> list[UnitRecord]:
        statement = sa.select(units).where(condition).order_by(units.c.id)
        found = self.connection.execute(statement.with_for_update() if lock else statement).all()
        ids = [row.id for row in found]
        versions, heads = self._versions(ids), self._heads(ids)
        return [
            UnitRecord(row.id, row.code, row.revision, tuple(versions[row.id]), tuple(heads[row.id])) for row in found
        ]

    def _versions(self, ids: Sequence[UUID]) -> dict[UUID, list[UnitVersion]]:
        columns = unit_versions.c
        newest = (columns.unit, columns.valid_from, columns.revision.desc())
        statement = (
            sa.select(unit_versions)
            .where(columns.unit.in_(ids))
            .order_by(*newest)
            .ext(pg.distinct_on(columns.unit, columns.valid_from))
        )
        found: dict[UUID, list[UnitVersion]] = defaultdict(list)
        for row in self.connection.execute(statement):
            found[row.unit].append(rows.unit_version(row))
        return found

    def _heads(self, ids: Sequence[UUID]) -> dict[UUID, list[Headship]]:
        statement = (
            sa.select(headships)
            .where(headships.c.unit.in_(ids), headships.c.superseded_at.is_(None))
            .order_by(headships.c.start_date)
        )
        found: dict[UUID, list[Headship]] = defaultdict(list)
        for row in self.connection.execute(statement):
            found[row.unit].append(rows.headship(row))
        return found


@dataclass(frozen=True, slots=True)
class Positions:
    """The positions in one transaction."""

    connection: sa.Connection
    stamp: rows.Stamp

    def find(self, position: UUID) -> Position | None:
        """A position."""
        row = self.connection.execute(sa.select(positions).where(positions.c.id == position)).one_or_none()
        return rows.position(row) if row else None

    def add(self, new: Position) -> bool:
        """A new position; says whether its code was free."""
        return insert_free(self.connection, positions, [rows.position_row(new, self.stamp)])

    def add_many(self, new: Sequence[Position]) -> None:
        """New positions whose codes were just seen to be free."""
        insert_known_free(self.connection, positions, [rows.position_row(position, self.stamp) for position in new])

    def records(self) -> list[Position]:
        """Every position."""
        return [rows.position(row) for row in self.connection.execute(sa.select(positions))]

    def page(self, day: date, reach: Reach, *, after: str, limit: int) -> list[Position]:
        """Positions of units within a reach, by code."""
        within = Within(reach, day).unit(positions.c.unit)
        statement = sa.select(positions).where(within, positions.c.code > after).order_by(positions.c.code).limit(limit)
        return [rows.position(row) for row in self.connection.execute(statement)]


@dataclass(frozen=True, slots=True)
class Sites:
    """The sites in one transaction. They belong to no unit: whoever may read sites reads all."""

    connection: sa.Connection
    stamp: rows.Stamp

    def find(self, site: UUID) -> Site | None:
        """A site."""
        row = self.connection.execute(sa.select(sites).where(sites.c.id == site)).one_or_none()
        return rows.site(row) if row else None

    def add(self, new: Site) -> bool:
        """A new site; says whether its code was free."""
        return insert_free(self.connection, sites, [rows.site_row(new, self.stamp)])

    def add_many(self, new: Sequence[Site]) -> None:
        """New sites whose codes were just seen to be free."""
        insert_known_free(self.connection, sites, [rows.site_row(site, self.stamp) for site in new])

    def records(self) -> list[Site]:
        """Every site."""
        return [rows.site(row) for row in self.connection.execute(sa.select(sites))]

    def page(self, *, after: str, limit: int) -> list[Site]:
        """Sites by code."""
        statement = sa.select(sites).where(sites.c.code > after).order_by(sites.c.code).limit(limit)
        return [rows.site(row) for row in self.connection.execute(statement)]
