"""Tries to sign in that failed, by digests of what they count against, so that the table names nobody."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.ports.sign_in import Attempt
from bylaw_people.rules.sign_in.throttling import PATIENCE, Patience
from bylaw_people.store.rows import Stamp
from bylaw_people.store.tables import sign_in_failures

STARTS_AFRESH = frozenset({"login", "device", "factor"})
"""A success ends the count of an account's own; an address and everybody together get back this one try."""


@dataclass(frozen=True, slots=True)
class Attempts:
    """The counts in one transaction."""

    connection: sa.Connection
    stamp: Stamp

    def count(self, attempts: Sequence[Attempt]) -> int:
        """Counts a try as a failure before it is one, so that many at once cannot outrun the count.

        Answers how many seconds the caller has to wait; where that is not 0, nothing was counted.
        """
        rows = self._locked(attempts)
        longest = max(0, *(self._wait(rows[attempt.key], PATIENCE[attempt.kind]) for attempt in attempts))
        if not longest:
            counted = [self._counted(rows[attempt.key], PATIENCE[attempt.kind]) for attempt in attempts]
            self._write(counted)
        return longest

    def forgive(self, attempts: Sequence[Attempt]) -> None:
        """The try was none of a stranger."""
        self._lock([attempt.key for attempt in attempts])
        self._less([attempt.key for attempt in attempts if attempt.kind not in STARTS_AFRESH])
        mine = [attempt.key for attempt in attempts if attempt.kind in STARTS_AFRESH]
        self.connection.execute(sign_in_failures.delete().where(sign_in_failures.c.key.in_(mine)))

    def give_back(self, attempts: Sequence[Attempt]) -> None:
        """The try counts no more; a wait it began stays."""
        keys = [attempt.key for attempt in attempts]
        self._lock(keys)
        self._less(keys)

    def _less(self, keys: Sequence[bytes]) -> None:
        less = sa.func.greatest(sign_in_failures.c.failures - 1, 0)
        self.connection.execute(sign_in_failures.update().where(sign_in_failures.c.key.in_(keys)).values(failures=less))

    def _locked(self, attempts: Sequence[Attempt]) -> Mapping[bytes, Any]:
        """Each key's row, locked in one order: whoever tries at the same moment waits for this count.

        One statement makes or locks it: between two, somebody's success could take the row away.
        """
        now = self.stamp.now
        nothing = {"failures": 0, "first_at": now, "last_at": now, "open_at": now}
        rows = [{"key": key, **nothing} for key in sorted({attempt.key for attempt in attempts})]
        fresh = pg.insert(sign_in_failures).values(rows)
        held = fresh.on_conflict_do_update(index_elements=["key"], set_={"failures": sign_in_failures.c.failures})
        return {row.key: row for row in self.connection.execute(held.returning(*sign_in_failures.c))}

    def _lock(self, keys: Sequence[bytes]) -> None:
        columns = sign_in_failures.c
        asked = sa.select(columns.key).where(columns.key.in_(keys)).order_by(columns.key).with_for_update()
        self.connection.execute(asked)

    def _wait(self, row: Any, patience: Patience) -> int:
        """What remains, in seconds; never more than is ever set, though a clock was put back."""
        remaining: int = math.ceil((row.open_at - self.stamp.now).total_seconds())
        return min(remaining, patience.wait_seconds(row.failures))

    def _counted(self, row: Any, patience: Patience) -> dict[str, object]:
        now = self.stamp.now
        afresh = row.last_at < now - patience.forgotten_after or not row.failures
        if patience.window:
            afresh = afresh or row.first_at < now - patience.window
        failures = 1 if afresh else row.failures + 1
        opens: datetime = now + timedelta(seconds=patience.wait_seconds(failures))
        first = now if afresh else row.first_at
        return {"of": row.key, "failures": failures, "first_at": first, "last_at": now, "open_at": opens}

    def _write(self, counted: Sequence[dict[str, object]]) -> None:
        names = ("failures", "first_at", "last_at", "open_at")
        statement = sign_in_failures.update().where(sign_in_failures.c.key == sa.bindparam("of"))
        written = statement.values({name: sa.bindparam(f"new_{name}") for name in names})
        rows = [{"of": row["of"], **{f"new_{name}": row[name] for name in names}} for row in counted]
        self.connection.execute(written, rows)


def prune_failures(connection: sa.Connection, older_than: datetime) -> int:
    """Drops failures nobody will count any more; answers how many."""
    return connection.execute(sign_in_failures.delete().where(sign_in_failures.c.last_at < older_than)).rowcount
