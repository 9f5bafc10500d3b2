"""A push while people does not answer: nothing is refused unasked, nothing half-stored, and nobody is absent by it."""

from collections.abc import Iterator

import pytest
from bylaw_attendance.rules.clocks.clock_refusals import ClockPushPostponed
from bylaw_attendance.rules.clocks.clock_trust import ClockKeys, Visitor
from bylaw_attendance.rules.clocks.pushing import PushedTable
from bylaw_attendance.store import bulk, photos, pushing
from bylaw_attendance.use_cases.clocks.take_clock_photo import TakeClockPhoto
from bylaw_attendance.use_cases.clocks.take_pushed import Pushed, TakePushed
from bylaw_attendance.use_cases.letting_in import LettingIn
from bylaw_chassis.organisation import queries as organisation

from tests.builders.attendance import AttendanceService
from tests.integration.attendance.pushing import PushingOffice, pushing_office
from tests.integration.attendance.test_imports_failing import People


@pytest.fixture
def office(attendance: AttendanceService) -> Iterator[PushingOffice]:
    with pushing_office(attendance) as made:
        made.register()
        yield made


def taking(office: PushingOffice, people: People) -> TakePushed:
    database = office.attendance.service.database
    no_photos = TakeClockPhoto(database, organisation, photos, None)
    return TakePushed(
        database, people, LettingIn(database, pushing, ClockKeys(b"")), organisation, pushing, bulk, no_photos
    )


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
