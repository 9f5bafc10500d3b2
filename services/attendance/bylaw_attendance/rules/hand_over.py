"""The month's hand-over (SHT-1): after it leave that was required and not granted is absence."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

HAND_OVER_DAY = 3


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1)


def last_day(month: date) -> date:
    """The last day of a month given by its first."""
    return next_month(month) - timedelta(days=1)


def handed_over(month: date, zone: ZoneInfo, now: datetime) -> bool:
    """Whether the hand-over day, the 3rd of the next month at the site, has passed."""
    return now.astimezone(zone).date() > next_month(month).replace(day=HAND_OVER_DAY)
