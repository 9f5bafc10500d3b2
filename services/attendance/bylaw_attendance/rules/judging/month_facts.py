"""A month's facts as a pattern would be given them if it were assigned, beside what is made of them today."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from bylaw_chassis.refusals import Refusal
from bylaw_hooks import DayFacts

from bylaw_attendance.rules.judging.assignment import Run
from bylaw_attendance.rules.judging.plan_body import PlanBody
from bylaw_attendance.rules.judging.punch_facts import PersonPunches
from bylaw_attendance.rules.sheets.sheet import SheetBody


class HalfFound(NamedTuple):
    """A half as it was planned and found; two cards, in and out."""

    work_date: date
    start: int
    end: int
    kinds: bytes
    minutes: Sequence[int]
    punches: Sequence[int | None]
    clauses: Sequence[str]
    verdict: int
    verdict_clause: str


class AssignableStretch(NamedTuple):
    """Consecutive days at one site; `rota_pattern` decides them whatever is assigned, where cells name one."""

    days: tuple[DayFacts, ...]
    decided_until: int
    handed_over: bool
    rota_pattern: str


class PersonFacts(NamedTuple):
    """A person's month without the person."""

    punches: PersonPunches
    stretches: Sequence[AssignableStretch]
    patterns: Sequence[str]
    halves: Sequence[HalfFound]
    totals: Sequence[int]
    refusal: Refusal | None


def assignable(runs: Iterable[Run]) -> Iterator[tuple[Run, str]]:
    """Runs as they would be under one assignment, each with the pattern that the rota names for it, if it does."""
    together = groupby(runs, key=lambda run: (run.site, run.place, _by_rota(run)))
    for (_, _, named), group in together:
        for run in _joined(list(group)):
            yield run, named


def _by_rota(run: Run) -> str:
    return run.followed.pattern if run.followed and run.followed.assignment is None else ""


def _joined(runs: Sequence[Run]) -> Iterator[Run]:
    """Runs that follow one another day by day are one."""
    first = last = runs[0]
    for run in runs[1:]:
        if (run.first_day - last.last_day).days > 1:
            yield first._replace(last_day=last.last_day)
            first = run
        last = run
    yield first._replace(last_day=last.last_day)


def halves_of(body: SheetBody, plans: Mapping[bytes, PlanBody]) -> Iterator[HalfFound]:
    """Every half of a kept sheet, in order."""
    for part in body.parts:
        planned = [(day, half) for day in plans[part.plan_key].days for half in day.halves]
        for place, (day, half) in enumerate(planned):
            cards = slice(2 * place, 2 * place + 2)
            yield HalfFound(
                day.work_date,
                half.start,
                half.end,
                part.kinds[cards],
                part.minutes[cards],
                part.punches[cards],
                part.clauses[cards],
                part.verdicts[place],
                part.verdict_clauses[place],
            )
