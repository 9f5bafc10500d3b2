"""Judges the months of people whose inputs have changed since they were judged last, and only those."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_chassis.refusals import Refusal
from bylaw_hooks import DayFacts, MonthFacts, days_between
from bylaw_kit.months import month_days

from bylaw_attendance.ports import Calendar, PatternBook
from bylaw_attendance.rules.assignment import Assignment, Place, Run
from bylaw_attendance.rules.clause_use import spoken
from bylaw_attendance.rules.hand_over import handed_over, last_day
from bylaw_attendance.rules.plan_body import PlanBody
from bylaw_attendance.rules.planned import Planned
from bylaw_attendance.rules.punch_facts import NO_PUNCHES, PersonPunches
from bylaw_attendance.rules.refusals import NoPolicy, PolicyFailed, PolicyVersionGone
from bylaw_attendance.rules.sheet import (
    NO_TOTALS,
    Circumstances,
    JudgedSheet,
    KeptSheet,
    Part,
    SheetBody,
    clipped,
    part_digest,
    sheet_digest,
    total_of,
    totals_of,
    within,
)
from bylaw_attendance.use_cases.load_month import LoadedMonth

_DAY = timedelta(days=1)
KeptPlans = Callable[[UUID], Sequence[PlanBody]]
"""The plans a person's kept sheet was judged by; asked only where a pattern is gone."""


class Judged(NamedTuple):
    """A person's sheet: as kept, as judged just now, or why it could not be judged."""

    person: KnownPerson
    kept: KeptSheet | None
    fresh: JudgedSheet | None = None
    refusal: Refusal | None = None

    @property
    def totals(self) -> tuple[int, ...]:
        """What the month comes to; nothing where it could not be judged."""
        sheet = self.fresh or self.kept
        return sheet.totals if sheet and not self.refusal else NO_TOTALS

    @property
    def digest(self) -> bytes:
        """Of what it was judged from; empty where it could not be."""
        sheet = self.fresh or self.kept
        return sheet.digest if sheet and not self.refusal else b""


class _Stretch(NamedTuple):
    """A run with its plan and what was on record of it."""

    planned: Planned
    punches: PersonPunches
    circumstances: Circumstances

    @property
    def digest(self) -> bytes:
        return part_digest(self.planned.key, self.punches, self.circumstances)


