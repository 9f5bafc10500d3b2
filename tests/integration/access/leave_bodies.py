"""Sound requests about leave: duty outside on a day of its own for each number, and a balance put right by hand."""

import itertools
from datetime import date, timedelta

from bylaw.attendance.v1 import leave_pb2
from bylaw_chassis.official_calendar import official_day
from google.protobuf.message import Message

FIRST_DAY = date(2026, 3, 9)
WEEKS, HOURS = 90, (9, 10, 11, 14, 15, 16, 17)


def working(first: date, number: int) -> date:
    """The same day of the week so many weeks later; weeks in which it is no ordinary day are not counted."""
    weeks = (first + timedelta(weeks=week) for week in itertools.count())
    return next(itertools.islice((day for day in weeks if official_day("CN", day) is None), number, None))


def _outside(number: int) -> leave_pb2.LeaveRequest:
    """An hour of a Monday, of its own for each number; leave is asked for at most two years ahead."""
    day, hour = working(FIRST_DAY, number % WEEKS), HOURS[number // WEEKS % len(HOURS)]
    times = {"start_time": f"{hour:02}:00", "end_time": f"{hour + 1:02}:00"}
    return leave_pb2.LeaveRequest(kind="outside-duty", start_date=f"{day}", reason="x", evidence="y", **times)


def leave_asked(number: int) -> Message:
    """To be outside."""
    return leave_pb2.CreateLeaveRequestRequest(leave_request=_outside(number))


def balance_corrected(person: str) -> Message:
    """A day of annual leave that somebody brings along."""
    entry = leave_pb2.LeaveEntry(balance="annual", date="2026-03-02", amount="1", reason="x", expire_date="2026-12-31")
    return leave_pb2.CreateLeaveEntryRequest(parent=person, leave_entry=entry)
