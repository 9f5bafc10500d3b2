"""Puts together what serves the calendar and the company's days over it; a part of `app.py`."""

from bylaw.attendance.v1 import calendar_pb2
from bylaw_chassis.member import Member
from bylaw_chassis.organisation import queries as organisation
from bylaw_chassis.server import Server

from bylaw_attendance.calendars import official_day
from bylaw_attendance.rpc.calendar import CalendarCalls
from bylaw_attendance.store import closed_months, company_days
from bylaw_attendance.use_cases.calendar.publish_company_day import PublishCompanyDay
from bylaw_attendance.use_cases.calendar.show_calendar import ShowCalendar, ShowCompanyDays
from bylaw_attendance.use_cases.sheets.day_subjects import DaySubjects
from bylaw_attendance.use_cases.sheets.finding import Finding


def add_calendar(server: Server, own: Member, finding: Finding) -> None:
    """Adds the calls about the calendar."""
    database = own.database
    subjects = DaySubjects(database, finding, organisation, closed_months)
    calls = CalendarCalls(
        PublishCompanyDay(database, subjects, company_days, official_day),
        ShowCompanyDays(database, company_days),
        ShowCalendar(database, finding, organisation, company_days, official_day),
        own.page_tokens,
    )
    server.add(calendar_pb2.DESCRIPTOR.services_by_name["CompanyCalendar"], calls)
