"""A replay under several workers: killed, taken over, cancelled, parked, forgotten; every month counts once."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from bylaw.attendance.v1 import replays_pb2
from bylaw_attendance import calendars
from bylaw_attendance.app import build
from bylaw_attendance.policies import Policies, anything
from bylaw_attendance.rules.replay.replay import Position, Replay, ReplayedMonth
from bylaw_attendance.store import assignments, clocks, day_changes, policy_health, punches, replays, rota, sheets
from bylaw_attendance.use_cases.policies.run_replay import RunReplay
from bylaw_attendance.use_cases.sheets.load_month import LoadedMonth, LoadMonth
from bylaw_chassis.caller import Scope
from bylaw_chassis.jobs import Lease, Runner
from bylaw_chassis.organisation import queries as organisation
from bylaw_chassis.serving import Service
from bylaw_chassis.values import new_id
from bylaw_plugin_host.starting import start

from tests.builders.attendance import AttendanceService, settings
from tests.builders.what_if import CANCELLED, DONE, RUNNING, WhatIf

PEOPLE, MONTHS = 5, 2
BATCHES = 6
"""Two months of five people by two at a time."""
SUNDAYS_TOO = {"working_days": ["monday", "sunday"]}


class WorkerKilled(BaseException):
    """A worker dies: nothing of it runs any more."""


@dataclass
class Interrupted:
    """The store of replays, with something that happens before its n-th batch is kept."""

    happens: Callable[[], None]
    before_batch: int
    batches: int = field(default=0)

    def move(
        self,
        connection: sa.Connection,
        moved: Replay,
        position: Position,
        *,
        looked_at: int,
        months: Sequence[ReplayedMonth],
    ) -> None:
        self.batches += 1
        if self.batches == self.before_batch:
            self.happens()
        replays.move(connection, moved, position, looked_at=looked_at, months=months)

    def __getattr__(self, name: str) -> Any:
        return getattr(replays, name)


@dataclass
class Meanwhile:
    """The loader of months, while something happens as it loads for the n-th time."""

    load_month: LoadMonth
    happens: Callable[[], object]
    at: int
    loads: int = 0

    def load(self, *args: Any, **more: Any) -> LoadedMonth:
        self.loads += 1
        if self.loads == self.at:
            self.happens()
        return self.load_month.load(*args, **more)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.load_month, name)


def office_in(attendance: AttendanceService) -> None:
    people = attendance.people
    site, unit = people.site(), people.unit("shop")
    for number in range(PEOPLE):
        people.person(f"A-{number}", unit.name, site.name)
    attendance.assign(since="2026-01-01")
    attendance.follow_people()


BEGUN = {"office": office_in}


@pytest.fixture
def office(attendance: AttendanceService) -> WhatIf:
    """Five people at HQ, known to attendance, by the rulebook's week."""
    return WhatIf(attendance)


@pytest.fixture
def book() -> Iterator[Policies]:
    """The patterns of what is installed."""
    found = Policies(start(anything))
    yield found
    found.close()


@pytest.fixture
def second_worker(office: WhatIf) -> Iterator[Service]:
    """Another process's service over the same database."""
    attendance = office.attendance
    service = build(settings(attendance.url), channels={"people": attendance.people.channel}, clock=attendance.clock)
    yield service
    service.close()


@dataclass
class Worker:
    """A worker that takes two people at a time."""

    office: WhatIf
    book: Policies

    def runner(
        self, store: Any = replays, *, happens: Callable[[], object] | None = None, at: int = 0, **more: Any
    ) -> Runner:
        database = self.office.attendance.service.database
        month: Any = LoadMonth(
            database, organisation, assignments, clocks, punches, sheets, rota, policy_health, day_changes
        )
        if happens:
            month = Meanwhile(month, happens, at)
        job = RunReplay(database, organisation, sheets, store, month, self.book, calendars.official_days, 2)
        return Runner(database, {"replay": job}, lease_seconds=0.2, **more)


@pytest.fixture
def worker(office: WhatIf, book: Policies) -> Worker:
    return Worker(office, book)


def started(office: WhatIf, caller: Any = None) -> replays_pb2.Replay:
    return office.start("", "2026-01", "2026-02", caller=caller, **SUNDAYS_TOO)


def wait_for_lease() -> None:
    threading.Event().wait(0.3)


def assert_same_as_in_one_go(office: WhatIf, name: str) -> None:
    """What a replay says is what one says that nobody disturbed, and each month of each person is there once."""
    found, whole = office.get(name), office.done("", "2026-01", "2026-02", **SUNDAYS_TOO)
    assert (found.state, found.done_count) == (DONE, PEOPLE * MONTHS)
    assert (found.before, found.after, found.change_count) == (whole.before, whole.after, whole.change_count)
    assert found.change_count > 0
    assert office.changes(name, page_size=1000) == office.changes(whole.name, page_size=1000)


