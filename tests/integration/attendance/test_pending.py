"""Nobody is absent too soon: what the clocks have not reported is pending, and late uploads decide it."""

from dataclasses import dataclass
from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import punches_pb2, sheets_pb2
from bylaw_chassis.caller import Scope

from tests.builders.attendance import AttendanceService
from tests.builders.people import reason
from tests.integration.attendance.real_files import packed

pytestmark = pytest.mark.clause("ATT-4")
PENDING, ABSENT = sheets_pb2.FINDING_PENDING, sheets_pb2.FINDING_ABSENT


@dataclass
class Office:
    """Anna and Ben work at HQ by the rulebook's week."""

    attendance: AttendanceService
    anna: str
    ben: str
    site: str

    def verdicts(self, person: str, day: int, month: str = "2026-02") -> list[int]:
        """What a day's halves come to."""
        return [half.verdict for half in self.attendance.sheet(person, month).days[day - 1].halves]


def office_in(attendance: AttendanceService) -> tuple[Any, ...]:
    people = attendance.people
    site, unit = people.site(), people.unit("shop")
    anna, ben = (people.person(number, unit.name, site.name).name for number in ("A-1", "B-1"))
    attendance.assign(since="2026-01-01")
    return anna, ben, site.name


BEGUN = {"office": office_in}


@pytest.fixture
def office(attendance: AttendanceService) -> Office:
    return Office(attendance, *attendance.filled)


def attlog(*lines: str) -> bytes:
    return "\n".join(f"{line}\t0\t1" for line in lines).encode()


def test_without_any_clock_everything_is_pending(office: Office) -> None:
    assert office.verdicts(office.anna, 2) == [PENDING, PENDING]


def test_a_day_is_decided_once_every_clock_of_the_site_has_reported_past_it(office: Office) -> None:
    attendance = office.attendance
    attendance.imported(attlog("A-1\t2026-02-02 08:20:00"), "HQ", device="gate", complete_until_date="2026-02-02")
    assert office.verdicts(office.ben, 2) == [ABSENT, ABSENT]
    assert office.verdicts(office.ben, 3) == [PENDING, PENDING]

    attendance.imported(attlog("A-1\t2026-02-02 08:20:00"), "HQ", device="door", complete_until_date="2026-02-01")
    assert office.verdicts(office.ben, 2) == [PENDING, PENDING]
    attendance.imported(attlog("A-1\t2026-02-03 08:20:00"), "HQ", device="door")
    assert office.verdicts(office.ben, 2) == [ABSENT, ABSENT]


def test_a_late_upload_turns_pending_into_what_happened(office: Office) -> None:
    attendance = office.attendance
    attendance.imported(attlog("B-1\t2026-02-02 08:20:00"), "HQ", device="gate")
    before = attendance.sheet(office.anna, "2026-02")
    assert before.totals.pending_count > 0

    stamps = [f"A-1\t2026-02-02 {time}:00" for time in ("08:21", "12:01", "13:50", "18:01")]
    attendance.imported(attlog(*stamps), "HQ", device="gate", complete_until_date="2026-02-28")

    after = attendance.sheet(office.anna, "2026-02")
    assert office.verdicts(office.anna, 2) == [sheets_pb2.FINDING_ON_TIME] * 2
    assert after.totals.pending_count == 0
    assert after.inputs_digest != before.inputs_digest


def test_a_clock_never_moves_back(office: Office) -> None:
    attendance = office.attendance
    attendance.imported(attlog("A-1\t2026-02-09 08:20:00"), "HQ", device="gate")
    attendance.imported(attlog("A-1\t2026-02-03 08:20:00"), "HQ", device="gate")

    clocks = attendance.punches.ListClocks(punches_pb2.ListClocksRequest(), metadata=attendance.everything).clocks
    assert [(clock.device, clock.report_time.ToJsonString()) for clock in clocks] == [("gate", "2026-02-09T00:20:00Z")]


def test_arrivals_alone_make_nobody_absent_in_the_afternoon(office: Office) -> None:
    attendance = office.attendance
    people = attendance.people
    site = people.site("BLR", "Asia/Kolkata", "NONE")
    person = people.person("1", people.unit("lab", since="2015-01-01").name, site.name, since="2015-01-01").name
    attendance.assign(person, since="2015-01-01", segments=[{"hours": "10:00-18:00"}])

    attendance.imported(packed("in"), "BLR", format=punches_pb2.PUNCH_FILE_FORMAT_WIDE_IN)
    assert office.verdicts(person, 5, "2015-01") == [PENDING]
    attendance.imported(packed("out"), "BLR", format=punches_pb2.PUNCH_FILE_FORMAT_WIDE_OUT)
    assert office.verdicts(person, 5, "2015-01") != [PENDING]


def test_once_a_broken_clock_is_retired_nobody_waits_for_it(office: Office) -> None:
    attendance = office.attendance
    attendance.imported(attlog("A-1\t2026-02-02 08:20:00"), "HQ", device="broken")
    attendance.imported(attlog("A-1\t2026-02-02 08:20:00"), "HQ", device="gate", complete_until_date="2026-02-27")
    assert office.verdicts(office.ben, 5) == [PENDING, PENDING]

    listed = punches_pb2.ListClocksRequest(site=office.site)
    broken = attendance.punches.ListClocks(listed, metadata=attendance.everything).clocks[0]
    request = punches_pb2.RetireClockRequest(name=broken.name, retire_date="2026-02-03")
    assert attendance.punches.RetireClock(request, metadata=attendance.everything).retire_date == "2026-02-03"
    assert office.verdicts(office.ben, 5) == [ABSENT, ABSENT]


def test_retiring_a_clock_takes_a_reach_over_everybody_and_a_clock(office: Office) -> None:
    attendance = office.attendance
    request = punches_pb2.RetireClockRequest(
        name="clocks/00000000-0000-7000-8000-000000000009", retire_date="2026-02-03"
    )
    with pytest.raises(grpc.RpcError) as refused:
        attendance.punches.RetireClock(request, metadata=attendance.caller(Scope.SELF, person=office.anna))
    assert reason(refused.value) == "PERMISSION_MISSING"
    with pytest.raises(grpc.RpcError) as refused:
        attendance.punches.RetireClock(request, metadata=attendance.everything)
    assert reason(refused.value) == "CLOCK_NOT_FOUND"


@pytest.mark.clause("SHT-1", "ATT-2")
def test_leave_that_is_required_becomes_absence_once_the_month_is_handed_over(office: Office) -> None:
    """The 3rd of March at the site ends at 16:00 UTC."""
    attendance = office.attendance
    stamps = [f"A-1\t2026-02-02 {time}:00" for time in ("08:41", "12:01", "13:50", "18:01")]
    attendance.imported(attlog(*stamps), "HQ", complete_until_date="2026-02-28")

    attendance.clock.now = attendance.clock.now.replace(day=3, hour=15, minute=59)
    assert office.verdicts(office.anna, 2)[0] == sheets_pb2.FINDING_LEAVE_REQUIRED
    attendance.clock.pass_time(minutes=1)
    assert office.verdicts(office.anna, 2)[0] == ABSENT
