"""A service's database: its engine, its reads, and the unit of work that stores the answer with the effect."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Self

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_chassis.call import Call, RequestKey, current_call
from bylaw_chassis.clock import Clock
from bylaw_chassis.refusals import InternalFault, KeyReused, RequestInProgress, ResultNotKept
from bylaw_chassis.replay import Replayed
from bylaw_chassis.tables import outbox, request_keys

_open = threading.local()


def transaction_is_open() -> bool:
    """Whether this thread has a transaction open; no neighbour may be called then."""
    return bool(getattr(_open, "depth", 0))


@dataclass(frozen=True, slots=True)
class Fact:
    """Something others may learn: a kind, the key of what it is about, and a serialised event."""

    kind: str
    key: str
    payload: bytes


@dataclass(slots=True)
class Database:
    """A service's own schema in PostgreSQL; `pool_size` connections at most, no overflow."""

    url: str
    schema: str
    clock: Clock
    pool_size: int = 8
    engine: sa.Engine = field(init=False)

    def __post_init__(self) -> None:
        self.engine = sa.create_engine(
            self.url,
            pool_size=self.pool_size,
            max_overflow=0,
            pool_timeout=2,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"options": f"-csearch_path={self.schema} -ctimezone=UTC", "connect_timeout": 5},
        )

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A read-only transaction on one snapshot, bounded by what remains of the call's deadline."""
        with self.engine.connect() as connection, connection.begin():
            connection.exec_driver_sql("set transaction isolation level repeatable read, read only")
            _bound(connection)
            yield connection

    def work(self) -> "Work":
        """A unit of work: `with database.work() as work:` commits at its end or undoes everything."""
        return Work(self)

    def close(self) -> None:
        """Closes every connection."""
        self.engine.dispose()


class Work:
    """A transaction. In a call with a request key it stores the call's answer with the effect and commits with it."""

    connection: sa.Connection

    def __init__(self, database: Database) -> None:
        self._database = database
        self._call = current_call()
        self.now: datetime = database.clock()
        self._facts: list[Fact] = []
        self._ended = True

    def __enter__(self) -> Self:
        if self._call and self._call.open_work:
            raise InternalFault  # two units of work under one key could commit one without the other
        self.connection = self._database.engine.connect()
        self._ended = False
        _open.depth = getattr(_open, "depth", 0) + 1
        try:
            _bound(self.connection)
            if self._key:
                self._claim_key(self._key)
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

    def publish(self, *facts: Fact) -> None:
        """Tells others, in the same commit; written last, behind the locks of what changed."""
        self._facts.extend(facts)

    def commit_with(self, answer: bytes) -> None:
        """Stores the answer under the call's key and commits; an answer with a secret is not stored."""
        key = self._key
        if key and self._call and not self._ended:
            kept = b"" if key.secret else answer
            self.connection.execute(
                request_keys.update().where(*_same_key(self._call, key)).values(answer=kept),
            )
        self._commit()

    def roll_back(self) -> None:
        """Undoes everything; does nothing once it has ended."""
        if not self._ended:
            try:
                self.connection.rollback()
            finally:
                self._end()

    @property
    def _key(self) -> RequestKey | None:
        return self._call.request_key if self._call else None

    def _commit(self) -> None:
        if self._ended:
            return
        try:
            if self._facts:
                self.connection.execute(outbox.insert(), [self._row(fact) for fact in self._facts])
            self.connection.commit()
        except BaseException:
            self.connection.rollback()
            raise
        finally:
            self._end()

    def _end(self) -> None:
        self._ended = True
        _open.depth -= 1
        self.connection.close()

    def _row(self, fact: Fact) -> dict[str, object]:
        return {"kind": fact.kind, "key": fact.key, "payload": fact.payload, "occurred_at": self.now}

    def _claim_key(self, key: RequestKey) -> None:
        """Inserts the key first; a repeat waits for the first run's end, then answers what it stored."""
        call = self._call
        assert call  # noqa: S101 - a key comes only with a call
        claim = (
            pg.insert(request_keys)
            .values(
                caller=call.caller.key,
                method=call.method,
                key=key.key,
                digest=key.digest,
                created_at=self.now,
            )
            .on_conflict_do_nothing()
            .returning(request_keys.c.key)
        )
        if self.connection.execute(claim).first():
            return
        found = self.connection.execute(
            sa.select(request_keys.c.digest, request_keys.c.answer).where(*_same_key(call, key))
        ).one_or_none()
        if found is None or found.answer is None:
            raise RequestInProgress
        if found.digest != key.digest:
            raise KeyReused
        if key.secret:
            raise ResultNotKept
        raise Replayed(found.answer)


def _same_key(call: Call, key: RequestKey) -> tuple[sa.ColumnElement[bool], ...]:
    columns = request_keys.c
    return (columns.caller == call.caller.key, columns.method == call.method, columns.key == key.key)


def _bound(connection: sa.Connection) -> None:
    """No statement outlives the call's deadline."""
    call = current_call()
    if call:
        milliseconds = max(1, int(call.remaining_seconds * 1000))
        connection.exec_driver_sql(f"set local statement_timeout = {milliseconds}")
