"""What concerns somebody's day of all that sites, units and the organisation have said about days: the nearest of it.

The site's comes first, for power fails at a place and a shop is shut for all who are there, whatever unit they are of;
then the unit's, those of the units above it, and everybody's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from bylaw_chassis.organisation.facts import Stay, Tree, holds_on

from bylaw_attendance.rules.calendar.hours_notice import NoticeSubject
from bylaw_attendance.rules.judging.assignment import EVERYBODY
from bylaw_attendance.rules.rota.rota import nearest_day


class SaidOfDays(Protocol):
    """What is wished of the days from a first to a last one."""

    @property
    def subject(self) -> NoticeSubject: ...
    @property
    def first_day(self) -> date: ...
    @property
    def last_day(self) -> date: ...


class OnRecord(Protocol):
    """Something on record that says so."""

    @property
    def wish(self) -> SaidOfDays: ...


T = TypeVar("T", bound=OnRecord)


@dataclass(frozen=True)
class Nearest(Generic[T]):
    """Answers what decides the days from a first to a last one, and the days beside them, for whom it concerns."""

    tree: Tree
    first: date
    last: date
    said: Mapping[UUID, Sequence[T]]
    """By subject."""
    days: Sequence[date]
    """Those of which anything is said, in order."""
    _found: dict[tuple[UUID, UUID | None, date], T | None] = field(default_factory=dict)

    @classmethod
    def of(cls, tree: Tree, days: tuple[date, date], said: Iterable[T]) -> "Nearest[T]":
        """From what was said in any order; of one subject no two hold on the same day."""
        grouped: dict[UUID, list[T]] = {}
        for one in said:
            grouped.setdefault(one.wish.subject[1], []).append(one)
        first, last = days
        asked = [first + timedelta(number) for number in range(-1, (last - first).days + 2)] if grouped else []
        held = [one for made in grouped.values() for one in made]
        return cls(tree, first, last, grouped, [day for day in asked if any(_holds(one, day) for one in held)])

    def by_day(self, stays: Sequence[Stay]) -> dict[date, T]:
        """What decides a day for whoever has these appointments; beside them as on the nearest day."""
        found: dict[date, T] = {}
        for day in self.days if stays else ():
            stay = min(stays, key=lambda one: abs((nearest_day(one, day) - day).days))
            if said := self.on(stay.unit, stay.site, day):
                found[day] = said
        return found

    def on(self, unit: UUID | None, site: UUID | None, day: date) -> T | None:
        """What decides a day for whoever works in a unit, at a site."""
        key = (unit or EVERYBODY, site, day)
        if key not in self._found:
            above = self.tree.upward(unit, min(max(day, self.first), self.last)) if unit else ()
            subjects = ([site] if site else []) + [*above, EVERYBODY]
            held = (self._held(subject, day) for subject in subjects)
            self._found[key] = next((one for one in held if one), None)
        return self._found[key]

    def _held(self, subject: UUID, day: date) -> T | None:
        return next((one for one in self.said.get(subject, ()) if _holds(one, day)), None)


def _holds(one: OnRecord, day: date) -> bool:
    return holds_on(one.wish.first_day, one.wish.last_day, day)
