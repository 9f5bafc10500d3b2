"""Flexible hours: whoever is there in core time and works the day's minutes comes and goes as they like."""

from collections.abc import Iterator
from dataclasses import replace

from bylaw_hooks import Both, DayFacts, DayKind, MonthAnswer, MonthFacts, MonthPlan, PlannedDay, Segment, ShiftPattern

from bylaw_flexible_hours.own_day import Frame, own_days, worked
from bylaw_flexible_hours.parameters import WEEKDAYS, Flexible


class FlexibleHours(ShiftPattern[Flexible]):
    """Version 1; a change of what it answers is a version 2 beside it. Its plan is the frame, which binds the cards."""

    name, version, title = "flexible-hours", 1, Both("弹性工时", "Flexible hours with core time")
    parameters = Flexible

    def cells(self, parameters: Flexible) -> tuple[str, ...]:  # noqa: ARG002 - the same under all of them
        return ()

    def plan(self, days: tuple[DayFacts, ...], parameters: Flexible) -> Iterator[PlannedDay]:
        for day in days:
            works, why = _works(day, parameters)
            yield PlannedDay(day.work_date, why, tuple(_frame(day, parameters)) if works else ())

    def judge(
        self, facts: MonthFacts, plan: MonthPlan, *, bound: list[int | None], parameters: Flexible
    ) -> MonthAnswer:
        """Late after the core's start (ATT-2), early before its end or short of the day's minutes (ATT-3)."""
        own = own_days(plan, bound, parameters)
        answer = super().judge(facts, own.plan, bound=own.bound, parameters=parameters)
        minutes = tuple(worked(plan, own.bound, answer.verdicts, parameters=parameters))
        return replace(answer, plan=plan, punches=tuple(bound), worked_minutes=minutes)


def _works(day: DayFacts, flexible: Flexible) -> tuple[bool, str]:
    """Whether the day is worked, and the clause: the official calendar (HRS-3) before the week (HRS-1)."""
    if day.kind is DayKind.HOLIDAY and flexible.holidays_off:
        return False, "HRS-3"
    if day.kind is DayKind.MAKE_UP_WORK and flexible.makeup_day_works_all:
        return True, "HRS-3"
    return WEEKDAYS[day.work_date.weekday()] in flexible.working_days, "HRS-1"


def _frame(day: DayFacts, flexible: Flexible) -> Iterator[Segment]:
    """The frame as the day's one segment: hours that the company has set in place of those of HRS-4."""
    (opens, closes), (core_start, core_end) = flexible.walls()
    start, end = day.elapsed(opens), day.elapsed(closes)
    if end > start:
        yield Frame(
            start=start,
            end=end,
            due=start,
            late_minutes=flexible.late_minutes,
            early_minutes=flexible.early_minutes,
            clause="HRS-4",
            due_clause="HRS-4",
            core_start=day.elapsed(core_start),
            core_end=day.elapsed(core_end),
        )
