"""Calls about the calendar and the days of the company over it."""

from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import calendar_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_attendance.messages.company_days import calendar_day_message, company_day_message
from bylaw_attendance.rules.calendar.company_day import CompanyDay, CompanyDayWish
from bylaw_attendance.rules.calendar.hours_notice import NoticeFilter
from bylaw_attendance.use_cases.calendar.calendar_forms import calendar_days, calendar_unit
from bylaw_attendance.use_cases.calendar.hours_forms import (
    notice_days,
    notice_subject,
    notice_subject_filter,
    notice_wording,
)
from bylaw_attendance.use_cases.calendar.publish_company_day import PERMISSION, PublishCompanyDay
from bylaw_attendance.use_cases.calendar.show_calendar import CalendarWish, ShowCalendar, ShowCompanyDays
from bylaw_attendance.use_cases.forms import one_id, optional_business_date, short_text

DAYS, FIELD = "companyDays", "company_day"
READ = "attendance.calendar.read"


@dataclass(frozen=True, slots=True)
class CalendarCalls:
    """PublishCompanyDay, GetCompanyDay, ListCompanyDays, WithdrawCompanyDay, GetCalendar."""

    days: PublishCompanyDay
    shown: ShowCompanyDays
    calendar: ShowCalendar
    tokens: PageTokens

    def PublishCompanyDay(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish = _wish(request.company_day)
        return company_day_message(self.days.publish(wish, call.caller, call.caller.reach(PERMISSION)))

    def GetCompanyDay(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        return company_day_message(self.shown.one(resource_id(request.name, DAYS)))

    def ListCompanyDays(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        wish = NoticeFilter(
            subject=notice_subject_filter(request.subject, field="subject"),
            day=optional_business_date(request.running_on_date, field="running_on_date"),
            withdrawn=request.show_withdrawn,
        )
        found = self.shown.page(wish, page=(one_id(page.position), page.limit))
        return calendar_pb2.ListCompanyDaysResponse(
            company_days=map(company_day_message, found[: page.size]), next_page_token=page.token(found, _place)
        )

    def WithdrawCompanyDay(self, request: Any, call: Call) -> Any:  # noqa: N802
        withdrawn = self.days.withdraw(
            resource_id(request.name, DAYS),
            short_text(request.reason, field="reason"),
            seen=request.etag,
            caller=call.caller,
            reach=call.caller.reach(PERMISSION),
        )
        return company_day_message(withdrawn)

    def GetCalendar(self, request: Any, call: Call) -> Any:  # noqa: N802
        unit = calendar_unit(request.unit, field="unit")
        wish = CalendarWish(request.site, unit, *calendar_days(request.start_date, request.end_date))
        shown = self.calendar.shown(wish, call.caller.reach(READ))
        return calendar_pb2.Calendar(calendar=shown.calendar, calendar_days=map(calendar_day_message, shown.days))


def _place(listed: CompanyDay) -> str:
    return str(listed.identifier)


def _wish(wished: Any) -> CompanyDayWish:
    first, last = notice_days(wished.start_date, wished.end_date, field=FIELD)
    return CompanyDayWish(
        notice_subject(wished.subject, field=f"{FIELD}.subject"),
        first,
        last,
        wished.worked,
        notice_wording(wished.wording.zh, wished.wording.en, field=f"{FIELD}.wording"),
    )
