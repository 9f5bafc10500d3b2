"""Whole months of the rulebook's week, compared with what somebody with pencil and paper would find."""

import pytest
from bylaw_fixed_week import FixedWeek, Week
from bylaw_hooks import Kind, MonthFacts
from bylaw_kit import reading
from bylaw_kit.months import month_days
from bylaw_kit.reading import Side
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.judging.months import FAR, SHANGHAI

DAYS = month_days((2026, 3), SHANGHAI, {})
PATTERN = FixedWeek()
PLANS = {week: PATTERN.compile(DAYS, week) for week in (Week(), Week(seconds="count"))}
# Within fifty minutes of its time a stamp can only belong to that card.
near = st.none() | st.integers(-3000, 3000)
Finding = tuple[Kind, int]


def by_hand(side: Side, seconds: int, *, count: bool) -> Finding:
    """`seconds` after the due time; minutes late or early as the rulebook reckons them."""
    whole, rest = divmod(seconds, 60)
    if side is Side.OUT:
        minutes, ladder, kind = -whole, 5, Kind.EARLY
    else:
        minutes, ladder, kind = whole + (1 if count and rest else 0), 15, Kind.LATE
    if minutes <= 0:
        return Kind.ON_TIME, 0
    return (kind if minutes <= ladder else Kind.LEAVE_REQUIRED), minutes


@pytest.mark.clause("ATT-1", "ATT-2", "ATT-3", "ATT-4")
@given(st.sampled_from(list(PLANS)), st.lists(st.tuples(near, near), min_size=52, max_size=52))
def test_a_month_is_judged_as_by_hand(week: Week, halves: list[tuple[int | None, int | None]]) -> None:
    plan = PLANS[week]
    stamps = [seconds for half in halves for seconds in half]
    punches = tuple(
        60 * point.due + seconds
        for point, seconds in zip(reading.card_points(plan), stamps, strict=True)
        if seconds is not None
    )
    answer = PATTERN.judge_month(MonthFacts(1, DAYS, punches, b"", decided_until=FAR), plan, week)
    expected: list[Finding] = []
    for half in halves:
        missing = Kind.ABSENT if half == (None, None) else Kind.MISSING_CARD
        expected += [
            (missing, 0) if seconds is None else by_hand(side, seconds, count=week.seconds == "count")
            for side, seconds in zip(Side, half, strict=True)
        ]
    assert [(mark.kind, mark.minutes) for mark in reading.marks(answer)] == expected
