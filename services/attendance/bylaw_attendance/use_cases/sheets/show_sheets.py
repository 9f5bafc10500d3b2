"""Shows sheets of a month: judges what has changed, keeps it, and answers the page that was asked for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_chassis.refusals import Refusal
from sqlalchemy import Connection

from bylaw_attendance.ports.corrections import CorrectionStore
from bylaw_attendance.ports.records import Calendar, HealthStore, OrganisationStore, PatternBook, SheetStore
from bylaw_attendance.rules.closing.closing import ClosedMark
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.judging.plan_body import PlanBody
from bylaw_attendance.rules.judging.policy_health import PolicyFault
from bylaw_attendance.rules.judging.punch_facts import civil_instant
from bylaw_attendance.rules.leave.shown_leave import (
    NOTHING_EXCUSED,
    ExcusedMinutes,
    minutes_of,
    together,
    with_excused,
)
from bylaw_attendance.rules.refusals import PersonNotFound
from bylaw_attendance.rules.replay.clause_use import days_by_clause
from bylaw_attendance.rules.sheets.sheet import JudgedSheet, SheetBody, total_of
from bylaw_attendance.rules.sheets.shown_sheet import ShownSheet, shown_sheet, with_changes
from bylaw_attendance.use_cases.sheets.finding import Finding
from bylaw_attendance.use_cases.sheets.judge_month import Judged, JudgeMonth, KeptPlans
from bylaw_attendance.use_cases.sheets.load_month import MARGIN_DAYS, LoadedMonth, LoadMonth

Corrected = Mapping[str, str]
"""What came of which correction: local time of a punch, name of the correction."""


class Shown(NamedTuple):
    """A person's sheet to be shown (None: its totals alone), or why there is none."""

    person: KnownPerson
    month: date
    sheet: ShownSheet | None
    totals: tuple[int, ...]
    digest: bytes
    refusal: Refusal | None
    organisation_age_seconds: int
    calendar_provisional: bool
    corrected: Corrected
    closed: ClosedMark | None = None
    excused: ExcusedMinutes = NOTHING_EXCUSED

    def clauses(self) -> Mapping[str, Collection[date]]:
        """Each clause that it names, with the days on which it decided; what it was refused by, with its last day."""
        found: dict[str, Collection[date]] = dict(days_by_clause(self.sheet.days if self.sheet else ()))
        if self.refusal and self.refusal.clause:
            found[self.refusal.clause] = {last_day(self.month)}
        return found

    @property
    def version(self) -> int:
        """Of a closed sheet; 0: the month is open."""
        return self.closed.version if self.closed else 0

    @property
    def closed_at(self) -> datetime | None:
        """Since when the month is closed."""
        return self.closed.closed_at if self.closed else None

    def view(self) -> tuple[str, ...]:
        """What is shown beside its facts: who has seen its totals has not seen its days, nor who saw a fault."""
        alone = "totals" if self.sheet is None else ""
        days = self.sheet.days if self.sheet else ()
        said = [name for day in days for name in (day.hours_notice, day.company_day) if name]
        said += [f"{one.name} {one.day.part}" for day in days for one in day.leave]
        provisional = "provisional" * self.calendar_provisional
        closed = f"closed {self.closed.version}" if self.closed else ""
        return alone, provisional, self.refusal.reason if self.refusal else "", *said, *filter(None, (closed,))


class News(NamedTuple):
    """The sheets that were judged just now, whom a pattern failed on, and on whom it does no longer."""

    fresh: Sequence[JudgedSheet]
    faults: Mapping[UUID, PolicyFault]
    well: Sequence[UUID]

    @property
    def any(self) -> bool:
        """Whether there is anything to keep."""
        return bool(self.fresh or self.faults or self.well)


