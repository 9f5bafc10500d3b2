"""The month's hand-over (SHT-1): after it leave that was required and not granted is absence."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

HAND_OVER_DAY = 3
IsHoliday = Callable[[date], bool]


def never(_: date) -> bool:
    """No day is a holiday: where deadlines do not move."""
    return False


def no_holiday(day: date, is_holiday: IsHoliday) -> date:
    """The first day from one on that is none."""
    while is_holiday(day):
        day += timedelta(days=1)
    return day


def hand_over_day(month: date, is_holiday: IsHoliday) -> date:
    """The last day on which a month is handed over in time: the 3rd of the next, or where that moved (SHT-1)."""
    return no_holiday(next_month(month).replace(day=HAND_OVER_DAY), is_holiday)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1)


def last_day(month: date) -> date:
    """The last day of a month given by its first."""
    return next_month(month) - timedelta(days=1)


def handed_over(last: date, zone: ZoneInfo, now: datetime) -> bool:
    """Whether the hand-over's last day has passed at the site."""
    return now.astimezone(zone).date() > last
