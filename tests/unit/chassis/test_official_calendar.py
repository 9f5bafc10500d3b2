"""Official calendars as facts: days off, days that make up for them, and years nobody has announced (HRS-3)."""

from datetime import date

import pytest
from bylaw_chassis.official_calendar import official_day, official_year, statutory_days


@pytest.mark.clause("HRS-3")
def test_a_day_is_off_or_made_up_for_or_ordinary() -> None:
    assert official_day("CN", date(2026, 2, 16)) is False
    assert official_day("CN", date(2026, 2, 28)) is True  # a Saturday that makes up for Spring Festival
    assert official_day("CN", date(2026, 3, 4)) is None
    assert official_day("DE", date(2026, 12, 25)) is False


@pytest.mark.clause("HRS-3")
def test_without_a_calendar_every_day_is_ordinary_and_known_to_be() -> None:
    for none in ("", "NONE"):
        assert official_day(none, date(2026, 12, 25)) is None
        assert official_year(none, 2026).known


def test_a_year_that_is_not_announced_and_a_country_there_is_not_are_unknown() -> None:
    assert not official_year("CN", 2031).known
    assert not official_year("XX", 2026).known
    assert official_day("XX", date(2026, 12, 25)) is None


@pytest.mark.clause("HRS-3")
def test_statutory_holidays_are_told_from_the_days_off_that_stand_in_for_others() -> None:
    new_year = {date(2026, 2, number) for number in (16, 17, 18, 19)}
    assert {day for day in statutory_days("CN", 2026) if day.month == 2} == new_year
    assert official_day("CN", date(2026, 2, 20)) is False, "off, for a Saturday is worked instead"
    assert (len(statutory_days("CN", 2024)), len(statutory_days("CN", 2026))) == (11, 13)
    assert statutory_days("NONE", 2026) == statutory_days("XX", 2026) == frozenset()
    assert date(2026, 12, 25) in statutory_days("DE", 2026)


@pytest.mark.clause("HRS-3")
def test_the_law_names_its_holidays_before_the_year_is_announced() -> None:
    assert date(2031, 1, 1) in statutory_days("CN", 2031)
    assert not official_year("CN", 2031).known


@pytest.mark.clause("HRS-3")
@pytest.mark.parametrize("year", range(2015, 2027))
def test_two_libraries_that_know_nothing_of_each_other_agree_about_statutory_holidays(year: int) -> None:
    assert statutory_days("CN", year) <= official_year("CN", year).off
