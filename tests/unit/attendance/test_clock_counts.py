"""Sentences about a clock's own count of a day: what it answers, when it is asked, and when a day is sent again."""

from datetime import UTC, date, datetime

import pytest
from bylaw_attendance.rules.clocks.clock_commands import answered, count_records, counted_day, send_again
from bylaw_attendance.rules.clocks.clock_counts import DayCount, day_to_count, may_be_due

DAY, NOON = date(2026, 3, 2), datetime(2026, 3, 3, 4, tzinfo=UTC)
pytestmark = pytest.mark.clause("ATT-4")


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("ID=7&Return=0&CMD=VERIFY SUM&StartTime=x&EndTime=y&AttlogSum=12", 12),
        ("ID=7&Return=0&CMD=VERIFY SUM&AttLogSum=0", 0),
        ("ID=7&Return=0&CMD=VERIFY SUM", None),
        ("ID=7&Return=-1&CMD=VERIFY SUM&AttlogSum=12", None),
        ("ID=7&Return=0&CMD=VERIFY SUM&AttlogSum=-1", None),
        ("ID=7&Return=0&CMD=VERIFY SUM&AttlogSum=9999999999", None),
    ],
)
def test_a_count_is_what_a_clock_says_it_counted_and_nothing_else(line: str, count: int | None) -> None:
    assert [one.record_count for one in answered([line])] == [count]


def test_only_the_question_how_many_has_a_day() -> None:
    assert counted_day(count_records(DAY, DAY)) == DAY
    assert counted_day(send_again(DAY, DAY)) is None


def test_yesterday_is_asked_for_once_by_the_clocks_own_calendar() -> None:
    assert day_to_count(None, NOON, 480) == DAY
    assert day_to_count(None, NOON, -600) == date(2026, 3, 1), "there it is still the second"
    assert day_to_count(DAY, NOON, 480) is None
    assert (may_be_due(None, NOON), may_be_due(DAY, NOON), may_be_due(date(2026, 3, 1), NOON)) == (True, False, True)


def test_a_day_that_is_short_is_sent_again_once() -> None:
    assert not DayCount(DAY, 4, 4, NOON).is_short
    assert not DayCount(DAY, 4, 5, NOON).is_short, "what came by a file is no lack of the clock's"
    assert DayCount(DAY, 5, 4, NOON).is_sent_again
    assert not DayCount(DAY, 5, 4, NOON, check_count=2).is_sent_again
