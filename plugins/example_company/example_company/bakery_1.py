"""The bakery, version 1: one long shift on every day but one. Months were judged by it: it never changes again."""

from collections.abc import Iterator
from typing import Literal

from bylaw_hooks import (
    WEEKDAY_TITLES,
    Both,
    CardParameters,
    DayFacts,
    PlannedDay,
    Segment,
    ShiftPattern,
    WallTime,
    setting,
)

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class BakingDay1(CardParameters):
    """What may be set when the pattern is assigned; each setting is titled in Chinese and English."""

    starts: WallTime = setting("开工", "Work starts at", default="04:00")
    ends: WallTime = setting("收工", "Work ends at", default="12:00")
    closed_on: Weekday = setting("歇业日", "Closed on", choices=WEEKDAY_TITLES, default="monday")
    late_minutes: int = setting(
        "迟到上限(含，分钟)", "Late up to and including these minutes", default=10, ge=0, le=120
    )


class Bakery1(ShiftPattern[BakingDay1]):
    """A pattern is a name, a version, a title, parameters and a plan; binding and judging are inherited."""

    name, version, title = "example-bakery", 1, Both("面包房", "Bakery")
    parameters = BakingDay1

    def plan(self, days: tuple[DayFacts, ...], parameters: BakingDay1) -> Iterator[PlannedDay]:
        for day in days:
            start, end = day.at(parameters.starts), day.at(parameters.ends)
            closed = WEEKDAYS[day.work_date.weekday()] == parameters.closed_on
            shift = Segment(
                start=start,
                end=end,
                due=start,
                late_minutes=parameters.late_minutes,
                early_minutes=5,
                clause="HRS-4",
                due_clause="HRS-4",
            )
            yield PlannedDay(day.work_date, "HRS-1", () if closed or end <= start else (shift,))
