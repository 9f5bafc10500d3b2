"""The unit of work: one transaction, whose facts and whose stored answer commit with the effect."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

import sqlalchemy as sa

from bylaw_chassis.call import RequestKey, current_call, transactions
from bylaw_chassis.clock import Clock
from bylaw_chassis.faults import OutcomeUnknown
from bylaw_chassis.request_keys import claim_key, store_answer
from bylaw_chassis.tables import outbox
from bylaw_chassis.transactions import WorkInsideWorkError


@dataclass(frozen=True, slots=True)
class Fact:
    """Something others may learn: a kind, the key of what it is about, and a serialised event."""

    kind: str
    key: str
    payload: bytes


class WorkPlace(Protocol):
    """What a unit of work needs of a database."""

    engine: sa.Engine

    @property
    def clock(self) -> Clock:
        """The clock by which facts happen."""


class Work:
    """A transaction. In a call with a request key it stores the call's answer with the effect and commits with it."""

    connection: sa.Connection

    def __init__(self, database: WorkPlace) -> None:
        self._database = database
        self._call = current_call()
        self._transactions = transactions()
        self.now: datetime = database.clock()
        self._facts: list[Fact] = []
        self._ended = True

    def __enter__(self) -> Self:
        if self._transactions.work:
            raise WorkInsideWorkError
        self.connection = self._database.engine.connect()
        self._begin()
        try:
            if self._call and self._key:
                claim_key(self.connection, self._call, self._key)
        except BaseException:
            self.roll_back()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error:
            self.roll_back()
        elif self._key and self._call:
            self._call.open_work = self
        else:
            self._commit()

    def uses(self, database: object) -> bool:
        """Whether this is a transaction of that database."""
        return self._database is database

    def publish(self, *facts: Fact) -> None:
        """Tells others, in the same commit; written last, behind the locks of what changed."""
        self._facts.extend(facts)

    def commit_with(self, answer: bytes) -> None:
        """Stores the answer under the call's key and commits; an answer with a secret is not stored."""
        key = self._key
        if key and self._call and not self._ended:
            try:
                store_answer(self.connection, self._call, key, answer)
            except BaseException:
                self.roll_back()
                raise
        self._commit()

    def roll_back(self) -> None:
        """Undoes everything; does nothing once it has ended."""
        if not self._ended:
            try:
                with suppress(sa.exc.SQLAlchemyError):  # a dead session has nothing left to undo
                    self.connection.rollback()
            finally:
                self._end()

    @property
    def _key(self) -> RequestKey | None:
        return self._call.request_key if self._call else None

    def _begin(self) -> None:
        self._ended = False
        self._transactions.open += 1
        self._transactions.work = self

    def _commit(self) -> None:
        if self._ended:
            return
        try:
            if self._facts:
                self.connection.execute(outbox.insert(), [self._row(fact) for fact in self._facts])
            self._commit_connection()
        except BaseException:
            self.roll_back()
            raise
        self._end()

    def _commit_connection(self) -> None:
        try:
            self.connection.commit()
        except sa.exc.DBAPIError as error:
            if error.connection_invalidated:
                self._transactions.committed = True  # it may have: nobody may simply do it again
                raise OutcomeUnknown from error
            raise
        self._transactions.committed = True

    def _end(self) -> None:
        self._ended = True
        self._transactions.open -= 1
        self._transactions.work = None
        with suppress(sa.exc.SQLAlchemyError):
            self.connection.close()

    def _row(self, fact: Fact) -> dict[str, object]:
        return {"kind": fact.kind, "key": fact.key, "payload": fact.payload, "occurred_at": self.now}
