"""The unit of work: one transaction, whose facts and whose stored answer commit with the effect."""

import time
from collections.abc import Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Protocol, Self

import psycopg
import sqlalchemy as sa

from bylaw_chassis.array_texts import bytes_array, text_array
from bylaw_chassis.audit.entries import RECORDED, RECORDED_IF_WRITTEN, Row, recorded_said, written
from bylaw_chassis.call import RequestKey, current_call, transactions
from bylaw_chassis.caller import NOBODY, Caller
from bylaw_chassis.clock import Clock
from bylaw_chassis.conversation import LineLostError, Said, converse, roll_back
from bylaw_chassis.faults import OutcomeUnknown
from bylaw_chassis.pooled import Pooled
from bylaw_chassis.request_keys import (
    CLAIMED,
    KEPT,
    NOTHING_CLAIMED,
    answer_again,
    claim_key,
    claim_said,
    kept_said,
    refusing_to_wait,
)
from bylaw_chassis.time_bounds import (
    BOUND_AT,
    begin_within_deadline,
    bounds_said,
    driver_within_deadline,
    keep_within_deadline,
)
from bylaw_chassis.transactions import WorkInsideWorkError

# Positions follow the order in which facts were published.
_TOLD = """
    told as (
        insert into outbox (kind, key, payload, occurred_at)
        select kind, key, payload, %(told_at)s::timestamptz
        from unnest((select %(told_kinds)s::text[]), (select %(told_keys)s::text[]), (select %(told_events)s::bytea[]))
            with ordinality as told (kind, key, payload, place) order by place
    )
"""


SENT_AT_ONCE_BYTES = 8_192
"""What a socket takes in one go, whatever waits in it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something others may learn: a kind, the key of what it is about, and a serialised event."""

    kind: str
    key: str
    payload: bytes


