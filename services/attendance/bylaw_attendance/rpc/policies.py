"""Calls about shift patterns and their assignments."""

from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import policies_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_size
from bylaw_chassis.values import resource_id
from google.protobuf import json_format

from bylaw_attendance.messages import assignment_message, text
from bylaw_attendance.rules.planned import Offered
from bylaw_attendance.use_cases.assign_pattern import PERMISSION, AssignmentWish, AssignPattern, ListPolicies
from bylaw_attendance.use_cases.forms import business_date, one_id, optional_business_date, parameters, pattern, subject

ASSIGNMENTS, READ = "patternAssignments", "attendance.policies.read"
FIELD = "pattern_assignment"


@dataclass(frozen=True, slots=True)
class PolicyCalls:
    """ListShiftPatterns, CreatePatternAssignment, ListPatternAssignments, EndPatternAssignment."""

    assign: AssignPattern
    list_: ListPolicies
    tokens: PageTokens

    def ListShiftPatterns(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        return policies_pb2.ListShiftPatternsResponse(shift_patterns=map(_pattern, self.list_.patterns()))

    def CreatePatternAssignment(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish = _wish(request.pattern_assignment)
        return assignment_message(self.assign.assign(wish, call.caller, call.caller.reach(PERMISSION)))

    def ListPatternAssignments(self, request: Any, call: Call) -> Any:  # noqa: N802
        limit = page_size(request.page_size)
        position = self.tokens.open(request.page_token, request, call)
        after = one_id(position)
        found = self.list_.page(call.caller.reach(READ), after=after, limit=limit + 1)
        last = found[limit - 1] if len(found) > limit else None
        token = self.tokens.seal([str(last.identifier)], request, call) if last else ""
        return policies_pb2.ListPatternAssignmentsResponse(
            pattern_assignments=map(assignment_message, found[:limit]), next_page_token=token
        )

    def EndPatternAssignment(self, request: Any, call: Call) -> Any:  # noqa: N802
        ended = self.assign.end(
            resource_id(request.name, ASSIGNMENTS),
            business_date(request.last_date, field="last_date"),
            call.caller.reach(PERMISSION),
        )
        return assignment_message(ended)


def _wish(wished: Any) -> AssignmentWish:
    kind, identifier = subject(wished.subject, field=f"{FIELD}.subject")
    return AssignmentWish(
        kind=kind,
        subject=identifier,
        pattern=pattern(wished.shift_pattern, field=f"{FIELD}.shift_pattern"),
        parameters=parameters(wished.parameters, field=f"{FIELD}.parameters"),
        first_day=business_date(wished.start_date, field=f"{FIELD}.start_date"),
        last_day=optional_business_date(wished.end_date, field=f"{FIELD}.end_date"),
    )


def _pattern(offered: Offered) -> Any:
    message = policies_pb2.ShiftPattern(
        name=f"shiftPatterns/{offered.pattern}",
        title=text(offered.title_zh, offered.title_en),
        distribution=offered.distribution,
    )
    json_format.ParseDict(offered.schema, message.parameters_schema)
    return message
