"""Calls about overtime and the hours of months."""

from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import overtime_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of, page_size
from bylaw_chassis.values import resource_id

from bylaw_attendance.messages.overtime import overtime_message, work_hours_message
from bylaw_attendance.ports.overtime import OvertimeWishes
from bylaw_attendance.rules.overtime.overtime import COLLECTION, OvertimeRequest
from bylaw_attendance.use_cases.forms import (
    business_date,
    one_id,
    optional_month,
    optional_unit_or_person,
    sheet_month,
    two_texts,
)
from bylaw_attendance.use_cases.overtime.ask_overtime import AskOvertime
from bylaw_attendance.use_cases.overtime.end_overtime import EndOvertime
from bylaw_attendance.use_cases.overtime.overtime_forms import (
    FIELD,
    optional_overtime_state,
    overtime_wish,
    work_hours_name,
)
from bylaw_attendance.use_cases.overtime.show_overtime import ShowOvertime
from bylaw_attendance.use_cases.overtime.show_work_hours import ShowWorkHours

READ, CONFIRM, SHEETS = "attendance.overtime.read", "attendance.overtime.confirm", "attendance.sheets.read"
DEFAULT_PEOPLE, MOST_PEOPLE = 50, 200


@dataclass(frozen=True, slots=True)
class OvertimeCalls:
    """CreateOvertimeRequest, and what shows, confirms and ends one."""

    asking: AskOvertime
    end: EndOvertime
    show: ShowOvertime
    tokens: PageTokens

    def CreateOvertimeRequest(self, request: Any, call: Call) -> Any:  # noqa: N802
        wished = request.overtime_request
        day = business_date(wished.work_date, field=f"{FIELD}.work_date")
        wish = overtime_wish(day, wished.hours, wished.compensation, wished.reason)
        return self._shown(self.asking.ask(wish, call.caller, call.request_key))

    def GetOvertimeRequest(self, request: Any, call: Call) -> Any:  # noqa: N802
        return overtime_message(self.show.one(resource_id(request.name, COLLECTION), call.caller.reach(READ)))

    def ListOvertimeRequests(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        wish = OvertimeWishes(
            *optional_unit_or_person(request.parent, field="parent"),
            optional_month(request.month, field="month"),
            optional_overtime_state(request.state, field="state"),
        )
        found = self.show.page(wish, call.caller.reach(READ), page=(one_id(page.position), page.limit))
        return overtime_pb2.ListOvertimeRequestsResponse(
            overtime_requests=map(overtime_message, self.show.shown(found[: page.size])),
            next_page_token=page.token(found, lambda one: str(one.identifier)),
        )

    def ConfirmOvertimeRequest(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier, reach = resource_id(request.name, COLLECTION), call.caller.reach(CONFIRM)
        return self._shown(self.end.confirm(identifier, seen=request.etag, caller=call.caller, reach=reach))

    def WithdrawOvertimeRequest(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier = resource_id(request.name, COLLECTION)
        reach = call.caller.reach(READ)
        return self._shown(self.end.withdraw(identifier, seen=request.etag, caller=call.caller, reach=reach))

    def _shown(self, made: OvertimeRequest) -> Any:
        return overtime_message(self.show.shown([made])[0])


@dataclass(frozen=True, slots=True)
class WorkHoursCalls:
    """GetWorkHours, ListWorkHours."""

    hours: ShowWorkHours
    tokens: PageTokens

    def GetWorkHours(self, request: Any, call: Call) -> Any:  # noqa: N802
        person, month = work_hours_name(request.name)
        return work_hours_message(self.hours.one(person, sheet_month(month, field="name"), call.caller.reach(SHEETS)))

    def ListWorkHours(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = self.hours.page(
            resource_id(request.parent, "units", field="parent"),
            sheet_month(request.month, field="month"),
            call.caller.reach(SHEETS),
            after=two_texts(self.tokens.open(request.page_token, request, call)),
            limit=page_size(request.page_size, default=DEFAULT_PEOPLE, largest=MOST_PEOPLE),
        )
        return overtime_pb2.ListWorkHoursResponse(
            work_hours=map(work_hours_message, page.people),
            next_page_token=self.tokens.seal(page.next_after or (), request, call),
        )
