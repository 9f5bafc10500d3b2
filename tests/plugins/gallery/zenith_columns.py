"""A neighbour in order that judges in the batch form, by numpy."""

from typing import Any

from bylaw_fixed_week.batch import judge_batch
from bylaw_hooks import (
    AnswerColumns,
    BatchShiftPattern,
    CardParameters,
    FactColumns,
    PlanColumns,
    ShiftPattern,
    hookimpl,
)
from ordinary import Ordinary

bylaw_api = 1


class Columns(Ordinary, BatchShiftPattern[CardParameters]):
    """The same mornings, many people at once."""

    name = "zenith-columns"

    def judge_batch(self, facts: FactColumns, plans: PlanColumns, parameters: CardParameters) -> AnswerColumns:
        return judge_batch(facts, plans, parameters)


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [Columns()]
