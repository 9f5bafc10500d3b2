"""Clocks that push: let in by serial number, every line taken once, repeated, or refused where all can see it."""

from collections.abc import Iterator

import grpc
import pytest
from bylaw.attendance.v1 import pushing_pb2
from bylaw_attendance.rules.clocks.clock_commands import MOST_WAITING
from bylaw_attendance.store.pushing import MOST_UNKNOWN, REFUSED_KEPT
from bylaw_chassis.caller import Scope

from tests.builders.attendance import AttendanceService
from tests.builders.people import reason
from tests.builders.terminal import Terminal
from tests.integration.attendance.pushing import PushingOffice, pushing_office, pushing_office_in

pytestmark = pytest.mark.clause("ATT-1")


BEGUN = {"office": pushing_office_in}


@pytest.fixture
def office(attendance: AttendanceService) -> Iterator[PushingOffice]:
    with pushing_office(attendance) as made:
        yield made


def test_a_clock_says_hello_and_what_it_pushes_is_on_record(office: PushingOffice) -> None:
    office.register()
    told = office.terminal.hello()
    assert (told["TimeZone"], told["Realtime"], told["ATTLOGStamp"]) == ("8", "1", "0")

    office.terminal.punch("1001", "2026-03-02 08:25:00")
    assert office.terminal.upload() == (200, "OK: 1\n")

    (punch,) = office.punches()
    assert (punch.local_time, punch.device, punch.status, punch.source, punch.time_zone) == (
        "2026-03-02 08:25:00",
        office.terminal.serial_number,
        "0",
        "push",
        "Asia/Shanghai",
    )
    assert punch.instant.ToJsonString() == "2026-03-02T00:25:00Z"
    assert office.terminal.hello()["ATTLOGStamp"] == "9999"


def test_a_day_without_network_comes_in_one_go_and_a_whole_log_again_changes_nothing(office: PushingOffice) -> None:
    office.register()
    office.terminal.hello()
    for day in ("2026-03-02", "2026-03-03"):
        for time in ("08:25:00", "12:01:00", "13:50:00", "18:02:00"):
            office.terminal.punch("1001", f"{day} {time}")
    office.attendance.clock.pass_time(hours=36)
    assert office.terminal.upload() == (200, "OK: 8\n")
    assert len(office.times()) == 8

    assert office.terminal.upload_everything() == (200, "OK: 8\n")
    assert len(office.times()) == 8
    clock = office.clock
    assert (clock.read_count, clock.taken_count, clock.repeated_count, clock.refused_count) == (16, 8, 8, 0)


def test_an_unknown_serial_number_is_refused_in_the_protocols_words_and_listed_once(office: PushingOffice) -> None:
    stranger = Terminal(office.terminal.host, office.terminal.port, "STRANGER1")
    stranger.punch("1001", "2026-03-02 08:25:00")
    assert stranger.upload() == (403, "UNKNOWN DEVICE\n")
    assert stranger.say("GET", "cdata?SN=STRANGER1&options=all") == (403, "UNKNOWN DEVICE\n")
    assert stranger.say("GET", "getrequest?SN=STRANGER1") == (403, "UNKNOWN DEVICE\n")
    assert stranger.say("POST", "devicecmd?SN=STRANGER1", b"ID=1&Return=0&CMD=DATA") == (403, "UNKNOWN DEVICE\n")
    assert stranger.say("GET", "getrequest") == (403, "UNKNOWN DEVICE\n")
    assert stranger.say("GET", "getrequest?SN=../%00%27") == (403, "UNKNOWN DEVICE\n")

    assert office.times() == []
    assert [unknown.serial_number for unknown in office.listed().unknown_clocks] == ["STRANGER1"]
    office.register("STRANGER1")
    assert list(office.listed().unknown_clocks) == []
    assert stranger.upload() == (200, "OK: 1\n")


