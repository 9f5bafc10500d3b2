"""The hours of a month by week, planned, worked and overtime, and its weekly average against the law's (HRS-7)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from bylaw_attendance.rules.overtime.overtime import Compensation, Percent, week_of
from bylaw_attendance.rules.overtime.weekly_hours import average_tenths


class DayHours(NamedTuple):
    """Minutes of a day: planned, and worked of what was planned."""

    work_date: date
    planned: int
    worked: int


class CountedOvertime(NamedTuple):
    """Overtime that counts on a day."""

    work_date: date
    percent: Percent
    compensation: Compensation
    minutes: int


class WorkWeek(NamedTuple):
    """The days of a week that are in the month."""

    first_day: date
    last_day: date
    planned: int
    worked: int
    overtime: int
    free_days: int


class OvertimeTotals(NamedTuple):
    """Overtime that counts, in minutes, by what it is paid at; how much of all of it is wanted as time off."""

    by_percent: Mapping[Percent, int]
    time_off: int


class WorkHours(NamedTuple):
    """A month's hours in minutes; the average in tenths of an hour a week, 0 where there are too few days to say."""

    planned: int
    worked: int
    overtime: OvertimeTotals
    weeks: Sequence[WorkWeek]
    average: int
    cap: int

    @property
    def cap_exceeded(self) -> bool:
        """Whether the plan is beyond the weekly cap."""
        return self.average > self.cap


def overtime_totals(overtime: Sequence[CountedOvertime]) -> OvertimeTotals:
    """What it comes to (HRS-7)."""
    return OvertimeTotals(
        {one: sum(found.minutes for found in overtime if found.percent is one) for one in Percent},
        sum(one.minutes for one in overtime if one.compensation is Compensation.TIME_OFF),
    )


def told(totals: OvertimeTotals | None) -> tuple[str, ...]:
    """What tells totals from others; nothing for none."""
    return (str((sorted(totals.by_percent.items()), totals.time_off)),) if totals else ()


def work_hours(days: Sequence[DayHours], overtime: Sequence[CountedOvertime], *, weekly_cap_hours: int) -> WorkHours:
    """The hours of days of a month, in their order (HRS-7)."""
    planned = sum(day.planned for day in days)
    return WorkHours(
        planned,
        sum(day.worked for day in days),
        overtime_totals(overtime),
        list(_weeks(days, overtime)),
        average_tenths(planned, len(days)),
        10 * weekly_cap_hours,
    )


def _weeks(days: Iterable[DayHours], overtime: Sequence[CountedOvertime]) -> Iterator[WorkWeek]:
    for _, group in groupby(days, key=lambda day: week_of(day.work_date)[0]):
        week = list(group)
        dates = {day.work_date for day in week}
        yield WorkWeek(
            week[0].work_date,
            week[-1].work_date,
            sum(day.planned for day in week),
            sum(day.worked for day in week),
            sum(one.minutes for one in overtime if one.work_date in dates),
            sum(not day.planned for day in week),
        )
