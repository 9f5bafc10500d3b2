"""An import that our side cannot bring to its end says so; one that only waits for people to answer goes on waiting."""

from typing import Any

import pytest
import sqlalchemy as sa
from bylaw.attendance.v1 import feed_pb2, punches_pb2
from bylaw_attendance.rules.judging.columns import PunchBatch
from bylaw_attendance.store import bulk, clocks, imports
from bylaw_attendance.use_cases.punches.run_import import RunImport
from bylaw_chassis.jobs import MAXIMUM_ATTEMPTS, Runner
from bylaw_chassis.organisation import queries as organisation

from tests.builders.attendance import AttendanceService

LINES = 6
CONTENT = "\n".join(f"A-1\t2026-02-{day:02} 08:20:00\t1\t0\t1\t0" for day in range(1, LINES + 1)).encode()
FAILED = punches_pb2.IMPORT_STATE_FAILED


class People:
    """People's feed, which answers or does not."""

    def __init__(self, *, answers: bool = True) -> None:
        self.answers = answers

    def catch_up(self) -> None:
        """There is nothing to read."""

    def refresh(self) -> bool:
        """Whether people answers."""
        return self.answers


class Faulty:
    """The bulk store; from its third chunk on the disk is broken, until somebody mends it."""

    chunks = 0

    def add_many(self, connection: sa.Connection, batch: PunchBatch) -> int:
        self.chunks += 1
        if self.chunks > 2:
            raise OSError("the disk is broken")
        return bulk.add_many(connection, batch)


def office_in(attendance: AttendanceService) -> None:
    people = attendance.people
    people.person("A-1", people.unit("shop").name, people.site().name)
    attendance.follow_people()


BEGUN = {"office": office_in}


@pytest.fixture
def office(attendance: AttendanceService) -> AttendanceService:
    """A-1 works at HQ and is known to attendance."""
    return attendance


def worker(office: AttendanceService, store: Any = bulk, people: People | None = None) -> Runner:
    """A worker that takes two lines at a time and tries again at once."""
    database = office.service.database
    job = RunImport(database, people or People(), organisation, imports, store, clocks, chunk_lines=2)
    return Runner(database, {"punch-import": job}, retry_seconds=0)


def look_for_parked(office: AttendanceService) -> None:
    """What the timer does every few seconds."""
    office.service.runner.write_timers()
    assert office.service.runner.run_one(["parked-imports"])


def park(office: AttendanceService) -> str:
    """An import whose job failed as often as it may."""
    made = office.hand_in(CONTENT, "HQ")
    broken = worker(office, Faulty())
    while broken.run_one():
        pass
    return made.name


def test_an_import_whose_job_is_parked_has_failed_and_says_what_to_do(office: AttendanceService) -> None:
    name = park(office)
    assert office.get_import(name).state == punches_pb2.IMPORT_STATE_RUNNING

    look_for_parked(office)

    ended = office.get_import(name)
    assert (ended.state, ended.taken_count, ended.refusal.reason) == (FAILED, 4, "IMPORT_FAILED")
    assert ended.HasField("finish_time")
    assert "保留" in ended.refusal.message.zh
    assert "hand the same file in again" in ended.refusal.message.en


def test_whoever_watches_a_failed_import_is_told_and_need_not_wait(office: AttendanceService) -> None:
    name = park(office)
    look_for_parked(office)

    request = punches_pb2.WatchPunchImportRequest(name=name)
    told = list(office.punches.WatchPunchImport(request, metadata=office.everything, timeout=5))

    assert [state.state for state in told] == [FAILED]


def test_the_same_file_handed_in_again_takes_what_the_failed_import_left(office: AttendanceService) -> None:
    park(office)
    look_for_parked(office)

    again = office.imported(CONTENT, "HQ")

    assert (again.state, again.taken_count, again.repeated_count) == (punches_pb2.IMPORT_STATE_DONE, 2, 4)


def test_a_failed_import_decides_nothing_and_is_told_once(office: AttendanceService) -> None:
    name = park(office)
    for _ in range(2):
        look_for_parked(office)
        due_again(office)

    listed = office.punches.ListClocks(punches_pb2.ListClocksRequest(), metadata=office.everything)
    events = office.feed.ListEvents(feed_pb2.ListEventsRequest(), metadata=office.everything).events
    assert not listed.clocks
    assert [event.punches_imported.name for event in events if event.HasField("punches_imported")] == [name]


def test_an_import_that_still_has_tries_left_is_not_given_up(office: AttendanceService) -> None:
    made = office.hand_in(CONTENT, "HQ")
    broken = worker(office, Faulty())
    for _ in range(MAXIMUM_ATTEMPTS - 1):
        assert broken.run_one()

    look_for_parked(office)
    assert office.get_import(made.name).state == punches_pb2.IMPORT_STATE_RUNNING

    assert worker(office).run_one()
    assert office.get_import(made.name).state == punches_pb2.IMPORT_STATE_DONE


def test_while_people_is_away_numbers_that_are_not_known_wait_as_long_as_it_takes(office: AttendanceService) -> None:
    made = office.hand_in(CONTENT.replace(b"A-1", b"B-7"), "HQ")
    people = People(answers=False)
    waiting = worker(office, people=people)
    for _ in range(3 * MAXIMUM_ATTEMPTS):
        assert waiting.run_one()
        look_for_parked(office)
        due_again(office)

    assert office.get_import(made.name).state == punches_pb2.IMPORT_STATE_RUNNING
    people.answers = True
    assert waiting.run_one()
    ended = office.get_import(made.name)
    assert (ended.state, ended.refused_count) == (punches_pb2.IMPORT_STATE_DONE, LINES)


def due_again(office: AttendanceService) -> None:
    """Time passes."""
    with office.service.database.engine.begin() as connection:
        connection.exec_driver_sql("update jobs set run_at = now()")
