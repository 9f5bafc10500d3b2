"""What a request takes of each day by default: a half day is that half's minutes, and a day of rest is nothing."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from bylaw_hooks.leave.answers import LeaveKind, Span, Taken
from bylaw_hooks.leave.facts import LeaveDay, LeaveRequest


def measure(kind: LeaveKind, request: LeaveRequest, days: Iterable[LeaveDay]) -> Iterator[Taken]:
    """Of each day given that the request reaches, what it takes (LVE-1)."""
    for day in days:
        if request.first <= day.work_date <= request.last:
            first, after = _asked(request, day)
            cuts = ((max(start, first), min(end, after)) for start, end in day.segments)
            spans = tuple(cut for cut in cuts if cut[0] < cut[1])
            minutes = sum(end - start for start, end in spans)
            yield Taken(day.work_date, spans, minutes, _days(kind, request, day=day, minutes=minutes))


def total(kind: LeaveKind, measured: Iterable[Taken]) -> Fraction:
    """What a request takes in all, in the unit of its balance."""
    return sum((Fraction(one.minutes) if kind.balance_in == "minutes" else one.days for one in measured), Fraction(0))


def _asked(request: LeaveRequest, day: LeaveDay) -> Span:
    """Epoch minutes; the halves divide as they do where leave is cut out of a plan."""
    part = request.part_on(day.work_date)
    if request.hours:
        return day.facts.elapsed(request.hours[0]), day.facts.elapsed(request.hours[1])
    if not day.segments:
        return 0, 0
    first, last, second = day.segments[0][0], day.segments[-1][1], (len(day.segments) + 1) // 2
    middle = day.segments[second][0] if len(day.segments) > 1 else (first + last) // 2
    return middle if part == "second-half" else first, middle if part == "first-half" else last


def _days(kind: LeaveKind, request: LeaveRequest, *, day: LeaveDay, minutes: int) -> Fraction:
    if kind.counts == "planned" and not minutes:
        return Fraction(0)
    part = request.part_on(day.work_date)
    if part == "span" and day.minutes:
        return Fraction(minutes, day.minutes)
    return Fraction(1) if part == "day" else Fraction(1, 2)
