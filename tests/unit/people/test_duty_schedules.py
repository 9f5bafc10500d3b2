"""When duties come due: intervals, days of rest, the ends of months, and clocks that change."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from bylaw_chassis.official_calendar import official_day
from bylaw_people.rules.duties.duty import DutyTerms, Whose
from bylaw_people.rules.duties.making import Surroundings, working
from bylaw_people.rules.duties.schedule import LONGEST_REST_DAYS, OnRestDays, Rhythm, Schedule, due_at, occurrences
from bylaw_people.rules.organisation import Wording
from hypothesis import given
from hypothesis import strategies as st

SIX = time(18)
FIRST = date(2026, 1, 1)


def monday_to_saturday(day: date) -> bool:
    return day.isoweekday() < 7


def always(_: date) -> bool:
    return True


def dates(found: list[date]) -> str:
    return " ".join(f"{day:%m-%d}" for day in found)


def of_2026(schedule: Schedule, works: object = always) -> str:
    return dates(occurrences(schedule, date(2026, 1, 1), date(2026, 12, 31), works))  # type: ignore[arg-type]


def test_the_last_day_of_each_month_is_meant_even_in_february() -> None:
    last = Schedule(Rhythm.MONTHLY, FIRST, SIX, month_day=-1)
    assert of_2026(last) == "01-31 02-28 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31"
    thirtieth = Schedule(Rhythm.MONTHLY, FIRST, SIX, month_day=30, interval=2)
    assert of_2026(thirtieth) == "01-30 03-30 05-30 07-30 09-30 11-30"
    leap = Schedule(Rhythm.MONTHLY, date(2028, 2, 1), SIX, month_day=29, interval=12)
    assert occurrences(leap, date(2028, 1, 1), date(2030, 12, 31), always) == [
        date(2028, 2, 29),
        date(2029, 2, 28),
        date(2030, 2, 28),
    ]


@pytest.mark.clause("SHT-1")
def test_the_month_sheet_is_due_by_the_third_and_moves_off_days_of_rest() -> None:
    sheet = {"month_day": 3, "first": FIRST, "at": SIX}
    by_rule = {rule: Schedule(Rhythm.MONTHLY, on_rest_days=rule, **sheet) for rule in OnRestDays}
    kept = of_2026(by_rule[OnRestDays.KEEP], monday_to_saturday)
    assert kept == "01-03 02-03 03-03 04-03 05-03 06-03 07-03 08-03 09-03 10-03 11-03 12-03"
    assert of_2026(by_rule[OnRestDays.SKIP], monday_to_saturday) == kept.replace("05-03 ", "")
    assert of_2026(by_rule[OnRestDays.BEFORE], monday_to_saturday) == kept.replace("05-03", "05-02")
    assert of_2026(by_rule[OnRestDays.AFTER], monday_to_saturday) == kept.replace("05-03", "05-04")


def test_weekly_ones_count_weeks_from_the_monday_of_the_first() -> None:
    fortnightly = Schedule(Rhythm.WEEKLY, date(2026, 1, 7), SIX, interval=2, weekdays=frozenset({1, 5}))
    found = occurrences(fortnightly, date(2026, 1, 1), date(2026, 2, 10), always)
    assert dates(found) == "01-09 01-19 01-23 02-02 02-06"


def test_daily_ones_and_one_that_is_due_once() -> None:
    third = Schedule(Rhythm.DAILY, date(2026, 1, 30), SIX, interval=3, last=date(2026, 2, 6))
    assert of_2026(third) == "01-30 02-02 02-05"
    once = Schedule(Rhythm.ONCE, FIRST, SIX, once_on=date(2026, 5, 3), on_rest_days=OnRestDays.AFTER)
    assert of_2026(once, monday_to_saturday) == "05-04"


@pytest.mark.clause("HRS-3")
def test_the_official_calendar_comes_before_the_weekly_day_of_rest() -> None:
    terms = DutyTerms(FIRST, Wording("三检查", "Checks"), Whose(), Rhythm.DAILY, SIX)
    works = working(terms, Surroundings(ZoneInfo("Asia/Shanghai"), "CN"), official_day)
    assert not works(date(2015, 10, 1))  # national day, a Thursday
    assert works(date(2015, 10, 10))  # a Saturday that makes up for it
    assert not works(date(2015, 10, 18))  # an ordinary Sunday
    elsewhere = working(terms, Surroundings(ZoneInfo("Europe/Berlin"), "DE"), official_day)
    assert not elsewhere(date(2026, 12, 25))
    unknown = working(terms, Surroundings(ZoneInfo("UTC"), "XX"), official_day)
    assert unknown(date(2026, 12, 25))


def test_nothing_is_moved_out_of_the_time_for_which_a_duty_holds() -> None:
    sunday = date(2026, 3, 1)
    from_sunday = Schedule(Rhythm.DAILY, sunday, SIX, on_rest_days=OnRestDays.BEFORE, last=date(2026, 3, 2))
    assert of_2026(from_sunday, monday_to_saturday) == "03-02"
    only_sunday = Schedule(Rhythm.DAILY, sunday, SIX, on_rest_days=OnRestDays.AFTER, last=sunday)
    assert of_2026(only_sunday, monday_to_saturday) == ""


def test_where_nobody_works_for_long_nothing_is_due() -> None:
    never = Schedule(Rhythm.MONTHLY, FIRST, SIX, month_day=15, on_rest_days=OnRestDays.AFTER)
    assert of_2026(never, lambda _: False) == ""


@pytest.mark.parametrize(
    ("day", "at", "zone", "instant"),
    [
        (date(2026, 3, 3), time(18), "Asia/Shanghai", datetime(2026, 3, 3, 10, tzinfo=UTC)),
        (date(2026, 3, 29), time(2, 30), "Europe/Berlin", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # skipped
        (date(2026, 10, 25), time(2, 30), "Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # the first
        (date(2026, 9, 6), time(0, 30), "America/Santiago", datetime(2026, 9, 6, 4, 30, tzinfo=UTC)),  # no midnight
    ],
)
def test_a_time_on_the_wall_is_one_instant_also_when_clocks_change(
    day: date, at: time, zone: str, instant: datetime
) -> None:
    assert due_at(day, at, ZoneInfo(zone)) == instant


DAYS = st.dates(date(2023, 1, 1), date(2029, 12, 31))
ZONES = st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    first = draw(DAYS)
    rhythm = draw(st.sampled_from(Rhythm))
    return Schedule(
        rhythm,
        first,
        draw(st.times()).replace(second=0, microsecond=0, tzinfo=None),
        interval=draw(st.integers(1, 14)),
        once_on=draw(st.dates(first, first + timedelta(days=90))) if rhythm is Rhythm.ONCE else None,
        weekdays=draw(st.frozensets(st.integers(1, 7), min_size=1)) if rhythm is Rhythm.WEEKLY else frozenset(),
        month_day=draw(st.sampled_from([-1, *range(1, 32)])) if rhythm is Rhythm.MONTHLY else 0,
        on_rest_days=draw(st.sampled_from(OnRestDays)),
        last=draw(st.none() | st.dates(first, first + timedelta(days=400))),
    )


@st.composite
def working_days(draw: st.DrawFn) -> set[int]:
    """Some days of the calendar on which nobody works, by number, in runs of at most ten."""
    runs = draw(st.lists(st.tuples(DAYS, st.integers(1, 10)), max_size=40))
    return {day.toordinal() + offset for day, length in runs for offset in range(length)}


@given(schedules(), working_days(), DAYS, st.integers(0, 200), st.integers(0, 200))
def test_spans_side_by_side_make_what_one_over_both_makes(
    schedule: Schedule, closed: set[int], start: date, one: int, other: int
) -> None:
    def works(day: date) -> bool:
        return day.toordinal() not in closed and day.isoweekday() < 7

    middle, end = start + timedelta(days=one), start + timedelta(days=one + other)
    whole = occurrences(schedule, start, end, works)
    parts = [*occurrences(schedule, start, middle, works)]
    parts += occurrences(schedule, middle + timedelta(days=1), end, works)
    assert parts == whole
    assert whole == sorted(set(whole))
    assert all(schedule.first <= day <= (schedule.last or date.max) for day in whole)
    if schedule.on_rest_days is not OnRestDays.KEEP:
        assert all(works(day) for day in whole)


@given(schedules(), st.integers(0, 300))
def test_a_month_has_one_day_and_no_date_is_moved_far(schedule: Schedule, span: int) -> None:
    end = schedule.first + timedelta(days=span)
    nominal = occurrences(
        replace(schedule, on_rest_days=OnRestDays.KEEP), schedule.first, end + timedelta(days=LONGEST_REST_DAYS), always
    )
    moved = occurrences(schedule, schedule.first, end, monday_to_saturday)
    assert all(min(abs((day - other).days) for other in nominal) <= LONGEST_REST_DAYS for day in moved)
    if schedule.rhythm is Rhythm.MONTHLY:
        assert len({(day.year, day.month) for day in nominal}) == len(nominal)


@given(DAYS, st.times(), ZONES)
def test_due_instants_follow_their_dates(day: date, at: time, zone: str) -> None:
    wall, where = at.replace(tzinfo=None, fold=0), ZoneInfo(zone)
    instant = due_at(day, wall, where)
    assert due_at(day + timedelta(days=1), wall, where) > instant
    local = instant.astimezone(where)
    shown = local.replace(tzinfo=None, fold=0)
    assert timedelta() <= shown - datetime.combine(day, wall) <= timedelta(hours=1)
    assert local.date() == day
