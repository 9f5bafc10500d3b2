"""Explains a day of a person's sheet: reads it as it is shown, and beside it all that it was judged from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database
from bylaw_chassis.organisation.facts import KnownPerson, SiteFacts, Stay, holds_on
from bylaw_hooks import DayFacts, PlanColumns
from bylaw_kit.reading import Side

from bylaw_attendance.ports.corrections import CorrectionStore
from bylaw_attendance.ports.records import Calendar, ClockStore, OrganisationStore, PatternBook, PunchStore
from bylaw_attendance.rules.clocks.clocks import Clock, waited_for
from bylaw_attendance.rules.closing.hand_over import handed_over, last_day
from bylaw_attendance.rules.explaining.explaining import (
    ExplainedDay,
    Progress,
    SiteClock,
    explained_halves,
    judged_halves,
)
from bylaw_attendance.rules.explaining.explaining_asked import AskedOfDay
from bylaw_attendance.rules.explaining.explaining_limits import Limits, agree, probed, questions
from bylaw_attendance.rules.explaining.explaining_punches import ExplainedPunch, explained_punches
from bylaw_attendance.rules.explaining.explaining_source import Source, decided_by
from bylaw_attendance.rules.judging.assignment import NO_SITE, Place
from bylaw_attendance.rules.judging.judged_half import JudgedHalf
from bylaw_attendance.rules.judging.month_in_hand import Stretch
from bylaw_attendance.rules.judging.plan_body import PlanBody
from bylaw_attendance.rules.judging.punch_facts import Punch, civil_instant, epoch_of
from bylaw_attendance.rules.judging.reporting import end_of_day, start_of_day
from bylaw_attendance.rules.leave.shown_leave import with_excused
from bylaw_attendance.rules.refusals import PersonNotFound
from bylaw_attendance.rules.sheets.sheet import SheetBody
from bylaw_attendance.rules.sheets.shown_sheet import shown_sheet, with_changes
from bylaw_attendance.use_cases.closing.deadlines import hand_over_at
from bylaw_attendance.use_cases.explaining.explain_asked import AskedRequests, ExplainAsked
from bylaw_attendance.use_cases.sheets.finding import Finding
from bylaw_attendance.use_cases.sheets.judge_month import JudgeMonth
from bylaw_attendance.use_cases.sheets.load_month import LoadedMonth, LoadMonth

MARGIN_DAYS = 3
"""Around the day punches are read: a window is never further from it than a night and a zone."""
NO_BODY = SheetBody(())


class Loaded(NamedTuple):
    """The month with the punches near the day and the clocks, of one snapshot."""

    person: KnownPerson
    day: date
    month: LoadedMonth
    punches: Sequence[Punch]
    clocks: Sequence[Clock]
    corrected: Mapping[str, str]
    asked: AskedRequests

    @property
    def stay(self) -> Stay | None:
        """Where the person works on the day."""
        stays = self.month.stays.get(self.person.person, ())
        return next((one for one in stays if holds_on(one.first_day, one.last_day, self.day)), None)

    @property
    def place(self) -> Place:
        """By which zone and calendar the day is judged."""
        site = self.month.sites.get(self.stay.site) if self.stay and self.stay.site else None
        version = site.on(self.day) if site else None
        return Place(version.time_zone, version.calendar) if version else NO_SITE


class Found(NamedTuple):
    """The sheet with what it was judged from: a stretch for each part; all halves of the month."""

    body: SheetBody
    plans: Mapping[bytes, PlanBody]
    digest: bytes
    stretches: Sequence[Stretch]
    halves: Sequence[JudgedHalf]
    asked: AskedOfDay

    def stretch_of(self, day: date) -> Stretch | None:
        """The stretch that a day is of."""
        days = ((one, facts) for one in self.stretches for facts in one.planned.days if facts.inside)
        return next((one for one, facts in days if facts.work_date == day), None)


@dataclass(frozen=True, slots=True)
class ExplainDay:
    """Explains what a caller's reach holds; keeps nothing."""

    database: Database
    finding: Finding
    organisation: OrganisationStore
    punches: PunchStore
    clocks: ClockStore
    corrections: CorrectionStore
    month: LoadMonth
    book: PatternBook
    calendar: Calendar
    asked: ExplainAsked

    def explain(self, person: UUID, day: date, reach: Reach) -> ExplainedDay:
        """A day; refuses PERSON_NOT_FOUND, and what the sheet is refused for."""
        loaded = self._load(person, day, reach)
        if loaded is None:
            self.finding.refresher.catch_up()
            loaded = self._load(person, day, reach)
        if loaded is None:
            raise PersonNotFound(person=f"people/{person}")
        return self._explained(loaded, self._found(loaded))

    def _load(self, person: UUID, day: date, reach: Reach) -> Loaded | None:
        month = day.replace(day=1)
        with self.database.read() as connection:
            people = self.organisation.person_between(connection, reach, (month, last_day(month)), person=person)
            if not people:
                return None
            loaded = self.month.load(connection, month, people, shown=[person])
            asked = self.asked.load(connection, person, day)
            return Loaded(people[0], day, loaded, *self._beside(connection, person, day), asked)

    def _beside(
        self, connection: sa.Connection, person: UUID, day: date
    ) -> tuple[list[Punch], list[Clock], Mapping[str, str]]:
        start, end = civil_instant(day, days_later=-MARGIN_DAYS), civil_instant(day, days_later=MARGIN_DAYS + 1)
        accepted = self.corrections.accepted(connection, [person], start, end)
        corrected = {f"{one.local:%Y-%m-%d %H:%M:%S}": one.name for one in accepted}
        return self.punches.of_person(connection, person, start, end), self.clocks.listed(connection, None), corrected

    def _found(self, loaded: Loaded) -> Found:
        """The sheet as GetSheet shows it: kept, or judged from the same just now."""
        month = loaded.month
        judge = JudgeMonth(month, self.book, self.calendar, self.database.clock(), month.kept_plans)
        (judged,) = judge.judge()
        if judged.refusal:
            raise judged.refusal
        sheet, plans = judged.fresh or judged.kept, {**month.plans, **judge.plans}
        body = SheetBody.unpack(sheet.body) if sheet else NO_BODY
        stretches = judge.stretches_of(loaded.person)
        halves = list(judged_halves(body, plans, [self._columns(one) for one in stretches]))
        asked = self.asked.explained(loaded.asked, loaded.day, month, judged, plans)
        return Found(body, plans, judged.digest, stretches, halves, asked)

    def _columns(self, one: Stretch) -> PlanColumns | None:
        """The plan with its windows; None of one that is gone."""
        return None if one.planned.gone else self.book.columns(*one.asked, one.planned.days)

    def _explained(self, loaded: Loaded, found: Found) -> ExplainedDay:
        said = loaded.month.changed_days.said(loaded.month.stays.get(loaded.person.person, ()))
        sheet = with_changes(shown_sheet(loaded.month.month, found.body, found.plans), *said)
        sheet = with_excused(sheet, loaded.month.excused.get(loaded.person.person, ()))
        shown, own = sheet.days[loaded.day.day - 1], [one for one in found.halves if one.found.work_date == loaded.day]
        stretch = found.stretch_of(loaded.day)
        parameters = orjson.loads(stretch.parameters) if stretch else {}
        repeat_minutes = _number(parameters, "repeat_minutes")
        limits = self._limits(found, own, parameters)
        zone = stretch.planned.body.time_zone if stretch else sheet.time_zone or loaded.place.time_zone
        return ExplainedDay(
            loaded.person,
            shown,
            found.digest,
            zone,
            self._source(loaded, stretch),
            loaded.place.calendar,
            self.calendar(loaded.place.calendar, loaded.day, loaded.day).provisional,
            _facts(stretch, loaded.day),
            explained_halves(shown, own, limits),
            loaded.corrected,
            _near(loaded, found, own, zone=ZoneInfo(zone), repeat_minutes=repeat_minutes),
            repeat_minutes,
            self._progress(loaded, stretch, parameters),
            found.asked,
        )

    def _source(self, loaded: Loaded, stretch: Stretch | None) -> Source | None:
        """By what the day was planned; nothing where it was not."""
        decided = decided_by(loaded.month.resolver, loaded.stay, loaded.day) if loaded.stay and stretch else None
        if decided is None or stretch is None:
            return None
        body = stretch.planned.body
        offered = next((one for one in self.book.offered() if one.pattern == body.pattern), None)
        return Source(*decided, offered, body.distribution, stretch.planned.gone)

    def _limits(
        self, found: Found, own: Sequence[JudgedHalf], parameters: Mapping[str, Any]
    ) -> dict[tuple[int, int, Side], Limits]:
        """The limits of the day's cards to which its pattern agrees."""
        asked = list(questions(own, counts_seconds=parameters.get("seconds") == "count"))
        if not asked:
            return {}
        stretch = found.stretches[own[0].part]
        every = [(question, probe) for question in asked for probe in question.probes]
        months = [probed(place, stretch, one.half, probe) for place, (one, probe) in enumerate(every)]
        answers = iter(self.book.judge(*stretch.asked, months))
        return {
            (one.half.part, one.half.place, one.side): one.limits
            for one in asked
            if agree(one.half, one.probes, [next(answers) for _ in one.probes])
        }

    def _progress(self, loaded: Loaded, stretch: Stretch | None, parameters: Mapping[str, Any]) -> Progress:
        site, zone = loaded.stay.site if loaded.stay else None, ZoneInfo(loaded.place.time_zone)
        now, without_leave = self.database.clock(), parameters.get("without_leave", "")
        clocks = _site_clocks([clock for clock in loaded.clocks if clock.site == site], loaded.month.sites, now)
        last = hand_over_at(self.calendar, loaded.month.month, loaded.place, roll=loaded.month.deadlines_roll)
        return Progress(
            loaded.month.decided.get(site, 0),
            clocks,
            last,
            stretch.circumstances.handed_over if stretch else handed_over(last, zone, now),
            without_leave if isinstance(without_leave, str) else "",
        )


