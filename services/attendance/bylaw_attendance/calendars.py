"""The official calendars as attendance judges by them: a kind for each day that a calendar names (HRS-3)."""

from datetime import date

from bylaw_chassis.official_calendar import OfficialYear, official_year, statutory_days

from bylaw_attendance.rules.calendar.calendar import OfficialDays, between, joined, official
from bylaw_attendance.rules.calendar.company_day import OfficialDay, official_kind


def official_days(calendar: str, first: date, last: date) -> OfficialDays:
    """What a calendar says of the days from `first` to `last`."""
    years = (_days_of(official_year(calendar, year)) for year in range(first.year, last.year + 1))
    return between(joined(years), first, last)


def _days_of(year: OfficialYear) -> OfficialDays:
    return official(year.off, year.worked, provisional=not year.known)


def official_day(calendar: str, day: date) -> OfficialDay:
    """What a day is by a calendar; of a year that is not announced yet, what the law alone says of it."""
    year = official_days(calendar, day, day)
    statutory = day in statutory_days(calendar, day.year)
    return OfficialDay(official_kind(year.kinds.get(day), statutory=statutory), year.provisional)
