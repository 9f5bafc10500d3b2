"""Heads' permissions for outsiders as the store keeps them (SEC-2)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_people.rules.access.outsiders import OutsideAccess
from bylaw_people.store.access_tables import outside_accesses
from bylaw_people.store.inserting import insert_free
from bylaw_people.store.reach import Within
from bylaw_people.store.rows import Stamp


@dataclass(frozen=True, slots=True)
class Outsiders:
    """The permissions in one transaction."""

    connection: sa.Connection
    stamp: Stamp

    def add(self, access: OutsideAccess) -> bool:
        """A new permission; says whether its days were free."""
        return insert_free(self.connection, outside_accesses, [_row(access)])

    def find(self, access: UUID, reach: Reach, day: date, *, lock: bool = False) -> OutsideAccess | None:
        """A permission whose outsider is within a reach."""
        within = Within(reach, day).person(outside_accesses.c.person)
        statement = sa.select(outside_accesses).where(outside_accesses.c.id == access, within)
        row = self.connection.execute(statement.with_for_update() if lock else statement).one_or_none()
        return _access(row) if row else None

    def end(self, access: UUID) -> None:
        """Ends a permission now; it stays on record."""
        ended = {"ended_at": self.stamp.now, "ended_by": self.stamp.by}
        self.connection.execute(outside_accesses.update().where(outside_accesses.c.id == access).values(ended))

    def of(self, person: UUID) -> list[OutsideAccess]:
        """Every permission of an outsider, by first day."""
        statement = sa.select(outside_accesses).where(outside_accesses.c.person == person)
        return [_access(row) for row in self.connection.execute(statement.order_by(outside_accesses.c.start_date))]

    def page(
        self, day: date, reach: Reach, *, person: UUID | None, running: date | None, after: UUID | None, limit: int
    ) -> list[OutsideAccess]:
        """Permissions of outsiders within a reach, newest first, past ones included."""
        columns = outside_accesses.c
        asked = [columns.person == person] if person else []
        if running:
            asked += [columns.ended_at.is_(None), columns.start_date <= running, columns.end_date >= running]
        if after:
            asked.append(columns.id < after)
        statement = sa.select(outside_accesses).where(Within(reach, day).person(columns.person), *asked)
        found = self.connection.execute(statement.order_by(columns.id.desc()).limit(limit))
        return [_access(row) for row in found]


def _access(row: Any) -> OutsideAccess:
    return OutsideAccess(
        row.id,
        row.person,
        row.permitted_by,
        row.start_date,
        row.end_date,
        row.reason,
        row.permitted_at,
        row.ended_at,
        row.ended_by,
    )


def _row(access: OutsideAccess) -> dict[str, Any]:
    return {
        "id": access.id,
        "person": access.person,
        "permitted_by": access.permitted_by,
        "start_date": access.start_date,
        "end_date": access.end_date,
        "reason": access.reason,
        "permitted_at": access.permitted_at,
    }
