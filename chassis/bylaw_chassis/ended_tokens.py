"""Tokens that count no more before they expire: sessions that ended, people whose access changed (SEC-1)."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_chassis.caller import Caller
from bylaw_chassis.database import Database
from bylaw_chassis.observe import log
from bylaw_chassis.tables import ended_tokens

READ_AGAIN_SECONDS = 1.0
"""Every process reads the table again so often: what was written anywhere counts everywhere within seconds."""


def end_tokens(connection: sa.Connection, ended: Mapping[UUID, int | None]) -> None:
    """Ends sessions (no revision), and the tokens of people whose access revision is below the one named.

    In the transaction of what ends them, or of the event that tells of it; a lower revision never undoes a higher one.
    """
    if not ended:
        return
    rows = [{"subject": subject, "below_revision": revision} for subject, revision in sorted(ended.items())]
    statement = pg.insert(ended_tokens).values(ended_at=sa.func.now())
    highest = sa.func.greatest(ended_tokens.c.below_revision, statement.excluded.below_revision)
    statement = statement.on_conflict_do_update(
        index_elements=["subject"], set_={"below_revision": highest, "ended_at": statement.excluded.ended_at}
    )
    connection.execute(statement, rows)


def begin_revisions_anew(connection: sa.Connection) -> None:
    """Forgets the revisions of people, to be told again: people was restored and counts on from an older state.

    A revision that the restored people has not reached would lock somebody out for a day. Sessions that ended stay so.
    """
    connection.execute(ended_tokens.delete().where(ended_tokens.c.below_revision.is_not(None)))


@dataclass
class EndedTokens:
    """What this process knows of the table; asked at every call, read at most once a second."""

    database: Database

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._known: Mapping[int, int | None] = {}
        self._read_again = float("-inf")

    def __call__(self, caller: Caller) -> bool:
        """Whether a caller's token counts no more."""
        if time.monotonic() >= self._read_again:
            self._read()
        known = self._known
        if caller.session and caller.session.int in known:
            return True
        below = known.get(caller.person.int) if caller.person else None
        return below is not None and caller.access_revision < below

    def _read(self) -> None:
        """One thread reads, the others go on with what is known; so do all while the database is away."""
        if not self._lock.acquire(blocking=False):
            return
        try:
            self._known = self._rows()
        except sa.exc.SQLAlchemyError as error:
            log().warning("ended_tokens_not_read", schema=self.database.schema, reason=type(error).__name__)
        finally:
            self._read_again = time.monotonic() + READ_AGAIN_SECONDS
            self._lock.release()

    def _rows(self) -> Mapping[int, int | None]:
        """By the number that an id is: its hash is known to the interpreter, that of an id is worked out in Python."""
        columns = ended_tokens.c
        with self.database.engine.connect() as connection:
            return {row.subject.int: row.below_revision for row in connection.execute(sa.select(*columns))}