@dataclass
class JudgeMonth:
    """Judges one loaded month; plans are shared by all who have the same days and parameters."""

    loaded: LoadedMonth
    book: PatternBook
    calendar: Calendar
    now: datetime
    kept_plans: KeptPlans
    plans: dict[bytes, PlanBody] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._planned = cache(self._plan)
        self._days = cache(self._month_days)
        self._last = last_day(self.loaded.month)

    def judge(self) -> Iterator[Judged]:
        """Each person's sheet, in the order they were loaded; a refusal harms its person alone."""
        for number, person in enumerate(self.loaded.people):
            kept = self.loaded.kept.get(person.person)
            try:
                fresh = self._sheet(number, person, kept)
            except Refusal as refusal:
                yield Judged(person, kept, refusal=_named(refusal, person))
            else:
                yield Judged(person, kept, fresh)

    def _sheet(self, number: int, person: KnownPerson, kept: KeptSheet | None) -> JudgedSheet | None:
        """The sheet judged anew; nothing where the kept one was judged from the same."""
        stays = self.loaded.stays.get(person.person, ())
        runs = list(self.loaded.resolver.runs(stays, self.loaded.month, self._last))
        assigned = [run for run in runs if run.assignment]
        if runs and not assigned:
            raise NoPolicy(person=person.number, month=f"{self.loaded.month:%Y-%m}")
        unassigned = tuple((run.first_day, run.last_day) for run in runs if not run.assignment)
        stretches = [self._stretch(person.person, run) for run in assigned]
        digest = sheet_digest((stretch.digest for stretch in stretches), unassigned)
        if kept and kept.digest == digest:
            return None
        return self._judged(number, person, stretches, digest=digest, unassigned=unassigned)

    def _stretch(self, person: UUID, run: Run) -> _Stretch:
        try:
            planned = self._planned(run)
        except PolicyVersionGone as gone:
            planned = self._gone(person, run, gone)
        body = planned.body
        punches = within(self.loaded.punches.get(person, NO_PUNCHES), body)
        decided = clipped(self.loaded.decided.get(run.site, 0), body)
        over = handed_over(self.loaded.month, ZoneInfo(run.place.time_zone), self.now)
        return _Stretch(planned, punches, Circumstances(decided, over))

    def _plan(self, run: Run) -> Planned:
        assignment, days = _assignment(run), self._run_days(run)
        return self.book.planned(assignment.pattern, assignment.parameters, days, time_zone=run.place.time_zone)

    def _gone(self, person: UUID, run: Run, gone: PolicyVersionGone) -> Planned:
        """The plan that was kept, if the same was planned then; refuses POLICY_VERSION_GONE otherwise."""
        assignment, days = _assignment(run), self._run_days(run)
        source = self.book.source(assignment.pattern, assignment.parameters, days, time_zone=run.place.time_zone)
        for body in self.kept_plans(person):
            if body.source == source:
                return Planned.of(body, days, None)
        raise gone

    def _judged(
        self,
        number: int,
        person: KnownPerson,
        stretches: Sequence[_Stretch],
        *,
        digest: bytes,
        unassigned: tuple[tuple[date, date], ...],
    ) -> JudgedSheet:
        parts, totals, taken = [], [], set[int]()
        for stretch in stretches:
            part, total = self._part(number, stretch, taken)
            parts.append(part)
            totals.append(total)
        body = SheetBody(tuple(parts), unassigned)
        said = spoken(parts, self.plans, self.loaded.month)
        return JudgedSheet(person.person, digest, body.pack(), total_of(totals), said)

    def _part(self, number: int, stretch: _Stretch, taken: set[int]) -> tuple[Part, tuple[int, ...]]:
        """Judges a stretch; a punch that an earlier stretch of the month has bound is not bound twice."""
        planned, circumstances = stretch.planned, stretch.circumstances
        if planned.judge is None:
            raise PolicyVersionGone(policy=planned.body.pattern)
        punches = _left(stretch.punches, taken)
        answer = planned.judge(
            MonthFacts(
                number,
                planned.days,
                punches.seconds,
                punches.directions,
                circumstances.decided_until,
                circumstances.handed_over,
            )
        )
        self.plans[planned.key] = planned.body
        bound = {punch for punch in answer.punches if punch is not None}
        taken |= bound
        return Part.of(planned.key, answer, _others(punches, planned, bound)), totals_of(answer)

    def _run_days(self, run: Run) -> tuple[DayFacts, ...]:
        return days_between(self._days(run.place), run.first_day, run.last_day)

    def _month_days(self, place: Place) -> tuple[DayFacts, ...]:
        zone, calendar = place
        month = self.loaded.month
        official = self.calendar(calendar, month.replace(day=1) - _DAY, self._last + _DAY)
        return month_days((month.year, month.month), zone, official.kinds)


def _assignment(run: Run) -> Assignment:
    assert run.assignment  # noqa: S101 - only runs with one are planned
    return run.assignment


def _left(punches: PersonPunches, taken: set[int]) -> PersonPunches:
    if taken.isdisjoint(punches.seconds):
        return punches
    kept = [place for place, second in enumerate(punches.seconds) if second not in taken]
    directions = bytes(punches.directions[place] for place in kept) if punches.directions else b""
    return PersonPunches(tuple(punches.seconds[place] for place in kept), directions)


def _others(punches: PersonPunches, planned: Planned, bound: set[int]) -> list[int]:
    """Punches on the stretch's own days that no card took."""
    inside = [day for day in planned.days if day.inside]
    start, end = inside[0].midnight * 60, inside[-1].elapsed(1440) * 60
    return [second for second in punches.seconds if start <= second < end and second not in bound]


def _named(refusal: Refusal, person: KnownPerson) -> Refusal:
    """A pattern's failure knows the policy; here it learns the person."""
    if isinstance(refusal, PolicyFailed):
        variables = refusal.variables
        return PolicyFailed(policy=variables["policy"], person=person.number, distribution=variables["distribution"])
    return refusal
