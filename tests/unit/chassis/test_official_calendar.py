"""Official calendars as facts: days off, days that make up for them, and years nobody has announced (HRS-3)."""

from datetime import date

import pytest
from bylaw_chassis.official_calendar import official_day, official_year


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
