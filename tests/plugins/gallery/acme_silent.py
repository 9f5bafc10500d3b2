"""Answers nothing at all."""

from typing import Any

from bylaw_hooks import CardParameters, MonthAnswer, MonthFacts, MonthPlan, ShiftPattern, hookimpl
from ordinary import CULPRIT, Ordinary

bylaw_api = 1


class Silent(Ordinary):
    """Answers nothing at all."""

    name = "acme-silent"

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: CardParameters) -> MonthAnswer:
        if facts.person == CULPRIT:
            return None
        return super().judge_month(facts, plan, parameters)


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [Silent()]
