"""Begins a frame and never ends it."""

import os
import time
from typing import Any

from bylaw_hooks import CardParameters, MonthAnswer, MonthFacts, MonthPlan, ShiftPattern, hookimpl
from line import line
from ordinary import CULPRIT, Ordinary

bylaw_api = 1


class HalfFrame(Ordinary):
    """Begins a frame and never ends it."""

    name = "acme-half-frame"

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: CardParameters) -> MonthAnswer:
        if facts.person == CULPRIT:
            os.write(line(), b"bylaw\x00\x00\x01\x10")
            time.sleep(600)
        return super().judge_month(facts, plan, parameters)


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [HalfFrame()]
