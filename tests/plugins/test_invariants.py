"""What every answer keeps, whatever the month, the punches and the parameters (the conformance list's ids)."""

import pickle
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from bylaw_fixed_week import FixedWeek, Week, WorkSegment
from bylaw_hooks import DayFacts, Kind, MonthAnswer, MonthFacts, MonthPlan
from bylaw_kit import reading
from bylaw_kit.months import month_days
from hypothesis import assume, given
from hypothesis import strategies as st

PATTERN = FixedWeek()
FAR = 2**40
WEEKS = [
    Week(),
    Week(seconds="count", repeat_minutes=0),
    Week(without_leave="leave_required", late_from="start"),
    Week(segments=(WorkSegment(hours="22:00-06:00"),)),
    Week(segments=(WorkSegment(hours="08:30-12:00", sign_out=False), WorkSegment(hours="14:00-18:00"))),
    Week(segments=(WorkSegment(hours="06:00-18:00"), WorkSegment(hours="20:00-03:00"))),
    Week(segments=tuple(WorkSegment(hours=f"{hour:02}:00-{hour + 1:02}:30") for hour in (0, 4, 8, 12, 16))),
]
MONTHS = [
    ((2026, 2), "Asia/Shanghai"),
    ((2028, 2), "Asia/Kolkata"),
    ((2026, 3), "Europe/Berlin"),
    ((2026, 10), "Europe/Berlin"),
    ((1990, 4), "Asia/Shanghai"),
    ((2018, 11), "America/Sao_Paulo"),
]


@cache
def planned(year_month: tuple[int, int], zone: str, week: Week) -> tuple[tuple[DayFacts, ...], MonthPlan]:
    days = month_days(year_month, zone, {})
    return days, PATTERN.compile(days, week)


