"""Calls about shift patterns and their assignments."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bylaw.attendance.v1 import policies_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_size
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import resource_id
from google.protobuf import json_format

from bylaw_attendance.messages import assignment_message, text
from bylaw_attendance.rpc.requests import business_date, optional_business_date, pattern, subject
from bylaw_attendance.rules.planned import Offered
from bylaw_attendance.use_cases.assign_pattern import PERMISSION, AssignmentWish, AssignPattern, ListPolicies

ASSIGNMENTS, READ = "patternAssignments", "attendance.policies.read"
FIELD = "pattern_assignment"
LARGEST_EXACT = 2.0**53
"""Beyond it a floating number no longer tells neighbours apart, and is nobody's whole number."""


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
        after = UUID(position[0]) if position else None
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


def parameters(given: Any, *, field: str) -> Mapping[str, Any]:
    """Parameters as a mapping; what JSON cannot say (not a number, infinity) and control characters are refused."""
    try:
        found: Mapping[str, Any] = whole_numbers(json_format.MessageToDict(given))
    except (ValueError, json_format.SerializeToJsonError) as error:
        raise FieldInvalid(field=field, zh="含有不是数字的数值", en="holds a number that is none") from error
    if "\\u0000" in json.dumps(found):
        raise FieldInvalid(field=field, zh="含有控制字符", en="holds a control character")
    return found


def whole_numbers(value: Any) -> Any:
    """A Struct knows only floating numbers: those that are whole are whole numbers again."""
    if isinstance(value, Mapping):
        return {key: whole_numbers(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [whole_numbers(inner) for inner in value]
    is_whole = isinstance(value, float) and value.is_integer() and abs(value) <= LARGEST_EXACT
    return int(value) if is_whole else value


def _pattern(offered: Offered) -> Any:
    message = policies_pb2.ShiftPattern(
        name=f"shiftPatterns/{offered.pattern}",
        title=text(offered.title_zh, offered.title_en),
        distribution=offered.distribution,
    )
    json_format.ParseDict(offered.schema, message.parameters_schema)
    return message
