"""Roles of the company's own as the store keeps them: every revision, the newest of which counts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.rules.access.roles import Role
from bylaw_people.store import rows
from bylaw_people.store.access_tables import role_versions, roles
from bylaw_people.store.inserting import insert_free
from bylaw_people.store.tables import appointments, grants


@dataclass(frozen=True, slots=True)
class Roles:
    """The company's own roles in one transaction."""

    connection: sa.Connection
    stamp: rows.Stamp

    def all(self, until: datetime | None = None) -> dict[str, Role]:
        """Every role that was not taken away, as it is or was at an instant."""
        return self._newest(sa.true() if until is None else role_versions.c.recorded_at < until)

    def named(self, names: Collection[str], until: datetime) -> dict[str, Role]:
        """Some roles as they were at an instant; names of roles that ship are not among them."""
        return self._newest(sa.and_(role_versions.c.role.in_(names), role_versions.c.recorded_at < until))

    def find(self, name: str, *, lock: bool = False) -> Role | None:
        """A role; locked against changes, or against being taken away meanwhile."""
        statement = sa.select(roles.c.name).where(roles.c.name == name)
        if self.connection.execute(statement.with_for_update(read=not lock)).first() is None:
            return None
        return self._newest(role_versions.c.role == name).get(name)

    def add(self, role: Role) -> bool:
        """A new role; says whether its name was never used."""
        if not insert_free(self.connection, roles, [{"name": role.name, "revision": 1, **self.stamp.recorded}]):
            return False
        self._write(role, deleted=False)
        return True

    def change(self, role: Role, *, deleted: bool = False) -> None:
        """One more revision of a role that is locked."""
        noted = roles.update().where(roles.c.name == role.name, roles.c.revision == role.revision - 1)
        self.connection.execute(noted.values(revision=role.revision))
        self._write(role, deleted=deleted)

    def uses(self, name: str, day: date) -> int:
        """How many grants give a role on a day or later."""
        statement = sa.select(sa.func.count()).select_from(grants).where(_gives(name, day))
        return int(self.connection.execute(statement).scalar_one())

    def is_held(self, name: str, person: UUID | None, day: date) -> bool:
        """Whether somebody holds a role on a day or later, in person or by a position."""
        columns = appointments.c
        later = sa.or_(columns.end_date.is_(None), columns.end_date >= day)
        mine = sa.select(columns.position).where(columns.person == person, columns.superseded_at.is_(None), later)
        to_them = sa.or_(grants.c.person == person, grants.c.position.in_(mine))
        return self.connection.execute(sa.select(grants.c.id).where(_gives(name, day), to_them)).first() is not None

    def _write(self, role: Role, *, deleted: bool) -> None:
        row = {
            "role": role.name,
            "revision": role.revision,
            "title_zh": role.title.zh,
            "title_en": role.title.en,
            "permissions": sorted(role.permissions),
            "deleted": deleted,
            **self.stamp.recorded,
        }
        self.connection.execute(role_versions.insert(), [row])

    def _newest(self, condition: sa.ColumnElement[bool]) -> dict[str, Role]:
        columns = role_versions.c
        newest = (
            sa.select(role_versions)
            .where(condition)
            .order_by(columns.role, columns.revision.desc())
            .ext(pg.distinct_on(columns.role))
        )
        return {row.role: _role(row) for row in self.connection.execute(newest) if not row.deleted}


def _gives(name: str, day: date) -> sa.ColumnElement[bool]:
    """That a grant gives a role on a day or later."""
    later = sa.or_(grants.c.end_date.is_(None), grants.c.end_date >= day)
    return sa.and_(grants.c.role == name, grants.c.ended_at.is_(None), later)


def _role(row: Any) -> Role:
    return Role(
        row.role,
        rows.title(row),
        frozenset(row.permissions),
        revision=row.revision,
        changed_at=row.recorded_at,
        changed_by=row.recorded_by,
    )
