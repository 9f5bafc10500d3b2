"""Sound requests that put somebody under a shift pattern, or under a leave policy, on a day."""

from bylaw.attendance.v1 import leave_policies_pb2, policies_pb2
from google.protobuf.message import Message

from tests.builders.attendance import FIXED_WEEK
from tests.builders.leave_policies import STATUTORY


def pattern_assigned(subject: str, day: str) -> Message:
    """To follow the fixed week for a day."""
    made = policies_pb2.PatternAssignment(subject=subject, shift_pattern=FIXED_WEEK, start_date=day, end_date=day)
    return policies_pb2.CreatePatternAssignmentRequest(pattern_assignment=made)


def leave_assigned(subject: str, day: str) -> Message:
    """To have statutory leave of one's own for a day."""
    made = leave_policies_pb2.LeaveAssignment(subject=subject, leave_policy=STATUTORY, start_date=day, end_date=day)
    return leave_policies_pb2.CreateLeaveAssignmentRequest(leave_assignment=made)
