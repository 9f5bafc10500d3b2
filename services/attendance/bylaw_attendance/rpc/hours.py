"""Calls about notices of hours."""

from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import hours_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_attendance.messages.hours import hours_notice_message
from bylaw_attendance.rules.calendar.hours_notice import HoursNotice, HoursWish, NoticeFilter
from bylaw_attendance.use_cases.calendar.hours_forms import (
    notice_cause,
    notice_days,
    notice_hours,
    notice_subject,
    notice_subject_filter,
    notice_wording,
)
from bylaw_attendance.use_cases.calendar.publish_hours import PERMISSION, PublishHours, ShowHours
from bylaw_attendance.use_cases.forms import one_id, optional_business_date, short_text

NOTICES, FIELD = "hoursNotices", "hours_notice"


@dataclass(frozen=True, slots=True)
class HoursCalls:
    """PublishHoursNotice, GetHoursNotice, ListHoursNotices, WithdrawHoursNotice."""

    hours: PublishHours
    shown: ShowHours
    tokens: PageTokens

    def PublishHoursNotice(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish = _wish(request.hours_notice)
        return hours_notice_message(self.hours.publish(wish, call.caller, call.caller.reach(PERMISSION)))

    def GetHoursNotice(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        return hours_notice_message(self.shown.one(resource_id(request.name, NOTICES)))

    def ListHoursNotices(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        wish = NoticeFilter(
            subject=notice_subject_filter(request.subject, field="subject"),
            day=optional_business_date(request.running_on_date, field="running_on_date"),
            withdrawn=request.show_withdrawn,
        )
        found = self.shown.page(wish, page=(one_id(page.position), page.limit))
        return hours_pb2.ListHoursNoticesResponse(
            hours_notices=map(hours_notice_message, found[: page.size]), next_page_token=page.token(found, _place)
        )

    def WithdrawHoursNotice(self, request: Any, call: Call) -> Any:  # noqa: N802
        withdrawn = self.hours.withdraw(
            resource_id(request.name, NOTICES),
            short_text(request.reason, field="reason"),
            seen=request.etag,
            caller=call.caller,
            reach=call.caller.reach(PERMISSION),
        )
        return hours_notice_message(withdrawn)


def _place(listed: HoursNotice) -> str:
    return str(listed.identifier)


def _wish(wished: Any) -> HoursWish:
    first, last = notice_days(wished.start_date, wished.end_date, field=FIELD)
    return HoursWish(
        notice_subject(wished.subject, field=f"{FIELD}.subject"),
        first,
        last,
        notice_hours(wished.hours, day_off=wished.day_off, field=FIELD),
        notice_cause(wished.cause, field=f"{FIELD}.cause"),
        notice_wording(wished.wording.zh, wished.wording.en, field=f"{FIELD}.wording"),
    )
