"""Asks people for a decision in the order that loses nothing: what is asked is on record first, then asked, then noted.

A use case that asks for something `keeps` it in a state that says it is being asked, asks, and notes the decision
together with the state in which it waits. What became of a crash in between is found by what was asked about its name:
a timer brings it on, or ends what was never asked.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from bylaw_chassis.call import in_call
from bylaw_chassis.database import Database, Work
from bylaw_chassis.decisions.wish import AskedStore, DeciderSteps, DecisionDesk, DecisionWish
from bylaw_chassis.refusals import Code, Refusal

NEVER_ASKED_AFTER = timedelta(minutes=15)
"""A call is long over by then: what was not asked about it will not be."""
NOT_ANSWERED = (Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, Code.CANCELLED, Code.INTERNAL, Code.ABORTED)
"""Refusals behind which people may have heard what was asked all the same."""


@dataclass(frozen=True, slots=True)
class AskPeople:
    """The desk, and what was asked at it."""

    database: Database
    desk: DecisionDesk
    decisions: AskedStore

    @contextmanager
    def kept_first(self) -> Iterator[Work]:
        """A unit of work that is committed at once, apart from the call, whose key is for what the call ends with."""
        with in_call(None), self.database.work() as work:
            yield work

    def ask(self, wish: DecisionWish) -> UUID:
        """The decision; refuses what people refuses."""
        return self.desk.ask(wish)

    def foreseen(self, wish: DecisionWish) -> DeciderSteps:
        """Whom it would ask today; nobody where people does not answer, refuses what people would refuse."""
        try:
            return self.desk.foreseen(wish)
        except Refusal as refusal:
            if refusal.code in NOT_ANSWERED:
                return ()
            raise

    def note(self, work: Work, wish: DecisionWish, decision: UUID) -> None:
        """Notes what was asked, in the unit of work in which it begins to wait."""
        self.decisions.note(work.connection, kind=wish.kind, subject=wish.subject, decision=decision)

    def withdraw(self, decision: UUID) -> None:
        """Takes it back; refuses what people refuses, DECISION_OVER among it."""
        self.desk.withdraw(decision)

    def asked(self, connection: sa.Connection, subjects: Collection[str]) -> dict[str, UUID]:
        """The decisions that were asked for about these, by subject."""
        return self.decisions.asked(connection, subjects)