@pytest.mark.postgresql15
@pytest.mark.parametrize("batch", [1, 2, 4, BATCHES])
def test_a_worker_killed_in_any_batch_leaves_a_replay_that_another_completes(
    office: WhatIf, worker: Worker, batch: int
) -> None:
    made = started(office)

    def die() -> None:
        raise WorkerKilled

    with pytest.raises(WorkerKilled):
        worker.runner(Interrupted(die, batch)).run_one()
    half_way = office.get(made.name)
    assert half_way.done_count == sum((2, 2, 1, 2, 2, 1)[: batch - 1])
    assert half_way.progress_percent == half_way.done_count * 10

    wait_for_lease()
    assert worker.runner().run_one()
    assert_same_as_in_one_go(office, made.name)


@dataclass
class OvertakenLease:
    """A lease that ends while its holder dawdles behind a batch, and somebody else takes over."""

    lease: Lease
    takes_over: Callable[[], object]
    behind_batch: int
    renewals: int = 0

    def renew(self) -> None:
        self.renewals += 1
        if self.renewals == self.behind_batch:
            self.takes_over()

    def __getattr__(self, name: str) -> object:
        return getattr(self.lease, name)


def test_a_worker_that_lost_its_lease_writes_nothing_more(office: WhatIf, worker: Worker) -> None:
    made = started(office)

    def another_takes_over() -> None:
        wait_for_lease()
        assert worker.runner().run_one()

    slow = worker.runner()
    job = slow.functions["replay"]
    slow.functions = {"replay": lambda lease: job(OvertakenLease(lease, another_takes_over, 2))}  # type: ignore[arg-type]
    assert slow.run_one()

    assert_same_as_in_one_go(office, made.name)


@pytest.mark.postgresql15
def test_two_workers_at_once_take_each_replay_once(office: WhatIf, second_worker: Service) -> None:
    somebody = [office.attendance.caller(Scope.COMPANY, person=f"people/{new_id()}") for _ in range(4)]
    names = [started(office, caller).name for caller in somebody]
    barrier = threading.Barrier(2)

    def work(runner: Runner) -> None:
        barrier.wait()
        while runner.run_one(["replay"]):
            pass

    threads = [threading.Thread(target=work, args=(one.runner,)) for one in (office.attendance.service, second_worker)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for name in names:
        assert_same_as_in_one_go(office, name)


def test_a_replay_cancelled_while_a_batch_is_judged_ends_without_that_batch(office: WhatIf, worker: Worker) -> None:
    made = started(office)

    assert worker.runner(happens=lambda: office.cancel(made.name), at=3).run_one()

    ended = office.get(made.name)
    assert (ended.state, ended.done_count, ended.progress_percent) == (CANCELLED, 4, 40)
    assert ended.HasField("finish_time")
    assert not worker.runner().run_one()


def test_a_replay_cancelled_before_anybody_took_it_does_nothing(office: WhatIf, worker: Worker) -> None:
    made = started(office)

    assert office.cancel(made.name).state == CANCELLED
    assert worker.runner().run_one()

    assert (office.get(made.name).state, office.get(made.name).done_count) == (CANCELLED, 0)


def test_a_replay_whose_job_is_parked_has_failed(office: WhatIf, worker: Worker) -> None:
    made = started(office)

    def break_down() -> None:
        raise OSError("the disk is broken")

    while worker.runner(Interrupted(break_down, 1), retry_seconds=0).run_one():
        pass
    assert office.get(made.name).state == replays_pb2.REPLAY_STATE_WAITING
    office.timer("parked-replays")

    failed = office.get(made.name)
    assert (failed.state, failed.progress_percent) == (replays_pb2.REPLAY_STATE_FAILED, 0)


def test_a_replay_that_is_only_half_way_is_not_given_up(office: WhatIf, worker: Worker) -> None:
    made = started(office)

    def die() -> None:
        raise WorkerKilled

    with pytest.raises(WorkerKilled):
        worker.runner(Interrupted(die, 3)).run_one()
    office.timer("parked-replays")

    assert office.get(made.name).state == RUNNING


def test_a_replay_is_forgotten_after_its_days_and_not_before(office: WhatIf) -> None:
    done = office.done("", "2026-01", **SUNDAYS_TOO)
    assert done.expire_time.ToDatetime() - done.create_time.ToDatetime() == timedelta(days=30)

    office.attendance.clock.pass_time(days=29)
    office.timer("forget-replays")
    assert office.get(done.name).name == done.name
    office.attendance.clock.pass_time(days=2)
    office.timer("forget-replays")

    with office.attendance.service.database.read() as connection:
        assert connection.exec_driver_sql("select count(*) from replays").scalar() == 0
        assert connection.exec_driver_sql("select count(*) from replay_months").scalar() == 0
