"""Stops its process: it never reads another byte."""

import os
import signal
from typing import Any

from bylaw_hooks import CardParameters, MonthAnswer, MonthFacts, MonthPlan, ShiftPattern, hookimpl
from ordinary import CULPRIT, Ordinary

bylaw_api = 1


class Stopped(Ordinary):
    """Stops its process: it never reads another byte."""

    name = "acme-stopped"

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: CardParameters) -> MonthAnswer:
        if facts.person == CULPRIT:
            os.kill(os.getpid(), signal.SIGSTOP)
        return super().judge_month(facts, plan, parameters)


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [Stopped()]
