"""Months as Hypothesis draws them: sites near and far, holidays, rota cells, joiners and leavers, punches.

Needs the extra `bylaw-hooks[kit]`.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from bylaw_hooks import CardParameters, DayFacts, DayKind, MonthFacts, MonthPlan, ShiftPattern, days_between
from hypothesis import strategies as st

from bylaw_kit.months import month_days
from bylaw_kit.reading import card_points

SITES = (
    ((2026, 2), "Asia/Shanghai"),
    ((2028, 2), "Asia/Kolkata"),
    ((2026, 3), "Europe/Berlin"),
    ((2026, 10), "Europe/Berlin"),
    ((2026, 4), "Australia/Lord_Howe"),
    ((2026, 9), "Asia/Shanghai"),
    ((2018, 11), "America/Sao_Paulo"),
)
"""Months of 28 to 31 days; clocks that go forward and back, by half an hour too, and at midnight."""
FAR = 2**40
NEAR_SECONDS = 3_000


class Month(NamedTuple):
    """A person's month under a pattern: facts, the plan they are judged by, and the parameters."""

    facts: MonthFacts
    plan: MonthPlan
    parameters: CardParameters


@cache
def site_days(year_month: tuple[int, int], zone: str) -> tuple[DayFacts, ...]:
    """A site's month without holidays."""
    return month_days(year_month, zone, {})


@st.composite
def calendars(draw: st.DrawFn, cells: Sequence[str] = ()) -> tuple[DayFacts, ...]:
    """The days of a month: some of them holidays or make-up days, cells of a rota, a part of the month outside."""
    days = list(site_days(*draw(st.sampled_from(SITES))))
    for place in draw(st.lists(st.integers(0, len(days) - 1), max_size=4)):
        days[place] = replace(days[place], kind=draw(st.sampled_from(DayKind)))
    if cells:
        drawn = draw(st.lists(st.sampled_from(["", *cells]), min_size=len(days), max_size=len(days)))
        days = [replace(day, cell=cell) for day, cell in zip(days, drawn, strict=True)]
    within = [day.work_date for day in days if day.inside]
    if draw(st.integers(0, 4)):
        return tuple(days)
    first, last = sorted(draw(st.tuples(*[st.sampled_from(within)] * 2)))
    return days_between(tuple(days), first, last)


@st.composite
def punches_near(draw: st.DrawFn, plan: MonthPlan, days: tuple[DayFacts, ...]) -> tuple[int, ...]:
    """Punches near the hours that are due, and now and then at any time at all; epoch seconds, sorted."""
    points = card_points(plan)[:40]
    start, end = days[0].midnight * 60, days[-1].elapsed(1440) * 60
    anywhere = st.integers(start, end)
    if not points:
        return tuple(sorted(draw(st.lists(anywhere, max_size=8))))
    near = st.builds(
        lambda point, seconds: 60 * point.due + seconds,
        st.sampled_from(points),
        st.integers(-NEAR_SECONDS, NEAR_SECONDS),
    )
    return tuple(sorted(draw(st.lists(near | anywhere, max_size=60))))


@st.composite
def months(
    draw: st.DrawFn,
    pattern: ShiftPattern[Any],
    parameters: Sequence[CardParameters],
    cells: Sequence[str] = (),
) -> Month:
    """A person's month under one of these parameters; its rota says these words, or those that the pattern names."""
    chosen = draw(st.sampled_from(parameters))
    known = pattern.cells(chosen)
    days = draw(calendars(cells if known is None else known))
    plan = pattern.compile(days, chosen)
    punches = draw(punches_near(plan, days))
    turns = draw(
        st.sampled_from([(0,), (0, 0, 1, 2)]).flatmap(
            lambda kinds: st.lists(st.sampled_from(kinds), min_size=len(punches), max_size=len(punches))
        )
    )
    until = draw(st.sampled_from([FAR, 0]) | st.integers(days[0].midnight, days[-1].midnight + 2_880))
    person, over = draw(st.integers(1, 10**6)), draw(st.booleans())
    facts = MonthFacts(
        person, days, punches, bytes(turns) if any(turns) else b"", decided_until=until, handed_over=over
    )
    return Month(facts, plan, chosen)