def test_a_thousand_invented_serial_numbers_fill_no_list(office: PushingOffice) -> None:
    for number in range(MOST_UNKNOWN + 5):
        office.attendance.clock.pass_time(seconds=1)
        office.terminal.say("GET", f"getrequest?SN=INVENTED{number}")
    unknown = [one.serial_number for one in office.listed().unknown_clocks]
    assert len(unknown) == MOST_UNKNOWN
    assert unknown[0] == f"INVENTED{MOST_UNKNOWN + 4}"


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("1001\t2026-03-02 08:25:00\t0\t1\t0\n", 1),
        ("1001\t2026-03-02 08:25:00\t0\t1\t0\t0\t0\n", 1),
        ("1001\t2026-03-02 08:25:00\t0\t1\t0\t0\t0\t0\t36.5\t0\t28800\t\n", 1),
        ("1001 2026-03-02 08:25:00 0 1\n", 1),
        ("PIN=1001\tTime=2026-03-02 08:25:00\tStatus=0\tVerify=1\n", 1),
        ("SN=OTHER&table=ATTLOG&data=1001%092026-03-02+08:25:00%090%091%090%0A", 1),
        ("1001\t2026-03-02 08:25:00\t0\t1\t0\r\n\r\n", 1),
    ],
)
def test_every_old_form_of_a_line_is_the_same_punch_of_the_clock_that_sent_it(
    office: PushingOffice, body: str, count: int
) -> None:
    office.register()
    assert office.terminal.push(body.encode()) == (200, f"OK: {count}\n")
    (punch,) = office.punches()
    assert (punch.instant.ToJsonString(), punch.device) == ("2026-03-02T00:25:00Z", office.terminal.serial_number)


def test_faulty_lines_stay_visible_and_never_stop_the_good_ones(office: PushingOffice) -> None:
    office.register()
    body = b"\n".join(
        [
            b"OTHERSN",
            b"1001\t2026-03-02 08:25:00\t0\t1\t0\t0\t0",
            b"9999\t2026-03-02 08:26:00\t0\t1\t0\t0\t0",
            b"1001\t2026-02-30 08:26:00\t0\t1\t0\t0\t0",
            b"\x00\x01\x02 rubbish \xff",
            "1001\t2026-03-02 08:27:00\t张\t1\t0\t0\t0".encode("gb18030"),
        ]
    )
    assert office.terminal.push(body) == (200, "OK: 6\n")
    assert office.times() == ["2026-03-02 08:25:00", "2026-03-02 08:27:00"]
    assert office.punches()[1].status == "张"
    assert {(line.line, line.reason) for line in office.clock.refused_lines} == {
        (1, "PUNCH_LINE_MALFORMED"),
        (3, "PERSON_NOT_FOUND"),
        (4, "PUNCH_DATE_IMPOSSIBLE"),
        (5, "PUNCH_LINE_MALFORMED"),
    }
    assert {punch.device for punch in office.punches()} == {office.terminal.serial_number}


def test_garbage_alone_is_answered_and_kept_within_bounds(office: PushingOffice) -> None:
    office.register()
    garbage = bytes(range(256)) * 200
    status, text = office.terminal.push(garbage)
    assert (status, text[:3]) == (200, "OK:")
    status, _ = office.terminal.push(b"\xff\xfe" + "1001\t2026".encode("utf-16-le"))
    assert status == 200
    assert office.terminal.push(b"") == (200, "OK: 0\n")
    assert 0 < len(office.clock.refused_lines) <= REFUSED_KEPT
    assert office.times() == []


def test_a_body_of_fifty_megabytes_is_refused_and_named_in_the_clocks_health(office: PushingOffice) -> None:
    office.register()
    head = {"Content-Length": str(50 * 1024 * 1024)}
    status, text = office.terminal.say("POST", f"cdata?SN={office.terminal.serial_number}&table=ATTLOG", headers=head)
    assert (status, text) == (413, "ERROR: BODY_TOO_LARGE\n")
    assert office.trouble_kinds() == [pushing_pb2.CLOCK_TROUBLE_KIND_BODY_REFUSED]


def test_what_was_done_at_the_clock_is_named_in_its_health(office: PushingOffice) -> None:
    office.register()
    body = b"OPLOG 21\t0\t2026-03-02 08:00:00\t0\t0\t0\t0\nOPLOG 23\t1\t2026-03-02 08:01:00\t0\t0\t0\t0\nUSER PIN=7\n"
    assert office.terminal.push(body, table="OPERLOG", stamp="77") == (200, "OK: 3\n")
    assert office.trouble_kinds() == [
        pushing_pb2.CLOCK_TROUBLE_KIND_TIME_SET,
        pushing_pb2.CLOCK_TROUBLE_KIND_RECORDS_DELETED,
    ]
    assert office.terminal.hello()["OPERLOGStamp"] == "77"


def test_photos_are_answered_and_not_kept(office: PushingOffice) -> None:
    office.register()
    photo = b"PIN=20260302082500-1001.jpg\nSN=BYLAW0001\nsize=4\nCMD=uploadphoto\0\xff\xd8\xff\xd9"
    assert office.terminal.push(photo, table="ATTPHOTO") == (200, "OK\n")
    assert office.clock.read_count == 0


def test_somebody_employed_a_moment_ago_is_found_before_their_punch_is_refused(office: PushingOffice) -> None:
    office.register()
    people = office.attendance.people
    people.person("2002", people.unit("new").name, office.site)
    office.terminal.punch("2002", "2026-03-02 08:29:00")
    assert office.terminal.upload() == (200, "OK: 1\n")
    assert (office.clock.taken_count, office.clock.refused_count) == (1, 0)


