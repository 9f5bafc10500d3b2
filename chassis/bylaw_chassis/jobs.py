"""Jobs and timers: rows claimed in PostgreSQL, safe with any number of workers, each with a lease that ends."""

import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

import sqlalchemy as sa

from bylaw_chassis import job_rows
from bylaw_chassis.database import Database
from bylaw_chassis.observe import log
from bylaw_chassis.transactions import background
from bylaw_chassis.values import new_id

LEASE_SECONDS = 60.0
MAXIMUM_ATTEMPTS = 5
RETRY_SECONDS = 2.0
WATCH_SECONDS = 0.25
"""So often one connection asks for all lanes of a process whether anything is due."""
AWAY_SECONDS = 1.0
UNTOLD_SECONDS = 5.0
"""A lane looks for itself so often, whatever it was told."""
WRITE_TIMERS_SECONDS = 60.0
"""Timers are written again so often: what one version's workers forget of another's comes back while both run."""


class LeaseLost(Exception):  # noqa: N818
    """Another worker holds the job now; whatever this one would write must not be written."""


class NotNow(Exception):  # noqa: N818
    """A job waits for somebody, say a neighbour that does not answer: it is tried again, however often that takes."""


class WorkerDied(Exception):  # noqa: N818
    """A job took its worker with it, again and again: it is parked without another try."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A claimed job. `hold` it inside the transaction that writes the effect; a started runner renews it meanwhile."""

    database: Database
    job: UUID
    kind: str
    key: str
    payload: bytes
    claim: UUID
    lease_seconds: float = LEASE_SECONDS

    def hold(self, connection: sa.Connection) -> None:
        """Locks the claim until the transaction ends; raises LeaseLost where another worker took it."""
        if not job_rows.hold(connection, self.job, self.claim):
            raise LeaseLost

    def renew(self) -> None:
        """Extends the lease; raises LeaseLost where another worker took it."""
        with self.database.engine.begin() as connection:
            mine = job_rows.renew(connection, self.job, self.claim, lease_seconds=self.lease_seconds)
        if not mine:
            raise LeaseLost


JobFunction = Callable[[Lease], None]


@dataclass(frozen=True, slots=True)
class Timer:
    """Something done again and again; one row for the whole installation, whoever is up claims it.

    `needed` says in SQL whether there is anything to do: where there is not, it is done seldom (`UNTOLD_SECONDS`), so
    that an installation at rest rests.
    """

    kind: str
    every_seconds: float
    function: JobFunction
    needed: sa.ColumnElement[bool] | None = None


def enqueue(
    connection: sa.Connection,
    kind: str,
    key: str,
    payload: bytes,
    *,
    database: Database | None = None,  # noqa: ARG001 - the time is the server's; callers may still say whose job it is
) -> None:
    """Adds a job in the caller's transaction; the same kind and key again changes nothing."""
    job_rows.add(connection, kind, key, payload)


@dataclass(slots=True)
class _LaneOfKinds:
    """What one thread runs, and whether it was told that there is some of it."""

    kinds: frozenset[str]
    told: threading.Event = field(default_factory=threading.Event)
    idle: frozenset[str] = frozenset()
    """Of its kinds those that had nothing to do when it was told."""
    look_at: float = 0.0
    """From then on it looks for all of them, whatever it was told."""

    @property
    def all(self) -> Sequence[str]:
        """Its kinds in their order."""
        return sorted(self.kinds)

    def wait(self, seconds: float) -> Sequence[str]:
        """Until it is told, or so long; answers what to look for."""
        woken = self.told.wait(seconds)
        self.told.clear()
        if woken and time.monotonic() < self.look_at:
            return sorted(self.kinds - self.idle)
        self.look_at = time.monotonic() + UNTOLD_SECONDS
        return self.all


