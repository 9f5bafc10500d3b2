"""Lists of leave as a caller walks them, and the single reads that say whether a request may be seen."""

from collections.abc import Callable
from typing import Any

from bylaw.attendance.v1 import leave_pb2 as leave
from google.protobuf.message import Message

from tests.builders.attendance import AttendanceService
from tests.integration.lists import Listing, Walk

Question = tuple[Callable[..., Any], Message]


def of_requests(attendance: AttendanceService) -> Listing:
    """Everybody's requests."""
    return Listing(
        Walk(attendance.leave.ListLeaveRequests, leave.ListLeaveRequestsRequest(), "leave_requests"),
        lambda reads, thing: reads.read(
            attendance.leave.GetLeaveRequest, leave.GetLeaveRequestRequest(name=thing.name)
        ),
    )


def under_a_unit(attendance: AttendanceService, parent: str) -> dict[str, Walk]:
    """The requests of a unit's people, or of a person."""
    request = leave.ListLeaveRequestsRequest(parent=parent)
    return {"ListLeaveRequests": Walk(attendance.leave.ListLeaveRequests, request, "leave_requests")}


def under_a_person(attendance: AttendanceService, person: str) -> dict[str, Walk]:
    """The lists under a person."""
    stub = attendance.leave
    return {
        **under_a_unit(attendance, person),
        "ListLeaveKinds": Walk(stub.ListLeaveKinds, leave.ListLeaveKindsRequest(parent=person), "leave_kinds"),
        "ListLeaveBalances": Walk(
            stub.ListLeaveBalances, leave.ListLeaveBalancesRequest(parent=person), "leave_balances"
        ),
        "ListLeaveEntries": Walk(stub.ListLeaveEntries, leave.ListLeaveEntriesRequest(parent=person), "leave_entries"),
    }


def about_a_request(attendance: AttendanceService, name: str) -> list[Question]:
    """Reading it, giving back of a version that there never was, and what would come of one's own for another day."""
    stub, back = attendance.leave, leave.GiveBackLeaveRequest(name=name, text="x", etag="never")
    preview = leave.PreviewLeaveRequestRequest(kind="trip", start_date="2026-03-06")
    return [
        (stub.GetLeaveRequest, leave.GetLeaveRequestRequest(name=name)),
        (stub.GiveBackLeave, back),
        (stub.PreviewLeaveRequest, preview),
    ]