class Results(NamedTuple):
    """Everybody's sheets, and the plans by which those that are shown were judged."""

    judged: Sequence[Judged]
    plans: Mapping[bytes, PlanBody]
    fresh_plans: Mapping[bytes, PlanBody]
    """Those by which something was judged just now."""

    @property
    def by_person(self) -> Mapping[UUID, Judged]:
        """Each sheet by whose it is."""
        return {one.person.person: one for one in self.judged}

    def news(self, loaded: LoadedMonth) -> News:
        """What is to be kept of it."""
        fresh = sorted((one.fresh for one in self.judged if one.fresh), key=lambda sheet: sheet.person)
        faults = {one.person.person: one.fault for one in self.judged if one.fault}
        well = [one.person.person for one in self.judged if not one.refusal and one.person.person in loaded.unsettled]
        return News(fresh, faults, well)


class Compiled(NamedTuple):
    """A month of people as it was loaded, and what it was judged as."""

    loaded: LoadedMonth
    results: Results


class ShownPage(NamedTuple):
    """Sheets by employee number; on the first page what all of the unit comes to; the place behind (None: the end)."""

    sheets: Sequence[Shown]
    totals: tuple[int, ...] | None
    next_after: tuple[str, str] | None
    compiled: Compiled
    excused: ExcusedMinutes = NOTHING_EXCUSED


