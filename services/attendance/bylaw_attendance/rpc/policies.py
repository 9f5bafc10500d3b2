"""Calls about shift patterns and their assignments."""

from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import policies_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import optional_id, resource_id
from google.protobuf import json_format

from bylaw_attendance.messages.records import assignment_message, health_message, pattern_name, text
from bylaw_attendance.rules.judging.assignment import Assignment, AssignmentFilter
from bylaw_attendance.rules.judging.planned import Offered
from bylaw_attendance.rules.judging.policy_health import HealthEntry, HealthWish
from bylaw_attendance.use_cases.forms import (
    business_date,
    one_id,
    optional_business_date,
    optional_month,
    parameters,
    pattern,
    short_text,
    subject,
    subject_filter,
)
from bylaw_attendance.use_cases.overtime.hours_system_form import hours_terms
from bylaw_attendance.use_cases.policies.assign_pattern import AssignmentWish, AssignPattern
from bylaw_attendance.use_cases.policies.assignment_subjects import PERMISSION
from bylaw_attendance.use_cases.policies.change_assignment import ChangeAssignment
from bylaw_attendance.use_cases.policies.list_policies import ListPolicies
from bylaw_attendance.use_cases.sheets.show_health import ShowHealth

ASSIGNMENTS, READ = "patternAssignments", "attendance.policies.read"
FIELD = "pattern_assignment"
FORMS = {"easy": policies_pb2.PATTERN_FORM_EASY, "batch": policies_pb2.PATTERN_FORM_BATCH}


@dataclass(frozen=True, slots=True)
class PolicyCalls:
    """ListShiftPatterns, the calls about pattern assignments, ListPolicyHealth."""

    assign: AssignPattern
    change: ChangeAssignment
    list_: ListPolicies
    health: ShowHealth
    tokens: PageTokens

    def ListShiftPatterns(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        return policies_pb2.ListShiftPatternsResponse(shift_patterns=map(_pattern, self.list_.patterns()))

    def CreatePatternAssignment(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish = _wish(request.pattern_assignment)
        return assignment_message(self.assign.assign(wish, call.caller, call.caller.reach(PERMISSION)))

    def ListPatternAssignments(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        wish = AssignmentFilter(
            subject=subject_filter(request.subject, field="subject"),
            day=optional_business_date(request.running_on_date, field="running_on_date"),
            withdrawn=request.show_withdrawn,
        )
        found = self.list_.page(wish, call.caller.reach(READ), page=(one_id(page.position), page.limit))
        return policies_pb2.ListPatternAssignmentsResponse(
            pattern_assignments=map(assignment_message, found[: page.size]), next_page_token=page.token(found, _place)
        )

    def EndPatternAssignment(self, request: Any, call: Call) -> Any:  # noqa: N802
        ended = self.change.end(
            resource_id(request.name, ASSIGNMENTS),
            business_date(request.last_date, field="last_date"),
            seen=request.etag,
            reach=call.caller.reach(PERMISSION),
        )
        return assignment_message(ended)

    def WithdrawPatternAssignment(self, request: Any, call: Call) -> Any:  # noqa: N802
        withdrawn = self.change.withdraw(
            resource_id(request.name, ASSIGNMENTS),
            short_text(request.reason, field="reason"),
            seen=request.etag,
            caller=call.caller,
            reach=call.caller.reach(PERMISSION),
        )
        return assignment_message(withdrawn)

    def ListPolicyHealth(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        wish = HealthWish(
            month=optional_month(request.month, field="month"),
            unit=optional_id(request.unit, "units", field="unit"),
            ended=request.show_ended,
        )
        found = self.health.page(wish, call.caller.reach(READ), page=(one_id(page.position), page.limit))
        return policies_pb2.ListPolicyHealthResponse(
            entries=map(health_message, found[: page.size]), next_page_token=page.token(found, _place)
        )


def _place(listed: Assignment | HealthEntry) -> str:
    return str(listed.identifier)


def _wish(wished: Any) -> AssignmentWish:
    kind, identifier = subject(wished.subject, field=f"{FIELD}.subject")
    return AssignmentWish(
        kind=kind,
        subject=identifier,
        pattern=pattern(wished.shift_pattern, field=f"{FIELD}.shift_pattern"),
        parameters=parameters(wished.parameters, field=f"{FIELD}.parameters"),
        first_day=business_date(wished.start_date, field=f"{FIELD}.start_date"),
        last_day=optional_business_date(wished.end_date, field=f"{FIELD}.end_date"),
        replay=optional_id(wished.replay, "replays", field=f"{FIELD}.replay"),
        **hours_terms(wished.hours_system, wished.hours_approval, within=FIELD),
    )


def _pattern(offered: Offered) -> Any:
    message = policies_pb2.ShiftPattern(
        name=pattern_name(offered.pattern),
        title=text(offered.title_zh, offered.title_en),
        distribution=offered.distribution,
        form=FORMS[offered.form],
    )
    json_format.ParseDict(offered.schema, message.parameters_schema)
    return message
