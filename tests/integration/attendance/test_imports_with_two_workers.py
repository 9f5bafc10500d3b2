"""Imports under several workers: killed half-way, taken over, run twice at once; every line counts once."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
import sqlalchemy as sa
from bylaw.attendance.v1 import punches_pb2
from bylaw_attendance.app import build
from bylaw_attendance.rules.judging.columns import PunchBatch
from bylaw_attendance.store import bulk, clocks, imports
from bylaw_attendance.use_cases.punches.run_import import RunImport
from bylaw_chassis.jobs import Lease, Runner
from bylaw_chassis.organisation import queries as organisation
from bylaw_chassis.serving import Service

from tests.builders.attendance import AttendanceService, settings

PEOPLE, DAYS = 5, 20
LINES = PEOPLE * DAYS


class Known:
    """What people knows is known."""

    def catch_up(self) -> None:
        """There is nothing to read."""

    def refresh(self) -> bool:
        """What is known is all there is."""
        return True


class WorkerKilled(BaseException):
    """A worker dies: nothing of it runs any more."""


@dataclass
class Interrupted:
    """The bulk store, with something that happens before its n-th chunk."""

    happens: Callable[[], None]
    before_chunk: int
    chunks: int = field(default=0)

    def add_many(self, connection: sa.Connection, batch: PunchBatch) -> int:
        self.chunks += 1
        if self.chunks == self.before_chunk:
            self.happens()
        return bulk.add_many(connection, batch)


def office_in(attendance: AttendanceService) -> None:
    people = attendance.people
    site, unit = people.site(), people.unit("shop")
    for number in range(PEOPLE):
        people.person(f"A-{number}", unit.name, site.name)
    attendance.assign()
    attendance.unit_sheets(unit.name, "2026-02")


BEGUN = {"office": office_in}


@pytest.fixture
def office(attendance: AttendanceService) -> AttendanceService:
    """Five people at HQ, known to attendance."""
    return attendance


@pytest.fixture
def second_worker(office: AttendanceService) -> Iterator[Service]:
    """Another process's service over the same database."""
    service = build(settings(office.url), channels={"people": office.people.channel}, clock=office.clock)
    yield service
    service.close()


def content() -> bytes:
    lines = (f"A-{who}\t2026-02-{day:02} 08:20:00\t1\t0\t1\t0" for day in range(1, DAYS + 1) for who in range(PEOPLE))
    return "\n".join(lines).encode()


def runner(office: AttendanceService, store: object, *, chunk_lines: int = 7) -> Runner:
    """A worker that takes few lines at a time."""
    database = office.service.database
    job = RunImport(database, Known(), organisation, imports, store, clocks, chunk_lines)  # type: ignore[arg-type]
    return Runner(database, {"punch-import": job}, lease_seconds=0.2)


def assert_all_taken(office: AttendanceService, name: str) -> None:
    ended = office.get_import(name)
    assert ended.state == punches_pb2.IMPORT_STATE_DONE
    assert (ended.read_count, ended.taken_count, ended.repeated_count) == (LINES, LINES, 0)
    with office.service.database.read() as connection:
        assert connection.exec_driver_sql("select count(*) from punches").scalar() == LINES


@pytest.mark.postgresql15
@pytest.mark.parametrize("chunk", [1, 2, 9, 15])
def test_a_worker_killed_in_any_chunk_leaves_an_import_that_another_completes(
    office: AttendanceService, chunk: int
) -> None:
    made = office.hand_in(content(), "HQ")

    def die() -> None:
        raise WorkerKilled

    with pytest.raises(WorkerKilled):
        runner(office, Interrupted(die, chunk)).run_one()
    half_way = office.get_import(made.name)
    assert half_way.state == punches_pb2.IMPORT_STATE_RUNNING
    assert half_way.taken_count == (chunk - 1) * 7
    assert half_way.progress_percent == (chunk - 1) * 7 * 100 // LINES

    wait_for_lease()
    assert runner(office, bulk).run_one()
    assert_all_taken(office, made.name)


def wait_for_lease() -> None:
    threading.Event().wait(0.3)


@dataclass
class OvertakenLease:
    """A lease that ends while its holder dawdles before a chunk, and somebody else takes over."""

    lease: Lease
    takes_over: Callable[[], object]
    before_chunk: int
    renewals: int = 0

    def renew(self) -> None:
        self.renewals += 1
        if self.renewals == self.before_chunk:
            self.takes_over()

    def __getattr__(self, name: str) -> object:
        return getattr(self.lease, name)


def test_a_worker_that_lost_its_lease_writes_nothing_more(office: AttendanceService) -> None:
    made = office.hand_in(content(), "HQ")

    def another_takes_over() -> None:
        wait_for_lease()
        assert runner(office, bulk).run_one()

    slow = runner(office, bulk)
    job = slow.functions["punch-import"]
    slow.functions = {"punch-import": lambda lease: job(OvertakenLease(lease, another_takes_over, 3))}  # type: ignore[arg-type]
    assert slow.run_one()

    assert_all_taken(office, made.name)


@pytest.mark.postgresql15
def test_two_workers_at_once_take_the_same_file_handed_in_twice_and_count_each_punch_once(
    office: AttendanceService, second_worker: Service
) -> None:
    names = [office.hand_in(content(), "HQ", file_name=str(number)).name for number in range(2)]
    barrier = threading.Barrier(2)

    def work(runner: Runner) -> None:
        barrier.wait()
        while runner.run_one(["punch-import"]):
            pass

    threads = [threading.Thread(target=work, args=(one.runner,)) for one in (office.service, second_worker)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    ended = [office.get_import(name) for name in names]
    assert [made.state for made in ended] == [punches_pb2.IMPORT_STATE_DONE] * 2
    assert sum(made.taken_count for made in ended) == LINES
    assert sum(made.repeated_count for made in ended) == LINES
