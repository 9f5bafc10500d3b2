"""What is kept of a leave policy's failure until the same goes well again."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from bylaw_attendance.rules.leave.leave_policy_refusals import (
    LeaveAnswerInvalid,
    LeavePolicyAtFault,
    LeavePolicyFailed,
    LeavePolicyTimedOut,
)

BROKEN: Mapping[str, type[LeavePolicyAtFault]] = MappingProxyType(
    {kind.reason: kind for kind in (LeavePolicyFailed, LeavePolicyTimedOut, LeaveAnswerInvalid)}
)


class Question(NamedTuple):
    """What a policy is asked, under which parameters (the digest of their JSON)."""

    policy: str
    parameters_digest: str
    asked: str


class LeaveFault(NamedTuple):
    """What a policy was asked and could not do: by which reason and rule, over which day; how often, since when."""

    policy: str
    parameters_digest: str
    asked: str
    distribution: str
    reason: str
    rule: str
    day: date | None
    first_seen: datetime
    last_seen: datetime
    seen_count: int = 1

    @property
    def question(self) -> Question:
        """What it was asked."""
        return Question(self.policy, self.parameters_digest, self.asked)


def leave_fault(refusal: LeavePolicyAtFault, question: Question, now: datetime) -> LeaveFault:
    """What is kept of a refusal."""
    told = refusal.variables
    day = date.fromisoformat(told["day"]) if told["day"] else None
    return LeaveFault(*question, told["distribution"], refusal.reason, told["rule"], day, now, now)


def refusal_of_leave(fault: LeaveFault) -> LeavePolicyAtFault:
    """What somebody is told of it."""
    day = fault.day.isoformat() if fault.day else ""
    return BROKEN[fault.reason](policy=fault.policy, distribution=fault.distribution, rule=fault.rule, day=day)
