"""When a duty comes due: once or at intervals, on working days or on any, at a time on the wall of its place."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
LONGEST_REST_DAYS = 31
"""A due date is moved by no more than so many days; where no working day is that near, nothing is due."""

IsWorkingDay = Callable[[date], bool]


class Rhythm(StrEnum):
    """How often something comes due."""

    ONCE = "once"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class OnRestDays(StrEnum):
    """What becomes of a due date that is no working day."""

    KEEP = "keep"
    SKIP = "skip"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A rhythm and its terms.

    `interval` counts days, weeks (from Monday) or months from `first`; `weekdays` are 1 Monday to 7 Sunday; a
    `month_day` beyond a month's end is its last day, as is -1. `first` and `last` are the days between which it holds.
    """

    rhythm: Rhythm
    first: date
    at: time
    interval: int = 1
    once_on: date | None = None
    weekdays: frozenset[int] = frozenset()
    month_day: int = 0
    on_rest_days: OnRestDays = OnRestDays.KEEP
    last: date | None = None


def occurrences(schedule: Schedule, from_date: date, to_date: date, works: IsWorkingDay) -> list[date]:
    """The due dates in a span, both ends included, each once and in order.

    Two spans side by side answer what one over both does. Every due date lies within the days for which the schedule
    holds: one that would be moved out of them is moved the other way.
    """
    margin = timedelta(days=0 if schedule.on_rest_days in {OnRestDays.KEEP, OnRestDays.SKIP} else LONGEST_REST_DAYS)
    start = max(schedule.first, _moved(from_date, -margin))
    end = min(schedule.last or date.max, _moved(to_date, margin))
    due = {_placed(schedule, day, works) for day in _nominal(schedule, start, end)}
    return sorted(day for day in due if day and from_date <= day <= to_date)


def due_at(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which a wall shows a time on a day.

    A time that the clock skips is as much later as the clock goes forward; of a time that it shows twice the first
    counts.
    """
    return datetime.combine(day, at, zone).astimezone(UTC)


def _placed(schedule: Schedule, day: date, works: IsWorkingDay) -> date | None:
    if schedule.on_rest_days is OnRestDays.KEEP or works(day):
        return day
    if schedule.on_rest_days is OnRestDays.SKIP:
        return None
    step = -ONE_DAY if schedule.on_rest_days is OnRestDays.BEFORE else ONE_DAY
    return _next_working(schedule, day, step, works=works) or _next_working(schedule, day, -step, works=works)


def _next_working(schedule: Schedule, day: date, step: timedelta, *, works: IsWorkingDay) -> date | None:
    last = schedule.last or date.max
    for _ in range(LONGEST_REST_DAYS):
        if day in {date.min, date.max}:
            return None
        day += step
        if not schedule.first <= day <= last:
            return None
        if works(day):
            return day
    return None


def _nominal(schedule: Schedule, start: date, end: date) -> Iterator[date]:
    """The days that the rhythm names, from one to another, before rest days are looked at."""
    if schedule.rhythm is Rhythm.ONCE:
        return (day for day in (schedule.once_on,) if day and start <= day <= end)
    if schedule.rhythm is Rhythm.MONTHLY:
        return (day for day in _month_days(schedule, start, end) if start <= day <= end)
    return (day for day in _days(start, end) if _falls_on(schedule, day))


def _falls_on(schedule: Schedule, day: date) -> bool:
    if schedule.rhythm is Rhythm.DAILY:
        return (day - schedule.first).days % schedule.interval == 0
    weeks = (_monday(day) - _monday(schedule.first)) // 7
    return day.isoweekday() in schedule.weekdays and weeks % schedule.interval == 0


def _monday(day: date) -> int:
    return day.toordinal() - day.weekday()


def _month_days(schedule: Schedule, start: date, end: date) -> Iterator[date]:
    first = _month(schedule.first)
    for month in range(_month(start), _month(end) + 1):
        if (month - first) % schedule.interval == 0:
            year, number = divmod(month, 12)
            longest = monthrange(year, number + 1)[1]
            asked = longest if schedule.month_day < 0 else min(schedule.month_day, longest)
            yield date(year, number + 1, asked)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _days(start: date, end: date) -> Iterator[date]:
    for ordinal in range(start.toordinal(), end.toordinal() + 1):
        yield date.fromordinal(ordinal)


def _moved(day: date, span: timedelta) -> date:
    try:
        return day + span
    except OverflowError:
        return date.min if span < timedelta() else date.max
