"""The fixed week: the same segments on the same weekdays, holidays off, make-up days worked."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from bylaw_hooks import (
    AnswerColumns,
    BatchShiftPattern,
    Both,
    DayFacts,
    DayKind,
    FactColumns,
    PlanColumns,
    PlannedDay,
    Segment,
    spans_in_order,
)

from bylaw_fixed_week.batch import judge_batch
from bylaw_fixed_week.parameters import WEEKDAYS, Week

KEPT_DAYS = 4_096


class Hours(NamedTuple):
    """One segment of a worked day: minutes on the wall, late and early up to, which of its cards are asked for."""

    span: tuple[int, int]
    sign_in_lead_minutes: int
    ladder: tuple[int, int]
    asks: tuple[bool, bool]


class FixedWeek(BatchShiftPattern[Week]):
    """Version 1; a change of what it answers is a version 2 beside it. Its easy form is the one by default."""

    name, version, title = "fixed-week", 1, Both("固定周班", "Fixed week")
    parameters = Week

    def cells(self, parameters: Week) -> tuple[str, ...]:  # noqa: ARG002 - the same under all of them
        return ()

    def plan(self, days: tuple[DayFacts, ...], parameters: Week) -> Iterator[PlannedDay]:
        hours = tuple(_hours(parameters))
        for day in days:
            works, why = _works(day, parameters)
            yield _planned(day, why, hours if works else ())

    def judge_batch(self, facts: FactColumns, plans: PlanColumns, parameters: Week) -> AnswerColumns:
        return judge_batch(facts, plans, parameters)


def _works(day: DayFacts, week: Week) -> tuple[bool, str]:
    """Whether the day is worked, and the clause: the official calendar (HRS-3) before the week (HRS-1)."""
    if day.kind is DayKind.HOLIDAY and week.holidays_off:
        return False, "HRS-3"
    if day.kind is DayKind.MAKE_UP_WORK and week.makeup_day_works_all:
        return True, "HRS-3"
    return WEEKDAYS[day.work_date.weekday()] in week.working_days, "HRS-1"


def _hours(week: Week) -> Iterator[Hours]:
    early_by = week.sign_in_lead_minutes if week.late_from == "sign_in" else 0
    spans = spans_in_order(segment.hours for segment in week.segments)
    for one, span in zip(week.segments, spans, strict=True):
        yield Hours(span, early_by, (one.late_minutes, one.early_minutes), (one.sign_in, one.sign_out))


@lru_cache(maxsize=KEPT_DAYS)
def _planned(day: DayFacts, why: str, hours: tuple[Hours, ...]) -> PlannedDay:
    """One object for all who have such a day: a plan of their own differs on a few days only."""
    return PlannedDay(day.work_date, why, tuple(_segments(day, hours)))


def _segments(day: DayFacts, hours: tuple[Hours, ...]) -> Iterator[Segment]:
    """The hours of HRS-4 with the sign-in of HRS-5; hours that a clock put forward skips are not worked."""
    for one in hours:
        start, end = (day.elapsed(wall) for wall in one.span)
        if end > start:
            yield Segment(
                start=start,
                end=end,
                due=start - one.sign_in_lead_minutes,
                clause="HRS-4",
                due_clause="HRS-5" if one.sign_in_lead_minutes else "HRS-4",
                late_minutes=one.ladder[0],
                early_minutes=one.ladder[1],
                asks_in=one.asks[0],
                asks_out=one.asks[1],
            )
