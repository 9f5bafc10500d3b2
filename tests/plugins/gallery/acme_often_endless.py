"""Never comes to an end over every third person."""

from typing import Any

from bylaw_hooks import CardParameters, MonthAnswer, MonthFacts, MonthPlan, ShiftPattern, hookimpl
from ordinary import Ordinary

bylaw_api = 1


class OftenEndless(Ordinary):
    """Never comes to an end over every third person."""

    name = "acme-often-endless"

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: CardParameters) -> MonthAnswer:
        while facts.person % 3 == 0:
            pass
        return super().judge_month(facts, plan, parameters)


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [OftenEndless()]
