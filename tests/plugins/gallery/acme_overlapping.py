"""Plans two segments over one another."""

from collections.abc import Iterator
from typing import Any

from bylaw_hooks import CardParameters, DayFacts, PlannedDay, ShiftPattern, hookimpl
from ordinary import Ordinary, morning

bylaw_api = 1


class Overlapping(Ordinary):
    """Plans two segments over one another."""

    name = "acme-overlapping"

    def plan(self, days: tuple[DayFacts, ...], parameters: CardParameters) -> Iterator[PlannedDay]:  # noqa: ARG002
        for day in days:
            yield PlannedDay(day.work_date, "HRS-1", (morning(day), morning(day, "11:00", "15:00")))


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    return [Overlapping()]
