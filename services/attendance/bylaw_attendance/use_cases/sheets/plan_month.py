"""Plans the runs of a loaded month: one plan for all who follow the same over the same days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from uuid import UUID

from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_chassis.refusals import Refusal
from bylaw_hooks import DayFacts, days_between

from bylaw_attendance.ports.records import Calendar, PatternBook
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.judging.assignment import Followed, Place, Run
from bylaw_attendance.rules.judging.day_changes import NOTHING_OWN, OwnDays
from bylaw_attendance.rules.judging.planned import Planned
from bylaw_attendance.rules.judging.run_days import RunDays
from bylaw_attendance.rules.leave.leave_days import with_leave
from bylaw_attendance.rules.refusals import PolicyTimedOut
from bylaw_attendance.rules.rota.rota import codes_of
from bylaw_attendance.use_cases.calendar.site_days import site_days
from bylaw_attendance.use_cases.sheets.load_month import LoadedMonth

MOST_STOPPED = 3
"""A pattern that had to be stopped so often over plans is not asked for the others within one call."""


@dataclass(eq=False, slots=True)
class SharedPlan:
    """What is followed over some days, by however many people, and the plan of it, or why there is none."""

    followed: Followed
    days: RunDays
    time_zone: str
    plan: Planned | Refusal | None = None


RunsPlanned = Sequence[tuple[Run, SharedPlan | None]]
"""A person's runs, each with its plan; None: nothing is followed."""


@dataclass
class PlanMonth:
    """Keeps what it found as long as it lives."""

    loaded: LoadedMonth
    book: PatternBook
    calendar: Calendar
    _shared: dict[tuple[object, ...], SharedPlan] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._stopped: dict[tuple[str, str], list[Refusal]] = {}
        self._days = cache(self._month_days)
        self._last = last_day(self.loaded.month)

    def runs(self, person: KnownPerson) -> RunsPlanned:
        """What a person follows in the month; nothing of it is planned yet."""
        stays, own = self.loaded.stays.get(person.person, ()), self._own(person.person)
        runs = self.loaded.resolver.runs(stays, self.loaded.month, self._last)
        return [(run, self._of(run, own) if run.followed else None) for run in runs]

    def ahead(self, people: Iterable[RunsPlanned]) -> None:
        """Has what is not planned yet planned in one go for each pattern with its parameters."""
        wanted: dict[tuple[str, str], dict[RunDays, None]] = {}
        for runs in people:
            for _, one in runs:
                if one and one.plan is None:
                    wanted.setdefault(one.followed[:2], {})[one.days] = None
        for (pattern, parameters), calendars in wanted.items():
            if len(calendars) > 1:
                self.book.plan_ahead(pattern, parameters, list(calendars))

    def plan(self, one: SharedPlan) -> Planned | Refusal:
        """The plan, or why there is none: kept too, for whoever follows the same hears the same."""
        if one.plan is None:
            one.plan = self._asked(one)
        return one.plan

    def days_of(self, person: UUID, run: Run) -> tuple[DayFacts, ...]:
        """The days of a run as the person's pattern is given them."""
        return self._run_days(run, self._own(person))

    def _of(self, run: Run, own: OwnDays) -> SharedPlan:
        followed = run.followed
        assert followed  # noqa: S101 - only runs with one are planned
        key = (run.first_day, run.last_day, run.place, followed.pattern, followed.parameters, own)
        if key not in self._shared:
            self._shared[key] = SharedPlan(followed, self._run_days(run, own), run.place.time_zone)
        return self._shared[key]

    def _asked(self, one: SharedPlan) -> Planned | Refusal:
        pattern, parameters = one.followed[:2]
        stopped = self._stopped.setdefault((pattern, parameters), [])
        if len(stopped) >= MOST_STOPPED:
            return stopped[-1]
        try:
            return self.book.planned(pattern, parameters, one.days, time_zone=one.time_zone)
        except PolicyTimedOut as refusal:
            stopped.append(refusal)
            return refusal
        except Refusal as refusal:
            return refusal

    def _own(self, person: UUID) -> OwnDays:
        changes = self.loaded.changed_days.changes(self.loaded.stays.get(person, ()))
        leave = self.loaded.excused.get(person, ())
        return OwnDays(codes_of(self.loaded.resolver.cells(person)), with_leave(changes, leave))

    def _run_days(self, run: Run, own: OwnDays) -> RunDays:
        days = self._days(run.place)
        days = days if own == NOTHING_OWN else own.of(days)
        whole = run.first_day == self.loaded.month and run.last_day == self._last
        return RunDays(days if whole else days_between(days, run.first_day, run.last_day))

    def _month_days(self, place: Place) -> tuple[DayFacts, ...]:
        return site_days(self.calendar, self.loaded.month, place)
