"""The official calendars of countries, read from the libraries that keep them."""

from datetime import date
from functools import lru_cache

import chinese_calendar.constants as chinese
import holidays

from bylaw_attendance.rules.calendar import NO_CALENDAR, OfficialDays, between, joined, official

NONE, CHINA = "NONE", "CN"
NOT_KNOWN = OfficialDays({}, provisional=True)


def official_days(calendar: str, first: date, last: date) -> OfficialDays:
    """What a calendar (`CN`, another ISO 3166 code, `NONE`) says of the days from `first` to `last`."""
    if calendar in {"", NONE}:
        return NO_CALENDAR
    years = (_year(calendar, year) for year in range(first.year, last.year + 1))
    return between(joined(years), first, last)


@lru_cache(maxsize=512)
def _year(calendar: str, year: int) -> OfficialDays:
    return _chinese_year(year) if calendar == CHINA else _other_year(calendar, year)


def _chinese_year(year: int) -> OfficialDays:
    """The State Council's notices; of a year not yet announced no holiday is known."""
    if not any(day.year == year for day in chinese.holidays):
        return NOT_KNOWN
    return official(
        (day for day in chinese.holidays if day.year == year),
        (day for day in chinese.workdays if day.year == year),
    )


def _other_year(calendar: str, year: int) -> OfficialDays:
    try:
        return official(holidays.country_holidays(calendar, years=year), ())
    except NotImplementedError:
        return NOT_KNOWN
