"""What changes days before they are planned: notices of hours (HRS-6), days of the company (HRS-3), leave.

A plan is shared by all whose days are the same: whoever has no changes has the days of their place, and nothing else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from bylaw_chassis.organisation.facts import Stay, Tree
from bylaw_hooks import DayFacts, DayKind, Excused, Hours

from bylaw_attendance.rules.calendar.company_day import CompanyDay
from bylaw_attendance.rules.calendar.hours_notice import HoursNotice
from bylaw_attendance.rules.judging.assignment import EVERYBODY
from bylaw_attendance.rules.judging.nearest import Nearest
from bylaw_attendance.rules.rota.rota import Codes, with_codes

KEPT_DAYS = 16_384


class DayChange(NamedTuple):
    """What changes a date for somebody: another kind of day, the hours of a notice, parts that are excused."""

    work_date: date
    kind: DayKind | None = None
    hours: Hours | None = None
    excused: tuple[Excused, ...] = ()

    def applied(self, day: DayFacts) -> DayFacts:
        """The day as it is then."""
        return _changed(self, day)


@lru_cache(maxsize=KEPT_DAYS)
def _changed(change: DayChange, day: DayFacts) -> DayFacts:
    """One object for all whose day is changed alike: their calendars are told apart by it the sooner."""
    return replace(day, kind=change.kind or day.kind, hours=change.hours, excused=change.excused)


DayChanges = tuple[DayChange, ...]
"""Of a month and the days beside it, in their order; nothing for almost everybody."""


def with_changes(days: tuple[DayFacts, ...], changes: DayChanges) -> tuple[DayFacts, ...]:
    """Days as they are for whoever has these changes."""
    if not changes:
        return days
    made = {change.work_date: change for change in changes}
    return tuple(made[day.work_date].applied(day) if day.work_date in made else day for day in days)


class OwnDays(NamedTuple):
    """What somebody's days have beside those of their place: the words of the rota, and what changes them."""

    codes: Codes = ()
    changes: DayChanges = ()

    def of(self, days: tuple[DayFacts, ...]) -> tuple[DayFacts, ...]:
        """The days of their place as theirs: a floating day is off whatever hours a notice sets."""
        return with_codes(with_changes(days, self.changes), self.codes)


NOTHING_OWN = OwnDays()


@dataclass(frozen=True)
class ChangedDays:
    """Answers what changes the days from a first to a last one, and on the days beside them, for whom it concerns."""

    notices: Nearest[HoursNotice]
    company: Nearest[CompanyDay]
    _changes: dict[tuple[Stay, ...], DayChanges] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        tree: Tree,
        days: tuple[date, date],
        notices: Iterable[HoursNotice],
        company: Iterable[CompanyDay] = (),
    ) -> "ChangedDays":
        """From notices of hours and days of the company in any order; of one subject no two hold on the same day."""
        return cls(Nearest.of(tree, days, notices), Nearest.of(tree, days, company))

    def changes(self, stays: Sequence[Stay]) -> DayChanges:
        """What changes the days of whoever has these appointments (HRS-3, HRS-6)."""
        if not stays or not (self.notices.days or self.company.days):
            return ()
        # Whoever is at the same places on the same days has the same changes.
        key = tuple(Stay(EVERYBODY, stay.first_day, stay.last_day, stay.unit, stay.site) for stay in stays)
        if key not in self._changes:
            noticed, company = self.said(stays)
            days = sorted({*noticed, *company})
            self._changes[key] = tuple(_change(day, noticed.get(day), company.get(day)) for day in days)
        return self._changes[key]

    def noticed(self, stays: Sequence[Stay]) -> dict[date, HoursNotice]:
        """By which notice a day is judged for whoever has these appointments."""
        return self.notices.by_day(stays)

    def said(self, stays: Sequence[Stay]) -> tuple[dict[date, HoursNotice], dict[date, CompanyDay]]:
        """By which notice of hours and which day of the company each day is judged for whoever has these stays."""
        return self.noticed(stays), self.company.by_day(stays)


def _change(day: date, notice: HoursNotice | None, company: CompanyDay | None) -> DayChange:
    return DayChange(day, company.kind if company else None, notice.hours if notice else None)
