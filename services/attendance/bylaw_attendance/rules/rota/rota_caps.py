"""What a month of the rota may not ask of anybody: weeks without rest, nights too short, hours too long (HRS-7)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from bylaw_hooks import DayKind

from bylaw_attendance.rules.judging.plan_body import PlannedDate
from bylaw_attendance.rules.overtime.weekly_hours import average_tenths

DAYS_A_WEEK = 7


class RotaLimits(NamedTuple):
    """The caps on a rota, and how many floating days there are; the defaults are the statute's and the rulebook's."""

    weekly_rest_days: int = 1
    weekly_hours: int = 44
    """As a monthly average."""
    gap_hours: int = 10
    """Between the end of a day's shift and the start of the next day's; 0: none is asked for."""
    floating_days: int = 1
    """A month (HRS-1)."""
    floating_kept_months: int = 0
    notice_days: int = 3
    """What changes fewer days ahead is at short notice."""


class ShortGap(NamedTuple):
    """The day after which there is too little time, and how many minutes there are."""

    day: date
    minutes: int


class Strain(NamedTuple):
    """What a month asks of somebody beyond the caps."""

    restless: tuple[date, ...]
    """Weeks without their days off, by their Mondays."""
    short: tuple[ShortGap, ...]
    weekly_tenths: int
    """Tenths of an hour a week on average; 0 where too little of the month is planned to say."""

    def hours_exceed(self, limits: RotaLimits) -> bool:
        """Whether the average is beyond its cap."""
        return self.weekly_tenths > 10 * limits.weekly_hours


def strain(days: Sequence[PlannedDate], limits: RotaLimits) -> Strain:
    """What these days of a month, in their order, ask beyond the caps (HRS-7)."""
    return Strain(
        tuple(restless_weeks(days, limits)),
        tuple(short_gaps(days, limits)),
        average_tenths(sum(half.end - half.start for day in days for half in day.halves), len(days)),
    )


def restless_weeks(days: Iterable[PlannedDate], limits: RotaLimits) -> Iterator[date]:
    """Mondays of the weeks, all of whose seven days are here, that have fewer days off than they must (HRS-7).

    A week with a make-up working day is left out: the official calendar itself has moved its day off (HRS-3).
    """
    for monday, week in by_week(days).items():
        if len(week) == DAYS_A_WEEK and _days_off(week) < limits.weekly_rest_days and not _moved(week):
            yield monday


def by_week(days: Iterable[PlannedDate]) -> Mapping[date, Sequence[PlannedDate]]:
    """Days by the Monday of their week."""
    found: dict[date, list[PlannedDate]] = {}
    for day in days:
        found.setdefault(monday_of(day.work_date), []).append(day)
    return found


def monday_of(day: date) -> date:
    """The first day of the week."""
    return day - timedelta(day.weekday())


def _days_off(week: Iterable[PlannedDate]) -> int:
    return sum(not day.halves for day in week)


def _moved(week: Iterable[PlannedDate]) -> bool:
    return any(day.halves and day.calendar_kind is DayKind.MAKE_UP_WORK for day in week)


def short_gaps(days: Iterable[PlannedDate], limits: RotaLimits) -> Iterator[ShortGap]:
    """Between shifts of days that follow one another (HRS-7)."""
    worked = [(day.work_date, day.halves[0].start, day.halves[-1].end) for day in days if day.halves]
    for (day, _, end), (_, start, _) in pairwise(worked):
        if start - end < 60 * limits.gap_hours:
            yield ShortGap(day, start - end)
