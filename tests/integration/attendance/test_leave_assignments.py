"""Leave policies are offered, assigned from a date, ended and withdrawn; two that clash are refused by name."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import feed_pb2
from bylaw_chassis.caller import Scope
from bylaw_chassis.status import refusal_from

from tests.builders.attendance import AttendanceService, attendance_service
from tests.builders.leave_policies import (
    PLAIN,
    STATUTORY,
    Failing,
    Generous,
    LaterPlainLeave,
    PlainLeave,
    TakingAnnual,
    assign_leave,
    bringing,
    end_leave,
    leave_assignments,
    leave_policies,
    refused_leave,
    withdraw_leave,
)
from tests.builders.people import reason
from tests.databases import Databases

ANNUAL = "leavePolicies/acme-annual@1"


@dataclass
class Office:
    """Anna works in the shop and Bela in the store, both below the company."""

    attendance: AttendanceService
    company: str
    shop: str
    store: str
    anna: str


PLUGINS = bringing(PlainLeave(), LaterPlainLeave(), TakingAnnual(), Generous(), Failing())


@pytest.fixture
def office(postgres: Databases) -> Iterator[Office]:
    with attendance_service(postgres, plugins=PLUGINS, fill=office_in) as attendance:
        yield Office(attendance, *attendance.filled)


def office_in(attendance: AttendanceService) -> tuple[str, ...]:
    people = attendance.people
    site, company = people.site(), people.unit("company")
    shop, store = (people.unit(code, parent=company.name).name for code in ("shop", "store"))
    anna = people.person("A-1", shop, site.name).name
    attendance.follow_people()
    return company.name, shop, store, anna


def days(attendance: AttendanceService, **more: Any) -> list[tuple[str, str, str]]:
    return [(one.leave_policy, one.start_date, one.end_date) for one in leave_assignments(attendance, **more)]


def refused(call: Any, *arguments: Any, **more: Any) -> grpc.RpcError:
    with pytest.raises(grpc.RpcError) as error:
        call(*arguments, **more)
    return error.value


def test_every_version_is_listed_with_its_kinds_and_the_schema_of_its_parameters(office: Office) -> None:
    offered = leave_policies(office.attendance)
    assert {PLAIN, PLAIN.replace("@1", "@2"), STATUTORY} <= offered.keys()
    statutory = offered[STATUTORY]
    assert (statutory.title.zh, statutory.title.en) == ("法定假", "Statutory leave")
    assert ("annual", "Annual leave", "annual") in [(one.code, one.title.en, one.balance) for one in statutory.kinds]
    assert statutory.parameters_schema["properties"]["marriage_days"]["x-title"]["zh"] == "婚假(天)"
    assert (offered[PLAIN].distribution, list(offered[PLAIN].faults)) == ("acme-leave 0.3", [])


@pytest.mark.clause("LVE-1")
@pytest.mark.postgresql15
def test_statutory_leave_is_assigned_to_everybody_from_the_start_and_can_be_given_other_parameters(
    office: Office,
) -> None:
    attendance = office.attendance
    (first,) = leave_assignments(attendance)
    assert (first.subject, first.leave_policy, first.start_date, first.end_date) == ("", STATUTORY, "2000-01-01", "")
    made = assign_leave(attendance, since="2026-07-01", policy=STATUTORY, annual_days_from_1_year=7)
    assert made.parameters["annual_days_from_1_year"] == 7
    assert made.parameters["marriage_days"] == 3
    assert days(attendance) == [(STATUTORY, "2026-07-01", ""), (STATUTORY, "2000-01-01", "2026-06-30")]


@pytest.mark.clause("LVE-1")
def test_several_policies_stand_side_by_side_and_versions_of_one_follow_each_other(office: Office) -> None:
    attendance, later = office.attendance, PLAIN.replace("@1", "@2")
    assign_leave(attendance, office.shop, "2026-02-01")
    assign_leave(attendance, office.shop, "2026-03-01", policy=STATUTORY, marriage_days=10)
    assign_leave(attendance, office.shop, "2026-05-01", policy=later)
    assert days(attendance, subject=office.shop) == [
        (later, "2026-05-01", ""),
        (STATUTORY, "2026-03-01", ""),
        (PLAIN, "2026-02-01", "2026-04-30"),
    ]
    overlapping = refused(assign_leave, attendance, office.shop, "2026-04-01", "2026-06-30")
    assert reason(overlapping) == "LEAVE_ASSIGNMENT_OVERLAPS"
    assert "acme-plain@1" in overlapping.details()
    assert days(attendance, subject=office.shop, running_on_date="2026-04-30") == [
        (STATUTORY, "2026-03-01", ""),
        (PLAIN, "2026-02-01", "2026-04-30"),
    ]


@pytest.mark.clause("LVE-1")
def test_a_policy_with_a_code_that_another_one_of_the_same_people_uses_is_refused_by_name(office: Office) -> None:
    attendance = office.attendance
    clash = refused(assign_leave, attendance, office.anna, policy=ANNUAL)
    assert reason(clash) == "LEAVE_CODES_CLASH"
    assert "acme-annual@1" in clash.details()
    assert "statutory-leave@1" in clash.details()
    assert "annual" in clash.details()
    assert len(leave_assignments(attendance)) == 1


@pytest.mark.clause("LVE-1")
def test_codes_may_be_the_same_where_the_people_or_the_days_are_others(office: Office) -> None:
    attendance = office.attendance
    (everybody,) = leave_assignments(attendance)
    end_leave(attendance, everybody.name, "2026-06-30")
    assign_leave(attendance, office.store, "2026-07-01", policy=STATUTORY)
    assign_leave(attendance, office.shop, "2026-07-01", policy=ANNUAL)
    for subject in (office.company, "", office.anna):
        assert refused_leave(attendance, subject, "2026-08-01", policy=STATUTORY) == "LEAVE_CODES_CLASH"
    assert reason(refused(end_leave, attendance, everybody.name, "2026-07-01")) == "LEAVE_CODES_CLASH"


@pytest.mark.clause("LVE-1")
def test_of_two_that_clash_and_are_assigned_at_once_one_is_refused(office: Office) -> None:
    attendance = office.attendance
    (everybody,) = leave_assignments(attendance)
    end_leave(attendance, everybody.name, "2026-06-30")

    def assign(policy: str) -> str:
        try:
            return assign_leave(attendance, office.shop, "2026-07-01", policy=policy).name.partition("/")[0]
        except grpc.RpcError as error:
            return reason(error)

    with ThreadPoolExecutor(2) as pool:
        done = sorted(pool.map(assign, (STATUTORY, ANNUAL)))
    assert done[1] == "leaveAssignments"
    assert done[0] in {"LEAVE_CODES_CLASH", "LEAVE_ASSIGNMENT_CHANGED"}
    assert len(leave_assignments(attendance, subject=office.shop)) == 1


@pytest.mark.clause("LVE-1")
def test_a_mistake_is_withdrawn_and_what_it_had_ended_goes_on(office: Office) -> None:
    attendance = office.attendance
    wrong = assign_leave(attendance, since="2026-07-01", policy=STATUTORY, annual_days_from_1_year=7)
    withdrawn = withdraw_leave(attendance, wrong.name, etag=wrong.etag)
    assert (withdrawn.withdraw_reason, withdrawn.HasField("withdraw_time")) == ("by mistake", True)
    assert days(attendance) == [(STATUTORY, "2000-01-01", "")]
    assert len(leave_assignments(attendance, show_withdrawn=True)) == 2
    assert reason(refused(withdraw_leave, attendance, wrong.name)) == "LEAVE_ASSIGNMENT_WITHDRAWN"
    (first,) = leave_assignments(attendance)
    assert reason(refused(withdraw_leave, attendance, first.name, etag="9")) == "LEAVE_ASSIGNMENT_CHANGED"
    assert reason(refused(withdraw_leave, attendance, first.name, "")) == "FIELD_INVALID"
    nobody = first.name[:-1] + "9"
    assert reason(refused(end_leave, attendance, nobody, "2026-07-01")) == "LEAVE_ASSIGNMENT_NOT_FOUND"


def test_each_change_is_told_without_the_reason(office: Office) -> None:
    attendance = office.attendance
    made = assign_leave(attendance, office.shop)
    withdraw_leave(attendance, made.name)
    events = attendance.feed.ListEvents(feed_pb2.ListEventsRequest(), metadata=attendance.everything).events
    told = [one.leave_policy_assigned for one in events if one.HasField("leave_policy_assigned")]
    assert [(one.name, one.HasField("withdraw_time"), one.withdraw_reason) for one in told] == [
        (made.name, False, ""),
        (made.name, True, ""),
    ]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"policy": "leavePolicies/none@1"}, "LEAVE_POLICY_GONE"),
        ({"policy": "shiftPatterns/statutory-leave@1"}, "FIELD_INVALID"),
        ({"policy": STATUTORY, "annual_days_from_1_year": 2}, "LEAVE_PARAMETERS_INVALID"),
        ({"policy": STATUTORY, "holidays": 2}, "LEAVE_PARAMETERS_INVALID"),
        ({"since": "2026-02-30"}, "FIELD_INVALID"),
        ({"until": "2025-12-31"}, "FIELD_INVALID"),
        ({"subject": "sites/1"}, "FIELD_INVALID"),
        ({"subject": "units/00000000-0000-7000-8000-00000000000f"}, "UNIT_NOT_FOUND"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(office: Office, more: dict[str, Any], why: str) -> None:
    assert refused_leave(office.attendance, **more) == why
    assert len(leave_assignments(office.attendance)) == 1


def test_a_wrong_parameter_is_named_with_its_path(office: Office) -> None:
    wrong = refused(assign_leave, office.attendance, policy=STATUTORY, marriage_days=1)
    assert [one.field for one in refusal_from(wrong).violations] == ["leave_assignment.parameters.marriage_days"]


def test_whoever_may_not_assign_to_everybody_assigns_below_them_alone(office: Office) -> None:
    head = office.attendance.caller(Scope.SUBTREE, unit=office.shop)
    assert refused_leave(office.attendance, caller=head) == "PERMISSION_MISSING"
    assert refused_leave(office.attendance, office.store, caller=head) == "UNIT_NOT_FOUND"
    assign_leave(office.attendance, office.shop, caller=head)
    store = office.attendance.caller(Scope.SUBTREE, unit=office.store)
    assert [one.leave_policy for one in leave_assignments(office.attendance, store)] == [STATUTORY]
