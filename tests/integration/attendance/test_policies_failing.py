"""A pattern that raises, answers nonsense, or whose version is gone: named, for those it concerns and nobody else."""

from collections.abc import Iterator
from dataclasses import dataclass

import grpc
import pytest
from bylaw.attendance.v1 import sheets_pb2, sheets_pb2_grpc
from bylaw_attendance.app import build
from bylaw_chassis.local_channel import LocalChannel
from bylaw_chassis.serving import Service
from bylaw_chassis.status import refusal_from
from google.protobuf import json_format

from tests.builders.attendance import AttendanceService, attendance_service, settings
from tests.builders.people import reason
from tests.builders.policies import Broken, Foreign, Lying, Moody, brought
from tests.databases import Databases


@dataclass
class Office:
    """Anna and Ben; their unit follows the moody pattern."""

    attendance: AttendanceService
    unit: str
    anna: str
    ben: str


@pytest.fixture
def office(postgres: Databases) -> Iterator[Office]:
    with attendance_service(postgres, plugins=brought(Moody(), Lying(), Foreign(), Broken())) as attendance:
        people = attendance.people
        site, unit = people.site(), people.unit("shop")
        anna, ben = (people.person(number, unit.name, site.name).name for number in ("A-1", "B-1"))
        attendance.assign(since="2026-01-01", pattern="shiftPatterns/moody@1")
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
    assert (
        refusal.message_en == "The shift pattern moody@1 failed on A-1; tell whoever provides it (acme-patterns 0.3)."
    )
    assert "ZeroDivision" not in refusal.message_en
    assert len(attendance.sheet(office.ben, "2026-02").days) == 28
    faults = [sheet.fault.reason for sheet in attendance.unit_sheets(office.unit, "2026-02").sheets]
    assert faults == ["POLICY_FAILED", ""]


def test_of_a_plan_that_cannot_be_made_the_pattern_is_asked_once_whoever_follows_it(postgres: Databases) -> None:
    broken = Broken()
    with attendance_service(postgres, plugins=brought(broken)) as attendance:
        people = attendance.people
        site, unit = people.site().name, people.unit("shop").name
        for number in range(3):
            people.person(f"A-{number}", unit, site)
        attendance.assign(since="2026-01-01", pattern="shiftPatterns/broken@1")

        sheets = attendance.unit_sheets(unit, "2026-02").sheets

        assert [(sheet.fault.reason, sheet.employee_number in sheet.fault.message.en) for sheet in sheets] == [
            ("POLICY_FAILED", True)
        ] * 3
        assert broken.asked == 1


def test_a_pattern_that_cannot_plan_harms_those_who_follow_it_only(office: Office) -> None:
    attendance = office.attendance
    attendance.assign(office.anna, since="2026-01-01", pattern="shiftPatterns/broken@1")

    sheets = attendance.unit_sheets(office.unit, "2026-02").sheets

    assert [(sheet.employee_number, sheet.fault.reason) for sheet in sheets] == [("A-1", "POLICY_FAILED"), ("B-1", "")]
    assert "broken@1" in sheets[0].fault.message.zh


@pytest.mark.parametrize(
    ("pattern", "rule", "day", "words"),
    [
        ("lying@1", "C7", "2026-02-28", "no negative or absurd minutes"),
        ("foreign@1", "C9", "2026-02-02", "a clause that exists on that day"),
    ],
)
def test_an_answer_that_breaks_a_rule_is_refused_by_rule_person_and_day_and_the_others_are_judged(
    office: Office, pattern: str, rule: str, day: str, words: str
) -> None:
    attendance = office.attendance
    attendance.assign(office.unit, since="2026-01-01", pattern=f"shiftPatterns/{pattern}")
    attendance.punch(office.anna, "2026-02-02 08:20:00")
    attendance.service.server.wordings.refresh()  # type: ignore[union-attr]

    with pytest.raises(grpc.RpcError) as refused:
        attendance.sheet(office.anna, "2026-02")

    refusal = refusal_from(refused.value)
    told = {name: refusal.variables[name] for name in ("policy", "rule", "person", "day")}
    assert (refusal.reason, told) == (
        "POLICY_ANSWER_INVALID",
        {"policy": pattern, "rule": rule, "person": "A-1", "day": day},
    )
    assert f"A-1 {day}" in refusal.message_zh
    assert words in refusal.message_en
    faults = [sheet.fault.reason for sheet in attendance.unit_sheets(office.unit, "2026-02").sheets]
    assert faults == ["POLICY_ANSWER_INVALID", ""]


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
