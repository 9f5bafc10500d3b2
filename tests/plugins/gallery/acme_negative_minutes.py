"""Finds fewer minutes than none."""

from dataclasses import replace
from typing import Any

from bylaw_hooks import CardParameters, MonthAnswer, MonthFacts, MonthPlan, ShiftPattern, hookimpl
from ordinary import CULPRIT, Ordinary

bylaw_api = 1


class NegativeMinutes(Ordinary):
    """Finds fewer minutes than none."""

    name = "acme-negative-minutes"

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: CardParameters) -> MonthAnswer:
        if facts.person == CULPRIT:
            answer = super().judge_month(facts, plan, parameters)
            return replace(answer, minutes=tuple(-1 for _ in answer.minutes))
        return super().judge_month(facts, plan, parameters)


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [NegativeMinutes()]
