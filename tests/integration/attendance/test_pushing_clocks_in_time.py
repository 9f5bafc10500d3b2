"""What a pushing clock's silence proves, and what it does not: nobody is absent before the clock has nothing left."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from bylaw.attendance.v1 import pushing_pb2, sheets_pb2

from tests.builders.attendance import AttendanceService
from tests.integration.attendance.pushing import PushingOffice, pushing_office, pushing_office_in

pytestmark = pytest.mark.clause("ATT-4")
PENDING, ABSENT = sheets_pb2.FINDING_PENDING, sheets_pb2.FINDING_ABSENT
TIME_WRONG = pushing_pb2.CLOCK_TROUBLE_KIND_TIME_WRONG


BEGUN = {"office": pushing_office_in}


@pytest.fixture
def office(attendance: AttendanceService) -> Iterator[PushingOffice]:
    with pushing_office(attendance) as made:
        made.register()
        yield made


def morning(office: PushingOffice) -> int:
    """What the morning of 2 March comes to for Anna."""
    return office.attendance.sheet(office.anna, "2026-03").days[1].halves[0].verdict


def local(office: PushingOffice, **ago: float) -> str:
    """The time on the wall, some while ago."""
    return f"{office.attendance.clock() + timedelta(hours=8) - timedelta(**ago):%Y-%m-%d %H:%M:%S}"


def reported(office: PushingOffice) -> str:
    """Until when the clock has reported; empty: nothing yet."""
    clock = office.clock
    return str(clock.report_time.ToJsonString()) if clock.HasField("report_time") else ""


def test_a_clock_in_touch_with_nothing_left_decides_up_to_ten_minutes_ago(office: PushingOffice) -> None:
    office.attendance.clock.pass_time(hours=1)
    assert morning(office) == PENDING
    office.terminal.hello()
    office.stay_in_touch(9)
    assert reported(office) == ""
    office.stay_in_touch(2)
    now = office.attendance.clock()
    assert reported(office) == f"{now - timedelta(minutes=10):%Y-%m-%dT%H:%M:%SZ}"
    assert morning(office) == ABSENT


def test_a_push_alone_proves_nothing_of_what_may_wait_behind_it(office: PushingOffice) -> None:
    office.terminal.hello()
    office.attendance.clock.pass_time(hours=6)
    office.terminal.punch("1001", local(office))
    office.terminal.upload()
    assert reported(office) == ""
    assert morning(office) == PENDING


def test_a_clock_that_never_said_hello_was_not_told_to_send_at_once_and_proves_nothing(office: PushingOffice) -> None:
    office.stay_in_touch(15)
    assert reported(office) == ""


def test_a_gap_begins_the_proof_anew(office: PushingOffice) -> None:
    office.terminal.hello()
    office.stay_in_touch(8)
    office.attendance.clock.pass_time(minutes=5)
    office.stay_in_touch(8)
    assert reported(office) == ""


def test_a_backlog_that_is_still_coming_holds_the_proof_back(office: PushingOffice) -> None:
    office.terminal.hello()
    for minute in range(12):
        office.stay_in_touch(1)
        office.terminal.punch("1001", f"2026-03-01 09:{minute:02}:00")
        office.terminal.upload()
    assert reported(office) == ""
    office.stay_in_touch(10)
    assert reported(office) != ""


def test_lines_that_did_not_get_through_hold_the_proof_back(office: PushingOffice) -> None:
    office.terminal.hello()
    head = {"Content-Length": str(50 * 1024 * 1024)}
    office.terminal.say("POST", f"cdata?SN={office.terminal.serial_number}&table=ATTLOG", headers=head)
    office.stay_in_touch(30)
    assert reported(office) == ""
    office.terminal.punch("1001", local(office))
    office.terminal.upload()
    office.stay_in_touch(11)
    assert reported(office) != ""


def test_a_day_that_waits_to_be_sent_again_holds_the_proof_back(office: PushingOffice) -> None:
    office.terminal.hello()
    office.stay_in_touch(5)
    office.backfill("2026-03-01", "2026-03-02")
    office.stay_in_touch(9)
    assert reported(office) == ""


def test_what_a_clock_has_reported_never_moves_back(office: PushingOffice) -> None:
    office.terminal.hello()
    office.stay_in_touch(12)
    before = reported(office)
    office.attendance.clock.pass_time(days=1)
    office.terminal.poll()
    assert reported(office) == before


def test_nobody_is_absent_before_every_clock_of_the_site_has_reported_also_one_that_was_never_heard(
    office: PushingOffice,
) -> None:
    office.register("NEVERHEARD1")
    office.terminal.hello()
    office.stay_in_touch(12)
    office.attendance.clock.pass_time(days=20)
    office.terminal.hello()
    office.stay_in_touch(12)
    assert morning(office) == PENDING

    never, _ = sorted(office.listed().clocks, key=lambda clock: clock.HasField("report_time"))
    office.retire("2026-03-20", never)
    assert morning(office) == ABSENT


def test_a_clock_that_is_not_heard_any_more_decides_what_it_reported_and_no_later_day(office: PushingOffice) -> None:
    office.attendance.clock.pass_time(hours=16)
    office.terminal.hello()
    office.stay_in_touch(12)
    office.attendance.clock.pass_time(days=20)
    days = office.attendance.sheet(office.anna, "2026-03").days
    assert [half.verdict for half in days[1].halves] == [ABSENT, ABSENT]
    assert {half.verdict for day in days[2:20] for half in day.halves} == {PENDING}


def test_a_clock_an_hour_ahead_has_its_lines_refused_and_decides_nothing_until_it_is_right(
    office: PushingOffice,
) -> None:
    office.terminal.hello()
    office.terminal.punch("1001", local(office, hours=-1))
    assert office.terminal.upload() == (200, "OK: 1\n")
    assert office.times() == []
    clock = office.clock
    assert (clock.deviation_seconds, clock.refused_count) == (3600, 1)
    assert [line.reason for line in clock.refused_lines] == ["PUNCH_IN_FUTURE"]
    assert office.trouble_kinds() == [TIME_WRONG]
    assert not clock.troubles[0].HasField("end_time")
    office.stay_in_touch(15)
    assert reported(office) == ""

    office.terminal.punch("1001", local(office))
    office.terminal.upload()
    assert office.clock.troubles[0].HasField("end_time")
    office.stay_in_touch(11)
    assert reported(office) != ""


def test_a_clock_in_a_zone_an_hour_west_is_seen_by_the_first_punch_that_cannot_have_waited(
    office: PushingOffice,
) -> None:
    office.terminal.hello()
    office.stay_in_touch(12)
    office.terminal.punch("1001", local(office, hours=1))
    office.terminal.upload()
    assert office.times() != []
    assert office.clock.deviation_seconds == -3600
    assert office.trouble_kinds() == [TIME_WRONG]


def test_an_old_punch_of_a_clock_that_was_offline_is_no_wrong_time(office: PushingOffice) -> None:
    office.terminal.hello()
    office.attendance.clock.pass_time(hours=20)
    office.terminal.punch("1001", local(office, hours=12))
    office.terminal.upload()
    assert office.trouble_kinds() == []


@pytest.mark.clause("ATT-1")
def test_lines_ahead_by_more_than_their_clock_may_be_are_refused_one_by_one_and_need_not_come_again(
    office: PushingOffice,
) -> None:
    office.register(allowed_lag_seconds=60)
    within, beyond = local(office, seconds=-60), local(office, seconds=-61)
    for time in ("2026-03-01 18:02:00", within, beyond, local(office, days=-365)):
        office.terminal.punch("1001", time)
    assert office.terminal.upload() == (200, "OK: 4\n")
    assert office.times() == ["2026-03-01 18:02:00", within]
    clock = office.clock
    assert [(line.line, line.reason) for line in clock.refused_lines] == [
        (4, "PUNCH_IN_FUTURE"),
        (3, "PUNCH_IN_FUTURE"),
    ]
    said = clock.refused_lines[1].message
    assert said.en.startswith(f"“{beyond}” is later than the moment it was received (60 seconds are allowed")
    assert said.zh.startswith(f"“{beyond}”晚于收到数据的时刻(该考勤机允许 60 秒)")
    assert office.trouble_kinds() == [TIME_WRONG]


def test_a_clock_with_an_offset_of_its_own_is_read_by_it(office: PushingOffice) -> None:
    office.register(utc_offset_minutes=0)
    office.terminal.punch("1001", "2026-03-02 03:30:00")
    office.terminal.upload()
    assert [punch.instant.ToJsonString() for punch in office.punches()] == ["2026-03-02T03:30:00Z"]
    assert office.punches()[0].utc_offset_minutes == 0
