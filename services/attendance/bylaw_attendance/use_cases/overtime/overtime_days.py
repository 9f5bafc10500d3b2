"""The days of people's months as overtime is asked for and found on them: planned hours, presence, what the day is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from bylaw_chassis.database import Database
from bylaw_chassis.organisation.facts import KnownPerson, Stay, holds_on
from bylaw_chassis.refusals import Refusal
from bylaw_hooks import DayFacts

from bylaw_attendance.ports.company_days import OfficialCalendar
from bylaw_attendance.ports.records import Calendar, PatternBook
from bylaw_attendance.rules.calendar.company_day import CalendarKind
from bylaw_attendance.rules.judging.assignment import NO_SITE
from bylaw_attendance.rules.judging.month_facts import HalfFound, halves_of
from bylaw_attendance.rules.judging.plan_body import PlanBody, PlannedDate
from bylaw_attendance.rules.judging.punch_facts import NO_PUNCHES, PersonPunches, epoch_of
from bylaw_attendance.rules.judging.reporting import end_of_day, start_of_day
from bylaw_attendance.rules.leave.shown_leave import outside_by_day
from bylaw_attendance.rules.overtime.closed_overtime import WORKED, kept_punches, spans_of, worked_span
from bylaw_attendance.rules.overtime.overtime import OvertimeDay, OvertimeRequest, Spans, overtime_day, week_of
from bylaw_attendance.rules.overtime.overtime_found import WorkedSpan, found_minutes
from bylaw_attendance.rules.overtime.overtime_unasked import Unasked, unasked_minutes
from bylaw_attendance.rules.overtime.work_hours import DayHours
from bylaw_attendance.rules.sheets.sheet import KeptSheet, SheetBody
from bylaw_attendance.rules.sheets.shown_sheet import local_text
from bylaw_attendance.use_cases.sheets.judge_month import Judged, JudgeMonth
from bylaw_attendance.use_cases.sheets.load_month import LoadedMonth, LoadMonth


class AskedDay(NamedTuple):
    """A day on which overtime is asked for: its facts, what it is, and the zone of its site."""

    facts: DayFacts
    day: OvertimeDay
    time_zone: str


class FoundOvertime(NamedTuple):
    """What of a request was found: minutes, whether that is final, and whether its day is another one now."""

    minutes: int = 0
    settled: bool = False
    changed: OvertimeDay | None = None
    hours: Sequence[str] = ()
    """What is planned on a day that has changed, as the wall shows it."""


@dataclass(frozen=True, slots=True)
class JudgedDays:
    """A person's judged month; `refusal` says why there is none."""

    person: KnownPerson
    loaded: LoadedMonth
    dates: Mapping[date, PlannedDate]
    halves: Sequence[HalfFound]
    worked: Sequence[WorkedSpan]
    """Those of the halves, in their order."""
    punches: PersonPunches
    official: OfficialCalendar
    refusal: Refusal | None

    def on(self, day: date) -> OvertimeDay:
        """What a day is now."""
        planned = self.dates.get(day)
        excused = _is_excused(self.loaded, self.person, day)
        return overtime_day(spans_of(planned), statutory=self._is_statutory(day), excused=excused)

    def _is_statutory(self, day: date) -> bool:
        """By the calendar; in a closed month by that of its closing, whatever calendar the site has by now (SHT-3)."""
        closed = self.loaded.closed.get(self.person.person)
        if closed and closed.statutory_days is not None:
            return day in closed.statutory_days
        return is_statutory(self.official, self.loaded, self.person, day)

    def found(self, asked: OvertimeRequest) -> FoundOvertime:
        """What is there of an agreed request (HRS-7); nothing of a day that is another one than was agreed to."""
        day = self.on(asked.wish.work_date)
        settled = self._decided(asked.wish.work_date) >= asked.end
        if day != asked.day:
            return FoundOvertime(0, settled, day, wall_hours(day.planned, self._zone(asked.wish.work_date)))
        minutes = found_minutes(60 * asked.start, 60 * asked.end, self.punches, self.worked)
        return FoundOvertime(minutes, settled)

    def unasked(self, agreed: Sequence[OvertimeRequest]) -> list[Unasked]:
        """What is found of each day beyond its plan and what was agreed of it, as far as clocks have reported."""
        return [one for day in self.dates if (one := self.unasked_on(day, agreed)).minutes]

    def unasked_on(self, day: date, agreed: Sequence[OvertimeRequest]) -> Unasked:
        """Likewise, of a day."""
        bounds = _bounds(day, ZoneInfo(self._zone(day)))
        percent = self.on(day).percent
        if 60 * self._decided(day) < bounds[1]:
            return Unasked(day, percent, 0)
        asked = [(60 * one.start, 60 * one.end) for one in agreed if one.wish.work_date == day]
        return Unasked(day, percent, unasked_minutes(bounds, self.punches, self.worked, asked))

    def hours(self) -> list[DayHours]:
        """Minutes of each planned day, those of trips and duty outside among them (LVE-3)."""
        outside = outside_by_day(self.loaded.excused.get(self.person.person, ()))
        worked = Counter(outside)
        for half in self.halves:
            worked[half.work_date] += _worked_minutes(half)
        return [
            DayHours(day, sum(end - start for start, end in spans_of(planned)) + outside.get(day, 0), worked[day])
            for day, planned in sorted(self.dates.items())
        ]

    def _zone(self, day: date) -> str:
        stay = _stay(self.loaded, self.person, day)
        site = self.loaded.sites.get(stay.site) if stay and stay.site else None
        return site.on(day).time_zone if site else NO_SITE.time_zone

    def _decided(self, day: date) -> int:
        stay = _stay(self.loaded, self.person, day)
        return self.loaded.decided.get(stay.site, 0) if stay else 0


