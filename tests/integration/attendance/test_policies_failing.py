"""A pattern that raises, or whose version is gone: named, for the people it concerns, and nobody else."""

from collections.abc import Iterator
from dataclasses import dataclass

import grpc
import pytest
from bylaw.attendance.v1 import policies_pb2, sheets_pb2, sheets_pb2_grpc
from bylaw_attendance.app import build
from bylaw_attendance.policies import installed
from bylaw_chassis.local_channel import LocalChannel
from bylaw_chassis.serving import Service
from bylaw_chassis.status import refusal_from
from bylaw_fixed_week.parameters import Week
from bylaw_fixed_week.pattern import FixedWeek
from bylaw_hooks import Both, DayFacts, MonthAnswer, MonthFacts, MonthPlan, PlannedDay
from bylaw_plugin_host.registering import Registered
from google.protobuf import json_format

from tests.builders.attendance import AttendanceService, attendance_service, settings
from tests.builders.people import reason
from tests.databases import Databases


class Moody(FixedWeek):
    """Raises over whoever has punched."""

    name, version, title = "moody", 1, Both("任性班", "Moody week")
    parameters = Week

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: Week) -> MonthAnswer:
        if facts.punches:
            raise ZeroDivisionError("a fault of the plugin")
        return super().judge_month(facts, plan, parameters)


class Broken(FixedWeek):
    """Cannot plan at all."""

    name, version, title = "broken", 1, Both("坏班", "Broken week")
    parameters = Week

    def plan(self, days: tuple[DayFacts, ...], parameters: Week) -> Iterator[PlannedDay]:  # noqa: ARG002
        raise KeyError(days[0].work_date)


BROKEN = Registered(Broken(), "acme-broken", "0.1")
MOODY = Registered(Moody(), "acme-moody", "0.3")


@dataclass
class Office:
    """Anna and Ben; their unit follows the moody pattern."""

    attendance: AttendanceService
    unit: str
    anna: str
    ben: str


@pytest.fixture
def office(postgres: Databases) -> Iterator[Office]:
    with attendance_service(postgres, plugins={**installed(), "moody@1": MOODY, "broken@1": BROKEN}) as attendance:
        people = attendance.people
        site, unit = people.site(), people.unit("shop")
        anna, ben = (people.person(number, unit.name, site.name).name for number in ("A-1", "B-1"))
        made = policies_pb2.PatternAssignment(shift_pattern="shiftPatterns/moody@1", start_date="2026-01-01")
        request = policies_pb2.CreatePatternAssignmentRequest(pattern_assignment=made)
        attendance.policies.CreatePatternAssignment(request, metadata=attendance.everything)
        yield Office(attendance, unit.name, anna, ben)


@pytest.fixture
def without_moody(office: Office) -> Iterator[Service]:
    """The same service started again after the plugin was uninstalled."""
    attendance = office.attendance
    service = build(settings(attendance.url), channels={"people": attendance.people.channel}, clock=attendance.clock)
    yield service
    service.close()


def test_a_pattern_that_raises_is_named_with_the_person_and_the_others_are_judged(office: Office) -> None:
    attendance = office.attendance
    attendance.punch(office.anna, "2026-02-02 08:20:00")

    with pytest.raises(grpc.RpcError) as refused:
        attendance.sheet(office.anna, "2026-02")
    refusal = refusal_from(refused.value)
    assert refusal.reason == "POLICY_FAILED"
    assert refusal.message_en == "The shift pattern moody@1 failed on A-1; tell whoever provides it (acme-moody 0.3)."
    assert "ZeroDivision" not in refusal.message_en
    assert len(attendance.sheet(office.ben, "2026-02").days) == 28
    faults = [sheet.fault.reason for sheet in attendance.unit_sheets(office.unit, "2026-02").sheets]
    assert faults == ["POLICY_FAILED", ""]


def test_a_pattern_that_cannot_plan_harms_those_who_follow_it_only(office: Office) -> None:
    attendance = office.attendance
    made = policies_pb2.PatternAssignment(
        subject=office.anna, shift_pattern="shiftPatterns/broken@1", start_date="2026-01-01"
    )
    request = policies_pb2.CreatePatternAssignmentRequest(pattern_assignment=made)
    attendance.policies.CreatePatternAssignment(request, metadata=attendance.everything)

    sheets = attendance.unit_sheets(office.unit, "2026-02").sheets

    assert [(sheet.employee_number, sheet.fault.reason) for sheet in sheets] == [("A-1", "POLICY_FAILED"), ("B-1", "")]
    assert "broken@1" in sheets[0].fault.message.zh


def test_a_sheet_outlives_its_pattern_until_what_it_was_judged_from_changes(
    office: Office, without_moody: Service
) -> None:
    attendance = office.attendance
    before = attendance.sheet(office.ben, "2026-02")
    later = sheets_pb2_grpc.SheetsStub(LocalChannel(without_moody.server))
    request = sheets_pb2.GetSheetRequest(name=f"{office.ben}/sheets/2026-02")

    after = later.GetSheet(request, metadata=attendance.everything)
    assert json_format.MessageToDict(after) == json_format.MessageToDict(before)

    attendance.punch(office.ben, "2026-02-02 08:20:00")
    with pytest.raises(grpc.RpcError) as refused:
        later.GetSheet(request, metadata=attendance.everything)
    assert reason(refused.value) == "POLICY_VERSION_GONE"


def test_a_month_never_judged_cannot_be_judged_without_its_pattern(office: Office, without_moody: Service) -> None:
    later = sheets_pb2_grpc.SheetsStub(LocalChannel(without_moody.server))
    request = sheets_pb2.GetSheetRequest(name=f"{office.ben}/sheets/2026-02")
    with pytest.raises(grpc.RpcError) as refused:
        later.GetSheet(request, metadata=office.attendance.everything)
    assert reason(refused.value) == "POLICY_VERSION_GONE"
    unit = sheets_pb2.ListSheetsRequest(parent=office.unit, month="2026-02")
    sheets = later.ListSheets(unit, metadata=office.attendance.everything).sheets
    assert [sheet.fault.reason for sheet in sheets] == ["POLICY_VERSION_GONE"] * 2
