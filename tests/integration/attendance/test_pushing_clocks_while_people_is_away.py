"""A push that fails, for people does not answer or the store does not: nothing half-stored, and nobody absent by it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa
from bylaw_attendance.rules.clocks.clock_refusals import ClockPushPostponed
from bylaw_attendance.rules.clocks.clock_trust import ClockKeys, Visitor
from bylaw_attendance.rules.clocks.pushing import PushedTable
from bylaw_attendance.rules.judging.columns import PunchBatch
from bylaw_attendance.store import arrivals, bulk, photos, pushing
from bylaw_attendance.use_cases.clocks.pushed import Pushed
from bylaw_attendance.use_cases.clocks.take_clock_photo import TakeClockPhoto
from bylaw_attendance.use_cases.clocks.take_punches import TakePunches
from bylaw_attendance.use_cases.clocks.take_pushed import TakePushed
from bylaw_attendance.use_cases.letting_in import LettingIn
from bylaw_chassis.call import in_call, new_call
from bylaw_chassis.organisation import queries as organisation
from bylaw_chassis.refusals import DeadlinePassed

from tests.builders.attendance import AttendanceService
from tests.integration.attendance.pushing import PushingOffice, pushing_office, pushing_office_in
from tests.integration.attendance.test_imports_failing import People

BEGUN = {"office": pushing_office_in}


@pytest.fixture
def office(attendance: AttendanceService) -> Iterator[PushingOffice]:
    with pushing_office(attendance) as made:
        made.register()
        yield made


def taking(office: PushingOffice, people: People) -> TakePushed:
    database = office.attendance.service.database
    no_photos = TakeClockPhoto(database, organisation, photos, None)
    door = LettingIn(database, pushing, ClockKeys(b""))
    return TakePushed(database, door, pushing, TakePunches(database, people, door, pushing, arrivals, bulk), no_photos)


@pytest.mark.clause("ATT-4")
def test_a_number_nobody_knows_yet_is_put_off_whole_and_the_clock_is_not_done(office: PushingOffice) -> None:
    people = People(answers=False)
    take = taking(office, people)
    lines = b"1001\t2026-03-02 08:25:00\t0\t1\n2002\t2026-03-02 08:26:00\t0\t1\n"
    pushed = Pushed(Visitor(office.terminal.serial_number), PushedTable.PUNCHES, "1", lines, is_too_large=False)
    office.terminal.hello()
    with pytest.raises(ClockPushPostponed):
        take.record(pushed)
    assert office.times() == []
    assert office.clock.read_count == 0
    office.stay_in_touch(15)
    assert not office.clock.HasField("report_time")

    people.answers = True
    assert take.record(pushed) == 2
    assert office.times() == ["2026-03-02 08:25:00"]
    assert [line.reason for line in office.clock.refused_lines] == ["PERSON_NOT_FOUND"]


def test_known_people_are_taken_without_asking_anybody(office: PushingOffice) -> None:
    take = taking(office, People(answers=False))
    line = b"1001\t2026-03-02 08:25:00\t0\t1\n"
    pushed = Pushed(Visitor(office.terminal.serial_number), PushedTable.PUNCHES, "1", line, is_too_large=False)
    assert take.record(pushed) == 1
    assert office.times() == ["2026-03-02 08:25:00"]


class Broken:
    """A store of punches that fails when anything is to be stored, as one does whose disk is full."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def add_many(self, connection: sa.Connection, batch: PunchBatch) -> list[int]:  # noqa: ARG002 - as the real one
        """Writes the first half of what it should, and fails."""
        connection.exec_driver_sql("update pushing_clocks set taken_count = 99")
        raise self.error


@pytest.mark.clause("ATT-4")
@pytest.mark.parametrize("error", [RuntimeError("disk full"), DeadlinePassed()])
def test_a_push_that_cannot_be_stored_leaves_nothing_behind_but_that_the_clock_is_not_done(
    office: PushingOffice, error: Exception
) -> None:
    take = taking(office, People(answers=True))
    line = b"1001\t2026-03-02 08:25:00\t0\t1\n"
    pushed = Pushed(Visitor(office.terminal.serial_number), PushedTable.PUNCHES, "7", line, is_too_large=False)
    office.terminal.hello()
    office.stay_in_touch(12)
    before = office.clock
    with pytest.raises(type(error)):
        replace(take, punches=replace(take.punches, punches=Broken(error))).record(pushed)
    office.stay_in_touch(15)
    after = office.clock
    assert after.report_time.ToJsonString() == before.report_time.ToJsonString()
    assert (after.read_count, after.taken_count, after.stamp) == (0, 0, "")
    assert office.times() == []

    assert take.record(pushed) == 1
    assert office.times() == ["2026-03-02 08:25:00"]
    office.stay_in_touch(11)
    assert office.clock.report_time.ToJsonString() > before.report_time.ToJsonString()


@pytest.mark.clause("ATT-4")
def test_that_a_clock_is_not_done_is_noted_also_when_the_calls_time_is_over(office: PushingOffice) -> None:
    take = taking(office, People(answers=True))
    line = b"1001\t2026-03-02 08:25:00\t0\t1\n"
    pushed = Pushed(Visitor(office.terminal.serial_number), PushedTable.PUNCHES, "7", line, is_too_large=False)
    office.terminal.hello()
    office.stay_in_touch(12)
    before = office.clock.report_time.ToJsonString()
    with in_call(new_call("/bylaw.attendance.v1.ClockLine/RecordPushed", {}, 0)), pytest.raises(DeadlinePassed):
        take.record(pushed)
    office.stay_in_touch(15)
    assert office.clock.report_time.ToJsonString() == before


@pytest.mark.clause("ATT-1")
def test_a_clock_that_sends_again_while_its_first_try_is_still_under_way_has_each_line_once(
    office: PushingOffice,
) -> None:
    lines = [f"1001\t2026-03-01 08:{minute:02}:00\t0\t1" for minute in range(60)]
    body = "\n".join(lines).encode()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: office.terminal.push(body), range(4)))
    assert answers == [(200, "OK: 60\n")] * 4
    clock = office.clock
    assert (len(office.times()), clock.taken_count, clock.repeated_count, clock.read_count) == (60, 60, 180, 240)
