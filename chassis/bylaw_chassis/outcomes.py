"""What people decided of what a service asked for: each outcome has its effect exactly once, whatever dies when.

A service asks with `neighbours.ask(stub.CreateDecision, request, as_itself_too=True)` inside its user's call, and says
what follows::

    outcomes = Outcomes("attendance", {"leave": settle_leave})
    own = member("attendance", settings, channels, handlers={"decision_changed": outcomes.handler()})
    return own.hosted(server, timers=(outcomes.timer(own.database),))

An outcome is kept in the transaction that moves the cursor of people's feed, once however often it is told. Its effect
is made in a transaction of its own with the mark that it was made: an effect that fails is tried again, later and
later, and holds up neither the feed nor other outcomes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_chassis.call import in_call
from bylaw_chassis.database import Database, Work
from bylaw_chassis.jobs import Lease, Timer
from bylaw_chassis.observe import log
from bylaw_chassis.organisation.following import Hearer
from bylaw_chassis.outcome_rows import FINAL, Outcome, decided, outcome_of, outcome_row

__all__ = ["Effect", "Outcome", "Outcomes"]
APPLY_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 300
Effect = Callable[[Work, Outcome], None]
"""Writes and publishes in the unit of work it is handed, and does nothing outside of it."""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What follows from the decisions that a service asked for: an effect by kind of decision."""

    service: str
    effects: Mapping[str, Effect]

    def handler(self) -> Hearer:
        """Keeps what people's feed tells; told again from the beginning, nothing is kept twice or undone."""
        return Hearer(self._keep)

    def timer(self, database: Database) -> Timer:
        """Applies what waits, once a second."""

        def apply(_lease: Lease) -> None:
            self.apply(database)

        return Timer("outcomes", APPLY_SECONDS, apply, sa.exists().where(*self._due()))

    def apply(self, database: Database) -> int:
        """Makes the effects that wait, each in its own transaction; answers how many."""
        made = 0
        with in_call(None):
            while (worked := self._apply_one(database)) is not None:
                made += worked
        return made

    def _keep(self, connection: sa.Connection, events: Sequence[Any]) -> None:
        told = [event.decision_changed for event in events]
        rows = [outcome_row(one) for one in told if one.asking_service == self.service and one.state in FINAL]
        if rows:
            connection.execute(pg.insert(decided).on_conflict_do_nothing(), rows)

    def _apply_one(self, database: Database) -> bool | None:
        """Makes one effect; nothing where none is due. Says whether it was made, else it is tried again later."""
        outcome: Outcome | None = None
        try:
            with database.work() as work:
                outcome = self._claimed(work)
                if outcome is None:
                    return None
                self.effects[outcome.kind](work, outcome)
                _mark(work.connection, outcome.decision, applied_at=work.now, last_error="")
        except Exception as error:
            if outcome is None:
                raise
            log().error("outcome_not_applied", kind=outcome.kind, decision=str(outcome.decision), exc_info=error)
            _put_off(database, outcome.decision, type(error).__name__)
            return False
        return True

    def _due(self) -> tuple[sa.ColumnElement[bool], ...]:
        mine = decided.c.kind.in_([*self.effects])
        return decided.c.applied_at.is_(None), decided.c.try_at <= sa.func.now(), mine

    def _claimed(self, work: Work) -> Outcome | None:
        """The outcome that has waited longest, locked until its effect is committed: no two workers make it."""
        statement = sa.select(decided).where(*self._due()).order_by(decided.c.try_at, decided.c.decision).limit(1)
        row = work.connection.execute(statement.with_for_update(skip_locked=True)).one_or_none()
        return outcome_of(row) if row else None


def _put_off(database: Database, decision: UUID, error: str) -> None:
    pause = sa.func.least(sa.func.power(2, sa.func.least(decided.c.attempts, 10)), LONGEST_PAUSE_SECONDS)
    try_at = sa.func.now() + sa.func.make_interval(0, 0, 0, 0, 0, 0, sa.cast(pause, sa.Double))
    with database.engine.begin() as connection:
        _mark(connection, decision, attempts=decided.c.attempts + 1, try_at=try_at, last_error=error)


def _mark(connection: sa.Connection, decision: UUID, **values: object) -> None:
    waiting = sa.and_(decided.c.decision == decision, decided.c.applied_at.is_(None))
    connection.execute(decided.update().where(waiting).values(**values))
