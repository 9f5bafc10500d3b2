"""Leave policies as tests assign them, and policies that tests bring along."""

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import leave_policies_pb2, leave_policies_pb2_grpc
from bylaw_hooks import Both
from bylaw_hooks.leave import (
    Employment,
    Entitlement,
    LeaveDay,
    LeaveKind,
    LeaveParameters,
    LeavePolicy,
    LeaveRequest,
    Period,
    Taken,
)
from bylaw_kit.checking import Exists
from bylaw_plugin_host.discovery import installed
from bylaw_plugin_host.host import PolicyHost
from bylaw_plugin_host.registering import RegisteredLeavePolicy, register
from bylaw_plugin_host.starting import inline
from google.protobuf import json_format

from tests.builders.attendance import AttendanceService
from tests.builders.people import reason

STATUTORY, PLAIN = "leavePolicies/statutory-leave@1", "leavePolicies/acme-plain@1"
EVERY_LEAVE = leave_policies_pb2.ListLeaveAssignmentsRequest(show_withdrawn=True)
PLAIN_DAY = Both("司庆假", "Anniversary leave")


class PlainLeave(LeavePolicy[LeaveParameters]):
    """A day a year, and the base of the bad ones."""

    name, version, title, parameters = "acme-plain", 1, PLAIN_DAY, LeaveParameters

    def kinds(self, parameters: LeaveParameters) -> tuple[LeaveKind, ...]:  # noqa: ARG002
        return (LeaveKind("acme-day", PLAIN_DAY, unit="day", balance="acme-day"),)

    def entitlements(
        self,
        employment: Employment,
        span: Period,
        parameters: LeaveParameters,  # noqa: ARG002
    ) -> Iterator[Entitlement]:
        for year in span.years():
            day = date(year, 3, 8)
            if day in span and employment.employed_on(day):
                yield Entitlement("acme-day", day, Fraction(1), PLAIN_DAY, expires=date(year, 12, 31))


class LaterPlainLeave(PlainLeave):
    """The second version: two days a year."""

    version = 2


class TakingAnnual(PlainLeave):
    """Calls its kind as statutory leave does."""

    name = "acme-annual"

    def kinds(self, parameters: LeaveParameters) -> tuple[LeaveKind, ...]:  # noqa: ARG002
        return (LeaveKind("annual", PLAIN_DAY, balance="annual"),)


class Generous(PlainLeave):
    """Gives on a day that nobody asked about, as long as it is told to."""

    name, generous = "acme-generous", True

    def entitlements(self, employment: Employment, span: Period, parameters: LeaveParameters) -> Iterator[Entitlement]:
        yield from super().entitlements(employment, span, parameters)
        if self.generous:
            yield Entitlement("acme-day", date(1999, 1, 1), Fraction(1), PLAIN_DAY)


class Failing(PlainLeave):
    """Cannot measure."""

    name = "acme-failing"

    def measure(
        self, request: LeaveRequest, days: tuple[LeaveDay, ...], parameters: LeaveParameters
    ) -> tuple[Taken, ...]:
        raise KeyError(request.kind, days, parameters)


def bringing(*policies: LeavePolicy[Any], distribution: str = "acme-leave") -> Callable[[Exists], PolicyHost]:
    """What is installed here, and these leave policies of one distribution, version 0.3."""

    def start(exists: Exists) -> PolicyHost:
        shipped = [register(found.entry) for found in installed()]
        patterns = [one for brought in shipped for one in brought.patterns]
        leave = [one for brought in shipped for one in brought.leave_policies]
        own = [RegisteredLeavePolicy(one, distribution, "0.3") for one in policies]
        return inline([*patterns, *leave, *own], exists)

    return start


def stub_of(attendance: AttendanceService) -> leave_policies_pb2_grpc.LeavePoliciesStub:
    """The calls."""
    return leave_policies_pb2_grpc.LeavePoliciesStub(attendance.channel)


def assign_leave(
    attendance: AttendanceService,
    subject: str = "",
    since: str = "2026-01-01",
    until: str = "",
    *,
    policy: str = PLAIN,
    caller: Any = None,
    **parameters: Any,
) -> leave_policies_pb2.LeaveAssignment:
    """Has a policy hold for a subject (nothing: everybody)."""
    made = leave_policies_pb2.LeaveAssignment(subject=subject, leave_policy=policy, start_date=since, end_date=until)
    json_format.ParseDict(parameters, made.parameters)
    request = leave_policies_pb2.CreateLeaveAssignmentRequest(leave_assignment=made)
    answer: leave_policies_pb2.LeaveAssignment = stub_of(attendance).CreateLeaveAssignment(
        request, metadata=caller or attendance.everything
    )
    return answer


def end_leave(attendance: AttendanceService, name: str, last: str, **more: Any) -> leave_policies_pb2.LeaveAssignment:
    """Ends an assignment."""
    request = leave_policies_pb2.EndLeaveAssignmentRequest(name=name, last_date=last, **more)
    ended: leave_policies_pb2.LeaveAssignment = stub_of(attendance).EndLeaveAssignment(
        request, metadata=attendance.everything
    )
    return ended


def withdraw_leave(
    attendance: AttendanceService, name: str, why: str = "by mistake", **more: Any
) -> leave_policies_pb2.LeaveAssignment:
    """Withdraws an assignment."""
    request = leave_policies_pb2.WithdrawLeaveAssignmentRequest(name=name, reason=why, **more)
    withdrawn: leave_policies_pb2.LeaveAssignment = stub_of(attendance).WithdrawLeaveAssignment(
        request, metadata=attendance.everything
    )
    return withdrawn


def leave_assignments(
    attendance: AttendanceService, caller: Any = None, **more: Any
) -> list[leave_policies_pb2.LeaveAssignment]:
    """A page of the assignments, newest first."""
    request = leave_policies_pb2.ListLeaveAssignmentsRequest(**more)
    answer = stub_of(attendance).ListLeaveAssignments(request, metadata=caller or attendance.everything)
    return list(answer.leave_assignments)


def leave_policies(attendance: AttendanceService) -> dict[str, leave_policies_pb2.LeavePolicy]:
    """What is offered, by name."""
    request = leave_policies_pb2.ListLeavePoliciesRequest()
    listed = stub_of(attendance).ListLeavePolicies(request, metadata=attendance.everything).leave_policies
    return {one.name: one for one in listed}


def refused_leave(attendance: AttendanceService, subject: str = "", since: str = "2026-01-01", **more: Any) -> str:
    """Why an assignment is refused."""
    with pytest.raises(grpc.RpcError) as error:
        assign_leave(attendance, subject, since, **more)
    return reason(error.value)
