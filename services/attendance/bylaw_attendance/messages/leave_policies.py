"""Leave policies and their assignments as messages of the contract, for calls and for the feed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bylaw.attendance.v1 import leave_policies_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_chassis.values import resource_name
from bylaw_hooks.leave import LeaveKind
from google.protobuf import json_format

from bylaw_attendance.messages.records import SUBJECTS, text, timestamp
from bylaw_attendance.rules.exact import exact_text
from bylaw_attendance.rules.judging.assignment import Assignment
from bylaw_attendance.rules.leave.leave_effects import TriedPage
from bylaw_attendance.rules.leave.leave_faults import LeaveFault, refusal_of_leave
from bylaw_attendance.rules.leave.leave_held import OfferedLeave


def leave_policy_message(offered: OfferedLeave, kinds: Iterable[LeaveKind], faults: Iterable[LeaveFault]) -> Any:
    """A version of a policy, what it offers under its defaults, and what it could not do."""
    message = leave_policies_pb2.LeavePolicy(
        name=f"leavePolicies/{offered.policy}",
        title=text(offered.title_zh, offered.title_en),
        distribution=offered.distribution,
        kinds=[
            leave_policies_pb2.OfferedLeaveKind(code=kind.code, title=text(*kind.title), balance=kind.balance)
            for kind in kinds
        ],
        faults=map(_fault_message, faults),
    )
    json_format.ParseDict(dict(offered.schema), message.parameters_schema)
    return message


def _fault_message(fault: LeaveFault) -> Any:
    told = refusal_of_leave(fault)
    return leave_policies_pb2.LeavePolicyFault(
        asked=fault.asked,
        reason=fault.reason,
        rule=fault.rule,
        date=fault.day.isoformat() if fault.day else "",
        message=text(told.message_zh, told.message_en),
        first_seen_time=timestamp(fault.first_seen),
        last_seen_time=timestamp(fault.last_seen),
        seen_count=fault.seen_count,
    )


def leave_assignment_message(made: Assignment) -> Any:
    """An assignment with all of its parameters."""
    message = leave_policies_pb2.LeaveAssignment(
        name=made.name,
        subject=resource_name(SUBJECTS[made.kind], made.subject) if made.kind in SUBJECTS else "",
        leave_policy=f"leavePolicies/{made.pattern}",
        start_date=made.first_day.isoformat(),
        end_date=made.last_day.isoformat() if made.last_day else "",
        etag=str(made.revision),
    )
    json_format.Parse(made.parameters, message.parameters)
    if withdrawal := made.withdrawal:
        message.withdraw_time.FromDatetime(withdrawal.at)
        message.withdrawn_by = resource_name("people", caller_by_key(withdrawal.by).person)
        message.withdraw_reason = withdrawal.reason
    return message


def leave_effect_messages(tried: TriedPage, shown: Sequence[KnownPerson]) -> Iterator[Any]:
    """What those of a page who are shown would be given otherwise."""
    people = {one.person for one in shown}
    for one in tried.changed:
        for effect in one.effects if one.person.person in people else ():
            yield leave_policies_pb2.LeaveAssignmentEffect(
                person=resource_name("people", one.person.person),
                employee_number=one.person.number,
                balance=effect.balance,
                in_minutes=effect.balance in one.in_minutes,
                before=exact_text(effect.before),
                after=exact_text(effect.after),
            )
