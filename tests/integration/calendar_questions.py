"""Questions about what is said of days to everybody: notices of hours, days of the company, the calendar."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from bylaw.attendance.v1 import calendar_pb2, hours_pb2
from google.protobuf.message import Message

from tests.builders.attendance import AttendanceService

Question = tuple[Callable[..., Any], Message]


def of_days(attendance: AttendanceService, site: str) -> Iterator[Question]:
    """A notice and a day that there are not, and a site's February."""
    hours, calendar, nothing = attendance.hours, attendance.calendar, UUID(int=1)
    yield hours.GetHoursNotice, hours_pb2.GetHoursNoticeRequest(name=f"hoursNotices/{nothing}")
    yield calendar.GetCompanyDay, calendar_pb2.GetCompanyDayRequest(name=f"companyDays/{nothing}")
    february = calendar_pb2.GetCalendarRequest(site=site, start_date="2026-02-01", end_date="2026-02-28")
    yield calendar.GetCalendar, february
