"""The caps on a month of the rota by plain numbers: weeks, gaps, average hours; and what is left of floating days."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from bylaw_attendance.rules.judging.plan_body import PlannedDate, PlannedHalf
from bylaw_attendance.rules.overtime.weekly_hours import average_tenths
from bylaw_attendance.rules.rota.floating_day import FloatingDay, not_granted
from bylaw_attendance.rules.rota.rota_caps import RotaLimits, strain
from bylaw_hooks import DayKind

STATUTE, MARCH = RotaLimits(), date(2026, 3, 1)
DAY, NIGHT = (510, 1080), (1320, 1800)
"""From 08:30 to 18:00, and from 22:00 to 06:00 of the next day."""


def month(off: set[int], shifts: dict[int, tuple[int, int]] | None = None, makeup: int = 0) -> list[PlannedDate]:
    """March 2026, whose first is a Sunday: days off, shifts other than the day's, a make-up working day."""
    days = []
    for number in range(1, 32):
        start, end = (1440 * number + minute for minute in (shifts or {}).get(number, DAY))
        kind = DayKind.MAKE_UP_WORK if number == makeup else DayKind.ORDINARY
        halves = () if number in off else (PlannedHalf(start, end, start),)
        days.append(PlannedDate(MARCH + timedelta(number - 1), kind, "HRS-1", halves))
    return days


@pytest.mark.clause("HRS-7")
def test_a_week_without_its_day_off_is_named_by_its_monday_and_weeks_that_are_not_whole_are_not_judged() -> None:
    found = strain(month({2, 18, 25}), STATUTE)
    assert found.restless == (date(2026, 3, 9),)
    assert strain(month({2, 9, 10, 18, 19, 25}), STATUTE._replace(weekly_rest_days=2)).restless == (
        date(2026, 3, 2),
        date(2026, 3, 23),
    )
    assert strain(month(set()), STATUTE._replace(weekly_rest_days=0)).restless == ()


@pytest.mark.clause("HRS-7", "HRS-3")
def test_a_week_whose_day_off_the_official_calendar_itself_has_moved_breaks_no_cap() -> None:
    assert strain(month({2, 18, 25}, makeup=15), STATUTE).restless == ()


@pytest.mark.clause("HRS-7")
def test_less_time_between_two_shifts_than_the_cap_is_told_with_its_day_and_minutes() -> None:
    found = strain(month({11}, {10: NIGHT, 20: NIGHT}), STATUTE)
    assert found.short == ((date(2026, 3, 20), 150),)
    assert strain(month(set(), {20: NIGHT}), STATUTE._replace(gap_hours=2)).short == ()


@pytest.mark.clause("HRS-7", "HRS-1", "HRS-2")
@pytest.mark.parametrize("days", [28, 29, 30, 31])
def test_the_rulebooks_own_week_passes_in_the_longest_month_and_a_day_more_does_not(days: int) -> None:
    """Four Sundays and the floating day, or five days of rest by rota; seven and a half hours on each other day."""
    minutes = 450 * (days - 5)
    assert average_tenths(minutes, days) <= 440
    assert average_tenths(minutes + 450, days) > 440


def test_the_average_is_exact_to_a_tenth_with_halves_up_and_of_a_few_days_there_is_none() -> None:
    assert (average_tenths(450 * 26, 31), average_tenths(60, 14), average_tenths(60 * 8 * 6, 6)) == (440, 5, 0)


def beyond(*days: date | FloatingDay, a_month: int = 1, kept_months: int = 0, since: date = date.min) -> list[date]:
    taken = [FloatingDay(day) if isinstance(day, date) else day for day in days]
    return [one.day for one in not_granted(taken, a_month=a_month, kept_months=kept_months, since=since)]


@pytest.mark.clause("HRS-1")
def test_a_month_has_one_floating_day_which_lapses_unless_the_company_keeps_it() -> None:
    march, april, may = (date(2026, month, 10) for month in (3, 4, 5))
    second = date(2026, 3, 20)
    assert beyond(march, april, may) == []
    assert beyond(second, march) == [second]
    assert beyond(march, second, kept_months=1) == []
    assert beyond(march, second, april, kept_months=1) == []
    assert beyond(march, second, date(2026, 3, 30), kept_months=1) == [date(2026, 3, 30)]


@pytest.mark.clause("HRS-1")
def test_no_floating_day_is_left_of_the_months_before_somebody_was_hired() -> None:
    days = [date(2026, 3, 10), date(2026, 3, 20)]
    assert beyond(*days, kept_months=3, since=date(2026, 3, 5)) == days[1:]
    assert beyond(*days, kept_months=3, since=date(2026, 2, 5)) == []
    assert beyond(*days, a_month=0) == days


@pytest.mark.clause("HRS-1")
def test_halves_of_a_floating_day_make_one_and_leave_no_room_for_another() -> None:
    first, second, third = (FloatingDay(date(2026, 3, day), Fraction(1, 2), "leaveRequests/x") for day in (3, 4, 5))
    assert beyond(first, second) == []
    assert beyond(first, second, third) == [third.day]
    assert beyond(first, date(2026, 3, 20)) == [date(2026, 3, 20)], "half a day is left, and the rota gives whole ones"
    assert beyond(first, date(2026, 3, 20), kept_months=1) == [], "with half of one and half of another month's"
