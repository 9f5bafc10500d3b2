"""Lateness for leave: what a month gives, what a request takes, and what the day comes to with it."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from bylaw_hooks import Excused, MonthFacts
from bylaw_hooks.leave import Employment, LeaveBalance, LeaveDay, LeaveRequest, Period, Standing
from bylaw_kit import reading
from bylaw_kit.cutting import compiled
from bylaw_kit.months import epoch_minute, month_days

from example_company import Bakery1, LatenessForLeave
from example_company.bakery_1 import BakingDay1
from example_company.lateness_1 import Lateness

MA = Employment(person=7, joined=date(2026, 3, 10))
MAY, WEDNESDAY = month_days((2026, 5), "Asia/Shanghai", {}), date(2026, 5, 6)
FOUR, HALF_PAST_FOUR, FIVE, NOON = 240, 270, 300, 720


def reasons(until: int, *, asked_on: date = WEDNESDAY, left: int = 60) -> list[str]:
    """What speaks against exchanging Wednesday's minutes from four to then; it is worked from four to noon."""
    request = LeaveRequest("example-lateness", WEDNESDAY, WEDNESDAY, asked_on=asked_on, hours=(FOUR, until))
    (facts,) = (day for day in MAY if day.work_date == WEDNESDAY)
    worked = (LeaveDay(facts, ((facts.elapsed(FOUR), facts.elapsed(NOON)),)),)
    measured = LatenessForLeave().measure(request, worked, Lateness())
    standing = Standing(MA, (LeaveBalance("example-lateness", Fraction(left)),))
    return [one.reason for one in LatenessForLeave().admit(request, measured, standing=standing, parameters=Lateness())]


def test_each_whole_month_of_the_employment_gives_an_hour_that_lapses_with_it() -> None:
    spring = Period(date(2026, 2, 1), date(2026, 5, 31))
    given = list(LatenessForLeave().entitlements(MA, spring, Lateness()))
    assert [(one.day, one.amount, one.expires) for one in given] == [
        (date(2026, 4, 1), Fraction(60), date(2026, 4, 30)),
        (date(2026, 5, 1), Fraction(60), date(2026, 5, 31)),
    ]


def test_half_an_hour_is_exchanged_within_three_days_and_an_hour_at_once_is_not() -> None:
    assert reasons(HALF_PAST_FOUR) == []
    assert reasons(HALF_PAST_FOUR, asked_on=date(2026, 5, 9)) == []
    assert reasons(HALF_PAST_FOUR, asked_on=date(2026, 5, 10)) == ["LEAVE_NOTICE"]
    assert reasons(FIVE) == ["EXAMPLE_LATENESS_TOO_LONG"]
    assert reasons(HALF_PAST_FOUR, left=20) == ["LEAVE_BALANCE"]


def test_who_came_too_late_for_lateness_is_on_time_for_what_is_left_of_the_day() -> None:
    exchanged = Excused("ATT-2", "span", FOUR, HALF_PAST_FOUR)
    punches = tuple(60 * epoch_minute(WEDNESDAY, wall, "Asia/Shanghai") for wall in ("04:28", "12:01"))
    found = []
    for excused in ((), (exchanged,)):
        days = tuple(replace(day, excused=excused) if day.work_date == WEDNESDAY else day for day in MAY)
        facts = MonthFacts(person=7, days=days, punches=punches, decided_until=2**40)
        answer = Bakery1().judge_month(facts, compiled(Bakery1(), days, BakingDay1()), BakingDay1())
        found += [one.kind.name for one in reading.marks(answer) if one.point.work_date == WEDNESDAY][:1]
    assert found == ["LEAVE_REQUIRED", "ON_TIME"]
