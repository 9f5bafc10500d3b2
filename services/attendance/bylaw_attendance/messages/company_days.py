"""A day of the company, and the days of a calendar, as messages of the contract."""

from typing import Any

from bylaw.attendance.v1 import calendar_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name

from bylaw_attendance.messages.hours import SUBJECTS
from bylaw_attendance.messages.records import text, timestamp
from bylaw_attendance.rules.calendar.company_day import CalendarDay, CompanyDay


def company_day_message(made: CompanyDay) -> Any:
    """Days of the company whole."""
    wish, withdrawal = made.wish, made.withdrawal
    level, subject = wish.subject
    return calendar_pb2.CompanyDay(
        name=made.name,
        subject=resource_name(SUBJECTS[level], subject) if level in SUBJECTS else "",
        start_date=wish.first_day.isoformat(),
        end_date=wish.last_day.isoformat(),
        worked=wish.worked,
        wording=text(*wish.wording),
        etag=str(made.revision),
        publish_time=timestamp(made.published_at),
        published_by=resource_name("people", caller_by_key(made.published_by).person),
        withdraw_time=timestamp(withdrawal.at) if withdrawal else None,
        withdrawn_by=resource_name("people", caller_by_key(withdrawal.by).person) if withdrawal else "",
        withdraw_reason=withdrawal.reason if withdrawal else "",
    )


def calendar_day_message(day: CalendarDay) -> Any:
    """A day as the calendar has it."""
    return calendar_pb2.CalendarDay(
        work_date=day.work_date.isoformat(),
        kind=calendar_pb2.CalendarDayKind.ValueType(day.kind),
        official_kind=calendar_pb2.CalendarDayKind.ValueType(day.official.kind),
        provisional=day.official.provisional,
        company_day=day.company.name if day.company else "",
    )
