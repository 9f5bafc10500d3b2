"""The fixed week: the same segments on the same weekdays, holidays off, make-up days worked."""

from collections.abc import Iterator

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


class FixedWeek(BatchShiftPattern[Week]):
    """Version 1; a change of what it answers is a version 2 beside it. Its easy form is the one by default."""

    name, version, title = "fixed-week", 1, Both("固定周班", "Fixed week")
    parameters = Week

    def cells(self, parameters: Week) -> tuple[str, ...]:  # noqa: ARG002 - the same under all of them
        return ()

    def plan(self, days: tuple[DayFacts, ...], parameters: Week) -> Iterator[PlannedDay]:
        for day in days:
            works, why = _works(day, parameters)
            yield PlannedDay(day.work_date, why, tuple(_segments(day, parameters)) if works else ())

    def judge_batch(self, facts: FactColumns, plans: PlanColumns, parameters: Week) -> AnswerColumns:
        return judge_batch(facts, plans, parameters)


def _works(day: DayFacts, week: Week) -> tuple[bool, str]:
    """Whether the day is worked, and the clause: the official calendar (HRS-3) before the week (HRS-1)."""
    if day.kind is DayKind.HOLIDAY and week.holidays_off:
        return False, "HRS-3"
    if day.kind is DayKind.MAKE_UP_WORK and week.makeup_day_works_all:
        return True, "HRS-3"
    return WEEKDAYS[day.work_date.weekday()] in week.working_days, "HRS-1"


def _segments(day: DayFacts, week: Week) -> Iterator[Segment]:
    """The hours of HRS-4 with the sign-in of HRS-5; hours that a clock put forward skips are not worked."""
    early_by = week.sign_in_lead_minutes if week.late_from == "sign_in" else 0
    due_clause = "HRS-5" if early_by else "HRS-4"
    spans = spans_in_order(segment.hours for segment in week.segments)
    for segment, (start_wall, end_wall) in zip(week.segments, spans, strict=True):
        start, end = day.elapsed(start_wall), day.elapsed(end_wall)
        if end > start:
            yield Segment(
                start=start,
                end=end,
                due=start - early_by,
                clause="HRS-4",
                due_clause=due_clause,
                late_minutes=segment.late_minutes,
                early_minutes=segment.early_minutes,
                asks_in=segment.sign_in,
                asks_out=segment.sign_out,
            )
