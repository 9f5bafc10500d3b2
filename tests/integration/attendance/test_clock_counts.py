"""A clock's own count of each day: asked for once it is quiet, compared, and sent again where it is short."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from bylaw.attendance.v1 import pushing_pb2

from tests.builders.attendance import AttendanceService
from tests.integration.attendance.pushing import PushingOffice, pushing_office, pushing_office_in

pytestmark = pytest.mark.clause("ATT-4")
FOUR = ("08:25:00", "12:01:00", "13:50:00", "18:02:00")
COUNT = "VERIFY SUM ATTLOG StartTime=2026-03-02 00:00:00\tEndTime=2026-03-02 23:59:59"
AGAIN = "DATA QUERY ATTLOG StartTime=2026-03-02 00:00:00\tEndTime=2026-03-02 23:59:59"
SHORT = pushing_pb2.CLOCK_TROUBLE_KIND_COUNT_SHORT


BEGUN = {"office": pushing_office_in}


@pytest.fixture
def office(attendance: AttendanceService) -> Iterator[PushingOffice]:
    """It is noon of the day after; the clock has a whole day in its log and has sent nothing of it."""
    with pushing_office(attendance) as made:
        made.register()
        for time in FOUR:
            made.terminal.punch("1001", f"2026-03-02 {time}")
        attendance.clock.pass_time(days=1)
        made.terminal.hello()
        yield made


def asked(office: PushingOffice) -> list[str]:
    """The commands that the clock is given in an hour in which it is in touch."""
    given = []
    for _ in range(20):
        office.attendance.clock.pass_time(minutes=1)
        given += office.terminal.poll()
    return given


def test_a_day_that_is_here_whole_is_counted_once(office: PushingOffice) -> None:
    office.terminal.upload()

    assert asked(office) == ["VERIFY SUM ATTLOG StartTime=2026-03-02 00:00:00\tEndTime=2026-03-02 23:59:59"]
    counted = office.clock.last_count
    assert (counted.date, counted.clock_count, counted.recorded_count) == ("2026-03-02", 4, 4)
    assert office.trouble_kinds() == []
    assert asked(office) == [], "it is not asked twice for a day"


def test_a_day_that_is_short_is_sent_again_by_itself_and_then_whole(office: PushingOffice) -> None:
    lost = office.terminal.unsent.pop()
    office.terminal.upload()
    assert lost.split("\t")[1] == "2026-03-02 18:02:00"
    assert asked(office)[:1] == [COUNT]

    assert len(office.times()) == 4
    counted = office.clock.last_count
    assert (counted.clock_count, counted.recorded_count) == (4, 4)
    (trouble,) = office.clock.troubles
    assert (trouble.kind, trouble.HasField("end_time")) == (SHORT, True)


def test_a_day_that_stays_short_is_a_trouble_and_the_clock_is_asked_no_more(office: PushingOffice) -> None:
    office.terminal.punch("9999", "2026-03-02 09:00:00")
    office.terminal.upload()

    assert asked(office) == [COUNT, AGAIN, COUNT]
    (trouble,) = office.clock.troubles
    assert (trouble.kind, trouble.HasField("end_time")) == (SHORT, False)
    assert trouble.message.zh
    assert (office.clock.last_count.clock_count, office.clock.last_count.recorded_count) == (5, 4)
    assert asked(office) == []


def test_a_day_of_wrong_time_is_never_sent_again_by_itself_for_what_was_ahead_then_would_be_taken_now(
    office: PushingOffice,
) -> None:
    office.attendance.clock.pass_time(days=1)
    office.terminal.upload()
    local = office.attendance.clock() + timedelta(hours=8)
    office.terminal.punch("1001", f"{local + timedelta(hours=1):%Y-%m-%d %H:%M:%S}")
    office.terminal.upload()
    office.terminal.punch("1001", f"{local:%Y-%m-%d %H:%M:%S}")
    office.terminal.upload()
    assert office.clock.refused_count == 1
    assert asked(office)[:1] == [COUNT.replace("03-02", "03-03")], "the day before is counted"

    office.attendance.clock.pass_time(days=1)
    office.terminal.hello()
    assert asked(office) == [COUNT.replace("03-02", "03-04")]
    assert (office.clock.last_count.clock_count, office.clock.last_count.recorded_count) == (2, 1)
    assert office.trouble_kinds()[-1] == SHORT
    assert len(office.times()) == 5


def test_a_clock_that_cannot_count_is_no_trouble(office: PushingOffice) -> None:
    office.terminal.upload()
    for _ in range(12):
        office.attendance.clock.pass_time(minutes=1)
        text = office.terminal.say("GET", f"getrequest?SN={office.terminal.serial_number}")[1]
        if text.startswith("C:"):
            said = f"ID={text.split(':')[1]}&Return=-1&CMD=VERIFY SUM&AttlogSum=9\n".encode()
            office.terminal.say("POST", f"devicecmd?SN={office.terminal.serial_number}", said)

    assert (office.trouble_kinds(), office.clock.HasField("last_count")) == ([], False)


def test_the_day_is_the_clocks_own_where_it_stands_in_another_zone(office: PushingOffice) -> None:
    office.register(utc_offset_minutes=-600)
    office.terminal.upload()

    assert asked(office)[0] == COUNT.replace("03-02", "03-01"), "on its wall it is still the second"
