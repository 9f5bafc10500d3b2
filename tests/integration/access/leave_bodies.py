"""Sound requests about leave: duty outside on a day of its own for each number, and a balance put right by hand."""

from datetime import date, timedelta

from bylaw.attendance.v1 import leave_pb2
from google.protobuf.message import Message

FIRST_DAY = date(2026, 3, 9)


def _outside(number: int) -> leave_pb2.LeaveRequest:
    """An hour of a Monday's morning, of its own for each number; leave is asked for at most two years ahead."""
    day, hour = FIRST_DAY + timedelta(weeks=number % 100), 9 + number // 100 % 3
    times = {"start_time": f"{hour:02}:00", "end_time": f"{hour + 1:02}:00"}
    return leave_pb2.LeaveRequest(kind="outside-duty", start_date=f"{day}", reason="x", evidence="y", **times)


def leave_asked(number: int) -> Message:
    """To be outside."""
    return leave_pb2.CreateLeaveRequestRequest(leave_request=_outside(number))


def balance_corrected(person: str) -> Message:
    """A day of annual leave that somebody brings along."""
    entry = leave_pb2.LeaveEntry(balance="annual", date="2026-03-02", amount="1", reason="x", expire_date="2026-12-31")
    return leave_pb2.CreateLeaveEntryRequest(parent=person, leave_entry=entry)
