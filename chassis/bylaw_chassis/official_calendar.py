"""The official calendars of countries, read from the libraries that keep them: days off, and days made up for (HRS-3).

A calendar is `CN`, another ISO 3166 code, or `NONE` (also empty): every day is ordinary.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

import chinese_calendar.constants as chinese
import holidays

NONE, CHINA = frozenset({"", "NONE"}), "CN"
LANGUAGE, IN_PLACE_OF = "en_US", "Day off (substituted"
"""How the library names a day off that only stands in for another one, in that language."""


class OfficialYear(NamedTuple):
    """The days that a calendar names in a year; not `known`: it does not know the year, or there is no such one.

    Of a year that is not announced yet only the statutory holidays are there: days off beside them, and days made up
    for, come with the announcement. A day named as both is worked, for the make-up is the later notice.
    """

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    known: bool = True


@lru_cache(maxsize=512)
def statutory_days(calendar: str, year: int) -> frozenset[date]:
    """The statutory holidays of a year, without days that only stand in for one, or for a weekend (HRS-3).

    The law fixes them, so they are known before the year's swaps are announced.
    """
    if calendar in NONE:
        return frozenset()
    try:
        named = holidays.country_holidays(calendar, years=year, observed=False, language=LANGUAGE)
    except NotImplementedError:
        return frozenset()
    return frozenset(day for day, name in named.items() if not name.startswith(IN_PLACE_OF))


@lru_cache(maxsize=512)
def official_year(calendar: str, year: int) -> OfficialYear:
    """What a calendar says of a year."""
    if calendar in NONE:
        return OfficialYear()
    return _chinese_year(year) if calendar == CHINA else _other_year(calendar, year)


def knows_calendar(calendar: str) -> bool:
    """Whether it is a country's, by its ISO 3166 code of two letters, of which there is anything to say; or `NONE`."""
    return calendar in {"NONE", CHINA} or calendar in _countries()


@cache
def _countries() -> frozenset[str]:
    return frozenset(holidays.list_supported_countries(include_aliases=False))


def official_day(calendar: str, day: date) -> bool | None:
    """Whether a day is worked (made up for) or off; nothing of an ordinary day, or where no calendar is known."""
    said = official_year(calendar, day.year)
    if day in said.worked:
        return True
    return False if day in said.off else None


def _chinese_year(year: int) -> OfficialYear:
    """The State Council's notices; of a year not yet announced the days that the law itself has off (HRS-3)."""
    off = _in_year(chinese.holidays, year)
    if not off:
        return OfficialYear(statutory_days(CHINA, year), known=False)
    return OfficialYear(off, _in_year(chinese.workdays, year))


def _other_year(calendar: str, year: int) -> OfficialYear:
    try:
        return OfficialYear(frozenset(holidays.country_holidays(calendar, years=year)))
    except NotImplementedError:
        return OfficialYear(known=False)


def _in_year(days: Iterable[date], year: int) -> frozenset[date]:
    return frozenset(day for day in days if day.year == year)
