"""The fixed week's plan in the easy form: the same rule as the shipped one, judged a person at a time."""

from collections.abc import Iterator
from typing import Any

from bylaw_fixed_week import FixedWeek, Week
from bylaw_hooks import Both, DayFacts, PlannedDay, ShiftPattern, hookimpl

bylaw_api = 1


class OutsideWeek(ShiftPattern[Week]):
    """What a company's own developer would write, had they the fixed week in mind."""

    name, version, title = "outside-week", 1, Both("固定周班", "Fixed week")
    parameters = Week

    def plan(self, days: tuple[DayFacts, ...], parameters: Week) -> Iterator[PlannedDay]:
        return FixedWeek().plan(days, parameters)


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    """Version 1."""
    return [OutsideWeek()]
