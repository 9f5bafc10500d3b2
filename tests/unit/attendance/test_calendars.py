"""The official calendars, day by day against what the State Council announced."""

import csv
from datetime import date
from pathlib import Path

import holidays
import pytest
from bylaw_attendance.calendars import official_days
from bylaw_hooks import DayKind

NOTICES = Path(__file__).parents[4] / "shared" / "data" / "calendar" / "holiday_cn_2007_2026.csv"
SOME = "date,off\n2026-02-14,0\n2026-02-16,1\n2026-02-23,1\n2026-02-28,0\n"


def announced() -> dict[date, DayKind]:
    """Every day the notices name."""
    if not NOTICES.exists():
        print("the notices of 2007 to 2026 are not here: a few days of 2026 stand in")  # noqa: T201
    rows = csv.DictReader((NOTICES.read_text("utf-8") if NOTICES.exists() else SOME).splitlines())
    kinds = {"1": DayKind.HOLIDAY, "0": DayKind.MAKE_UP_WORK}
    return {date.fromisoformat(row["date"]): kinds[row["off"]] for row in rows}


@pytest.mark.clause("HRS-3")
def test_holidays_and_make_up_days_are_those_of_the_notices() -> None:
    for day, kind in announced().items():
        found = official_days("CN", day, day).kinds
        said_by_the_week = (kind is DayKind.HOLIDAY) == (day.weekday() >= 5)
        assert found.get(day) is kind or (said_by_the_week and day not in found), day


@pytest.mark.clause("HRS-3")
def test_two_libraries_that_know_nothing_of_each_other_agree_on_every_day_of_twelve_years() -> None:
    first, last = date(2015, 1, 1), date(2026, 12, 31)
    kinds = official_days("CN", first, last).kinds
    other = holidays.country_holidays("CN", years=range(first.year, last.year + 1))
    differing = []
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(number)
        worked = kinds.get(day) is DayKind.MAKE_UP_WORK or (day.weekday() < 5 and day not in kinds)
        differing += [] if worked == other.is_working_day(day) else [day]
    assert differing == []


@pytest.mark.clause("HRS-3")
def test_of_a_year_that_is_not_announced_the_statutory_holidays_are_off_by_law_and_it_says_so() -> None:
    found = official_days("CN", date(2031, 1, 1), date(2031, 12, 31))

    fixed = [date(2031, 1, 1), date(2031, 5, 1), date(2031, 5, 2), *(date(2031, 10, day) for day in (1, 2, 3))]
    lunar = [*(date(2031, 1, day) for day in (22, 23, 24, 25)), date(2031, 4, 5), date(2031, 6, 24)]
    assert found.provisional
    assert set(found.kinds) >= {*fixed, *lunar}
    assert {*found.kinds.values()} == {DayKind.HOLIDAY}, "nothing is made up for before it is announced"
    assert date(2031, 10, 4) not in found.kinds, "nor off beside what the law names"
    assert len(found.kinds) == 12, "thirteen, but Mid-Autumn falls on National Day"


def test_a_month_over_new_year_knows_the_days_of_both_years() -> None:
    found = official_days("CN", date(2025, 12, 31), date(2026, 1, 4))

    assert found.kinds[date(2026, 1, 1)] is DayKind.HOLIDAY
    assert found.kinds[date(2026, 1, 4)] is DayKind.MAKE_UP_WORK


def test_other_countries_come_by_their_code_and_a_site_may_keep_none() -> None:
    republic_day = date(2015, 1, 26)

    assert official_days("IN", republic_day, republic_day).kinds == {republic_day: DayKind.HOLIDAY}
    assert not official_days("NONE", republic_day, republic_day).kinds
    assert official_days("XX", republic_day, republic_day).provisional
