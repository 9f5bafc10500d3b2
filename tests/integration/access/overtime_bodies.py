"""Sound requests about overtime: half an hour on a Tuesday evening of its own for each number."""

from datetime import date

from bylaw.attendance.v1 import overtime_pb2
from google.protobuf.message import Message

from tests.integration.access.leave_bodies import WEEKS, working

FIRST_DAY = date(2026, 3, 10)
HOURS = ("19:00-19:30", "19:30-20:00", "20:00-20:30", "20:30-21:00", "21:00-21:30", "21:30-22:00")
"""Three hours of a day, which is what it may have."""


def overtime_wished(number: int) -> Message:
    """One of them."""
    wish = overtime_pb2.OvertimeRequest(
        work_date=f"{working(FIRST_DAY, number % WEEKS)}",
        hours=HOURS[number // WEEKS % len(HOURS)],
        compensation=overtime_pb2.OVERTIME_COMPENSATION_PAY,
        reason="x",
    )
    return overtime_pb2.CreateOvertimeRequestRequest(overtime_request=wish)
