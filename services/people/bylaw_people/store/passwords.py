"""Passwords (their argon2 hashes only) and the failures that make the next try wait."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.ports.sign_in import Attempt
from bylaw_people.rules.passwords import FORGOTTEN_AFTER, wait_seconds
from bylaw_people.store.rows import Stamp
from bylaw_people.store.tables import passwords, sign_in_failures


@dataclass(frozen=True, slots=True)
class Passwords:
    """Passwords and failures in one transaction."""

    connection: sa.Connection
    stamp: Stamp

    def hash_of(self, person: UUID) -> str | None:
        """The hash of somebody's password."""
        statement = sa.select(passwords.c.hash).where(passwords.c.person == person)
        return self.connection.execute(statement).scalar()

    def set(self, person: UUID, hash_: str) -> None:
        """Sets somebody's password."""
        row = {"hash": hash_, "set_at": self.stamp.now, "set_by": self.stamp.by}
        insert = pg.insert(passwords).values(person=person, **row)
        self.connection.execute(insert.on_conflict_do_update(index_elements=["person"], set_=row))

    def count_attempts(self, attempts: Sequence[Attempt]) -> int:
        """Counts a try as a failure before it is one, so that many at once cannot outrun the count.

        Answers how many seconds the caller has to wait; where that is not 0, nothing was counted.
        """
        waits = [self._wait(attempt) for attempt in sorted(attempts, key=lambda attempt: attempt.key)]
        if not any(waits):
            for attempt in attempts:
                self._count(attempt)
        return max(waits, default=0)

    def forgive(self, attempts: Sequence[Attempt]) -> None:
        """The try was none of a stranger: the login starts afresh, the address gets back this one try."""
        for attempt in attempts:
            mine = sign_in_failures.c.key == attempt.key
            if attempt.kind == "login":
                self.connection.execute(sign_in_failures.delete().where(mine))
            else:
                less = sa.func.greatest(sign_in_failures.c.failures - 1, 0)
                self.connection.execute(sign_in_failures.update().where(mine).values(failures=less))

    def _wait(self, attempt: Attempt) -> int:
        """Locks the key's row, so that whoever tries at the same moment waits for this count."""
        nothing = {"failures": 0, "last_at": self.stamp.now, "open_at": self.stamp.now}
        self.connection.execute(pg.insert(sign_in_failures).values(key=attempt.key, **nothing).on_conflict_do_nothing())
        open_at = sa.select(sign_in_failures.c.open_at).where(sign_in_failures.c.key == attempt.key)
        opens: datetime = self.connection.execute(open_at.with_for_update()).scalar_one()
        return max(0, math.ceil((opens - self.stamp.now).total_seconds()))

    def _count(self, attempt: Attempt) -> None:
        mine = sign_in_failures.c.key == attempt.key
        row = self.connection.execute(sa.select(sign_in_failures).where(mine)).one()
        forgotten = row.last_at < self.stamp.now - FORGOTTEN_AFTER
        failures = 1 if forgotten else row.failures + 1
        open_at = self.stamp.now + timedelta(seconds=wait_seconds(attempt.kind, failures))
        values = {"failures": failures, "last_at": self.stamp.now, "open_at": open_at}
        self.connection.execute(sign_in_failures.update().where(mine).values(values))


def prune_failures(connection: sa.Connection, older_than: datetime) -> None:
    """Drops failures nobody will count any more."""
    connection.execute(sign_in_failures.delete().where(sign_in_failures.c.last_at < older_than))
