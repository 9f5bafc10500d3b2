"""Passwords: their argon2 hashes only."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.store.rows import Stamp
from bylaw_people.store.tables import passwords, people, unit_versions, units


@dataclass(frozen=True, slots=True)
class Passwords:
    """Passwords in one transaction."""

    connection: sa.Connection
    stamp: Stamp

    def hash_of(self, person: UUID) -> str | None:
        """The hash of somebody's password."""
        statement = sa.select(passwords.c.hash).where(passwords.c.person == person)
        return self.connection.execute(statement).scalar()

    def by_login(self, login: str) -> tuple[UUID | None, str | None]:
        """Who signs in with a name, and the hash; nobody for a name nobody has, no hash for who has no password.

        One narrow question: whoever was employed here for long costs no more than a name nobody has.
        """
        both = people.outerjoin(passwords, passwords.c.person == people.c.id)
        mine = sa.select(people.c.id, passwords.c.hash).select_from(both).where(people.c.login == login)
        row = self.connection.execute(mine).first()
        return (row.id, row.hash) if row else (None, None)

    def set(self, person: UUID, hash_: str) -> None:
        """Sets somebody's password."""
        row = {"hash": hash_, "set_at": self.stamp.now, "set_by": self.stamp.by}
        insert = pg.insert(passwords).values(person=person, **row)
        self.connection.execute(insert.on_conflict_do_update(index_elements=["person"], set_=row))

    def company_words(self) -> list[str]:
        """What companies are or were called: no good password holds it."""
        columns = unit_versions.c
        named = sa.select(columns.title_zh, columns.title_en, units.c.code).join(units, units.c.id == columns.unit)
        rows = self.connection.execute(named.where(columns.kind == "company").distinct())
        return sorted({str(word) for row in rows for word in row if word})
