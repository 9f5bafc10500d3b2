"""What the official calendars of countries say of a day, read from the libraries that keep them (HRS-3)."""

from datetime import date
from functools import lru_cache

import chinese_calendar.constants as chinese
import holidays

NONE, CHINA = "NONE", "CN"


def official_day(calendar: str, day: date) -> bool | None:
    """Whether a day is worked (made up for) or off; nothing of an ordinary day, or where no calendar is known."""
    if calendar in {"", NONE}:
        return None
    if calendar == CHINA and day in chinese.workdays:
        return True
    return False if day in _days_off(calendar, day.year) else None


@lru_cache(maxsize=512)
def _days_off(calendar: str, year: int) -> frozenset[date]:
    if calendar == CHINA:
        return frozenset(day for day in chinese.holidays if day.year == year)
    try:
        return frozenset(holidays.country_holidays(calendar, years=year))
    except NotImplementedError:
        return frozenset()
