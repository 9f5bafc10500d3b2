"""Plans days that nobody asked about."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bylaw_hooks import CardParameters, DayFacts, MonthPlan, PlannedDay, ShiftPattern, hookimpl
from ordinary import Ordinary

bylaw_api = 1


class OutsideMonth(Ordinary):
    """Plans days that nobody asked about."""

    name = "acme-outside-month"

    def compile(self, days: tuple[DayFacts, ...], parameters: CardParameters) -> MonthPlan:
        plan = super().compile(days, parameters)
        moved = tuple(PlannedDay(day.work_date + timedelta(days=31), day.why, day.segments) for day in plan.days)
        return replace(plan, days=moved)


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [OutsideMonth()]
