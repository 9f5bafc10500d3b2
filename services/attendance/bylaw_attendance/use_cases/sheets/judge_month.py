"""Judges the months of people whose inputs have changed since they were judged last, and only those, in batches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import islice
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_chassis.refusals import Refusal
from bylaw_hooks import DayFacts

from bylaw_attendance.ports.records import Calendar, PatternBook
from bylaw_attendance.rules.closing.hand_over import handed_over
from bylaw_attendance.rules.judging.assignment import Place, Run
from bylaw_attendance.rules.judging.judged_from import JudgedFrom, RecordedStretch
from bylaw_attendance.rules.judging.month_in_hand import MonthInHand, Stretch
from bylaw_attendance.rules.judging.plan_body import PlanBody
from bylaw_attendance.rules.judging.planned import Planned
from bylaw_attendance.rules.judging.policy_health import PolicyFault, fault_of, named
from bylaw_attendance.rules.judging.punch_facts import NO_PUNCHES
from bylaw_attendance.rules.refusals import NoPolicy, PolicyVersionGone
from bylaw_attendance.rules.replay.clause_use import spoken
from bylaw_attendance.rules.sheets.sheet import (
    NO_TOTALS,
    Circumstances,
    JudgedSheet,
    KeptSheet,
    SheetBody,
    clipped,
    total_of,
    within,
)
from bylaw_attendance.use_cases.closing.deadlines import hand_over_at
from bylaw_attendance.use_cases.sheets.load_month import LoadedMonth
from bylaw_attendance.use_cases.sheets.plan_month import PlanMonth, RunsPlanned, SharedPlan

TOGETHER = 500
"""People who are planned and then judged before the next are: of more than that the host does not keep all plans."""
KeptPlans = Callable[[UUID], Sequence[PlanBody]]
"""The plans a person's kept sheet was judged by; asked only where a pattern is gone."""


