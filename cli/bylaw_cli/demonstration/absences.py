"""Leave in the demonstration company: a policy for the warehouse, what is agreed, what waits, and a trip (LVE-1..3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from bylaw.attendance.v1 import leave_pb2, leave_pb2_grpc, leave_policies_pb2, leave_policies_pb2_grpc
from google.protobuf import json_format

from bylaw_cli.demonstration.asking import ZONE, Asking
from bylaw_cli.demonstration.deciding import AGENT, AGREE, CLERK, DIRECTOR, KEEPER, Said, say
from bylaw_cli.demonstration.planned import Plans, first_month
from bylaw_cli.demonstration.posts import HEADS

HR, ANALYST = HEADS["OFFICE"], HEADS["DATA"]
POLICY = "statutory-leave"
WAREHOUSE_DAYS = {"annual_days_from_1_year": 7}
"""Two days a year more than the law has it."""

TRIP_BEGINS, ASKED_AT = 8, time(10, 20)
"""On the how manieth planned day of the first month the analyst's trip begins."""


@dataclass(frozen=True, slots=True)
class Absence:
    """What somebody asks for, on their next planned days so many days from now on, and what is said of it."""

    number: str
    kind: str
    days: int
    reason: str
    ahead: int
    said: tuple[Said, ...] = ()


ABSENCES = (
    Absence(CLERK, "annual", 1, "带孩子体检。", 6, (Said(KEEPER, AGREE),)),
    Absence(AGENT, "personal", 2, "回乡参加婚礼。", 18),
)
TRIP = Absence(ANALYST, "trip", 2, "赴上海参加平台数据培训。", 0, (Said(DIRECTOR, AGREE, "同意，回来后分享。"),))


def trip_days(asking: Asking, plans: Plans) -> list[date]:
    """The days on which the analyst was away: as asked for already, else of the first month's plan."""
    if asked := _asked(asking, TRIP):
        first, last = date.fromisoformat(asked.start_date), date.fromisoformat(asked.end_date)
        return [first + timedelta(days=number) for number in range((last - first).days + 1)]
    planned = plans.days(ANALYST, first_month(asking.today))
    return list(islice(planned, TRIP_BEGINS, TRIP_BEGINS + TRIP.days))


def take(asking: Asking, plans: Plans) -> None:
    """Grants the warehouse more, asks for everybody's leave, and has it decided."""
    _assign(asking)
    trip = trip_days(asking, plans)
    _absent(asking, TRIP, trip, asked_at=datetime.combine(trip[0] - timedelta(days=2), ASKED_AT, tzinfo=ZONE))
    for absence in ABSENCES:
        since = asking.today + timedelta(days=absence.ahead)
        _absent(asking, absence, list(islice(plans.days(absence.number, since), absence.days)))


def _assign(asking: Asking) -> None:
    """Human resources gives the warehouse its days from this year on."""
    stub = asking.stub(leave_policies_pb2_grpc.LeavePoliciesStub)
    listed = asking.ask(stub.ListLeaveAssignments, leave_policies_pb2.ListLeaveAssignmentsRequest()).leave_assignments
    unit = asking.units["LOGISTICS"]
    if any(assignment.subject == unit for assignment in listed):
        return
    offered = asking.ask(stub.ListLeavePolicies, leave_policies_pb2.ListLeavePoliciesRequest()).leave_policies
    newest = max((policy.name for policy in offered if f"/{POLICY}@" in policy.name), key=_version)
    made = leave_policies_pb2.LeaveAssignment(
        subject=unit, leave_policy=newest, start_date=asking.today.replace(month=1, day=1).isoformat()
    )
    json_format.ParseDict(WAREHOUSE_DAYS, made.parameters)
    request = leave_policies_pb2.CreateLeaveAssignmentRequest(leave_assignment=made)
    asking.ask(stub.CreateLeaveAssignment, request, by=HR)


def _version(policy: str) -> int:
    return int(policy.rpartition("@")[2])


def _absent(asking: Asking, absence: Absence, days: Sequence[date], *, asked_at: datetime | None = None) -> None:
    """Asks under a key: a load that was broken off before people heard of it goes on where it stood."""
    asked = _asked(asking, absence)
    if asked is None or not asked.decision:
        first, last = (asked.start_date, asked.end_date) if asked else (f"{days[0]}", f"{days[-1]}")
        wish = leave_pb2.LeaveRequest(kind=absence.kind, start_date=first, end_date=last, reason=absence.reason)
        request = leave_pb2.CreateLeaveRequestRequest(leave_request=wish, request_id=f"demonstration-{absence.kind}")
        kind = leave_pb2_grpc.LeaveStub
        stub = asking.stub_at(kind, asked_at) if asked_at else asking.stub(kind)
        asked = asking.ask(stub.CreateLeaveRequest, request, by=absence.number)
    say(asking, asked.decision, absence.said)


def _asked(asking: Asking, absence: Absence) -> leave_pb2.LeaveRequest | None:
    """What a load that was broken off has asked for already."""
    stub = asking.stub(leave_pb2_grpc.LeaveStub)
    request = leave_pb2.ListLeaveRequestsRequest(parent=asking.name(absence.number))
    found: Sequence[leave_pb2.LeaveRequest] = asking.ask(stub.ListLeaveRequests, request).leave_requests
    return next((one for one in found if one.kind == absence.kind), None)
