"""Jobs and timers: rows claimed in PostgreSQL, safe with any number of workers, each with a lease that ends."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_chassis.database import Database
from bylaw_chassis.observe import log
from bylaw_chassis.tables import jobs
from bylaw_chassis.values import new_id

LEASE = timedelta(seconds=60)
MAXIMUM_ATTEMPTS = 5
IDLE_SECONDS = 0.25


class LeaseLost(Exception):  # noqa: N818
    """Another worker holds the job now; whatever this one would write must not be written."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A claimed job. `renew` before long stretches; `hold` inside the transaction that writes the effect."""

    database: Database
    job: UUID
    kind: str
    key: str
    payload: bytes
    claim: UUID

    def hold(self, connection: sa.Connection) -> None:
        """Locks the claim until the transaction ends; raises LeaseLost where another worker took it."""
        mine = sa.select(jobs.c.id).where(jobs.c.id == self.job, jobs.c.claim == self.claim).with_for_update()
        if connection.execute(mine).first() is None:
            raise LeaseLost

    def renew(self) -> None:
        """Extends the lease; raises LeaseLost where another worker took it."""
        until = self.database.clock() + LEASE
        with self.database.engine.begin() as connection:
            renewed = connection.execute(
                jobs.update().where(jobs.c.id == self.job, jobs.c.claim == self.claim).values(lease_until=until)
            )
        if not renewed.rowcount:
            raise LeaseLost


JobFunction = Callable[[Lease], None]


@dataclass(frozen=True, slots=True)
class Timer:
    """Something done again and again; one row for the whole installation, whoever is up claims it."""

    kind: str
    every_seconds: float
    function: JobFunction


def enqueue(connection: sa.Connection, kind: str, key: str, payload: bytes, *, database: Database) -> None:
    """Adds a job in the caller's transaction; the same kind and key again changes nothing."""
    row = {"id": new_id(), "kind": kind, "key": key, "payload": payload, "run_at": database.clock()}
    connection.execute(pg.insert(jobs).values(row).on_conflict_do_nothing())


@dataclass(slots=True)
class Runner:
    """Claims and runs due jobs in one thread until stopped; start one per process."""

    database: Database
    functions: Mapping[str, JobFunction]
    timers: tuple[Timer, ...] = ()
    _stopped: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Writes the timers' rows and begins."""
        self._write_timers()
        self._thread = threading.Thread(target=self._run, name=f"jobs-{self.database.schema}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Lets the running job end, up to ten seconds."""
        self._stopped.set()
        if self._thread:
            self._thread.join(timeout=10)

    def run_one(self) -> bool:
        """Claims and runs one due job; answers whether there was one."""
        lease = self._claim()
        if lease is None:
            return False
        try:
            self._function(lease.kind)(lease)
        except LeaseLost:
            log().warning("job_lease_lost", kind=lease.kind, job=str(lease.job))
        except Exception as error:  # noqa: BLE001 - a job must not end the runner; the row says what happened
            self._failed(lease, error)
        else:
            self._finished(lease)
        return True

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                busy = self.run_one()
            except Exception as error:  # noqa: BLE001 - the database is away: wait, then go on
                log().warning("jobs_paused", schema=self.database.schema, reason=type(error).__name__)
                busy = False
                self._stopped.wait(1.0)
            if not busy:
                self._stopped.wait(IDLE_SECONDS)

    def _function(self, kind: str) -> JobFunction:
        timed = {timer.kind: timer.function for timer in self.timers}
        return timed.get(kind) or self.functions[kind]

    def _write_timers(self) -> None:
        with self.database.engine.begin() as connection:
            for timer in self.timers:
                row = {
                    "id": new_id(),
                    "kind": timer.kind,
                    "key": "timer",
                    "every_seconds": timer.every_seconds,
                }
                insert = pg.insert(jobs).values(**row, run_at=self.database.clock())
                connection.execute(
                    insert.on_conflict_do_update(
                        index_elements=["kind", "key"], set_={"every_seconds": timer.every_seconds}
                    )
                )

    def _claim(self) -> Lease | None:
        now, claim = self.database.clock(), new_id()
        kinds = [*self.functions, *(timer.kind for timer in self.timers)]
        due = (
            sa.select(jobs.c.id)
            .where(
                jobs.c.finished_at.is_(None),
                jobs.c.run_at <= now,
                sa.or_(jobs.c.lease_until.is_(None), jobs.c.lease_until < now),
                jobs.c.kind.in_(kinds),
            )
            .order_by(jobs.c.run_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        values = {"claim": claim, "lease_until": now + LEASE, "attempts": jobs.c.attempts + 1}
        taken = jobs.update().where(jobs.c.id == due.scalar_subquery()).values(values).returning(jobs)
        with self.database.engine.begin() as connection:
            row = connection.execute(taken).one_or_none()
        return Lease(self.database, row.id, row.kind, row.key, row.payload, claim) if row else None

    def _finished(self, lease: Lease) -> None:
        now = self.database.clock()
        done = {"claim": None, "lease_until": None, "attempts": 0, "last_error": ""}
        again = now + sa.func.make_interval(0, 0, 0, 0, 0, 0, jobs.c.every_seconds)
        values = {**done, "run_at": sa.func.coalesce(again, jobs.c.run_at)}
        ended = sa.case((jobs.c.every_seconds.is_(None), now), else_=None)
        self._release(lease, {**values, "finished_at": ended})

    def _failed(self, lease: Lease, error: Exception) -> None:
        """Tries again later, ever later; after the fifth time the job is parked and shown by doctor."""
        log().error("job_failed", kind=lease.kind, job=str(lease.job), exc_info=error)
        now = self.database.clock()
        wait = sa.func.make_interval(0, 0, 0, 0, 0, 0, sa.func.least(jobs.c.attempts * 2.0, 60.0))
        parked = sa.and_(jobs.c.every_seconds.is_(None), jobs.c.attempts >= MAXIMUM_ATTEMPTS)
        values = {
            "claim": None,
            "lease_until": None,
            "last_error": type(error).__name__,
            "run_at": now + wait,
            "finished_at": sa.case((parked, now), else_=None),
        }
        self._release(lease, values)

    def _release(self, lease: Lease, values: Mapping[str, object]) -> None:
        mine = jobs.update().where(jobs.c.id == lease.job, jobs.c.claim == lease.claim)
        with self.database.engine.begin() as connection:
            connection.execute(mine.values(**values))
