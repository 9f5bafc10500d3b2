"""What changes days before they are planned: notices of hours (HRS-6); days off and worked by the company, leave.

A plan is shared by all whose days are the same: whoever has no changes has the days of their place, and nothing else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.organisation.facts import Stay, Tree, holds_on
from bylaw_hooks import DayFacts, DayKind, Excused, Hours

from bylaw_attendance.rules.assignment import EVERYBODY
from bylaw_attendance.rules.hours_notice import HoursNotice
from bylaw_attendance.rules.rota import Codes, nearest_day, with_codes


class DayChange(NamedTuple):
    """What changes a date for somebody: another kind of day, the hours of a notice, parts that are excused."""

    work_date: date
    kind: DayKind | None = None
    hours: Hours | None = None
    excused: tuple[Excused, ...] = ()

    def applied(self, day: DayFacts) -> DayFacts:
        """The day as it is then."""
        return replace(day, kind=self.kind or day.kind, hours=self.hours, excused=self.excused)


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
        """The days of their place as theirs."""
        return with_changes(with_codes(days, self.codes), self.changes)


NOTHING_OWN = OwnDays()


@dataclass(frozen=True)
class ChangedDays:
    """Answers what changes the days from a first to a last one, and on the days beside them, for whom it concerns.

    Of several notices the nearest decides: the site's, for power and water fail at a place and whoever is there is
    without them, whatever unit they are of; then the unit's, and those of the units above it; then everybody's.
    """

    tree: Tree
    first: date
    last: date
    notices: Mapping[UUID, Sequence[HoursNotice]]
    """By subject."""
    days: Sequence[date]
    """Those on which there is any notice, in order."""
    _noticed: dict[tuple[UUID, UUID | None, date], HoursNotice | None] = field(default_factory=dict)
    _changes: dict[tuple[Stay, ...], DayChanges] = field(default_factory=dict)

    @classmethod
    def of(cls, tree: Tree, days: tuple[date, date], notices: Iterable[HoursNotice]) -> "ChangedDays":
        """From notices in any order; of one subject no two hold on the same day."""
        grouped: dict[UUID, list[HoursNotice]] = {}
        for notice in notices:
            grouped.setdefault(notice.wish.subject[1], []).append(notice)
        first, last = days
        asked = [first + timedelta(number) for number in range(-1, (last - first).days + 2)]
        held = [one for made in grouped.values() for one in made]
        return cls(tree, first, last, grouped, [day for day in asked if any(_holds(one, day) for one in held)])

    def changes(self, stays: Sequence[Stay]) -> DayChanges:
        """What changes the days of whoever has these appointments (HRS-6)."""
        if not self.days or not stays:
            return ()
        # Whoever is at the same places on the same days has the same changes.
        key = tuple(Stay(EVERYBODY, stay.first_day, stay.last_day, stay.unit, stay.site) for stay in stays)
        if key not in self._changes:
            noticed = self.noticed(stays)
            self._changes[key] = tuple(DayChange(day, hours=noticed[day].hours) for day in self.days if day in noticed)
        return self._changes[key]

    def noticed(self, stays: Sequence[Stay]) -> dict[date, HoursNotice]:
        """By which notice a day is judged for whoever has these appointments; beside them as on the nearest day."""
        found: dict[date, HoursNotice] = {}
        for day in self.days if stays else ():
            stay = min(stays, key=lambda one: abs((nearest_day(one, day) - day).days))
            if notice := self._nearest(stay.unit, stay.site, day):
                found[day] = notice
        return found

    def _nearest(self, unit: UUID, site: UUID | None, day: date) -> HoursNotice | None:
        key = (unit, site, day)
        if key not in self._noticed:
            above = self.tree.upward(unit, min(max(day, self.first), self.last))
            subjects = ([site] if site else []) + [*above, EVERYBODY]
            held = (self._held(subject, day) for subject in subjects)
            self._noticed[key] = next((notice for notice in held if notice), None)
        return self._noticed[key]

    def _held(self, subject: UUID, day: date) -> HoursNotice | None:
        return next((one for one in self.notices.get(subject, ()) if _holds(one, day)), None)


def _holds(notice: HoursNotice, day: date) -> bool:
    return holds_on(notice.wish.first_day, notice.wish.last_day, day)
