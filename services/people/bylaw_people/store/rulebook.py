"""The rulebook as the store keeps it: clauses, and revisions that are only ever added."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.clause_use import ClauseUse, Place, UseWish

from bylaw_people.rules.organisation import Wording
from bylaw_people.rules.rulebook.clauses import ClauseKind, ClauseRecord, Origin, Revision
from bylaw_people.store.clause_use import clause_use
from bylaw_people.store.inserting import insert_free
from bylaw_people.store.rows import Stamp
from bylaw_people.store.rulebook_tables import clause_revisions, clauses, rulebook_editions

EDITION_LOCK = 7_262_946_409
"""Advisory lock under which one process at a time takes a new edition in."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rulebook in one transaction."""

    connection: sa.Connection
    stamp: Stamp

    def records(self, *, lock: bool = False) -> list[ClauseRecord]:
        """Every clause, whole; locked against other changes where that is asked."""
        return self._records(sa.true(), lock=lock)

    def find(self, clause: str, *, lock: bool = False) -> ClauseRecord | None:
        """A clause, whole."""
        found = self._records(clauses.c.id == clause, lock=lock)
        return found[0] if found else None

    def add(self, new: Sequence[ClauseRecord]) -> bool:
        """New clauses with their revisions; says whether their ids were free."""
        made = [
            {
                "id": record.id,
                "service": record.service,
                "kind": record.kind.value,
                "position": record.position,
                "revision": record.revision,
                **self.stamp.recorded,
            }
            for record in sorted(new, key=lambda record: record.id)
        ]
        if not made:
            return True
        if not insert_free(self.connection, clauses, made):
            return False
        self._write((record.id, revision) for record in new for revision in record.revisions)
        return True

    def revise(self, changed: Sequence[tuple[ClauseRecord, Sequence[Revision]]]) -> None:
        """More revisions of clauses that this transaction has locked; what was written before stays."""
        if not changed:
            return
        move_on = (
            clauses.update()
            .where(clauses.c.id == sa.bindparam("clause"), clauses.c.revision < sa.bindparam("last"))
            .values(revision=sa.bindparam("last"))
        )
        self.connection.execute(move_on, [{"clause": record.id, "last": record.revision} for record, _ in changed])
        self._write((record.id, revision) for record, revisions in changed for revision in revisions)

    def use(
        self, wish: UseWish, reach: Reach, *, day: date, zone: str, page: tuple[Place | None, int]
    ) -> list[ClauseUse]:
        """How often clauses refused calls, behind a place."""
        return clause_use(self.connection, wish, reach, day=day, zone=zone, page=page)

    def edition(self, *, lock: bool = False) -> int:
        """The newest edition that was taken in; 0: none. Locked against others who would take one in."""
        if lock:
            self.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(EDITION_LOCK)))
        newest = sa.select(sa.func.coalesce(sa.func.max(rulebook_editions.c.edition), 0))
        return int(self.connection.execute(newest).scalar_one())

    def take_edition(self, edition: int) -> None:
        """Notes that an edition was taken in."""
        self.connection.execute(rulebook_editions.insert().values(edition=edition))

    def _write(self, revisions: Iterable[tuple[str, Revision]]) -> None:
        rows = [{**_row(clause, revision), **self.stamp.recorded} for clause, revision in revisions]
        self.connection.execute(clause_revisions.insert(), rows)

    def _records(self, condition: sa.ColumnElement[bool], *, lock: bool) -> list[ClauseRecord]:
        statement = sa.select(clauses).where(condition).order_by(clauses.c.id)
        found = self.connection.execute(statement.with_for_update() if lock else statement).all()
        written = self._revisions([row.id for row in found])
        return [
            ClauseRecord(row.id, row.service, ClauseKind(row.kind), row.position, written.get(row.id, ()))
            for row in found
        ]

    def _revisions(self, ids: Sequence[str]) -> dict[str, tuple[Revision, ...]]:
        columns = clause_revisions.c
        statement = sa.select(clause_revisions).where(columns.clause.in_(ids)).order_by(columns.clause, columns.number)
        rows = self.connection.execute(statement)
        return {clause: tuple(map(_revision, group)) for clause, group in groupby(rows, lambda row: row.clause)}


def _row(clause: str, revision: Revision) -> dict[str, Any]:
    return {
        "clause": clause,
        "number": revision.number,
        "effective_date": revision.effective_date,
        "zh": revision.wording.zh,
        "en": revision.wording.en,
        "origin": revision.origin.value,
        "reason": revision.reason,
        "retired": revision.retired,
    }


def _revision(row: Any) -> Revision:
    wording, origin = Wording(row.zh, row.en), Origin(row.origin)
    return Revision(
        row.number, row.effective_date, wording, origin, row.reason, row.retired, row.recorded_at, row.recorded_by
    )