class KeyNotClaimedError(RuntimeError):
    """A work that claims the call's key with its first statement would have committed without one."""


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

    _pooled: Pooled

    def __init__(self, database: WorkPlace, *, claims_first: bool = False) -> None:
        self._database, self._claims_first, self._conversed = database, claims_first, claims_first
        self._call = current_call()
        self._transactions = transactions()
        self.now: datetime = database.clock()
        self._facts: list[Fact] = []
        self._last, self._last_said = "", dict[str, object]()
        self._acting, self._about = NOBODY, list[str]()
        self._ended = True

    def __enter__(self) -> Self:
        self._commit_what_waits()
        if self._transactions.work:
            raise WorkInsideWorkError
        self._pooled = Pooled(self._database.engine)
        self._begin()
        try:
            if self._claims_first:
                return self  # the server hears of it with the first statement
            begin_within_deadline(self._pooled.driver, self._pooled.known)
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

    @property
    def connection(self) -> sa.Connection:
        """SQLAlchemy's connection in this transaction; made where it is asked for, so only where it is used."""
        return self._pooled.over

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

    def first(self, statement: str, said: Mapping[str, object]) -> list[tuple[Any, ...]]:
        """Claims the call's key and does a statement, in one round trip: the first of a work that `claims_first`.

        The statement follows `with claimed as (...),`. It does nothing where that has no row, and answers none then;
        where it has one it answers at least one row too. In another work the key is claimed already.
        """
        call = self._call
        key = self._key if self._claims_first else None
        claim, claims = (CLAIMED, claim_said(call, key)) if call and key else (NOTHING_CLAIMED, {})
        told = Said(f"with {claim}, {statement}", {**said, **claims})
        with refusing_to_wait():
            if self._claims_first:
                found = self._begun_with(told)
            else:
                found = driver_within_deadline(self.connection).execute(told.text, told.values).fetchall()
        if not found and call and key:
            answer_again(self.connection, call, key)
        self._claims_first = False
        return found

    def last(self, part: str, said: Mapping[str, object]) -> None:
        """Writes with what leaves at the commit, in one round trip: until then nobody sees it, this work neither.

        The part is one of a statement: `name as (...)`. It is refused by a constraint where it cannot be done.
        """
        self._last, self._last_said = part, dict(said)

    def commit_with(self, answer: bytes) -> None:
        """Stores the answer under the call's key and commits; an answer with a secret is not stored."""
        self._commit(answer)

    def roll_back(self) -> None:
        """Undoes everything; does nothing once it has ended."""
        if not self._ended:
            try:
                with suppress(sa.exc.SQLAlchemyError, psycopg.Error):  # a dead session has nothing left to undo
                    if self._conversed:
                        roll_back(self._pooled.driver)
                    self._pooled.roll_back()
            finally:
                self._end()

    def _begun_with(self, told: Said) -> list[tuple[Any, ...]]:
        """BEGIN, what bounds the transaction, and its first statement, in one round trip."""
        bounds = bounds_said()
        begins = [Said("begin"), *([bounds] if bounds else []), told]
        try:
            found = self._say(*begins)
        except psycopg.errors.InvalidSqlStatementName:  # it was forgotten, and nothing was begun
            found = self._say(*begins)
        self._pooled.known[BOUND_AT] = time.monotonic()
        return found[-1]

    def _say(self, *told: Said) -> list[list[tuple[Any, ...]]]:
        return converse(self._pooled.driver, self._pooled.known, *told)

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
        if self._key and self._claims_first:
            raise KeyNotClaimedError
        try:
            if self._claims_first:
                self._begun_with(Said("select"))  # it has said nothing so far
            parts, said = self._leaving(answer)
            last = Said(f"with {', '.join(parts)} select", said)
            if parts and self._conversed:
                self._commit_saying(last)
            else:
                self._commit_executing(last if parts else None)
        except BaseException:
            self.roll_back()
            raise
        self._transactions.committed = True
        self._end()

    def _commit_executing(self, last: Said | None) -> None:
        """What is long goes by itself: in a pipeline the driver may wait for an answer to what it has sent in part."""
        driver = driver_within_deadline(self.connection)
        longest = sum(len(one) for one in last.values.values() if isinstance(one, str | bytes)) if last else 0
        with driver.pipeline() if longest <= SENT_AT_ONCE_BYTES else nullcontext():
            if last:
                driver.execute(last.text, last.values)
            self._commit_connection()

    def _commit_saying(self, last: Said) -> None:
        keep_within_deadline(self._pooled.driver, self._pooled.known)
        try:
            self._say(last, Said("commit"))
        except LineLostError as error:
            self._transactions.committed = True  # it may have: nobody may simply do it again
            raise OutcomeUnknown from error

    def _leaving(self, answer: bytes | None) -> tuple[list[str], dict[str, object]]:
        """Of one statement: what is written last, facts for others, the row of the trail, the answer for a repeat."""
        parts, said = [self._last] if self._last else [], self._last_said
        if self._facts:
            parts.append(_TOLD)
            said |= self._told()
        if row := self._row():
            parts.append(RECORDED if parts else RECORDED_IF_WRITTEN)
            said |= recorded_said(row)
        if answer is not None and self._key and self._call:
            parts.append(KEPT)
            said |= kept_said(self._call, self._key, answer)
        return parts, said

    def _told(self) -> dict[str, object]:
        kinds, keys, payloads = zip(*((one.kind, one.key, one.payload) for one in self._facts), strict=True)
        told = {"told_kinds": text_array(kinds), "told_keys": text_array(keys), "told_events": bytes_array(payloads)}
        return {**told, "told_at": self.now}

    def _row(self) -> Row | None:
        """The row of the trail: it is in the transaction of whatever it tells of (SEC-3)."""
        return written(
            self._call,
            self.now,
            schema=self._database.schema,
            acting=self._acting,
            about=self._about,
            tells=bool(self._facts),
        )

    def _commit_connection(self) -> None:
        try:
            self.connection.commit()
        except sa.exc.DBAPIError as error:
            if error.connection_invalidated:
                self._transactions.committed = True  # it may have: nobody may simply do it again
                raise OutcomeUnknown from error
            raise

    def _end(self) -> None:
        self._ended = True
        self._transactions.open -= 1
        self._transactions.work = None
        with suppress(sa.exc.SQLAlchemyError):
            self._pooled.close()
