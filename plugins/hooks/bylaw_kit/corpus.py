"""Months that never change, written out rather than looked up, and a digest of what a pattern answers to them (C28)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from bylaw_hooks import (
    CardParameters,
    ClockChange,
    DayFacts,
    DayKind,
    MonthAnswer,
    MonthFacts,
    PlannedDay,
    ShiftPattern,
)

from bylaw_kit.reading import CardPoint, card_points

FIRST = date(2026, 3, 1)
MIDNIGHT = (FIRST - date(1970, 1, 1)).days * 1_440 - 480
KINDS = {6: DayKind.HOLIDAY, 8: DayKind.MAKE_UP_WORK, 20: DayKind.HOLIDAY}
CHANGES = {29: (ClockChange(120, 60),), 28: (ClockChange(1_560, 60),)}
"""The clock goes forward on the 29th at two, which the 28th sees 26 hours after its midnight."""
ROTAS, PEOPLE = 3, 30


def number(*key: object) -> int:
    """A number that looks drawn by lot and is the same on every machine and Python."""
    return int.from_bytes(sha256(repr(key).encode()).digest()[:4])


def calendar(cells: Sequence[str], rota: int) -> tuple[DayFacts, ...]:
    """March 2026 with its neighbours, with these rota cells thrown by lot; those of rota 0 are empty."""
    return tuple(
        DayFacts(
            FIRST + timedelta(days=day - 1),
            KINDS.get(day, DayKind.ORDINARY),
            MIDNIGHT + 1_440 * (day - 1) - 60 * (day > 29),
            CHANGES.get(day, ()),
            inside=1 <= day <= 31,
            cell=cells[number(rota, day) % len(cells)] if rota and cells else "",
        )
        for day in range(33)
    )


def months(
    pattern: ShiftPattern[Any], parameters: CardParameters, cells: Sequence[str]
) -> Iterator[tuple[int, MonthFacts]]:
    """Thirty people, ten under each rota, with its number; they stamp around what is due, and forget now and then."""
    for rota in range(ROTAS):
        days = calendar(cells, rota)
        points = card_points(pattern.compile(days, parameters))
        for person in range(rota, PEOPLE, ROTAS):
            yield rota, _facts(person, days, points)


def digest(pattern: ShiftPattern[Any], parameters: CardParameters, cells: Sequence[str] = ()) -> str:
    """Of the plans and answers for everybody in `months`."""
    lines: list[str] = []
    plans = [pattern.compile(calendar(cells, rota), parameters) for rota in range(ROTAS)]
    spelt: list[list[str]] = [[] for _ in range(ROTAS)]
    for rota, facts in months(pattern, parameters, cells):
        spelt[rota].append(_spelt(pattern.judge_month(facts, plans[rota], parameters)))
    for plan, answers in zip(plans, spelt, strict=True):
        lines += [*map(_planned, plan.days), *answers]
    return sha256("\n".join(lines).encode()).hexdigest()


def _facts(person: int, days: tuple[DayFacts, ...], points: tuple[CardPoint, ...]) -> MonthFacts:
    punches = sorted(
        60 * point.due + number(person, place, point.due) % 9_000 - 4_500
        for place, point in enumerate(points)
        if number(person, place) % 7
    )
    directions = bytes(number(person, punch) % 3 * (person % 4 == 0) for punch in punches)
    facts = MonthFacts(person, days, tuple(punches), directions)
    return replace(facts, handed_over=person % 2 == 1, decided_until=MIDNIGHT + 1_440 * (25 + person % 10))


def _planned(day: PlannedDay) -> str:
    segments = [
        (
            one.start,
            one.end,
            one.due,
            one.late_minutes,
            one.early_minutes,
            one.clause,
            one.due_clause,
            one.asks_in,
            one.asks_out,
        )
        for one in day.segments
    ]
    return repr((day.work_date.isoformat(), day.why, segments))


def _spelt(answer: MonthAnswer) -> str:
    found = (answer.minutes, answer.punches, answer.clauses, answer.verdict_clauses, answer.worked_minutes)
    return repr((bytes(answer.kinds), bytes(answer.verdicts), *found))
