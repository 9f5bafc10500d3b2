"""What is kept of a shift pattern's failure over a person's month until its next good run."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.refusals import Refusal

from bylaw_attendance.rules.refusals import (
    PatternAtFault,
    PolicyAnswerInvalid,
    PolicyFailed,
    PolicyParametersInvalid,
    PolicyTimedOut,
    PolicyVersionGone,
)


class PolicyFault(NamedTuple):
    """Why a month could not be judged: the reason of the refusal, whose pattern it is, which rule on which day."""

    reason: str
    policy: str
    distribution: str = ""
    rule: str = ""
    work_date: date | None = None


class HealthEntry(NamedTuple):
    """A failure on record, from the first time to the next good run (`ended_at`; None: open)."""

    identifier: UUID
    person: UUID
    number: str
    month: date
    fault: PolicyFault
    first_seen: datetime
    last_seen: datetime
    seen_count: int
    ended_at: datetime | None


class HealthWish(NamedTuple):
    """Whose entries somebody asks for: of a month, of who worked in a unit or below in it, of all; ended ones too."""

    month: date | None
    unit: UUID | None
    ended: bool


_BROKEN: Mapping[str, type[PatternAtFault]] = MappingProxyType(
    {kind.reason: kind for kind in (PolicyFailed, PolicyTimedOut, PolicyAnswerInvalid)}
)
_UNFIT = frozenset({PolicyVersionGone.reason, PolicyParametersInvalid.reason})


def refusal_of(fault: PolicyFault, person: str) -> Refusal:
    """What somebody is told who asks for the sheet of a person, by employee number."""
    if fault.reason == PolicyVersionGone.reason:
        return PolicyVersionGone(policy=fault.policy)
    if fault.reason == PolicyParametersInvalid.reason:
        return PolicyParametersInvalid(policy=fault.policy, fields="parameters")
    day = fault.work_date.isoformat() if fault.work_date else ""
    return _BROKEN[fault.reason](
        policy=fault.policy, distribution=fault.distribution, rule=fault.rule, person=person, day=day
    )


def fault_of(refusal: Refusal) -> PolicyFault | None:
    """What is kept of a refusal; nothing where no pattern is at fault."""
    if refusal.reason not in _BROKEN and refusal.reason not in _UNFIT:
        return None
    told = refusal.variables
    day = told.get("day")
    return PolicyFault(
        refusal.reason,
        told["policy"],
        told.get("distribution", ""),
        told.get("rule", ""),
        date.fromisoformat(day) if day else None,
    )


def named(refusal: Refusal, person: str) -> Refusal:
    """A refusal of a pattern's that knows the policy alone, naming the person too."""
    fault = fault_of(refusal) if refusal.reason in _BROKEN else None
    return refusal_of(fault, person) if fault else refusal
