"""Plans people's days as a rota would have them, by the patterns that will judge them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from bylaw_chassis.refusals import Refusal
from bylaw_hooks import DayFacts, days_between

from bylaw_attendance.ports.records import Calendar, PatternBook
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.judging.assignment import DAY, Followed, Place, Resolver, Run
from bylaw_attendance.rules.judging.day_changes import OwnDays
from bylaw_attendance.rules.judging.plan_body import PlannedDate
from bylaw_attendance.rules.judging.planned import Planned
from bylaw_attendance.rules.overtime.hours_system import HoursSystem
from bylaw_attendance.rules.rota.floating_day import FLOATING
from bylaw_attendance.rules.rota.rota import REST, RotaCell, codes_of
from bylaw_attendance.rules.rota.rota_month import RotaDay, RotaMonth
from bylaw_attendance.use_cases.calendar.site_days import site_days
from bylaw_attendance.use_cases.rota.load_rota import RotaFacts

Cells = Mapping[date, RotaCell]


@dataclass(frozen=True)
class PlanRota:
    """A pattern that cannot plan one month is not asked for the others: it is refused with what it said first."""

    facts: RotaFacts
    book: PatternBook
    calendar: Calendar
    _resolver: Resolver
    _failed: dict[tuple[str, str], Refusal] = field(default_factory=dict)
    _days: dict[tuple[date, Place], tuple[DayFacts, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, facts: RotaFacts, book: PatternBook, calendar: Calendar) -> "PlanRota":
        """Over what was loaded."""
        return cls(facts, book, calendar, facts.resolver({}))

    def month(self, person: UUID, month: date, cells: Cells) -> RotaMonth:
        """Somebody's month with these cells; refuses what a pattern refuses that cannot plan it."""
        near = _near(cells, month, last_day(month))
        days, plans = self._planned(person, (month, last_day(month)), near)
        return RotaMonth(self.facts.numbers[person], month, near, days, plans)

    def dates(self, person: UUID, first: date, last: date, cells: Cells) -> list[PlannedDate]:
        """Somebody's days of one month; refuses likewise."""
        return [one.planned for one in self._planned(person, (first, last), _near(cells, first, last))[0]]

    def free_word(self, person: UUID, day: date) -> str:
        """The word by which the rota may give somebody a day off: that of the pattern's rota, or the floating day."""
        run = next(self._resolver.runs(self.facts.stays.get(person, ()), day, day), None)
        known = self.book.cells(*run.followed[:2]) if run and run.followed else None
        return REST if known is None or REST in known else FLOATING

    def hours_system(self, person: UUID, month: date) -> HoursSystem:
        """By which system of hours somebody's month is held to the caps: the strictest by which they are assigned."""
        made = {one.identifier: one.hours_system for one in self.facts.assignments}
        runs = self._resolver.runs(self.facts.stays.get(person, ()), month, last_day(month))
        named = [run.followed.assignment for run in runs if run.followed and run.followed.assignment]
        return min((made[one] for one in named), default=HoursSystem.STANDARD)

    def _planned(self, person: UUID, span: tuple[date, date], cells: Cells) -> tuple[list[RotaDay], tuple[bytes, ...]]:
        stays, resolver = self.facts.stays.get(person, ()), replace(self._resolver, rota={person: cells})
        own = OwnDays(codes_of(cells), self.facts.changed_days.changes(stays))
        runs = [(run, run.followed) for run in resolver.runs(stays, *span) if run.followed]
        plans = [(followed, self._plan(span[0].replace(day=1), run, followed, own)) for run, followed in runs]
        days = [RotaDay(followed.pattern, day) for followed, planned in plans for day in planned.body.days]
        return days, tuple(planned.key for _, planned in plans)

    def _plan(self, month: date, run: Run, followed: Followed, own: OwnDays) -> Planned:
        if followed[:2] in self._failed:
            raise self._failed[followed[:2]]
        days = days_between(own.of(self._site_days(month, run.place)), run.first_day, run.last_day)
        try:
            return self.book.planned(followed.pattern, followed.parameters, days, time_zone=run.place.time_zone)
        except Refusal as refusal:
            self._failed[followed[:2]] = refusal
            raise

    def _site_days(self, month: date, place: Place) -> tuple[DayFacts, ...]:
        if (month, place) not in self._days:
            self._days[month, place] = site_days(self.calendar, month, place)
        return self._days[month, place]


def _near(cells: Cells, first: date, last: date) -> Cells:
    return {day: cell for day, cell in cells.items() if first - DAY <= day <= last + DAY}


def with_words(cells: Cells, person: UUID, words: Iterable[tuple[date, str]]) -> dict[date, RotaCell]:
    """Cells of somebody, and words on days that the rota says nothing of."""
    return {**cells, **{day: RotaCell(person, day, word) for day, word in words}}
