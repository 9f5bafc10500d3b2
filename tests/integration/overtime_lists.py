"""Overtime and the hours of months, as a caller walks them and asks about them."""

from collections.abc import Callable
from typing import Any

from bylaw.attendance.v1 import overtime_pb2 as overtime
from google.protobuf.message import Message

from tests.builders.attendance import AttendanceService
from tests.integration.lists import Listing, Walk

Question = tuple[Callable[..., Any], Message]


def of_requests(attendance: AttendanceService) -> Listing:
    """Everybody's requests, each with its single read."""
    stub, request = attendance.overtime, overtime.GetOvertimeRequestRequest
    return Listing(
        Walk(stub.ListOvertimeRequests, overtime.ListOvertimeRequestsRequest(), "overtime_requests"),
        lambda reads, thing: reads.read(stub.GetOvertimeRequest, request(name=thing.name)),
    )


def under_a_unit(attendance: AttendanceService, unit: str, month: str) -> dict[str, Walk]:
    """The requests of a unit's people, and the hours of their month."""
    stub, hours = attendance.overtime, overtime.ListWorkHoursRequest(parent=unit, month=month)
    return {**of_anybody(attendance, unit), "ListWorkHours": Walk(stub.ListWorkHours, hours, "work_hours")}


def of_anybody(attendance: AttendanceService, parent: str) -> dict[str, Walk]:
    """The requests of a unit's people, or of a person."""
    request = overtime.ListOvertimeRequestsRequest(parent=parent)
    walk = Walk(attendance.overtime.ListOvertimeRequests, request, "overtime_requests")
    return {"ListOvertimeRequests": walk}


def hours_of(attendance: AttendanceService, person: str, month: str) -> Question:
    """The hours of a person's month."""
    return attendance.overtime.GetWorkHours, overtime.GetWorkHoursRequest(name=f"{person}/workHours/{month}")


def about_a_request(attendance: AttendanceService, name: str) -> list[Question]:
    """Reading it, and confirming a version that there never was."""
    stub, confirm = attendance.overtime, overtime.ConfirmOvertimeRequestRequest(name=name, etag="never")
    get = overtime.GetOvertimeRequestRequest(name=name)
    return [(stub.GetOvertimeRequest, get), (stub.ConfirmOvertimeRequest, confirm)]
