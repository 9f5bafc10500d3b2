"""Crews around the clock: each goes through the same cycle of shifts, some days ahead of the next."""

from collections.abc import Iterator
from dataclasses import replace

from bylaw_hooks import Both, DayFacts, DayKind, PlannedDay, Segment, ShiftPattern

from bylaw_crews.parameters import REST, Cycle

Spans = list[tuple[int, int]]


class Crews(ShiftPattern[Cycle]):
    """Version 1; a change of what it answers is a version 2 beside it."""

    name, version, title = "crews", 1, Both("倒班", "Crews around the clock")
    parameters = Cycle

    def cells(self, parameters: Cycle) -> tuple[str, ...]:
        return (*(shift.code for shift in parameters.shifts), REST)

    def plan(self, days: tuple[DayFacts, ...], parameters: Cycle) -> Iterator[PlannedDay]:
        return iter(_gone_through(list(_planned(days, parameters))))


def _planned(days: tuple[DayFacts, ...], cycle: Cycle) -> Iterator[PlannedDay]:
    hours = {shift.code: shift.spans() for shift in cycle.shifts} | {REST: []}
    free_from = days[0].midnight - 1440 if days else 0
    for day in days:
        code, why = _shift(day, cycle, known=hours)
        segments = tuple(_segments(day, hours[code], cycle=cycle, free_from=free_from))
        free_from = segments[-1].end if segments else free_from
        yield PlannedDay(day.work_date, why, segments)


def _shift(day: DayFacts, cycle: Cycle, *, known: dict[str, Spans]) -> tuple[str, str]:
    """The day's code and clause: the rota's cell (HRS-2), else a holiday (HRS-3), else its place in the cycle."""
    if day.cell in known:
        return day.cell, "HRS-2"
    if day.kind is DayKind.HOLIDAY and cycle.holidays_off:
        return REST, "HRS-3"
    place = (day.work_date - cycle.anchor).days + cycle.crew_offset
    return cycle.cycle[place % len(cycle.cycle)], "HRS-2"


def _segments(day: DayFacts, spans: Spans, *, cycle: Cycle, free_from: int) -> Iterator[Segment]:
    """A shift's hours (HRS-4) with their sign-in (HRS-5); they begin no sooner than the shift before has ended."""
    for start_wall, end_wall in spans:
        start, end = max(day.elapsed(start_wall), free_from), day.elapsed(end_wall)
        if end > start:
            yield Segment(
                start=start,
                end=end,
                due=max(start - cycle.sign_in_lead_minutes, free_from),
                clause="HRS-4",
                due_clause="HRS-5" if cycle.sign_in_lead_minutes else "HRS-4",
                late_minutes=cycle.late_minutes,
                early_minutes=cycle.early_minutes,
            )


def _gone_through(days: list[PlannedDay]) -> list[PlannedDay]:
    """Who goes on from one day's shift into the next day's passes no clock between them."""
    for place in range(1, len(days)):
        day, following = days[place - 1], days[place]
        if not day.segments or not following.segments:
            continue
        *before, last = day.segments
        first, *after = following.segments
        if last.end == first.start and last.asks_in:
            days[place - 1] = replace(day, segments=(*before, replace(last, asks_out=False)))
            days[place] = replace(following, segments=(replace(first, asks_in=False), *after))
    return days
