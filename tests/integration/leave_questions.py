"""Questions about what somebody was put under, patterns and leave policies, and what their leave depends on."""

from collections.abc import Callable
from typing import Any

from bylaw.attendance.v1 import leave_policies_pb2, policies_pb2
from bylaw.people.v1.service_records_pb2 import GetServiceRecordRequest
from google.protobuf.message import Message

from tests.builders.attendance import AttendanceService
from tests.builders.leave_policies import STATUTORY, stub_of
from tests.builders.service_records import service_records_of
from tests.integration.lists import Walk

Question = tuple[Callable[..., Any], Message]


def assigned_to(attendance: AttendanceService, subject: str) -> list[Question]:
    """What a person or a unit was put under, by mistake too."""
    patterns = policies_pb2.ListPatternAssignmentsRequest(subject=subject, show_withdrawn=True)
    leave = leave_policies_pb2.ListLeaveAssignmentsRequest(subject=subject, show_withdrawn=True)
    tried = leave_policies_pb2.ListLeaveAssignmentEffectsRequest(
        subject=subject, leave_policy=STATUTORY, start_date="2026-03-01"
    )
    stub = stub_of(attendance)
    return [
        (attendance.policies.ListPatternAssignments, patterns),
        (stub.ListLeaveAssignments, leave),
        (stub.ListLeaveAssignmentEffects, tried),
    ]


def under_a_unit(attendance: AttendanceService, unit: str) -> dict[str, Walk]:
    """What else its people would be given."""
    tried = leave_policies_pb2.ListLeaveAssignmentEffectsRequest(
        subject=unit, leave_policy=STATUTORY, start_date="2026-03-01"
    )
    return {"ListLeaveAssignmentEffects": Walk(stub_of(attendance).ListLeaveAssignmentEffects, tried, "effects")}


def of_person(attendance: AttendanceService, person: str) -> list[Question]:
    """The same, and since when a person has served."""
    served = service_records_of(attendance.people).GetServiceRecord, GetServiceRecordRequest(name=person)
    return [*assigned_to(attendance, person), served]