def test_a_backfill_is_sent_to_the_clock_once_and_what_it_lacked_arrives(office: PushingOffice) -> None:
    office.register()
    office.terminal.punch("1001", "2026-03-02 08:25:00")
    office.terminal.unsent.clear()
    assert office.backfill("2026-03-01", "2026-03-02").waiting_command_count == 1

    assert office.terminal.poll() == [send_again_text("2026-03-01", "2026-03-02")]
    assert office.times() == ["2026-03-02 08:25:00"]
    assert office.terminal.poll() == []
    assert office.clock.waiting_command_count == 0


def send_again_text(first: str, last: str) -> str:
    return f"DATA QUERY ATTLOG StartTime={first} 00:00:00\tEndTime={last} 23:59:59"


def test_a_command_that_is_not_answered_is_sent_again_and_only_so_many_wait(office: PushingOffice) -> None:
    office.register()
    for _ in range(MOST_WAITING):
        office.backfill("2026-03-01", "2026-03-02")
    with pytest.raises(grpc.RpcError) as refused:
        office.backfill("2026-03-01", "2026-03-02")
    assert reason(refused.value) == "CLOCK_BACKFILLS_WAITING"

    asked = f"getrequest?SN={office.terminal.serial_number}"
    first = office.terminal.say("GET", asked)
    office.terminal.say("GET", asked)
    assert office.terminal.say("GET", asked) == (200, "OK\n")
    office.attendance.clock.pass_time(minutes=11)
    assert office.terminal.say("GET", asked) == first


def test_a_retired_clock_is_shut_out_and_may_go_to_another_site(office: PushingOffice) -> None:
    office.register()
    office.attendance.people.site("BRANCH")
    office.attendance.follow_people()
    with pytest.raises(grpc.RpcError) as refused:
        office.register(site="BRANCH")
    assert reason(refused.value) == "CLOCK_SERIAL_NUMBER_TAKEN"

    office.retire("2026-03-02")
    office.terminal.punch("1001", "2026-03-02 08:25:00")
    assert office.terminal.upload() == (403, "UNKNOWN DEVICE\n")
    office.register(site="BRANCH")
    assert office.terminal.upload() == (200, "OK: 1\n")


def test_registering_again_sets_a_clock_anew_and_lets_it_in_again(office: PushingOffice) -> None:
    first = office.register()
    office.retire("2026-03-01")
    again = office.register(utc_offset_minutes=330, allowed_lag_seconds=60)
    assert (again.name, again.utc_offset_minutes, again.allowed_lag_seconds) == (first.name, 330, 60)
    assert again.retire_date == ""
    assert office.terminal.hello()["TimeZone"] == "330"


@pytest.mark.parametrize(
    ("field", "request_"),
    [
        ("serial_number", pushing_pb2.RegisterClockRequest(site="HQ", serial_number="a b")),
        ("serial_number", pushing_pb2.RegisterClockRequest(site="HQ", serial_number="x" * 33)),
        (
            "utc_offset_minutes",
            pushing_pb2.RegisterClockRequest(site="HQ", serial_number="GOOD1", utc_offset_minutes=900),
        ),
        (
            "allowed_lag_seconds",
            pushing_pb2.RegisterClockRequest(site="HQ", serial_number="GOOD1", allowed_lag_seconds=301),
        ),
        (
            "allowed_lag_seconds",
            pushing_pb2.RegisterClockRequest(site="HQ", serial_number="GOOD1", allowed_lag_seconds=-1),
        ),
    ],
    ids=["blank", "long", "offset", "lag", "no lag"],
)
def test_what_is_no_clock_is_refused_by_its_field(
    office: PushingOffice, field: str, request_: pushing_pb2.RegisterClockRequest
) -> None:
    with pytest.raises(grpc.RpcError, match=field) as refused:
        office.calls.RegisterClock(request_, metadata=office.attendance.everything)
    assert reason(refused.value) == "FIELD_INVALID"
    assert list(office.listed().clocks) == []


def test_a_clock_serves_everybody_so_registering_takes_a_reach_over_everybody(office: PushingOffice) -> None:
    caller = office.attendance.caller(Scope.SELF, person=office.anna)
    request = pushing_pb2.RegisterClockRequest(site="HQ", serial_number="GOOD1")
    with pytest.raises(grpc.RpcError) as refused:
        office.calls.RegisterClock(request, metadata=caller)
    assert reason(refused.value) == "PERMISSION_MISSING"
