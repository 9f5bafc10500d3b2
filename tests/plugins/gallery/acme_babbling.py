"""Says on the line what is no frame."""

import os
from typing import Any

from bylaw_hooks import CardParameters, MonthAnswer, MonthFacts, MonthPlan, ShiftPattern, hookimpl
from line import line
from ordinary import CULPRIT, Ordinary

bylaw_api = 1


class Babbling(Ordinary):
    """Says on the line what is no frame."""

    name = "acme-babbling"

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: CardParameters) -> MonthAnswer:
        if facts.person == CULPRIT:
            os.write(line(), b"GET / HTTP/1.1" * 40)
        return super().judge_month(facts, plan, parameters)


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [Babbling()]
