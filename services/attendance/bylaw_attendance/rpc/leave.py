"""Calls about leave, trips and duty outside."""

from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import leave_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import optional_date, resource_id

from bylaw_attendance.messages.leave import (
    balance_message,
    entry_message,
    entry_messages,
    kind_message,
    leave_message,
    preview_message,
)
from bylaw_attendance.rules.leave.leave_request import COLLECTION, LeaveWishes
from bylaw_attendance.use_cases.forms import one_id, optional_unit_or_person, short_text
from bylaw_attendance.use_cases.leave.ask_leave import AskLeave
from bylaw_attendance.use_cases.leave.end_leave import EndLeave
from bylaw_attendance.use_cases.leave.leave_forms import (
    adjusting,
    entry_place,
    leave_ending,
    leave_wish,
    near_date,
    optional_leave_state,
)
from bylaw_attendance.use_cases.leave.preview_leave import PreviewLeave
from bylaw_attendance.use_cases.leave.show_leave import AdjustLeave, ShowLeave

READ, PEOPLE = "attendance.leave.read", "people"
GIVE_BACK, CORRECT = "attendance.leave.give_back", "attendance.leave.correct"


@dataclass(frozen=True, slots=True)
class LeaveCalls:
    """Requests: PreviewLeaveRequest, CreateLeaveRequest, and what ends one."""

    previews: PreviewLeave
    asking: AskLeave
    end: EndLeave
    show: ShowLeave
    tokens: PageTokens

    def PreviewLeaveRequest(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish = leave_wish(request, within="")
        return preview_message(self.previews.preview(wish, call.caller))

    def CreateLeaveRequest(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish = leave_wish(request.leave_request, within="leave_request.")
        return leave_message(self.asking.ask(wish, call.caller, key=call.request_key))

    def GetLeaveRequest(self, request: Any, call: Call) -> Any:  # noqa: N802
        return leave_message(self.show.one(resource_id(request.name, COLLECTION), call.caller.reach(READ)))

    def ListLeaveRequests(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        unit, person = optional_unit_or_person(request.parent, field="parent")
        state = optional_leave_state(request.state, field="state")
        days = (
            optional_date(request.start_date, field="start_date"),
            optional_date(request.end_date, field="end_date"),
        )
        wish = LeaveWishes(unit, person, state, *days)
        found = self.show.page(wish, call.caller.reach(READ), page=(one_id(page.position), page.limit))
        return leave_pb2.ListLeaveRequestsResponse(
            leave_requests=map(leave_message, found[: page.size]),
            next_page_token=page.token(found, lambda one: str(one.identifier)),
        )

    def CancelLeaveRequest(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier, text = resource_id(request.name, COLLECTION), short_text(request.text, field="text").strip()
        return leave_message(self.end.cancel(identifier, text, seen=request.etag, **_whoever(call)))

    def ShortenLeaveRequest(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier, text = resource_id(request.name, COLLECTION), short_text(request.text, field="text").strip()
        ending = leave_ending(request)
        return leave_message(self.end.shorten(identifier, ending, text, seen=request.etag, **_whoever(call)))

    def GiveBackLeave(self, request: Any, call: Call) -> Any:  # noqa: N802
        given_back = self.end.give_back(
            resource_id(request.name, COLLECTION),
            optional_date(request.start_date, field="start_date"),
            short_text(request.text, field="text").strip(),
            seen=request.etag,
            caller=call.caller,
            reach=call.caller.reach(GIVE_BACK),
        )
        return leave_message(given_back)


@dataclass(frozen=True, slots=True)
class LeaveBalanceCalls:
    """What somebody may ask for, and what is there: ListLeaveKinds, ListLeaveBalances, and the ledger's entries."""

    show: ShowLeave
    adjust: AdjustLeave
    tokens: PageTokens

    def ListLeaveKinds(self, request: Any, call: Call) -> Any:  # noqa: N802
        person, day = self._asked(request)
        kinds = self.show.kinds(person, day, call.caller.reach(READ))
        return leave_pb2.ListLeaveKindsResponse(leave_kinds=map(kind_message, kinds))

    def ListLeaveBalances(self, request: Any, call: Call) -> Any:  # noqa: N802
        person, day = self._asked(request)
        balances = self.show.balances(person, day, call.caller.reach(READ))
        return leave_pb2.ListLeaveBalancesResponse(leave_balances=map(balance_message, balances))

    def ListLeaveEntries(self, request: Any, call: Call) -> Any:  # noqa: N802
        person = resource_id(request.parent, PEOPLE, field="parent")
        page = page_of(request, call, self.tokens)
        place = (entry_place(page.position), page.limit)
        found, names = self.show.entries(person, request.balance, call.caller.reach(READ), page=place)
        return leave_pb2.ListLeaveEntriesResponse(
            leave_entries=entry_messages(found[: page.size], names),
            next_page_token=page.token(found, lambda one: str(one.place)),
        )

    def CreateLeaveEntry(self, request: Any, call: Call) -> Any:  # noqa: N802
        person, wish = resource_id(request.parent, PEOPLE, field="parent"), adjusting(request.leave_entry)
        made = self.adjust.adjust(person, wish, caller=call.caller, reach=call.caller.reach(CORRECT))
        return entry_message(made, "")

    def _asked(self, request: Any) -> Any:
        person = resource_id(request.parent, PEOPLE, field="parent")
        return person, near_date(request.date or f"{self.show.finding.today}", field="date")


def _whoever(call: Call) -> Any:
    """Who calls, and what they may see."""
    return {"caller": call.caller, "reach": call.caller.reach(READ)}
