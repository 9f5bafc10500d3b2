"""Whether a shift pattern by itself, with these parameters, asks more of people than the law allows (HRS-7).

It is tried on months of ordinary days: holidays only make less of it. Where days of rest come by the rota, it is tried
with what a rota at least gives: the days off of each week, and the month's floating days.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from bylaw_attendance.rules.judging.plan_body import PlannedDate
from bylaw_attendance.rules.overtime.weekly_hours import average_tenths
from bylaw_attendance.rules.rota.floating_day import FLOATING
from bylaw_attendance.rules.rota.rota import REST, Codes
from bylaw_attendance.rules.rota.rota_caps import RotaLimits, by_week, monday_of, restless_weeks

SUNDAY = 6


def least_rest(days: Sequence[PlannedDate], words: Sequence[str] | None, limits: RotaLimits) -> Iterator[Codes]:
    """What a rota at least gives, on which days by which word; one of these is enough.

    A pattern that grants so many days a month grants the first ones: the floating day may take another's place.
    """
    by_rota = words is None or REST in words
    weekly = list(chain.from_iterable(_of_weeks(days, limits))) if by_rota else []
    restless = set(restless_weeks(days, limits))
    worked = [day.work_date for day in days if day.halves and day.work_date not in weekly]
    first = [day for day in worked if not by_rota and monday_of(day) in restless]
    floating = [*first, *(day for day in worked if day not in first)][: limits.floating_days]
    if by_rota:
        yield tuple((day, REST) for day in weekly)
    yield tuple(sorted((day, REST if by_rota else FLOATING) for day in (*weekly, *floating)))


def _of_weeks(days: Sequence[PlannedDate], limits: RotaLimits) -> Iterator[list[date]]:
    """Of each week that ends in the month, the last worked days that make up its days off."""
    for week in by_week(days).values():
        if week[-1].work_date.weekday() == SUNDAY:
            lacking = limits.weekly_rest_days - sum(not day.halves for day in week)
            worked = [day.work_date for day in week if day.halves]
            yield worked[len(worked) - max(lacking, 0) :]


def weekly_tenths(days: Sequence[PlannedDate], most_minutes: int | None) -> int:
    """Tenths of an hour a week on average; of a day no more than so many minutes, where a frame is planned."""
    minutes = (sum(half.end - half.start for half in day.halves) for day in days)
    return average_tenths(sum(one if most_minutes is None else min(one, most_minutes) for one in minutes), len(days))
