"""Answers what nobody can ask for again."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any, ClassVar

from bylaw_hooks import CardParameters, MonthAnswer, MonthFacts, MonthPlan, ShiftPattern, hookimpl
from ordinary import Ordinary

bylaw_api = 1


class Moods(Ordinary):
    """Answers what nobody can ask for again."""

    name = "acme-moods"

    calls: ClassVar[Iterator[int]] = count()

    def judge_month(self, facts: MonthFacts, plan: MonthPlan, parameters: CardParameters) -> MonthAnswer:
        answer = super().judge_month(facts, plan, parameters)
        return replace(answer, minutes=(next(self.calls), *answer.minutes[1:]))


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [Moods()]