@dataclass(slots=True)
class Runner:
    """Claims and runs due jobs until stopped, timers and jobs in a thread each; start one per process."""

    database: Database
    functions: Mapping[str, JobFunction]
    timers: tuple[Timer, ...] = ()
    lease_seconds: float = LEASE_SECONDS
    retry_seconds: float = RETRY_SECONDS
    _stopped: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _held: dict[UUID, Lease] = field(default_factory=dict)
    _lanes: dict[str, _LaneOfKinds] = field(default_factory=dict)

    def start(self) -> None:
        """Begins; a database that is away is waited for."""
        kinds = {"timers": [timer.kind for timer in self.timers], "jobs": [*self.functions]}
        self._lanes = {name: _LaneOfKinds(frozenset(own)) for name, own in kinds.items()}
        runs: dict[str, Callable[[], None]] = {name: partial(self._lane, lane) for name, lane in self._lanes.items()}
        for name, run in {**runs, "watch": self._watch, "leases": self._keep_leases}.items():
            thread = threading.Thread(target=run, name=f"{name}-{self.database.schema}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def ask_to_stop(self) -> None:
        """Has no further job claimed."""
        self._stopped.set()
        for lane in self._lanes.values():
            lane.told.set()

    def stop(self, within_seconds: float = 10.0) -> None:
        """Lets the running jobs end; one that takes longer is left to whoever claims it when its lease ends."""
        self.ask_to_stop()
        for thread in self._threads:
            thread.join(timeout=within_seconds)
            within_seconds = min(within_seconds, 1.0)
        self._threads.clear()

    def write_timers(self) -> None:
        """Writes the timers' rows, or their new intervals; forgets those that no version runs any more."""
        with self.database.engine.begin() as connection:
            job_rows.write_timers(connection, [(timer.kind, timer.every_seconds) for timer in self.timers])

    def run_one(self, kinds: Sequence[str] | None = None) -> bool:
        """Claims and runs one due job of some kinds, or of all; answers whether there was one."""
        lease, attempts = self._claim([*self.functions, *self._timed()] if kinds is None else kinds)
        if lease is None:
            return False
        self._held[lease.job] = lease
        try:
            if attempts > MAXIMUM_ATTEMPTS and lease.kind not in self._timed():
                raise WorkerDied  # noqa: TRY301 - told like any other failure
            with background.at(f"{'timers' if lease.kind in self._timed() else 'jobs'}/{lease.kind}"):
                self._function(lease.kind)(lease)
            # Given up before the row is released, so that a renewal under way does not take that for a loss.
            self._held.pop(lease.job)
        except LeaseLost:
            log().warning("job_lease_lost", kind=lease.kind, job=str(lease.job))
        except NotNow as waiting:
            self._postponed(lease, waiting)
        except Exception as error:  # noqa: BLE001 - a job must not end the runner; the row says what happened
            self._failed(lease, error)
        else:
            with self.database.engine.begin() as connection:
                job_rows.finish(connection, lease.job, lease.claim)
        finally:
            self._held.pop(lease.job, None)
        return True

    def _lane(self, lane: _LaneOfKinds) -> None:
        write_again, kinds = float("-inf"), lane.all
        while not self._stopped.is_set():
            pause = UNTOLD_SECONDS
            try:
                if time.monotonic() >= write_again:
                    self.write_timers()
                    write_again = time.monotonic() + WRITE_TIMERS_SECONDS
                while not self._stopped.is_set() and self.run_one(kinds):
                    pass
            except Exception as error:  # noqa: BLE001 - the database is away: wait, then go on
                log().warning("jobs_paused", schema=self.database.schema, reason=type(error).__name__)
                pause = AWAY_SECONDS
            kinds = lane.wait(0.0 if self._stopped.is_set() else pause)

    def _watch(self) -> None:
        """Tells the lanes what is due."""
        conditions = {timer.kind: timer.needed for timer in self.timers if timer.needed is not None}
        due = job_rows.due_kinds(conditions)
        while not self._stopped.is_set():
            try:
                with self.database.watching() as connection:
                    while not self._stopped.wait(WATCH_SECONDS):
                        self._tell({row.kind for row in connection.execute(due)}, conditions)
            except sa.exc.SQLAlchemyError:  # the database is away: the lanes say so
                self._stopped.wait(AWAY_SECONDS)

    def _tell(self, kinds: Collection[str], conditional: Collection[str]) -> None:
        for lane in self._lanes.values():
            if not lane.kinds.isdisjoint(kinds):
                lane.idle = frozenset(conditional) - frozenset(kinds)
                lane.told.set()

    def _keep_leases(self) -> None:
        """Renews what this process holds: only a worker that died or hangs whole loses its lease."""
        while not self._stopped.wait(self.lease_seconds / 3) or self._held:
            for lease in list(self._held.values()):
                try:
                    lease.renew()
                except Exception as error:  # noqa: BLE001 - the holder learns it from `hold`
                    if lease.job in self._held:
                        log().warning("lease_not_renewed", kind=lease.kind, reason=type(error).__name__)
            if self._stopped.is_set():
                return

    def _timed(self) -> Mapping[str, JobFunction]:
        return {timer.kind: timer.function for timer in self.timers}

    def _function(self, kind: str) -> JobFunction:
        return self._timed().get(kind) or self.functions[kind]

    def _claim(self, kinds: Sequence[str]) -> tuple[Lease | None, int]:
        claim = new_id()
        with self.database.engine.begin() as connection:
            row = job_rows.claim(connection, kinds, claim, lease_seconds=self.lease_seconds)
        if row is None:
            return None, 0
        lease = Lease(self.database, row.id, row.kind, row.key, row.payload, claim, self.lease_seconds)
        return lease, row.attempts

    def _postponed(self, lease: Lease, waiting: NotNow) -> None:
        """Tries again as late as after the last failure but one; the attempt does not count."""
        self._held.pop(lease.job, None)
        log().info("job_waits", kind=lease.kind, job=str(lease.job), reason=str(waiting))
        seconds = (MAXIMUM_ATTEMPTS - 1) * self.retry_seconds
        with self.database.engine.begin() as connection:
            job_rows.postpone(connection, lease.job, lease.claim, seconds=seconds)

    def _failed(self, lease: Lease, error: Exception) -> None:
        """Tries again later, ever later; after the fifth time the job is parked and shown by doctor."""
        self._held.pop(lease.job, None)
        log().error("job_failed", kind=lease.kind, job=str(lease.job), exc_info=error)
        with self.database.engine.begin() as connection:
            job_rows.fail(
                connection,
                lease.job,
                lease.claim,
                error=type(error).__name__,
                retry_seconds=self.retry_seconds,
                most_attempts=MAXIMUM_ATTEMPTS,
            )