@dataclass(frozen=True, slots=True)
class OvertimeDays:
    """Plans and judges months as their sheets do; keeps nothing."""

    database: Database
    month: LoadMonth
    book: PatternBook
    calendar: Calendar
    official: OfficialCalendar

    def planned(self, person: KnownPerson, day: date) -> dict[date, AskedDay]:
        """The planned days of somebody's month, and of the week of a day where that reaches beyond it.

        Refuses what the month of the day cannot be planned for; of the other one nothing is known then.
        """
        month = day.replace(day=1)
        found = dict(self._month(person, month))
        for other in {edge.replace(day=1) for edge in week_of(day)} - {month}:
            with suppress(Refusal):
                found.update(self._month(person, other))
        return found

    def _month(self, person: KnownPerson, month: date) -> Iterator[tuple[date, AskedDay]]:
        with self.database.read() as connection:
            loaded = self.month.load(connection, month, [person], shown=[])
        judge = JudgeMonth(loaded, self.book, self.calendar, self.database.clock(), _no_plans)
        for stretch in judge.stretches_of(person):
            body = stretch.planned.body
            spans = {day.work_date: spans_of(day) for day in body.days}
            for facts in stretch.planned.days:
                if facts.inside:
                    day = facts.work_date
                    statutory = is_statutory(self.official, loaded, person, day)
                    excused = _is_excused(loaded, person, day)
                    asked = overtime_day(spans.get(day, ()), statutory=statutory, excused=excused)
                    yield day, AskedDay(facts, asked, body.time_zone)

    def judged(self, month: date, people: Sequence[KnownPerson]) -> Iterator[JudgedDays]:
        """The month of each of these people, in their order."""
        with self.database.read() as connection:
            loaded = self.month.load(connection, month, people, shown=[one.person for one in people])
        yield from self.of(loaded)

    def of(self, loaded: LoadedMonth) -> Iterator[JudgedDays]:
        """The month of each person who was loaded, in their order."""
        judge = JudgeMonth(loaded, self.book, self.calendar, self.database.clock(), loaded.kept_plans)
        for judged in judge.judge():
            yield self.days_of(loaded, judged, {**loaded.plans, **judge.plans})

    def days_of(self, loaded: LoadedMonth, judged: Judged, plans: Mapping[bytes, PlanBody]) -> JudgedDays:
        """A month that was judged, where its sheet was loaded whole."""
        sheet = None if judged.refusal else judged.fresh or judged.kept
        body = SheetBody.unpack(sheet.body) if sheet else SheetBody(())
        dates = {day.work_date: day for part in body.parts for day in plans[part.plan_key].days}
        halves, person = list(halves_of(body, plans)), judged.person.person
        punches = loaded.punches.get(person, NO_PUNCHES)
        if person in loaded.closed:
            punches = kept_punches(body, plans, punches, sheet.beside if isinstance(sheet, KeptSheet) else None)
        worked = [worked_span(half) for half in halves]
        return JudgedDays(judged.person, loaded, dates, halves, worked, punches, self.official, judged.refusal)


def _bounds(day: date, zone: ZoneInfo) -> tuple[int, int]:
    """The epoch seconds of its midnight and the next."""
    return epoch_of(start_of_day(day, zone)), epoch_of(end_of_day(day, zone))


def wall_hours(spans: Spans, time_zone: str) -> list[str]:
    """Spans as the wall shows them."""
    walls = [[local_text(60 * minute, time_zone)[11:16] for minute in span] for span in spans]
    return [f"{start}-{end}" for start, end in walls]


def _stay(loaded: LoadedMonth, person: KnownPerson, day: date) -> Stay | None:
    stays = loaded.stays.get(person.person, ())
    return next((one for one in stays if holds_on(one.first_day, one.last_day, day)), None)


def _is_excused(loaded: LoadedMonth, person: KnownPerson, day: date) -> bool:
    """Whether leave or a trip takes some of what was planned of the day."""
    return any(one.day.work_date == day and one.day.minutes for one in loaded.excused.get(person.person, ()))


def is_statutory(official: OfficialCalendar, loaded: LoadedMonth, person: KnownPerson, day: date) -> bool:
    """Whether the law names the day where the person works; a day off of the company is no reason for it not to."""
    stay = _stay(loaded, person, day)
    site = loaded.sites.get(stay.site) if stay and stay.site else None
    calendar = site.on(day).calendar if site else NO_SITE.calendar
    return official(calendar, day).kind is CalendarKind.STATUTORY_HOLIDAY


def _worked_minutes(half: HalfFound) -> int:
    """Minutes from sign-in to sign-out within a half that counts as worked; a card not asked for costs none."""
    if half.verdict not in WORKED:
        return 0
    came, left = half.punches
    start = max(60 * half.start, came) if came is not None else 60 * half.start
    end = min(60 * half.end, left) if left is not None else 60 * half.end
    return max(0, (end - start) // 60)


def _no_plans(_: UUID) -> tuple[PlanBody, ...]:
    """Nothing that was kept is wanted."""
    return ()
