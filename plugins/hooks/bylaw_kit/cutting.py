"""What changes a day before it is judged: a notice of other hours (HRS-6), leave, trips, duty outside (LVE-1, LVE-3).

It is done to the plan of every pattern alike, so that none has to know of leave.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from bylaw_hooks import CardParameters, DayFacts, Excused, Hours, MonthPlan, PlannedDay, Segment, ShiftPattern
from bylaw_hooks.plan import compile_plan

KEPT_DAYS = 4_096
"""Thousands have plans of their own, made of the same days."""


def compiled(pattern: ShiftPattern[Any], days: tuple[DayFacts, ...], parameters: CardParameters) -> MonthPlan:
    """The pattern's plan of these days, with what was changed by notice and what is excused."""
    facts = {day.work_date: day for day in days if day.hours or day.excused}
    if not facts:
        return pattern.compile(days, parameters)
    # All of them inside, so that the neighbours at the month's edges are told too: they have their part in its windows.
    everything = _planned(pattern, tuple([day if day.inside else _inside(day) for day in days]), parameters)
    return compile_plan(days, _changed_days(everything, facts), parameters=parameters)


def _planned(
    pattern: ShiftPattern[Any], days: tuple[DayFacts, ...], parameters: CardParameters
) -> Iterable[PlannedDay]:
    """The days of the pattern's plan; of one that compiles as all do, without columns that nobody will look at."""
    if type(pattern).compile is ShiftPattern.compile:
        return pattern.plan(days, parameters)
    return pattern.compile(days, parameters).days


@lru_cache(maxsize=KEPT_DAYS)
def _inside(day: DayFacts) -> DayFacts:
    return replace(day, inside=True)


def _changed_days(planned: Iterable[PlannedDay], facts: Mapping[date, DayFacts]) -> Iterator[PlannedDay]:
    noticed = [by_notice(one, facts[one.work_date]) if one.work_date in facts else one for one in planned]
    for one in _apart(noticed, {day.work_date for day in facts.values() if day.hours}):
        yield _less_excused(one, facts[one.work_date]) if one.work_date in facts else one


def _apart(days: Sequence[PlannedDay], noticed: Collection[date]) -> Iterator[PlannedDay]:
    """Hours by notice begin when what is planned before them is over, and end when what is planned behind them begins.

    Whoever wrote the notice for many did not have everybody's nights before them.
    """
    over = 0
    for place, day in enumerate(days, 1):
        if day.work_date in noticed:
            begins = next((later.segments[0].start for later in days[place:] if later.segments), None)
            yield (day := _cut(day, over, begins))
        else:
            yield day
        over = day.segments[-1].end if day.segments else over


@lru_cache(maxsize=KEPT_DAYS)
def _cut(day: PlannedDay, over: int, begins: int | None) -> PlannedDay:
    return replace(day, segments=tuple(_between(day.segments, over, begins)))


def _between(segments: Iterable[Segment], over: int, begins: int | None) -> Iterator[Segment]:
    for segment in segments:
        start, end = max(segment.start, over), min(segment.end, begins or segment.end)
        if start < end:
            yield replace(segment, start=start, end=end, due=max(start - (segment.start - segment.due), over))
            over = end


@lru_cache(maxsize=KEPT_DAYS)
def _less_excused(planned: PlannedDay, day: DayFacts) -> PlannedDay:
    segments: Iterable[Segment] = planned.segments
    for first, after in [excused_span(day, one, planned.segments) for one in day.excused if planned.segments]:
        segments = [piece for segment in segments for piece in _without(segment, first, after)]
    return replace(planned, segments=tuple(segments))


@lru_cache(maxsize=KEPT_DAYS)
def by_notice(planned: PlannedDay, day: DayFacts) -> PlannedDay:
    """A worked day with the hours of its notice, if there is one."""
    if day.hours is None or not planned.segments:
        return planned
    return PlannedDay(planned.work_date, day.hours.clause, tuple(_noticed(day, day.hours, planned.segments)))


def excused_span(day: DayFacts, excused: Excused, segments: tuple[Segment, ...]) -> tuple[int, int]:
    """Epoch minutes, from and to, of what is excused of a day that is planned so.

    The halves of a day with several segments divide before the one that begins its second half, so that half a day
    is that half's minutes; a day of one segment divides in the middle of its minutes.
    """
    first, last = segments[0].start, segments[-1].end
    second = (len(segments) + 1) // 2
    middle = segments[second].start if len(segments) > 1 else (first + last) // 2
    if excused.part == "span":
        return day.elapsed(excused.start), day.elapsed(excused.end)
    return middle if excused.part == "second-half" else first, middle if excused.part == "first-half" else last


def _noticed(day: DayFacts, hours: Hours, segments: tuple[Segment, ...]) -> Iterator[Segment]:
    """The notice's hours, each under the ladder of the segment in its place, or of the last."""
    for place, (start, end) in enumerate(hours.spans):
        of = segments[min(place, len(segments) - 1)]
        first = day.elapsed(start)
        yield replace(of, start=first, end=day.elapsed(end), due=first - (of.start - of.due))


def _without(segment: Segment, first: int, after: int) -> Iterator[Segment]:
    """What remains: sign-in is due before the new start as long as before the old one; inner edges ask for no card."""
    if first >= segment.end or after <= segment.start:
        yield segment
        return
    inner = segment.start < first and after < segment.end
    if segment.start < first:
        yield replace(segment, end=first, asks_out=segment.asks_out and not inner)
    if after < segment.end:
        due = after - (segment.start - segment.due)
        yield replace(segment, start=after, due=due, asks_in=segment.asks_in and not inner)
