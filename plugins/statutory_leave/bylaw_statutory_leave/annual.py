"""Annual leave by cumulative service (LVE-1): the year's days, the joiner's share, the leaver's share."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import NamedTuple

from bylaw_hooks import Both
from bylaw_hooks.leave import Employment, Entitlement, clamped, whole_years, years_after

from bylaw_statutory_leave.kinds import ANNUAL
from bylaw_statutory_leave.parameters import StatutoryDays

YEAR_DAYS = 365
"""By which the statute divides, in leap years as well; nobody gets more than the year's days."""


class Stage(NamedTuple):
    """From a day on so many days of leave a year."""

    day: date
    days: int


def annual(employment: Employment, year: int, days: StatutoryDays) -> Iterator[Entitlement]:
    """What a calendar year brings: its days, more when service reaches the next step, less when somebody leaves."""
    stages = _stages(employment, year, days)
    granted = Fraction(0)
    for known, stage in enumerate(stages, 1):
        entitled = _share(stages[:known], date(year, 12, 31), days)
        if entitled > granted:
            yield _given(stage, entitled - granted, employment=employment, days=days)
            granted = entitled
    left = employment.left
    if stages and left and left.year == year:
        earned = _share(stages, left, days)
        if earned < granted:
            yield Entitlement(ANNUAL, left, earned - granted, _leaving(stages[0].day, left, earned=earned))


def _stages(employment: Employment, year: int, days: StatutoryDays) -> list[Stage]:
    """The first counts from New Year, from joining, or from the end of the first year of service: the latest."""
    since = employment.served_since
    start = max(date(year, 1, 1), employment.joined, years_after(since, 1))
    last = min(date(year, 12, 31), employment.left or date.max)
    rises = [years_after(since, years) for years in (10, 20)]
    found = [start, *(rise for rise in rises if start < rise)]
    return [Stage(day, _a_year(whole_years(since, day), days)) for day in found if day <= last]


def _a_year(service: int, days: StatutoryDays) -> int:
    """Days a year after so many years of cumulative service."""
    if service >= 20:
        return days.annual_days_from_20_years
    return days.annual_days_from_10_years if service >= 10 else days.annual_days_from_1_year


def _share(stages: list[Stage], until: date, days: StatutoryDays) -> Fraction:
    """Calendar days / 365 x the year's days, from the first stage until that day."""
    if days.annual_step == "at_once":
        share = _part(stages[0].day, until, days=stages[-1].days)
    else:
        ends = [stage.day.toordinal() for stage in stages] + [until.toordinal() + 1]
        parts = zip(pairwise(ends), stages, strict=True)
        exact = sum((Fraction((after - first) * stage.days, YEAR_DAYS) for (first, after), stage in parts), Fraction(0))
        share = min(exact, Fraction(stages[-1].days))
    return Fraction(floor(share)) if days.annual_fraction == "drop" else share


def _part(first: date, last: date, *, days: int) -> Fraction:
    return Fraction(min((last - first).days + 1, YEAR_DAYS) * days, YEAR_DAYS)


def _given(stage: Stage, amount: Fraction, *, employment: Employment, days: StatutoryDays) -> Entitlement:
    year, service = stage.day.year, whole_years(employment.served_since, stage.day)
    carried = clamped(year + 1, days.annual_carry_months, 31) if days.annual_carry_months else None
    why = Both(
        f"累计工龄 {service} 年，全年 {stage.days} 天，自 {stage.day} 起计",
        f"{service} years of service: {stage.days} days a year, counted from {stage.day}",
    )
    return Entitlement(ANNUAL, stage.day, amount, why, expires=date(year, 12, 31), carried_until=carried)


def _leaving(first: date, left: date, *, earned: Fraction) -> Both:
    elapsed = (left - first).days + 1
    return Both(
        f"离职：本年已过 {elapsed} 天，折算 {earned} 天；已休的不追回",
        f"leaving: {elapsed} days of the year have passed, which is {earned} days; what was taken is not claimed back",
    )
