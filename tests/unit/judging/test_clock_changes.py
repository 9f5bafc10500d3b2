"""Walls and clocks: skipped and doubled hours, nights over midnight and over the month's end."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from bylaw_fixed_week import Week, WorkSegment
from bylaw_hooks import days_between
from bylaw_kit import reading
from bylaw_kit.months import month_days
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.judging.months import FAR, NIGHT, bound_once, bound_walls, judged_days, marks, on, second

BERLIN, KOLKATA, SHANGHAI = "Europe/Berlin", "Asia/Kolkata", "Asia/Shanghai"
ODD_MONTHS = [
    ("Europe/Berlin", (2026, 3)),
    ("Europe/Berlin", (2026, 10)),
    ("Asia/Kolkata", (2026, 2)),
    ("Asia/Shanghai", (1990, 4)),
    ("Asia/Shanghai", (1990, 9)),
    ("Australia/Lord_Howe", (2026, 4)),
    ("America/Sao_Paulo", (2018, 11)),
    ("America/Sao_Paulo", (2018, 2)),
    ("America/Havana", (2025, 11)),
    ("Africa/Cairo", (2026, 4)),
    ("Asia/Beirut", (2022, 3)),
    ("Antarctica/Troll", (2026, 3)),
    ("Europe/London", (2028, 2)),
    ("Asia/Kathmandu", (2026, 12)),
]


def wall_shown(minute: int, zone: str) -> datetime:
    return datetime.fromtimestamp(60 * minute, ZoneInfo(zone)).replace(tzinfo=None)


@given(st.sampled_from(ODD_MONTHS), st.integers(0, 32), st.integers(0, 2879))
def test_a_wall_time_is_the_first_moment_at_which_the_clock_shows_it_or_more(
    where: tuple[str, tuple[int, int]],
    index: int,
    wall: int,
) -> None:
    zone, year_month = where
    days = month_days(year_month, zone, {})
    day = days[index % len(days)]
    minute, wanted = day.elapsed(wall), datetime.combine(day.work_date, datetime.min.time()) + timedelta(minutes=wall)
    assert wall_shown(minute, zone) >= wanted
    assert wall_shown(minute - 1, zone) < wanted


@pytest.mark.parametrize(("zone", "year_month"), ODD_MONTHS)
def test_later_on_the_wall_is_never_earlier_in_fact(zone: str, year_month: tuple[int, int]) -> None:
    days = month_days(year_month, zone, {})
    for day in days:
        assert all(one <= other for one, other in pairwise(map(day.elapsed, range(2880))))
    assert all(one.elapsed(1440) == other.midnight for one, other in pairwise(days))


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 28), 7), (date(2026, 10, 24), 9), (date(2026, 3, 27), 8)])
def test_a_night_shift_over_a_clock_change_is_as_long_as_it_was(day: date, hours: int) -> None:
    answer = judged_days(
        month_days((day.year, day.month), BERLIN, {}),
        f"{day} 21:55",
        f"{day + timedelta(days=1)} 06:00",
        week=NIGHT,
        zone=BERLIN,
    )
    assert on(answer, day).halves[0].worked_minutes == 60 * hours
    assert marks(on(answer, day)) == ["on time HRS-5", "on time HRS-4"]


def test_hours_that_the_clock_skips_are_not_worked_and_those_half_skipped_begin_at_the_jump() -> None:
    days = month_days((2026, 3), BERLIN, {})
    every_day = NIGHT.working_days
    skipped = Week(segments=(WorkSegment(hours="02:00-03:00"),), working_days=every_day)
    half = Week(segments=(WorkSegment(hours="02:30-04:00"),), working_days=every_day)
    sunday = date(2026, 3, 29)
    assert on(judged_days(days, week=skipped), sunday).halves == ()
    segment = on(judged_days(days, week=half), sunday).halves[0].segment
    assert segment.end - segment.start == 60
    assert wall_shown(segment.start, BERLIN) == datetime(2026, 3, 29, 3, 0)  # noqa: DTZ001


def test_a_doubled_end_is_the_first_of_the_two() -> None:
    week = Week(segments=(WorkSegment(hours="22:00-02:30"),), working_days=NIGHT.working_days)
    answer = judged_days(month_days((2026, 10), BERLIN, {}), week=week)
    segment = on(answer, date(2026, 10, 24)).halves[0].segment
    assert datetime.fromtimestamp(60 * segment.end, UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_half_hour_zone_and_the_summer_time_of_1990_are_judged_on_their_own_walls() -> None:
    for zone, year_month, day in ((KOLKATA, (2026, 2), "2026-02-02"), (SHANGHAI, (1990, 7), "1990-07-02")):
        answer = judged_days(
            month_days(year_month, zone, {}), f"{day} 08:40", f"{day} 12:00", f"{day} 13:55", f"{day} 18:00", zone=zone
        )
        assert marks(on(answer, date.fromisoformat(day)))[0] == "late 15 ATT-2"


@pytest.mark.parametrize(
    ("zone", "months"),
    [
        (SHANGHAI, ((2026, 3), (2026, 4))),
        (SHANGHAI, ((2028, 2), (2028, 3))),
        (BERLIN, ((2026, 12), (2027, 1))),
    ],
)
def test_a_night_over_the_months_end_is_judged_by_the_month_in_which_it_starts(
    zone: str,
    months: tuple[tuple[int, int], tuple[int, int]],
) -> None:
    first = date(*months[1], 1)
    last = first - timedelta(days=1)
    stamps = (f"{last} 21:50", f"{first} 06:10", f"{first} 21:50", f"{first + timedelta(days=1)} 06:10")
    before, after = (judged_days(month_days(month, zone, {}), *stamps, week=NIGHT, zone=zone) for month in months)
    assert bound_walls(on(before, last), zone) == ["21:50", "06:10"]
    assert bound_walls(on(after, first), zone) == ["21:50", "06:10"]
    assert bound_once(before, after)
    assert [reading.totals(answer).halves_worked for answer in (before, after)] == [1, 1]


LONG = Week(
    segments=(WorkSegment(hours="06:00-18:00"), WorkSegment(hours="20:00-03:00")), working_days=NIGHT.working_days
)


@given(st.lists(st.integers(-2880, 2880), max_size=12, unique=True))
def test_months_that_share_an_edge_neither_lose_nor_double_a_punch(minutes: list[int]) -> None:
    edge = second("2026-04-01 00:00")
    stamps = [datetime.fromtimestamp(edge + 60 * minute, ZoneInfo(SHANGHAI)).isoformat(" ")[:19] for minute in minutes]
    march, april = (
        judged_days(month_days(month, SHANGHAI, {}), *stamps, week=LONG) for month in ((2026, 3), (2026, 4))
    )
    assert reading.reach(march.plan)[1] == reading.reach(april.plan)[0]
    assert bound_once(march, april)


@given(st.integers(1, 30), st.lists(st.integers(0, 31 * 1440), max_size=60))
def test_a_month_judged_in_two_parts_says_the_same_as_judged_whole(cut: int, minutes: list[int]) -> None:
    days = month_days((2026, 3), SHANGHAI, {})
    start = second("2026-03-01 00:00")
    stamps = [datetime.fromtimestamp(start + 60 * minute, ZoneInfo(SHANGHAI)).isoformat(" ")[:19] for minute in minutes]
    whole = judged_days(days, *stamps, week=LONG, until=FAR)
    first = judged_days(days_between(days, date(2026, 3, 1), date(2026, 3, cut)), *stamps, week=LONG)
    second_part = judged_days(days_between(days, date(2026, 3, cut + 1), date(2026, 3, 31)), *stamps, week=LONG)
    assert first.punches + second_part.punches == whole.punches
    assert first.kinds + second_part.kinds == whole.kinds
