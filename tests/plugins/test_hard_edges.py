"""Where attendance goes wrong: nights over clock changes, shared edges, margins over midnight, months' ends (C24)."""

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from bylaw_crews import Crews, CrewShift, Cycle
from bylaw_fixed_week import FixedWeek, Week, WorkSegment
from bylaw_fixed_week.parameters import WEEKDAYS
from bylaw_flexible_hours import Flexible, FlexibleHours
from bylaw_hooks import CardParameters, DayFacts, MonthAnswer, MonthFacts, ShiftPattern
from bylaw_kit.adapting import pack_answers, pack_facts, pack_plans
from bylaw_kit.months import month_days
from bylaw_rest_by_rota import RestByRota, Rota
from hypothesis import given
from hypothesis import strategies as st

from tests.plugins.companies.sheets import FAR, Month

BERLIN, KOLKATA, LORD_HOWE = "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe"
NIGHTS = Week(segments=(WorkSegment(hours="22:00-06:00"),), working_days=WEEKDAYS)
NIGHT_CREW = Cycle(cycle=("night",))


@pytest.mark.clause("HRS-4", "ATT-2", "ATT-3")
@pytest.mark.parametrize(
    ("pattern", "parameters"), [(FixedWeek(), NIGHTS), (Crews(), NIGHT_CREW)], ids=["week", "crew"]
)
@pytest.mark.parametrize(
    ("zone", "evening", "minutes"),
    [
        (BERLIN, date(2026, 3, 28), 7 * 60),
        (BERLIN, date(2026, 10, 24), 9 * 60),
        (LORD_HOWE, date(2026, 4, 4), 8 * 60 + 30),
        (LORD_HOWE, date(2026, 10, 3), 7 * 60 + 30),
        (LORD_HOWE, date(2026, 10, 2), 8 * 60),
        (KOLKATA, date(2026, 10, 3), 8 * 60),
    ],
)
def test_a_night_is_as_long_as_it_was_and_its_ladders_go_by_the_clock_on_the_wall(
    pattern: ShiftPattern[Any], parameters: CardParameters, zone: str, evening: date, minutes: int
) -> None:
    month, day = Month(pattern, parameters, (evening.year, evening.month), zone), evening.day
    on_time = month.sheet(f"{day} 21:55", f"{day + 1} 06:00")
    assert on_time.verdicts(day) == [f"on time HRS-4, {minutes} worked"]
    late_and_early = month.sheet(f"{day} 22:10", f"{day + 1} 05:55")
    assert late_and_early.cards(day) == ["22:10 late 15 ATT-2", "05:55 early 5 ATT-3"]
    assert late_and_early.verdicts(day) == [f"late ATT-2, {minutes - 15} worked"]


@pytest.mark.clause("HRS-4", "ATT-3")
def test_flexible_hours_over_a_doubled_half_hour_are_full_half_an_hour_sooner_on_the_wall() -> None:
    night = Flexible(frame="20:00-08:00", core="22:00-03:00", required_minutes=480, working_days=WEEKDAYS)
    month = Month(FlexibleHours(), night, (2026, 4), LORD_HOWE)
    assert month.sheet("3 21:00", "4 05:00").verdicts(3) == ["on time HRS-4, 480 worked"]
    assert month.sheet("4 21:00", "5 04:30").verdicts(4) == ["on time HRS-4, 480 worked"]
    assert month.sheet("4 21:00", "5 04:26").verdicts(4) == ["early ATT-3, 476 worked"]


@pytest.mark.clause("HRS-4")
def test_the_hour_that_is_shown_twice_keeps_both_of_its_punches_apart() -> None:
    """Of 02:30 on 25 October 2026 there are two; who signs in at the first and out at the second worked an hour."""
    split = Week(segments=(WorkSegment(hours="02:15-05:00"),), working_days=WEEKDAYS, sign_in_lead_minutes=0)
    month = Month(FixedWeek(), split, (2026, 10), BERLIN)
    days = month.days({})
    first = int(datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo(BERLIN)).timestamp())
    facts = MonthFacts(1, days, (first, first + 3_600), b"", FAR)
    answer = FixedWeek().judge_month(facts, FixedWeek().compile(days, split), split)
    place = 24  # the 25th day has the 25th half
    assert answer.punches[2 * place : 2 * place + 2] == (first, first + 3_600)
    assert answer.worked_minutes[place] == 60


