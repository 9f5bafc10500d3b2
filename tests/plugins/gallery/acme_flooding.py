"""Says bytes without end."""

import os
from typing import Any

from bylaw_hooks import CardParameters, MonthAnswer, MonthFacts, MonthPlan, ShiftPattern, hookimpl
from line import line
from ordinary import CULPRIT, Ordinary

bylaw_api = 1


class Flooding(Ordinary):
    """Says bytes without end."""

    name = "acme-flooding"

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: CardParameters) -> MonthAnswer:
        if facts.person == CULPRIT:
            while True:
                os.write(line(), bytes(65_536))
        return super().judge_month(facts, plan, parameters)


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [Flooding()]
