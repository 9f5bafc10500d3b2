"""Prints megabytes, and judges as it should."""

from typing import Any

from bylaw_hooks import CardParameters, MonthAnswer, MonthFacts, MonthPlan, ShiftPattern, hookimpl
from ordinary import CULPRIT, Ordinary

bylaw_api = 1


class Printing(Ordinary):
    """Prints megabytes, and judges as it should."""

    name = "acme-printing"

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: CardParameters) -> MonthAnswer:
        if facts.person == CULPRIT:
            for _ in range(4_000):
                print("x" * 1_000)  # noqa: T201
        return super().judge_month(facts, plan, parameters)


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [Printing()]