class Judged(NamedTuple):
    """A person's sheet: as kept, as judged just now, or why it could not be judged."""

    person: KnownPerson
    kept: KeptSheet | None
    fresh: JudgedSheet | None = None
    refusal: Refusal | None = None
    digest_before: bytes = b""
    """Of the same while the month could be handed over in time: a review of then stands."""

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

    @property
    def body(self) -> bytes:
        """Its sheet in whole; empty where it could not be judged, or of what is kept only totals were loaded."""
        sheet = self.fresh or self.kept
        return sheet.body if sheet and not self.refusal else b""

    @property
    def fault(self) -> PolicyFault | None:
        """What is to be kept of a refusal that a pattern is to blame for."""
        return fault_of(self.refusal) if self.refusal else None


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
        self._planning = PlanMonth(self.loaded, self.book, self.calendar)
        self._over = cache(self._is_over)

    def judge(self) -> list[Judged]:
        """Each person's sheet, in the order they were loaded; a refusal harms its person alone."""
        everybody = enumerate(self.loaded.people)
        judged: list[Judged] = []
        while some := list(islice(everybody, TOGETHER)):
            judged += self._judge_some(self._in_hand(some))
        return judged

    def _judge_some(self, months: Sequence[MonthInHand]) -> list[Judged]:
        """In rounds: a person's later stretch waits for the earlier one, since a punch it bound is not bound twice."""
        while waiting := [month for month in months if month.waits]:
            self._judge_next(waiting)
        return [self._judged(month) for month in months]

    def stretches_of(self, person: KnownPerson) -> Sequence[Stretch]:
        """What a person's month is judged from; refuses what it cannot be planned for.

        A month that is closed was judged from what is kept with it, whatever has changed since (SHT-3).
        """
        closed = self.loaded.closed.get(person.person)
        if closed and closed.judged_from:
            return [self._recorded(one) for one in JudgedFrom.unpack(closed.judged_from).stretches]
        return self.laid_out(person).stretches

    def _recorded(self, one: RecordedStretch) -> Stretch:
        body = self.loaded.plans[one.key]
        stretch = one.stretch(body, None)
        try:
            planned = self.book.planned(one.pattern, one.parameters, one.days, time_zone=body.time_zone)
        except PolicyVersionGone:
            return stretch
        return stretch._replace(planned=planned)

    def laid_out(self, person: KnownPerson) -> MonthInHand:
        """A person's month before it is judged; refuses what it cannot be planned for."""
        month = MonthInHand(0, person, self.loaded.kept.get(person.person))
        self._lay_out(month, self._planning.runs(person))
        return month

    def _in_hand(self, some: Sequence[tuple[int, KnownPerson]]) -> list[MonthInHand]:
        months = [MonthInHand(number, person, self.loaded.kept.get(person.person)) for number, person in some]
        runs = {
            month.number: self._planning.runs(month.person)
            for month in months
            if month.person.person not in self.loaded.closed
        }
        self._planning.ahead(runs.values())
        for month in months:
            if month.number not in runs:
                month.rest()
                continue
            try:
                self._lay_out(month, runs[month.number])
            except Refusal as refusal:
                month.refusal = named(refusal, month.person.number)
        return months

    def _lay_out(self, month: MonthInHand, runs: RunsPlanned) -> None:
        """The stretches of the month with what they are judged from; none are left where the kept sheet was, too."""
        person = month.person
        assigned = [(run, shared) for run, shared in runs if shared]
        if runs and not assigned:
            raise NoPolicy(person=person.number, month=f"{self.loaded.month:%Y-%m}")
        month.unassigned = tuple((run.first_day, run.last_day) for run, shared in runs if not shared)
        month.lay_out([self._stretch(person.person, run, shared) for run, shared in assigned])
        if gone := next((one for one in month.stretches if one.planned.gone and not month.is_kept), None):
            raise PolicyVersionGone(policy=gone.planned.body.pattern)

    def _stretch(self, person: UUID, run: Run, shared: SharedPlan) -> Stretch:
        planned = self._planning.plan(shared)
        if isinstance(planned, PolicyVersionGone):
            planned = self._gone(person, shared, gone=planned)
        if isinstance(planned, Refusal):
            raise planned
        body = planned.body
        punches = within(self.loaded.punches.get(person, NO_PUNCHES), body)
        decided = clipped(self.loaded.decided.get(run.site, 0), body)
        over = self.is_handed_over(run.place)
        return Stretch(planned, shared.followed.parameters, punches, Circumstances(decided, over))

    def _gone(self, person: UUID, shared: SharedPlan, *, gone: PolicyVersionGone) -> Planned | Refusal:
        """The plan that was kept, if the same was planned then; else POLICY_VERSION_GONE."""
        pattern, parameters = shared.followed[:2]
        source = self.book.source(pattern, parameters, shared.days, time_zone=shared.time_zone)
        for body in self.kept_plans(person):
            if body.source == source:
                return Planned.of(body, shared.days, gone=True)
        return gone

    def _judge_next(self, waiting: Sequence[MonthInHand]) -> None:
        """The next stretch of each, those of one pattern and parameters together."""
        together: dict[tuple[str, str], list[MonthInHand]] = {}
        for month in waiting:
            together.setdefault(month.following.asked, []).append(month)
        for (pattern, parameters), months in together.items():
            answers = self.book.judge(pattern, parameters, [month.facts() for month in months])
            for month, answer in zip(months, answers, strict=True):
                if isinstance(answer, Refusal):
                    month.refusal = named(answer, month.person.number)
                else:
                    month.take(answer)

    def _judged(self, month: MonthInHand) -> Judged:
        if month.refusal or month.is_kept:
            return Judged(month.person, month.kept, refusal=month.refusal, digest_before=month.digest_before)
        self.plans.update({stretch.planned.key: stretch.planned.body for stretch in month.stretches})
        body = SheetBody(tuple(month.parts), month.unassigned)
        said = spoken(month.parts, self.plans, self.loaded.month)
        sheet = JudgedSheet(month.person.person, month.digest, body.pack(), total_of(month.totals), said)
        return Judged(month.person, month.kept, sheet, digest_before=month.digest_before)

    def is_handed_over(self, place: Place) -> bool:
        """Whether the last day of the month's hand-over is past at a place (SHT-1)."""
        return self._over(place)

    def _is_over(self, place: Place) -> bool:
        last = hand_over_at(self.calendar, self.loaded.month, place, roll=self.loaded.deadlines_roll)
        return handed_over(last, ZoneInfo(place.time_zone), self.now)

    def days_of(self, person: UUID, run: Run) -> tuple[DayFacts, ...]:
        """The days of a run as the person's pattern is given them."""
        return self._planning.days_of(person, run)
