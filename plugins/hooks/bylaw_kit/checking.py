"""What every plan and every answer must keep (C1 to C11), one plain check a rule; the service keeps the same ones."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from bylaw_hooks import DayFacts, Kind, MonthAnswer, MonthFacts, MonthPlan

from bylaw_kit.bounds import MOST_SEGMENTS
from bylaw_kit.reading import card_points, marks
from bylaw_kit.reading import days as days_of

Exists = Callable[[str, date], bool]
"""Whether a clause of that id exists on a day."""
LONGEST_MINUTES = 2 * 1440
"""No segment and no lateness is longer than two days."""


class Fault(NamedTuple):
    """A rule that is broken, on which day (None: on no day of its own)."""

    rule: str
    work_date: date | None


def plan_faults(days: tuple[DayFacts, ...], plan: MonthPlan, exists: Exists) -> Iterator[Fault]:
    """What is wrong with a plan over these days (C2 to C5, C7, C9)."""
    wanted, planned = [day.work_date for day in days if day.inside], [day.work_date for day in plan.days]
    if wanted != planned:
        yield Fault("C2", next((one for one in wanted if planned.count(one) != 1), planned[0] if planned else None))
        return
    last_end, midnights = None, {day.work_date: day.midnight for day in days}
    for day in plan.days:
        if len(day.segments) > MOST_SEGMENTS:
            yield Fault("C2", day.work_date)
        for place, segment in enumerate(day.segments):
            if segment.end <= segment.start or segment.due > segment.start:
                yield Fault("C3", day.work_date)
            if last_end is not None and segment.due < last_end:
                yield Fault("C3" if place else "C4", day.work_date)
            near = abs(segment.due - midnights[day.work_date]) <= LONGEST_MINUTES
            long = segment.end - segment.due > LONGEST_MINUTES
            if long or not near or min(segment.late_minutes, segment.early_minutes) < 0:
                yield Fault("C7", day.work_date)
            last_end = segment.end
        clauses = {day.why, *(clause for each in day.segments for clause in (each.clause, each.due_clause))}
        yield from (Fault("C9", day.work_date) for clause in sorted(clauses) if not exists(clause, day.work_date))
    yield from _window_faults(plan)


def _window_faults(plan: MonthPlan) -> Iterator[Fault]:
    edges = [edge for window in plan.windows for edge in window]
    for place, (one, other) in enumerate(pairwise(edges), 1):
        if one > other:
            yield Fault("C5", card_points(plan)[2 * (place // 3)].work_date)


def answer_faults(facts: MonthFacts, answer: MonthAnswer, exists: Exists) -> Iterator[Fault]:
    """What is wrong with an answer to these facts (C1, C6 to C11), its plan being sound."""
    halves = len(answer.plan.segments)
    if answer.person != facts.person:
        yield Fault("C1", None)
    lengths = {len(answer.kinds), len(answer.minutes), len(answer.punches), len(answer.clauses)}
    if lengths != {2 * halves} or {len(answer.verdicts), len(answer.verdict_clauses), len(answer.worked_minutes)} != {
        halves
    }:
        yield Fault("C2", None)
        return
    if not {*answer.kinds, *answer.verdicts} <= set(Kind):
        yield Fault("C10", None)
        return
    yield from _punch_faults(facts, answer)
    yield from _half_faults(answer, exists)


def _punch_faults(facts: MonthFacts, answer: MonthAnswer) -> Iterator[Fault]:
    left = list(facts.punches)
    for point, punch in zip(card_points(answer.plan), answer.punches, strict=True):
        if punch is None:
            continue
        if punch not in left or not point.window_from * 60 <= punch < point.window_until * 60:
            yield Fault("C6", point.work_date)
        else:
            left.remove(punch)


def _half_faults(answer: MonthAnswer, exists: Exists) -> Iterator[Fault]:
    for mark in marks(answer):
        if not 0 <= mark.minutes <= LONGEST_MINUTES:
            yield Fault("C7", mark.point.work_date)
        if not exists(mark.clause, mark.point.work_date):
            yield Fault("C9", mark.point.work_date)
    for day in days_of(answer):
        for half in day.halves:
            if half.verdict != max((mark.kind for mark in half.marks), default=half.verdict):
                yield Fault("C8", day.day.work_date)
            if not exists(half.clause, day.day.work_date):
                yield Fault("C9", day.day.work_date)
            longest = 0 if half.verdict is Kind.ABSENT else half.segment.end - half.segment.start
            if not 0 <= half.worked_minutes <= longest:
                yield Fault("C11", day.day.work_date)