@dataclass(frozen=True, slots=True)
class ShowSheets:
    """Shows what a caller's reach holds in the month."""

    database: Database
    finding: Finding
    organisation: OrganisationStore
    sheets: SheetStore
    corrections: CorrectionStore
    health: HealthStore
    month: LoadMonth
    book: PatternBook
    calendar: Calendar

    def one(self, person: UUID, month: date, reach: Reach) -> Shown:
        """A person's sheet; refuses PERSON_NOT_FOUND, NO_POLICY, and what a pattern could not do."""
        shown = self._one(person, month, reach)
        if shown is None:
            self.finding.refresher.catch_up()
            shown = self._one(person, month, reach)
        if shown is None:
            raise PersonNotFound(person=f"people/{person}")
        if shown.refusal:
            raise shown.refusal
        return shown

    def _one(self, person: UUID, month: date, reach: Reach) -> Shown | None:
        days = (month, last_day(month))
        with self.database.read() as connection:
            people = self.organisation.person_between(connection, reach, days, person=person)
            if not people:
                return None
            loaded = self.month.load(connection, month, people, shown=[person])
            corrected = self._corrected(connection, month, [person])
        return self._shown(loaded, self.results(loaded), whole={person}, corrected=corrected)[0]

    def page(
        self,
        unit: UUID,
        month: date,
        reach: Reach,
        *,
        after: tuple[str, str] | None,
        limit: int,
        with_days: bool = True,
    ) -> ShownPage:
        """A page of a unit's sheets, and of the units below it; refuses UNIT_NOT_FOUND.

        The first page takes all of the unit, for what it comes to; a later one only its own people.
        """
        days = (month, last_day(month))
        self.finding.unit(reach, unit, min(days[1], max(days[0], self.finding.today)))
        with self.database.read() as connection:
            people = self.organisation.people_between(
                connection, reach, days, unit=unit, after=after, limit=limit + 1 if after else None
            )
            wanted = [one.person for one in people[:limit]]
            whole = wanted if with_days else []
            loaded = self.month.load(connection, month, people[:limit] if after else people, shown=whole)
            corrected = self._corrected(connection, month, whole)
        results = self.results(loaded)
        shown = self._shown(
            loaded, results._replace(judged=results.judged[:limit]), whole=set(whole), corrected=corrected
        )
        last = shown[-1].person if len(people) > limit else None
        totals = None if after else total_of(one.totals for one in results.judged)
        excused = together(minutes_of(loaded.excused.get(one.person.person, ()), month) for one in results.judged)
        behind = (last.number, str(last.person)) if last else None
        return ShownPage(shown, totals, behind, Compiled(loaded, results), excused)

    def results(self, loaded: LoadedMonth) -> Results:
        """Judges what changed and keeps it."""
        results = self.judged(loaded)
        if results.news(loaded).any:
            with self.database.work() as work:
                self.keep(work, loaded, results)
        return results

    def judged(self, loaded: LoadedMonth) -> Results:
        """Judges what changed and keeps nothing: whoever has a transaction of their own keeps it there."""
        judge = JudgeMonth(loaded, self.book, self.calendar, self.database.clock(), self._kept_plans(loaded))
        judged = judge.judge()
        return Results(judged, {**loaded.plans, **judge.plans}, judge.plans)

    def keep(self, work: Work, loaded: LoadedMonth, results: Results) -> None:
        """What was judged anew, and of whom a pattern failed, or does so no longer."""
        fresh, faults, well = results.news(loaded)
        if fresh:
            self.sheets.keep_plans(work.connection, {key: plan.pack() for key, plan in results.fresh_plans.items()})
            self.sheets.keep(work.connection, loaded.month, fresh, work.now)
        if faults:
            self.health.note(work.connection, loaded.month, faults, work.now)
        if well:
            self.health.settle(work.connection, loaded.month, well, work.now)

    def _kept_plans(self, loaded: LoadedMonth) -> KeptPlans:
        def plans_of(person: UUID) -> Sequence[PlanBody]:
            with self.database.read() as connection:
                kept = self.sheets.kept(connection, [person], loaded.month, bodies_of=[person])
                return list(self.month.plans_of(connection, kept.values()).values())

        return plans_of

    def _corrected(self, connection: Connection, month: date, people: Collection[UUID]) -> dict[UUID, Corrected]:
        """What became punches near the month, by person; nothing is asked of nobody."""
        start = civil_instant(month, days_later=-MARGIN_DAYS)
        end = civil_instant(last_day(month), days_later=MARGIN_DAYS)
        found: dict[UUID, dict[str, str]] = {}
        for one in self.corrections.accepted(connection, people, start, end) if people else ():
            found.setdefault(one.person, {})[f"{one.local:%Y-%m-%d %H:%M:%S}"] = one.name
        return dict(found)

    def _shown(
        self,
        loaded: LoadedMonth,
        results: Results,
        *,
        whole: Collection[UUID],
        corrected: Mapping[UUID, Corrected],
    ) -> list[Shown]:
        age, provisional = self._age(loaded.organisation_read_at), self._provisional(loaded)
        return [
            Shown(
                one.person,
                loaded.month,
                _laid_out(loaded, one, results.plans) if one.person.person in whole else None,
                one.totals,
                one.digest,
                one.refusal,
                age,
                any(stay.site in provisional for stay in loaded.stays.get(one.person.person, ())),
                corrected.get(one.person.person, {}),
                loaded.closed.get(one.person.person),
                minutes_of(loaded.excused.get(one.person.person, ()), loaded.month),
            )
            for one in results.judged
        ]

    def _provisional(self, loaded: LoadedMonth) -> set[UUID]:
        """The sites whose official calendar does not know all of the month."""
        month, last = loaded.month, last_day(loaded.month)
        held = [
            version
            for site in loaded.sites.values()
            for version in site.versions
            if version in {site.on(month), site.on(last)} or month <= version.first_day <= last
        ]
        calendars = {version.calendar for version in held}
        unknown = {calendar for calendar in calendars if self.calendar(calendar, month, last).provisional}
        return {version.site for version in held if version.calendar in unknown}

    def _age(self, read_at: datetime | None) -> int:
        return max(0, int((self.database.clock() - read_at).total_seconds())) if read_at else 0


def _laid_out(loaded: LoadedMonth, judged: Judged, plans: Mapping[bytes, PlanBody]) -> ShownSheet | None:
    sheet = None if judged.refusal else judged.fresh or judged.kept
    if sheet is None:
        return None
    said = loaded.changed_days.said(loaded.stays.get(judged.person.person, ()))
    shown = with_changes(shown_sheet(loaded.month, SheetBody.unpack(sheet.body), plans), *said)
    return with_excused(shown, loaded.excused.get(judged.person.person, ()))
