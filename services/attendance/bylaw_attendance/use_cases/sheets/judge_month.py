"""Judges the months of people whose inputs have changed since they were judged last, and only those, in batches."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import islice
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_chassis.refusals import Refusal
from bylaw_hooks import DayFacts, days_between

from bylaw_attendance.ports.records import Calendar, PatternBook
from bylaw_attendance.rules.closing.hand_over import handed_over, last_day
from bylaw_attendance.rules.judging.assignment import Followed, Place, Run
from bylaw_attendance.rules.judging.day_changes import NOTHING_OWN, OwnDays
from bylaw_attendance.rules.judging.judged_from import JudgedFrom, RecordedStretch
from bylaw_attendance.rules.judging.month_in_hand import MonthInHand, Stretch
from bylaw_attendance.rules.judging.plan_body import PlanBody
from bylaw_attendance.rules.judging.planned import Planned
from bylaw_attendance.rules.judging.policy_health import PolicyFault, fault_of, named
from bylaw_attendance.rules.judging.punch_facts import NO_PUNCHES
from bylaw_attendance.rules.leave.leave_days import with_leave
from bylaw_attendance.rules.refusals import NoPolicy, PolicyTimedOut, PolicyVersionGone
from bylaw_attendance.rules.replay.clause_use import spoken
from bylaw_attendance.rules.rota.rota import codes_of
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
from bylaw_attendance.use_cases.calendar.site_days import site_days
from bylaw_attendance.use_cases.closing.deadlines import hand_over_at
from bylaw_attendance.use_cases.sheets.load_month import LoadedMonth

TOGETHER = 500
"""People who are planned and then judged before the next are: of more than that the host does not keep all plans."""
MOST_STOPPED = 3
"""A pattern that had to be stopped so often over plans is not asked for the others within one call."""
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
        self._planned = cache(self._plan)
        self._stopped: dict[tuple[str, str], list[Refusal]] = {}
        self._days = cache(self._month_days)
        self._over = cache(self._is_over)
        self._last = last_day(self.loaded.month)

    def judge(self) -> list[Judged]:
        """Each person's sheet, in the order they were loaded; a refusal harms its person alone."""
        hands = self._in_hand()
        return [one for _ in self.loaded.people[::TOGETHER] for one in self._judge_some(list(islice(hands, TOGETHER)))]

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
        self._lay_out(month)
        return month

    def _in_hand(self) -> Iterator[MonthInHand]:
        for number, person in enumerate(self.loaded.people):
            month = MonthInHand(number, person, self.loaded.kept.get(person.person))
            if person.person in self.loaded.closed:
                month.rest()
                yield month
                continue
            try:
                self._lay_out(month)
            except Refusal as refusal:
                month.refusal = named(refusal, person.number)
            yield month

    def _lay_out(self, month: MonthInHand) -> None:
        """The stretches of the month with what they are judged from; none are left where the kept sheet was, too."""
        person = month.person
        stays = self.loaded.stays.get(person.person, ())
        runs = list(self.loaded.resolver.runs(stays, self.loaded.month, self._last))
        assigned = [run for run in runs if run.followed]
        if runs and not assigned:
            raise NoPolicy(person=person.number, month=f"{self.loaded.month:%Y-%m}")
        month.unassigned = tuple((run.first_day, run.last_day) for run in runs if not run.followed)
        month.lay_out([self._stretch(person.person, run) for run in assigned])
        if gone := next((one for one in month.stretches if one.planned.gone and not month.is_kept), None):
            raise PolicyVersionGone(policy=gone.planned.body.pattern)

    def _stretch(self, person: UUID, run: Run) -> Stretch:
        own = self._own(person)
        planned = self._planned(run, own)
        if isinstance(planned, PolicyVersionGone):
            planned = self._gone(person, run, own, gone=planned)
        if isinstance(planned, Refusal):
            raise planned
        body = planned.body
        punches = within(self.loaded.punches.get(person, NO_PUNCHES), body)
        decided = clipped(self.loaded.decided.get(run.site, 0), body)
        over = self.is_handed_over(run.place)
        return Stretch(planned, _followed(run).parameters, punches, Circumstances(decided, over))

    def _own(self, person: UUID) -> OwnDays:
        changes = self.loaded.changed_days.changes(self.loaded.stays.get(person, ()))
        leave = self.loaded.excused.get(person, ())
        return OwnDays(codes_of(self.loaded.resolver.cells(person)), with_leave(changes, leave))

    def _plan(self, run: Run, own: OwnDays) -> Planned | Refusal:
        """The plan, or why there is none: kept too, for whoever follows the same hears the same."""
        followed, days = _followed(run), self._run_days(run, own)
        stopped = self._stopped.setdefault(followed[:2], [])
        if len(stopped) >= MOST_STOPPED:
            return stopped[-1]
        try:
            return self.book.planned(followed.pattern, followed.parameters, days, time_zone=run.place.time_zone)
        except PolicyTimedOut as refusal:
            stopped.append(refusal)
            return refusal
        except Refusal as refusal:
            return refusal

    def _gone(self, person: UUID, run: Run, own: OwnDays, *, gone: PolicyVersionGone) -> Planned | Refusal:
        """The plan that was kept, if the same was planned then; else POLICY_VERSION_GONE."""
        followed, days = _followed(run), self._run_days(run, own)
        source = self.book.source(followed.pattern, followed.parameters, days, time_zone=run.place.time_zone)
        for body in self.kept_plans(person):
            if body.source == source:
                return Planned.of(body, days, gone=True)
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
        return self._run_days(run, self._own(person))

    def _run_days(self, run: Run, own: OwnDays) -> tuple[DayFacts, ...]:
        days = self._days(run.place)
        days = days if own == NOTHING_OWN else own.of(days)
        whole = run.first_day == self.loaded.month and run.last_day == self._last
        return days if whole else days_between(days, run.first_day, run.last_day)

    def _month_days(self, place: Place) -> tuple[DayFacts, ...]:
        return site_days(self.calendar, self.loaded.month, place)


def _followed(run: Run) -> Followed:
    assert run.followed  # noqa: S101 - only runs with one are planned
    return run.followed
