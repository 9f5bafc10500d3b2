"""The clauses in the words that held: what every process knows of them, and how a refusal or a finding gets its own.

Kept in a table that people's feed fills (`wordings_told`), read into the process every few seconds: telling a wording
costs no query.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from bylaw_chassis.clause_words import ClauseWording
from bylaw_chassis.database import Database
from bylaw_chassis.observe import log
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.tables import chassis_metadata

READ_AGAIN_SECONDS = 2.0
"""Every process reads the table again so often: a revision is shown everywhere within seconds."""

clause_wordings = sa.Table(
    "clause_wordings",
    chassis_metadata,
    sa.Column("clause", sa.Text, primary_key=True),
    sa.Column("effective_date", sa.Date, primary_key=True),
    sa.Column("zh", sa.Text, nullable=False),
    sa.Column("en", sa.Text, nullable=False),
    sa.Column("retired", sa.Boolean, nullable=False),
)
"""The wordings that count, each from its date to the day before the clause's next."""


class Wordings:
    """The rulebook as a process knows it at one moment."""

    def __init__(self, rows: Iterable[ClauseWording] = ()) -> None:
        self._timelines: dict[str, list[ClauseWording]] = {}
        for row in sorted(rows):
            self._timelines.setdefault(row.clause, []).append(row)

    def __bool__(self) -> bool:
        """Whether anything is known of the rulebook."""
        return bool(self._timelines)

    def on(self, clause: str, day: date) -> ClauseWording | None:
        """The words that hold on a day; nothing of an unknown clause or before its first day."""
        held = [wording for wording in self._timelines.get(clause, ()) if wording.effective_date <= day]
        return held[-1] if held else None

    def spoken(self, days_by_clause: Mapping[str, Iterable[date]]) -> list[ClauseWording]:
        """Each clause in the words that held on the days on which it spoke: one entry a clause and wording."""
        return sorted(set(self._spoken(days_by_clause)))

    def _spoken(self, days_by_clause: Mapping[str, Iterable[date]]) -> Iterator[ClauseWording]:
        for clause, days in days_by_clause.items():
            timeline = self._timelines.get(clause, ())
            # Nearly all clauses have one wording: which day it was does not matter then.
            wanted = [min(days)] if len(timeline) == 1 else sorted(set(days)) if timeline else []
            yield from (wording for day in wanted if (wording := self.on(clause, day)))


@dataclass
class ClauseWordings:
    """What this process knows; `read` says what is on record. Asked at will, read at most every two seconds."""

    read: Callable[[], Iterable[ClauseWording]]
    today: Callable[[], date]
    known: Wordings = field(default_factory=Wordings, init=False)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._read_again = float("-inf")

    def now(self) -> Wordings:
        """The rulebook, at most two seconds old as long as the database answers."""
        if time.monotonic() >= self._read_again:
            self._read()
        return self.known

    def refresh(self) -> None:
        """Lets the next who asks read what is on record."""
        self._read_again = float("-inf")

    def explain(self, refusal: Refusal) -> None:
        """Puts the words that hold today to a refusal that names a clause."""
        if refusal.clause and refusal.clause_wording is None:
            refusal.clause_wording = self.now().on(refusal.clause, self.today())

    def _read(self) -> None:
        """One thread reads, the others go on with what is known; the first of all wait for it."""
        if not self._lock.acquire(blocking=self._read_again == float("-inf")):
            return
        try:
            if time.monotonic() >= self._read_again:
                self.known = Wordings(self.read())
        except (sa.exc.SQLAlchemyError, Refusal) as error:
            log().warning("wordings_not_read", reason=type(error).__name__)
        finally:
            self._read_again = time.monotonic() + READ_AGAIN_SECONDS
            self._lock.release()


def followed_wordings(database: Database, today: Callable[[], date]) -> ClauseWordings:
    """Those of a service that follows people."""

    def read() -> list[ClauseWording]:
        columns = [clause_wordings.c[name] for name in ClauseWording._fields]
        with database.engine.connect() as connection:
            return [ClauseWording(*row) for row in connection.execute(sa.select(*columns))]

    return ClauseWordings(read, today)


def keep_wordings(connection: sa.Connection, told: Mapping[str, Sequence[ClauseWording]]) -> None:
    """Writes clauses anew, each with all wordings it has; in the transaction that moves the cursor."""
    connection.execute(clause_wordings.delete().where(clause_wordings.c.clause.in_(list(told))))
    rows = [wording._asdict() for clause in sorted(told) for wording in told[clause]]
    if rows:
        connection.execute(clause_wordings.insert(), rows)


def forget_wordings(connection: sa.Connection) -> None:
    """Empties the table, before the whole feed is told again."""
    connection.execute(clause_wordings.delete())
