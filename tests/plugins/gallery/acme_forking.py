"""Starts a child and waits for it for ever."""

import subprocess
import sys
from typing import Any

from bylaw_hooks import CardParameters, MonthAnswer, MonthFacts, MonthPlan, ShiftPattern, hookimpl
from ordinary import CULPRIT, Ordinary

bylaw_api = 1


class Forking(Ordinary):
    """Starts a child and waits for it for ever."""

    name = "acme-forking"

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: CardParameters) -> MonthAnswer:
        if facts.person == CULPRIT:
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", parameters.without_leave])
            print(f"child {child.pid}", flush=True)  # noqa: T201
            child.wait()
        return super().judge_month(facts, plan, parameters)


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [Forking()]
