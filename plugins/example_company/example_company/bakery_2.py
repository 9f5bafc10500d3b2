"""The bakery, version 2: the shift has a break, and public holidays are off; version 1 stays beside it unchanged."""

from collections.abc import Iterator
from typing import Self

from bylaw_hooks import (
    WEEKDAY_TITLES,
    Both,
    CardParameters,
    DayFacts,
    DayKind,
    PlannedDay,
    Segment,
    ShiftPattern,
    WallSpan,
    setting,
    spans_in_order,
)
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from example_company.bakery_1 import WEEKDAYS, Weekday


class BakingDay2(CardParameters):
    """The shift before the break and the one after it; what cannot be judged is refused in both languages."""

    before_break: WallSpan = setting("歇息前", "Before the break", default="04:00-08:00")
    after_break: WallSpan = setting("歇息后", "After the break", default="08:30-12:30")
    closed_on: Weekday = setting("歇业日", "Closed on", choices=WEEKDAY_TITLES, default="monday")
    holidays_off: bool = setting("公众假期休息", "Public holidays are off", default=True)
    late_minutes: int = setting(
        "迟到上限(含，分钟)", "Late up to and including these minutes", default=10, ge=0, le=120
    )

    @model_validator(mode="after")
    def _one_after_the_other(self) -> Self:
        spans = spans_in_order((self.before_break, self.after_break))
        if spans[-1][1] > 1440:
            raise PydanticCustomError(
                "baking_day",
                "{field}: {en} / {zh}",
                {
                    "field": "after_break",
                    "zh": "两段须依次排列，并在同一天内结束",
                    "en": "the two must follow one another and end on the same day",
                },
            )
        return self


class Bakery2(ShiftPattern[BakingDay2]):
    """What answers otherwise has another version, never another meaning."""

    name, version, title = "example-bakery", 2, Both("面包房(有歇息)", "Bakery with a break")
    parameters = BakingDay2

    def plan(self, days: tuple[DayFacts, ...], parameters: BakingDay2) -> Iterator[PlannedDay]:
        for day in days:
            works, why = _works(day, parameters)
            yield PlannedDay(day.work_date, why, tuple(_shift(day, parameters)) if works else ())


def _works(day: DayFacts, baking: BakingDay2) -> tuple[bool, str]:
    if day.kind is DayKind.HOLIDAY and baking.holidays_off:
        return False, "HRS-3"
    return WEEKDAYS[day.work_date.weekday()] != baking.closed_on, "HRS-1"


def _shift(day: DayFacts, baking: BakingDay2) -> Iterator[Segment]:
    for start_wall, end_wall in spans_in_order((baking.before_break, baking.after_break)):
        start, end = day.elapsed(start_wall), day.elapsed(end_wall)
        if end > start:
            late = baking.late_minutes
            yield Segment(start, end, due=start, late_minutes=late, early_minutes=5, clause="HRS-4", due_clause="HRS-4")