TOUCHING = Week(segments=(WorkSegment(hours="06:00-14:00"), WorkSegment(hours="14:00-22:00")), sign_in_lead_minutes=0)


@pytest.mark.clause("ATT-1", "ATT-2", "ATT-3")
@pytest.mark.parametrize(
    ("stamps", "cards"),
    [
        ("13:59:59", ["- missing card ATT-1", "13:59 early 1 ATT-3", "- absent ATT-4", "- absent ATT-4"]),
        ("14:00:00", ["- absent ATT-4", "- absent ATT-4", "14:00 on time HRS-4", "- missing card ATT-1"]),
        (
            "06:00 13:59:59 14:00:00 22:00",
            ["06:00 on time HRS-4", "13:59 early 1 ATT-3", "14:00 on time HRS-4", "22:00 on time HRS-4"],
        ),
    ],
    ids=["before", "at", "both"],
)
def test_a_punch_at_the_shared_edge_of_two_shifts_belongs_to_the_one_that_begins(stamps: str, cards: list[str]) -> None:
    assert Month(FixedWeek(), TOUCHING, (2026, 3)).sheet(f"2 {stamps}").cards(2) == cards


@pytest.mark.clause("ATT-1")
def test_the_one_who_goes_and_the_one_who_comes_stamp_in_the_same_second() -> None:
    goes, comes = (Month(Crews(), Cycle(cycle=(code,)), (2026, 11)) for code in ("early", "late"))
    assert goes.sheet("3 05:55 14:00:00").cards(3) == ["05:55 on time HRS-5", "14:00 on time HRS-4"]
    assert comes.sheet("3 14:00:00 22:00").cards(3) == ["14:00 late 5 ATT-2", "22:00 on time HRS-4"]


@pytest.mark.clause("ATT-1", "ATT-3")
def test_a_margin_crosses_midnight_though_the_shift_does_not() -> None:
    evenings = Week(segments=(WorkSegment(hours="15:00-23:00"),), working_days=WEEKDAYS)
    march, april = (Month(FixedWeek(), evenings, (2026, month)) for month in (3, 4))
    stays = march.sheet("30 14:50", "31 00:40 14:50", "32 01:10")
    assert stays.cards(30) == ["14:50 on time HRS-5", "00:40 on time HRS-4"]
    assert stays.cards(31) == ["14:50 on time HRS-5", "01:10 on time HRS-4"]
    assert april.sheet("1 01:10 14:55 23:00").cards(1) == ["14:55 on time HRS-5", "23:00 on time HRS-4"]


@pytest.mark.clause("ATT-1", "ATT-2")
def test_who_is_due_after_midnight_may_sign_in_before_it() -> None:
    small_hours = Week(segments=(WorkSegment(hours="00:30-08:00"),), working_days=WEEKDAYS)
    march, april = (Month(FixedWeek(), small_hours, (2026, month)) for month in (3, 4))
    assert april.sheet("0 23:50", "1 08:01").cards(1) == ["23:50 on time HRS-5", "08:01 on time HRS-4"]
    assert march.sheet("31 00:20 08:05 23:50").cards(31) == ["00:20 on time HRS-5", "08:05 on time HRS-4"]


class Edge(NamedTuple):
    """The end of one month and the beginning of the next."""

    zone: str
    before: tuple[int, int]
    after: tuple[int, int]


