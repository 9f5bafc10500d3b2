"""Sound requests about overtime: an hour on a Tuesday evening of its own for each number."""

from datetime import date, timedelta

from bylaw.attendance.v1 import overtime_pb2
from google.protobuf.message import Message

FIRST_DAY = date(2026, 3, 10)


def overtime_wished(number: int) -> Message:
    """An hour of it."""
    wish = overtime_pb2.OvertimeRequest(
        work_date=f"{FIRST_DAY + timedelta(weeks=number % 200)}",
        hours="19:00-20:00",
        compensation=overtime_pb2.OVERTIME_COMPENSATION_PAY,
        reason="x",
    )
    return overtime_pb2.CreateOvertimeRequestRequest(overtime_request=wish)
