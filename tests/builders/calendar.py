"""Days of the company as tests publish them, and the calendar as they read it."""

from collections.abc import Sequence
from typing import Any

from bylaw.attendance.v1 import calendar_pb2 as calendar

from tests.builders.attendance import AttendanceService
from tests.builders.people import text

Caller = Sequence[tuple[str, str]]


def company_day(
    subject: str = "", since: str = "2026-02-03", until: str = "", *, worked: bool = False, words: str = "company trip"
) -> calendar.CompanyDay:
    """A day off (or worked) of a subject (nothing: everybody)."""
    return calendar.CompanyDay(subject=subject, start_date=since, end_date=until, worked=worked, wording=text(words))


def published(attendance: AttendanceService, day: calendar.CompanyDay, caller: Caller = ()) -> calendar.CompanyDay:
    """Publishes it."""
    request = calendar.PublishCompanyDayRequest(company_day=day)
    made: calendar.CompanyDay = attendance.calendar.PublishCompanyDay(request, metadata=caller or attendance.everything)
    return made


def withdrawn(attendance: AttendanceService, name: str, caller: Caller = (), **more: Any) -> calendar.CompanyDay:
    """Withdraws it."""
    request = calendar.WithdrawCompanyDayRequest(**{"name": name, "reason": "by mistake", **more})
    made: calendar.CompanyDay = attendance.calendar.WithdrawCompanyDay(
        request, metadata=caller or attendance.everything
    )
    return made


def shown(attendance: AttendanceService, since: str, until: str = "", **more: str) -> calendar.Calendar:
    """The calendar of these days."""
    request = calendar.GetCalendarRequest(start_date=since, end_date=until, **more)
    made: calendar.Calendar = attendance.calendar.GetCalendar(request, metadata=attendance.everything)
    return made


def kinds(made: calendar.Calendar) -> dict[int, str]:
    """What each day of a month is, in a word, without the ordinary ones."""
    found = {int(day.work_date[8:]): calendar.CalendarDayKind.Name(day.kind) for day in made.calendar_days}
    named = {number: name.removeprefix("CALENDAR_DAY_KIND_").lower() for number, name in found.items()}
    return {number: name for number, name in named.items() if name != "ordinary"}