def _site_clocks(clocks: Sequence[Clock], sites: Mapping[UUID, SiteFacts], now: datetime) -> list[SiteClock]:
    facts = [clock.facts(sites[clock.site]) for clock in clocks]
    waited = waited_for(facts, now)
    return [
        SiteClock(clock.device, clock.reported_until, clock.retire_date, in_use=one in waited)
        for clock, one in zip(clocks, facts, strict=True)
    ]


def _facts(stretch: Stretch | None, day: date) -> DayFacts | None:
    days = stretch.planned.days if stretch else ()
    return next((one for one in days if one.work_date == day), None)


def _near(
    loaded: Loaded, found: Found, own: Sequence[JudgedHalf], *, zone: ZoneInfo, repeat_minutes: int
) -> list[ExplainedPunch]:
    """The punches of the local day, of its halves' windows, and those that its cards took."""
    opens, closes = epoch_of(start_of_day(loaded.day, zone)), epoch_of(end_of_day(loaded.day, zone))
    segments = [half.segment for half in own if half.segment]
    opens = min([opens, *(segment.opens for segment in segments)])
    closes = max([closes, *(segment.closes for segment in segments)])
    explained = explained_punches(loaded.punches, found.halves, repeat_minutes=repeat_minutes)
    return [
        one
        for one in explained
        if opens <= epoch_of(one.punch.instant) < closes or (one.half in own and one.side is not None)
    ]


def _number(parameters: Mapping[str, Any], name: str) -> int:
    """A whole number among parameters; a pattern may have none of that name."""
    value = parameters.get(name, 0)
    return value if isinstance(value, int) else 0
