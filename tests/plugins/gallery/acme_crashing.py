"""Reads memory that is not its own."""

import ctypes
from typing import Any

from bylaw_hooks import CardParameters, MonthAnswer, MonthFacts, MonthPlan, ShiftPattern, hookimpl
from ordinary import CULPRIT, Ordinary

bylaw_api = 1


class Crashing(Ordinary):
    """Reads memory that is not its own."""

    name = "acme-crashing"

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: CardParameters) -> MonthAnswer:
        if facts.person == CULPRIT:
            ctypes.string_at(0)
        return super().judge_month(facts, plan, parameters)


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [Crashing()]
