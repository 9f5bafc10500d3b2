"""Calls about leave policies and their assignments."""

from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import leave_policies_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_attendance.messages.leave_policies import (
    leave_assignment_message,
    leave_effect_messages,
    leave_policy_message,
)
from bylaw_attendance.rules.judging.assignment import Assignment, AssignmentFilter
from bylaw_attendance.rules.leave.leave_held import COLLECTION
from bylaw_attendance.use_cases.forms import (
    business_date,
    json_parameters,
    leave_policy,
    one_id,
    optional_business_date,
    parameters,
    short_text,
    subject,
    subject_filter,
    two_texts,
)
from bylaw_attendance.use_cases.leave.assign_leave_policy import FIELD, AssignLeavePolicy, LeaveAssignmentWish
from bylaw_attendance.use_cases.leave.change_leave_assignment import ChangeLeaveAssignment
from bylaw_attendance.use_cases.leave.list_leave_policies import ListLeavePolicies
from bylaw_attendance.use_cases.leave.try_leave_policy import TryLeavePolicy
from bylaw_attendance.use_cases.policies.assignment_subjects import PERMISSION

READ = "attendance.policies.read"


@dataclass(frozen=True, slots=True)
class LeavePolicyCalls:
    """ListLeavePolicies and the calls about leave assignments."""

    assign: AssignLeavePolicy
    change: ChangeLeaveAssignment
    list_: ListLeavePolicies
    tries: TryLeavePolicy
    tokens: PageTokens

    def ListLeavePolicies(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        shown = [leave_policy_message(*one) for one in self.list_.policies()]
        return leave_policies_pb2.ListLeavePoliciesResponse(leave_policies=shown)

    def CreateLeaveAssignment(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish = _wish(request.leave_assignment)
        return leave_assignment_message(self.assign.assign(wish, call.caller, call.caller.reach(PERMISSION)))

    def ListLeaveAssignments(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        wish = AssignmentFilter(
            subject=subject_filter(request.subject, field="subject"),
            day=optional_business_date(request.running_on_date, field="running_on_date"),
            withdrawn=request.show_withdrawn,
        )
        found = self.list_.page(wish, call.caller.reach(READ), page=(one_id(page.position), page.limit))
        return leave_policies_pb2.ListLeaveAssignmentsResponse(
            leave_assignments=map(leave_assignment_message, found[: page.size]),
            next_page_token=page.token(found, _place),
        )

    def ListLeaveAssignmentEffects(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        place, reach = two_texts(page.position), call.caller.reach(PERMISSION)
        tried = self.tries.page(_tried_wish(request), request.year, reach, after=place, limit=page.limit)
        shown = tried.looked_at[: page.size]
        return leave_policies_pb2.ListLeaveAssignmentEffectsResponse(
            effects=leave_effect_messages(tried, shown),
            looked_at_count=len(shown),
            next_page_token=page.token_at(tried.looked_at, _number),
        )

    def EndLeaveAssignment(self, request: Any, call: Call) -> Any:  # noqa: N802
        ended = self.change.end(
            resource_id(request.name, COLLECTION),
            business_date(request.last_date, field="last_date"),
            seen=request.etag,
            reach=call.caller.reach(PERMISSION),
        )
        return leave_assignment_message(ended)

    def WithdrawLeaveAssignment(self, request: Any, call: Call) -> Any:  # noqa: N802
        withdrawn = self.change.withdraw(
            resource_id(request.name, COLLECTION),
            short_text(request.reason, field="reason"),
            seen=request.etag,
            caller=call.caller,
            reach=call.caller.reach(PERMISSION),
        )
        return leave_assignment_message(withdrawn)


def _place(listed: Assignment) -> str:
    return str(listed.identifier)


def _wish(wished: Any) -> LeaveAssignmentWish:
    kind, identifier = subject(wished.subject, field=f"{FIELD}.subject")
    return LeaveAssignmentWish(
        kind=kind,
        subject=identifier,
        policy=leave_policy(wished.leave_policy, field=f"{FIELD}.leave_policy"),
        parameters=parameters(wished.parameters, field=f"{FIELD}.parameters"),
        first_day=business_date(wished.start_date, field=f"{FIELD}.start_date"),
        last_day=optional_business_date(wished.end_date, field=f"{FIELD}.end_date"),
    )


def _tried_wish(request: Any) -> LeaveAssignmentWish:
    kind, identifier = subject(request.subject, field="subject")
    return LeaveAssignmentWish(
        kind=kind,
        subject=identifier,
        policy=leave_policy(request.leave_policy, field="leave_policy"),
        parameters=json_parameters(request.parameters, field="parameters"),
        first_day=business_date(request.start_date, field="start_date"),
        last_day=optional_business_date(request.end_date, field="end_date"),
        prefix="",
    )


def _number(listed: KnownPerson) -> list[str]:
    return [listed.number, str(listed.person)]
