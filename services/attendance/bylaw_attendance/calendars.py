"""The official calendars as attendance judges by them: a kind for each day that a calendar names (HRS-3)."""

from datetime import date

from bylaw_chassis.official_calendar import OfficialYear, official_year

from bylaw_attendance.rules.calendar import OfficialDays, between, joined, official


def official_days(calendar: str, first: date, last: date) -> OfficialDays:
    """What a calendar says of the days from `first` to `last`."""
    years = (_days_of(official_year(calendar, year)) for year in range(first.year, last.year + 1))
    return between(joined(years), first, last)


def _days_of(year: OfficialYear) -> OfficialDays:
    return official(year.off, year.worked, provisional=not year.known)