# The night over the last four edges is one in which the clock changes too, by an hour or by half of one.
EDGES = [
    Edge("Asia/Shanghai", (2026, 3), (2026, 4)),
    Edge(KOLKATA, (2028, 2), (2028, 3)),
    Edge(BERLIN, (2024, 3), (2024, 4)),
    Edge(BERLIN, (2027, 10), (2027, 11)),
    Edge(LORD_HOWE, (2029, 3), (2029, 4)),
    Edge(LORD_HOWE, (2028, 9), (2028, 10)),
]
PATTERNS: list[tuple[ShiftPattern[Any], CardParameters]] = [
    (FixedWeek(), NIGHTS),
    (FixedWeek(), Week(segments=(WorkSegment(hours="06:00-18:00"), WorkSegment(hours="20:00-03:00")))),
    (Crews(), Cycle(crew_offset=3)),
    (Crews(), Cycle(shifts=(CrewShift(code="watch", hours=("08:00-08:00",)),), cycle=("watch", "rest"))),
    (RestByRota(), Rota(hours=("22:00-06:00",))),
    (FlexibleHours(), Flexible(frame="20:00-08:00", core="23:00-04:00", required_minutes=420)),
]


@cache
def calendars(edge: Edge) -> tuple[tuple[DayFacts, ...], tuple[DayFacts, ...], tuple[DayFacts, ...]]:
    """The two months each by itself, and both as if they were one."""
    before, after = (month_days(month, edge.zone, {}) for month in (edge.before, edge.after))
    return before, after, (*before[:-1], *after[1:])


@cache
def start_of(edge: Edge) -> int:
    return calendars(edge)[1][1].midnight * 60


@given(
    st.sampled_from(EDGES),
    st.integers(0, len(PATTERNS) - 1),
    st.lists(st.integers(-3 * 86_400, 3 * 86_400), unique=True, max_size=16),
    st.integers(-4_000, 4_000),
)
def test_c24_two_months_say_together_what_one_long_month_says_so_none_loses_or_doubles_a_punch(
    edge: Edge, which: int, seconds: list[int], until: int
) -> None:
    pattern, parameters = PATTERNS[which]
    punches = tuple(sorted(start_of(edge) + second for second in seconds))

    def judged(days: tuple[DayFacts, ...]) -> MonthAnswer:
        facts = MonthFacts(1, days, punches, b"", start_of(edge) // 60 + until)
        return pattern.judge_month(facts, pattern.compile(days, parameters), parameters)

    before, after, whole = map(judged, calendars(edge))
    assert before.punches + after.punches == whole.punches
    assert before.kinds + after.kinds == whole.kinds
    assert before.worked_minutes + after.worked_minutes == whole.worked_minutes


@pytest.mark.clause("ATT-1")
@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: f"{edge.zone}-{edge.after[0]}-{edge.after[1]}")
def test_the_night_over_the_months_end_is_judged_by_the_month_in_which_it_began_by_both_forms(edge: Edge) -> None:
    before, after, _ = calendars(edge)
    first = date(*edge.after, 1)
    walls = (
        (first - timedelta(days=1), "21:50"),
        (first, "06:02"),
        (first, "21:51"),
        (first + timedelta(days=1), "06:03"),
    )
    stamps = [datetime.fromisoformat(f"{day} {wall}").replace(tzinfo=ZoneInfo(edge.zone)) for day, wall in walls]
    punches = tuple(int(stamp.timestamp()) for stamp in stamps)
    pattern, facts = (
        FixedWeek(),
        [MonthFacts(number, days, punches, b"", FAR) for number, days in enumerate((before, after))],
    )
    plans = [pattern.compile(each.days, NIGHTS) for each in facts]
    answers = [pattern.judge_month(each, plan, NIGHTS) for each, plan in zip(facts, plans, strict=True)]
    assert answers[0].punches[-2:] == punches[:2]
    assert answers[1].punches[:2] == punches[2:]
    assert [sum(punch is not None for punch in answer.punches) for answer in answers] == [2, 2]
    columns = pattern.judge_batch(pack_facts(facts, [0, 1]), pack_plans(plans), NIGHTS)
    assert columns.punches.tolist() == pack_answers(answers).punches.tolist()
