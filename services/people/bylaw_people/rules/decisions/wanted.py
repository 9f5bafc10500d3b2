"""The steps that a service of the suite wants asked for its user, such as those of a leave policy (DEC-2, LVE-2)."""

from collections.abc import Sequence

from bylaw_chassis.refusals import FieldInvalid

from bylaw_people.rules.decisions.process import MOST_STEPS, Step, StepKind
from bylaw_people.rules.decisions.refusals import DecisionPlanOfService

RELATIVE = frozenset({StepKind.HEAD, StepKind.ROLE})
"""Kinds that are found from whoever asks: a service knows no unit, no position and no person of the organisation."""


def require_wanted(wanted: Sequence[Step], asking_service: str, *, field: str = "decision.plan") -> None:
    """Refuses DECISION_PLAN_OF_SERVICE to whoever is no service, FIELD_INVALID naming the first step at fault."""
    if not wanted:
        return
    if not asking_service:
        raise DecisionPlanOfService
    if len(wanted) > MOST_STEPS:
        raise FieldInvalid(field=field, zh=f"最多 {MOST_STEPS} 步", en=f"at most {MOST_STEPS} steps")
    for number, step in enumerate(wanted):
        fault = step.fault or _beyond(step)
        if fault:
            zh, en = fault
            raise FieldInvalid(field=f"{field}[{number}]", zh=zh, en=en)


def _beyond(step: Step) -> tuple[str, str] | None:
    if step.kind in RELATIVE and not (step.unit or step.from_amount):
        return None
    return (
        "服务只能请负责人或角色决定，不指定单位和起点数额",
        "a service asks heads and roles alone, of no named unit and from no amount on",
    )
