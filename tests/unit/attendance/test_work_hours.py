"""The hours of a month by week, against the law's average (HRS-7)."""

from datetime import date, timedelta

import pytest
from bylaw_attendance.rules.overtime.overtime import Compensation, Percent
from bylaw_attendance.rules.overtime.work_hours import CountedOvertime, DayHours, WorkHours, work_hours

FIRST = date(2026, 3, 1)


def month(minutes_a_day: int, *, free: tuple[int, ...] = (6,)) -> list[DayHours]:
    days = [FIRST + timedelta(number) for number in range(31)]
    return [DayHours(day, 0 if day.weekday() in free else minutes_a_day, 0) for day in days]


def hours(days: list[DayHours], *overtime: CountedOvertime) -> WorkHours:
    return work_hours(days, overtime, weekly_cap_hours=44)


@pytest.mark.clause("HRS-7")
def test_the_rulebooks_week_passes_as_a_monthly_average_and_a_longer_one_is_named() -> None:
    shipped, longer = hours(month(450)), hours(month(465))
    assert (shipped.average, shipped.cap, shipped.cap_exceeded) == (440, 440, False)
    assert (longer.average, longer.cap_exceeded) == (455, True)


@pytest.mark.clause("HRS-7")
def test_weeks_are_cut_by_the_month_and_tell_free_days_and_overtime() -> None:
    at_once = CountedOvertime(date(2026, 3, 7), Percent.REST_DAY, Compensation.TIME_OFF, 90)
    late = CountedOvertime(date(2026, 3, 9), Percent.WORKING_DAY, Compensation.PAY, 30)
    found = hours(month(480, free=(5, 6)), at_once, late)
    assert [(week.first_day.day, week.last_day.day) for week in found.weeks][:2] == [(1, 1), (2, 8)]
    assert [(week.planned, week.overtime, week.free_days) for week in found.weeks][:3] == [
        (0, 0, 1),
        (2400, 90, 2),
        (2400, 30, 2),
    ]
    assert found.overtime.by_percent == {Percent.WORKING_DAY: 30, Percent.REST_DAY: 90, Percent.STATUTORY_HOLIDAY: 0}
    assert found.overtime.time_off == 90