@st.composite
def cases(draw: st.DrawFn) -> tuple[MonthFacts, MonthPlan, Week]:
    """A month in which people stamp near the hours that are due, and now and then at any time at all."""
    week, (year_month, zone) = draw(st.sampled_from(WEEKS)), draw(st.sampled_from(MONTHS))
    days, plan = planned(year_month, zone, week)
    start, end = reading.reach(plan)
    near = st.builds(
        lambda point, seconds: 60 * point.due + seconds,
        st.sampled_from(reading.card_points(plan)[:40]),
        st.integers(-3000, 3000),
    )
    punches = tuple(sorted(draw(st.lists(near | st.integers(start - 90000, end + 90000), max_size=60))))
    directions = draw(
        st.sampled_from([(0,), (0, 0, 1, 2)]).flatmap(
            lambda kinds: st.lists(st.sampled_from(kinds), min_size=len(punches), max_size=len(punches))
        )
    )
    until = draw(st.sampled_from([FAR, 0]) | st.integers(start // 60, end // 60))
    return (
        MonthFacts(1, days, punches, bytes(directions), decided_until=until, handed_over=draw(st.booleans())),
        plan,
        week,
    )


def judged(case: tuple[MonthFacts, MonthPlan, Week], **changed: object) -> MonthAnswer:
    facts, plan, week = case
    return PATTERN.judge_month(replace(facts, **changed), plan, week)  # type: ignore[arg-type]


@given(cases())
def test_c6_each_punch_is_bound_at_most_once_and_exists(case: tuple[MonthFacts, MonthPlan, Week]) -> None:
    known = list(case[0].punches)
    for mark in reading.marks(judged(case)):
        if mark.punch is not None:
            assert mark.point.window_from <= mark.punch // 60 < mark.point.window_until
            known.remove(mark.punch)


@given(cases())
def test_c3_c4_windows_are_ordered_and_never_overlap(case: tuple[MonthFacts, MonthPlan, Week]) -> None:
    assert all(one <= other for one, other in pairwise(cut for window in case[1].windows for cut in window))


@given(cases())
def test_c7_c8_totals_are_the_sum_of_marks_and_no_minutes_are_negative(
    case: tuple[MonthFacts, MonthPlan, Week],
) -> None:
    answer = judged(case)
    marks, days, totals = list(reading.marks(answer)), list(reading.days(answer)), reading.totals(answer)
    halves = [half for day in days for half in day.halves]
    assert [mark for half in halves for mark in half.marks] == marks
    assert min((mark.minutes for mark in marks), default=0) >= 0
    worked = (Kind.ON_TIME, Kind.LATE, Kind.EARLY)

    def count(kind: Kind) -> int:
        return sum(mark.kind is kind for mark in marks)

    assert totals.late_count == count(Kind.LATE)
    assert totals.early_count == count(Kind.EARLY)
    assert totals.leave_required_count == count(Kind.LEAVE_REQUIRED)
    assert totals.missing_cards == count(Kind.MISSING_CARD)
    assert totals.pending_points == count(Kind.PENDING)
    assert totals.late_minutes == sum(mark.minutes for mark in marks if mark.kind is Kind.LATE)
    assert totals.early_minutes == sum(mark.minutes for mark in marks if mark.kind is Kind.EARLY)
    assert totals.absent_halves == sum(half.verdict is Kind.ABSENT for half in halves)
    assert totals.halves_worked == sum(half.verdict in worked for half in halves)
    assert totals.halves_planned == len(halves)
    assert totals.days_planned == sum(bool(day.halves) for day in days)
    assert totals.days_worked == sum(
        bool(day.halves) and all(half.verdict in worked for half in day.halves) for day in days
    )
    assert totals.worked_minutes == sum(half.worked_minutes for half in halves)
    assert all(0 <= half.worked_minutes <= half.segment.end - half.segment.start for half in halves)


@given(cases())
def test_c9_every_mark_half_and_day_names_a_clause(case: tuple[MonthFacts, MonthPlan, Week]) -> None:
    clauses = {"HRS-1", "HRS-3", "HRS-4", "HRS-5", "ATT-1", "ATT-2", "ATT-3", "ATT-4"}
    for day in reading.days(judged(case)):
        assert day.day.why in clauses
        for half in day.halves:
            assert half.clause in clauses
            assert half.verdict == max(mark.kind for mark in half.marks)
            assert all(mark.clause in clauses and mark.kind != Kind.UNASKED for mark in half.marks)


@given(cases())
def test_c12_c18_c19_judging_again_says_the_same_and_changes_nothing(
    case: tuple[MonthFacts, MonthPlan, Week],
) -> None:
    before = pickle.dumps(case[0]), case[2].model_dump_json()
    first, other, again = judged(case), judged(case, punches=(), directions=b""), judged(case)
    assert first == again
    assert other.punches == (None,) * len(first.punches)
    assert (pickle.dumps(case[0]), case[2].model_dump_json()) == before


@given(cases(), st.randoms())
def test_c14_the_order_of_equal_punches_does_not_matter(
    case: tuple[MonthFacts, MonthPlan, Week],
    chance: object,
) -> None:
    facts = case[0]
    pairs = sorted(zip(facts.punches, facts.directions, strict=True)) * 2
    chance.shuffle(pairs)  # type: ignore[attr-defined]
    mixed = sorted(pairs, key=lambda pair: pair[0])
    changed = bytes(direction for _, direction in mixed)
    assert judged(case, punches=tuple(punch for punch, _ in mixed), directions=changed) == judged(case)


@given(cases())
def test_c15_a_doubled_punch_changes_nothing(case: tuple[MonthFacts, MonthPlan, Week]) -> None:
    facts = case[0]
    doubled = tuple(punch for punch in facts.punches for _ in range(2))
    directions = bytes(direction for direction in facts.directions for _ in range(2))
    assert judged(case, punches=doubled, directions=directions) == judged(case)


@given(cases(), st.integers(1, 10**7))
def test_c17_a_punch_outside_every_margin_changes_nothing(
    case: tuple[MonthFacts, MonthPlan, Week],
    far: int,
) -> None:
    facts, (start, end) = case[0], reading.reach(case[1])
    inside = [pair for pair in zip(facts.punches, facts.directions, strict=True) if start <= pair[0] < end]
    punches = (start - far, *(punch for punch, _ in inside), end + far - 1)
    directions = bytes([0, *(direction for _, direction in inside), 0])
    assert judged(case, punches=punches, directions=directions) == judged(case)


@given(cases(), st.integers(0, 10**6))
def test_what_is_decided_stays_decided_as_the_clocks_report_on(
    case: tuple[MonthFacts, MonthPlan, Week],
    minutes: int,
) -> None:
    early = judged(case)
    late = judged(case, decided_until=case[0].decided_until + minutes)
    for before, after in zip(reading.marks(early), reading.marks(late), strict=True):
        assert before.kind == Kind.PENDING or before == after


GRAVITY = [Kind.ON_TIME, Kind.LATE, Kind.LEAVE_REQUIRED, Kind.MISSING_CARD, Kind.ABSENT]


@pytest.mark.clause("ATT-2")
@given(st.integers(-200, 600), st.integers(0, 300), st.integers(-300, 60), st.booleans())
def test_c21_a_later_arrival_is_never_judged_milder(
    arrival: int,
    later: int,
    departure: int,
    handed_over: bool,  # noqa: FBT001
) -> None:
    week = Week(segments=(WorkSegment(hours="09:00-17:00"),))
    days, plan = planned((2026, 3), "Asia/Shanghai", week)
    due, left = reading.card_points(plan)[0].due, reading.card_points(plan)[1].due + departure
    # Nearer to the departure than this an arrival is a repeated stamp: the card is missing, which ATT-1 settles.
    assume(due + arrival + later < left - week.repeat_minutes)

    def gravity_at(minute: int) -> int:
        punches = (60 * (due + minute), 60 * left)
        facts = MonthFacts(1, days, punches, b"", decided_until=FAR, handed_over=handed_over)
        return GRAVITY.index(next(reading.marks(PATTERN.judge_month(facts, plan, week))).kind)

    assert gravity_at(arrival + later) >= gravity_at(arrival)
