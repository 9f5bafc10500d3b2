"""Announces a frame larger than anybody's memory."""

import os
import struct
import time
from typing import Any

from bylaw_hooks import CardParameters, MonthAnswer, MonthFacts, MonthPlan, ShiftPattern, hookimpl
from line import line
from ordinary import CULPRIT, Ordinary

bylaw_api = 1


class GiantFrame(Ordinary):
    """Announces a frame larger than anybody's memory."""

    name = "acme-giant-frame"

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: CardParameters) -> MonthAnswer:
        if facts.person == CULPRIT:
            os.write(line(), struct.pack("<8sIQ", b"bylaw\x00\x00\x01", 2, 1 << 60) + b"{}")
            time.sleep(600)
        return super().judge_month(facts, plan, parameters)


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [GiantFrame()]
