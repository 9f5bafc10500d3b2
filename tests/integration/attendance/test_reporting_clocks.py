"""Punches that come over the API alone: whoever sends them says up to when they are all here, and days are decided."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import punches_pb2, sheets_pb2
from bylaw_chassis.caller import Scope
from bylaw_chassis.status import refusal_from
from google.protobuf.timestamp_pb2 import Timestamp

from tests.builders.attendance import AttendanceService
from tests.builders.people import reason

pytestmark = pytest.mark.clause("ATT-4")
PENDING, ABSENT, LATE = sheets_pb2.FINDING_PENDING, sheets_pb2.FINDING_ABSENT, sheets_pb2.FINDING_LATE


@dataclass
class Office:
    """Anna works at HQ by the rulebook's week; her terminal sends each punch over the API."""

    attendance: AttendanceService
    anna: str
    site: str

    def report(self, until: str, *, site: str = "HQ", device: str = "app", caller: Any = None) -> punches_pb2.Clock:
        """Says up to when the terminal has sent everything; the time is UTC."""
        time = Timestamp()
        time.FromJsonString(until)
        request = punches_pb2.ReportClockRequest(site=site, device=device, report_time=time)
        clock: punches_pb2.Clock = self.attendance.punches.ReportClock(
            request, metadata=caller or self.attendance.everything
        )
        return clock

    def verdicts(self, day: int) -> list[int]:
        """What a day's halves come to."""
        return [half.verdict for half in self.attendance.sheet(self.anna, "2026-02").days[day - 1].halves]


def office_in(attendance: AttendanceService) -> tuple[Any, ...]:
    people = attendance.people
    site, unit = people.site(), people.unit("shop")
    anna = people.person("A-1", unit.name, site.name).name
    attendance.assign(since="2026-01-01")
    for time in ("08:31", "12:01", "13:50", "18:01"):
        attendance.punch(anna, f"2026-02-02 {time}:00", device="app")
    return anna, site.name


BEGUN = {"office": office_in}


@pytest.fixture
def office(attendance: AttendanceService) -> Office:
    return Office(attendance, *attendance.filled)


def test_without_a_report_what_is_empty_stays_pending(office: Office) -> None:
    assert office.verdicts(3) == [PENDING, PENDING]
    assert office.attendance.sheet(office.anna, "2026-02").totals.absent_halves == 0


@pytest.mark.clause("ATT-2")
def test_a_report_decides_the_days_before_it_and_no_later_one(office: Office) -> None:
    clock = office.report("2026-02-03T16:00:00Z")

    day = office.attendance.sheet(office.anna, "2026-02").days[1]
    assert (day.halves[0].card_points[0].finding, day.halves[0].card_points[0].minutes) == (LATE, 6)
    assert office.verdicts(3) == [ABSENT, ABSENT]
    assert office.verdicts(4) == [PENDING, PENDING]
    assert (clock.site, clock.device, clock.report_time.ToJsonString()) == (
        office.site,
        "app",
        "2026-02-03T16:00:00Z",
    )


def test_a_site_is_named_by_its_code_or_by_its_name_and_the_clock_is_the_same(office: Office) -> None:
    first = office.report("2026-02-03T16:00:00Z")
    second = office.report("2026-02-04T16:00:00Z", site=office.site)

    assert second.name == first.name
    assert second.report_time.ToJsonString() == "2026-02-04T16:00:00Z"


def test_an_earlier_report_answers_the_clock_as_it_is(office: Office) -> None:
    office.report("2026-02-05T16:00:00Z")

    assert office.report("2026-02-03T16:00:00Z").report_time.ToJsonString() == "2026-02-05T16:00:00Z"
    assert office.verdicts(4) == [ABSENT, ABSENT]


def moment(office: Office, *, ahead: timedelta) -> str:
    now: datetime = office.attendance.clock() + ahead
    return now.isoformat().replace("+00:00", "Z")


def test_five_minutes_ahead_are_a_clock_that_is_a_little_fast_and_more_is_refused(office: Office) -> None:
    office.report(moment(office, ahead=timedelta(minutes=5)))
    with pytest.raises(grpc.RpcError) as refused:
        office.report(moment(office, ahead=timedelta(minutes=5, seconds=1)))
    refusal = refusal_from(refused.value)
    assert (refusal.reason, refusal.violations[0].field) == ("FIELD_INVALID", "report_time")


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (punches_pb2.ReportClockRequest(site="HQ", device="app"), "FIELD_INVALID"),
        (punches_pb2.ReportClockRequest(site="HQ", report_time=Timestamp(seconds=2**62)), "FIELD_INVALID"),
        (punches_pb2.ReportClockRequest(site="HQ", report_time=Timestamp(seconds=1, nanos=-5)), "FIELD_INVALID"),
        (punches_pb2.ReportClockRequest(site="HQ", report_time=Timestamp(seconds=-(10**10))), "FIELD_INVALID"),
        (punches_pb2.ReportClockRequest(site="HQ", device="a\nb", report_time=Timestamp(seconds=1)), "FIELD_INVALID"),
        (punches_pb2.ReportClockRequest(site="", report_time=Timestamp(seconds=10**9)), "SITE_NOT_FOUND"),
        (punches_pb2.ReportClockRequest(site="nowhere", report_time=Timestamp(seconds=10**9)), "SITE_NOT_FOUND"),
    ],
)
def test_what_is_no_report_is_refused(office: Office, request_: punches_pb2.ReportClockRequest, why: str) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        office.attendance.punches.ReportClock(request_, metadata=office.attendance.everything)
    assert reason(refused.value) == why
    assert office.attendance.punches.ListClocks(
        punches_pb2.ListClocksRequest(), metadata=office.attendance.everything
    ) == punches_pb2.ListClocksResponse(clocks=[])


def test_a_clock_serves_everybody_at_a_site_so_reporting_takes_a_reach_over_everybody(office: Office) -> None:
    caller = office.attendance.caller(Scope.SELF, person=office.anna)
    with pytest.raises(grpc.RpcError) as refused:
        office.report("2026-02-03T16:00:00Z", caller=caller)
    assert reason(refused.value) == "PERMISSION_MISSING"


def test_the_same_wish_again_answers_as_before(office: Office) -> None:
    request = punches_pb2.ReportClockRequest(
        site="HQ", device="app", report_time=Timestamp(seconds=1_770_000_000), request_id="report-of-tonight"
    )
    answers = [office.attendance.punches.ReportClock(request, metadata=office.attendance.everything) for _ in range(2)]
    assert answers[0] == answers[1]
