"""Answers for somebody else."""

from dataclasses import replace
from typing import Any

from bylaw_hooks import CardParameters, MonthAnswer, MonthFacts, MonthPlan, ShiftPattern, hookimpl
from ordinary import CULPRIT, Ordinary

bylaw_api = 1


class WrongPerson(Ordinary):
    """Answers for somebody else."""

    name = "acme-wrong-person"

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: CardParameters) -> MonthAnswer:
        if facts.person == CULPRIT:
            return replace(super().judge_month(facts, plan, parameters), person=CULPRIT + 1)
        return super().judge_month(facts, plan, parameters)


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [WrongPerson()]
