"""A service's database: its engine, its reads, and the unit of work that stores the answer with the effect."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
import sqlalchemy as sa

from bylaw_chassis.call import transaction_is_open, transactions
from bylaw_chassis.clock import Clock
from bylaw_chassis.conversation import Row, Said, converse, roll_back
from bylaw_chassis.idle_connections import checked_when_taken
from bylaw_chassis.pooled import Pooled
from bylaw_chassis.queries import Query
from bylaw_chassis.time_bounds import bound_by_deadline, bounds_said, driver_within_deadline
from bylaw_chassis.work import Fact, Work

__all__ = ["Database", "Fact", "Work", "transaction_is_open"]

IDLE_IN_TRANSACTION_SECONDS = 300
"""A transaction idle for so long belongs to a worker that hangs; the server ends it and frees its locks."""

_SNAPSHOT = Said("begin isolation level repeatable read, read only")
_CONNECTING = {
    "connect_timeout": 5,
    # A half-open connection is found within half a minute.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}


@dataclass(slots=True)
class Database:
    """A service's own schema in PostgreSQL; `pool_size` connections at most, no overflow."""

    url: str = field(repr=False)
    schema: str
    clock: Clock
    pool_size: int = 8
    engine: sa.Engine = field(init=False, repr=False)
    _probe: sa.Engine = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.engine = self._engine(pool_size=self.pool_size, max_overflow=0, pool_timeout=2, pool_use_lifo=True)
        checked_when_taken(self.engine)
        bound_by_deadline(self.engine)
        self._probe = self._engine(poolclass=sa.pool.NullPool)

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A read-only transaction on one snapshot; behind or within a unit of work, its own transaction.

        So a method that writes under a request key, and is committed only with its answer, reads what it wrote.
        """
        current = transactions()
        if current.work and current.work.uses(self):
            yield current.work.connection
            return
        with current.one_more(), self.engine.connect() as connection, connection.begin():
            connection.exec_driver_sql("set transaction isolation level repeatable read, read only")
            yield connection

    def look(self, *queries: Query[Any]) -> list[Any]:
        """What queries find, each in its place: on one snapshot, in one round trip; within a unit of work, in its own.

        For what calls ask again and again: each is prepared once a connection, and planned once.
        """
        current, said = transactions(), [one.said for one in queries]
        if current.work and current.work.uses(self):
            connection = current.work.connection
            found = converse(driver_within_deadline(connection), connection.info, *said)
        else:
            with current.one_more(), closing(Pooled(self.engine)) as taken:
                found = _snapshot(taken, said)
        return [query.read(rows) for query, rows in zip(queries, found, strict=True)]

    def work(self, *, claims_first: bool = False) -> Work:
        """A unit of work: `with database.work() as work:` commits at its end or undoes everything.

        One that `claims_first` claims the call's key with its first statement, `work.first(...)`.
        """
        return Work(self, claims_first=claims_first)

    def answers(self) -> bool:
        """Whether the server answers; asked on a connection of its own, so that a full pool is no illness."""
        try:
            with self._probe.connect() as connection:
                connection.execute(sa.text("select 1"))
        except sa.exc.SQLAlchemyError:
            return False
        return True

    def watching(self) -> sa.Connection:
        """A connection outside the pool, for somebody who asks again and again: each statement stands by itself."""
        return self._probe.connect().execution_options(isolation_level="AUTOCOMMIT")

    def close(self) -> None:
        """Closes every connection."""
        self.engine.dispose()
        self._probe.dispose()

    def _engine(self, **pool: Any) -> sa.Engine:
        options = f"-csearch_path={self.schema} -ctimezone=UTC"
        idle = f"-cidle_in_transaction_session_timeout={IDLE_IN_TRANSACTION_SECONDS}s"
        arguments = {**_CONNECTING, "options": f"{options} {idle}", "application_name": f"bylaw-{self.schema}"}
        return sa.create_engine(self.url, hide_parameters=True, connect_args=arguments, **pool)


def _snapshot(taken: Pooled, said: Sequence[Said]) -> list[list[Row]]:
    """The rows of statements in a transaction of their own, which ends with them."""
    driver, known, bounds = taken.driver, taken.known, bounds_said()
    begins = [_SNAPSHOT, *([bounds] if bounds else [])]
    try:
        try:
            found = converse(driver, known, *begins, *said, Said("commit"))
        except psycopg.errors.InvalidSqlStatementName:  # it was forgotten
            roll_back(driver)
            found = converse(driver, known, *begins, *said, Said("commit"))
    except psycopg.Error:
        roll_back(driver)
        raise
    return found[len(begins) : -1]
