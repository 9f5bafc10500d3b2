"""Takes all the memory it gets."""

from typing import Any

from bylaw_hooks import CardParameters, MonthAnswer, MonthFacts, MonthPlan, ShiftPattern, hookimpl
from ordinary import CULPRIT, Ordinary

bylaw_api = 1


class Hog(Ordinary):
    """Takes all the memory it gets."""

    name = "acme-hog"

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: CardParameters) -> MonthAnswer:
        if facts.person == CULPRIT:
            facts = [facts, [bytearray(1 << 20) for _ in range(1 << 20)]][0]
        return super().judge_month(facts, plan, parameters)


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [Hog()]
