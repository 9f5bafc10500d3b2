"""The unit of work: one transaction, whose facts and whose stored answer commit with the effect."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

import sqlalchemy as sa

from bylaw_chassis.audit.entries import record_write, written
from bylaw_chassis.call import RequestKey, current_call, transactions
from bylaw_chassis.caller import NOBODY, Caller
from bylaw_chassis.clock import Clock
from bylaw_chassis.faults import OutcomeUnknown
from bylaw_chassis.request_keys import claim_key, store_answer
from bylaw_chassis.time_bounds import driver_within_deadline
from bylaw_chassis.transactions import WorkInsideWorkError

# Positions follow the order in which facts were published.
_TELL = """
    insert into outbox (kind, key, payload, occurred_at)
    select kind, key, payload, %s from unnest(%s::text[], %s::text[], %s::bytea[])
        with ordinality as told (kind, key, payload, place) order by place
"""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something others may learn: a kind, the key of what it is about, and a serialised event."""

    kind: str
    key: str
    payload: bytes


class WorkPlace(Protocol):
    """What a unit of work needs of a database."""

    engine: sa.Engine
    schema: str

    @property
    def clock(self) -> Clock:
        """The clock by which facts happen."""


class Work:
    """A transaction that leaves a row in the audit trail.

    In a call that writes it commits with the call's answer, which it stores with the effect where there is a key.
    """

    connection: sa.Connection

    def __init__(self, database: WorkPlace) -> None:
        self._database = database
        self._call = current_call()
        self._transactions = transactions()
        self.now: datetime = database.clock()
        self._facts: list[Fact] = []
        self._acting, self._about = NOBODY, list[str]()
        self._ended = True

    def __enter__(self) -> Self:
        self._commit_what_waits()
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
        elif self._call and (self._key or self._call.waits):
            self._call.open_work = self
        else:
            self._commit()

    def uses(self, database: object) -> bool:
        """Whether this is a transaction of that database."""
        return self._database is database

    def act_as(self, caller: Caller) -> None:
        """Who acts, for the audit trail: whom a public call turned out to be, or for whom a job works."""
        self._acting = caller

    def concerns(self, *names: str) -> None:
        """Names of things this is about, for the audit trail, beyond those in the request and the answer."""
        self._about.extend(names)

    def publish(self, *facts: Fact) -> None:
        """Tells others, in the same commit; written last, behind the locks of what changed."""
        self._facts.extend(facts)

    def commit_with(self, answer: bytes) -> None:
        """Stores the answer under the call's key and commits; an answer with a secret is not stored."""
        self._commit(answer)

    def roll_back(self) -> None:
        """Undoes everything; does nothing once it has ended."""
        if not self._ended:
            try:
                with suppress(sa.exc.SQLAlchemyError):  # a dead session has nothing left to undo
                    self.connection.rollback()
            finally:
                self._end()

    def _commit_what_waits(self) -> None:
        """Without a key a second work may follow the first, which then waits for the answer no longer."""
        if self._call and self._call.open_work and not self._key:
            waiting, self._call.open_work = self._call.open_work, None
            waiting.commit_with(b"")

    @property
    def _key(self) -> RequestKey | None:
        return self._call.request_key if self._call else None

    def _begin(self) -> None:
        self._ended = False
        self._transactions.open += 1
        self._transactions.work = self

    def _commit(self, answer: bytes | None = None) -> None:
        """What leaves with the effect, and COMMIT, in one round trip to the server: all of it is done, or none."""
        if self._ended:
            return
        try:
            with driver_within_deadline(self.connection).pipeline():
                self._leave(answer)
                self._commit_connection()
        except BaseException:
            self.roll_back()
            raise
        self._end()

    def _leave(self, answer: bytes | None) -> None:
        """Facts for others, the row of the trail, the answer for a repeat."""
        if self._facts:
            kinds, keys, payloads = zip(*((one.kind, one.key, one.payload) for one in self._facts), strict=True)
            driver_within_deadline(self.connection).execute(_TELL, (self.now, [*kinds], [*keys], [*payloads]))
        self._record()
        if answer is not None and self._key and self._call:
            store_answer(self.connection, self._call, self._key, answer)

    def _record(self) -> None:
        """The row of the trail, last of all: it is in the transaction of whatever it tells of (SEC-3)."""
        row = written(
            self._call,
            self.now,
            schema=self._database.schema,
            acting=self._acting,
            about=self._about,
            tells=bool(self._facts),
        )
        if row:
            record_write(self.connection, row)

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
