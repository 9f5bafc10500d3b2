"""Shows the hours of months against the law: planned, worked, overtime, and the weekly average (HRS-7)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database
from bylaw_chassis.organisation.facts import KnownPerson

from bylaw_attendance.ports.records import OrganisationStore
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.overtime.overtime_unasked import Unasked
from bylaw_attendance.rules.overtime.work_hours import WorkHours, work_hours
from bylaw_attendance.rules.refusals import PersonNotFound
from bylaw_attendance.use_cases.overtime.count_overtime import Agreed, CountOvertime, counted
from bylaw_attendance.use_cases.overtime.overtime_days import JudgedDays, OvertimeDays
from bylaw_attendance.use_cases.sheets.finding import Finding


class PersonHours(NamedTuple):
    """The hours of a person's month; none where it could not be judged."""

    person: KnownPerson
    month: date
    hours: WorkHours | None
    unasked: Sequence[Unasked] = ()
    """What was found beyond it and not asked for."""


class HoursPage(NamedTuple):
    """Hours by employee number, and the place behind the last (None: the end)."""

    people: Sequence[PersonHours]
    next_after: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class ShowWorkHours:
    """Shows what a caller's reach holds in the month."""

    database: Database
    finding: Finding
    organisation: OrganisationStore
    overtime: CountOvertime
    days: OvertimeDays
    weekly_cap_hours: int

    def one(self, person: UUID, month: date, reach: Reach) -> PersonHours:
        """A person's; refuses PERSON_NOT_FOUND, and what their sheet is refused for."""
        people = self._one(person, month, reach)
        if not people:
            self.finding.refresher.catch_up()
            people = self._one(person, month, reach)
        if not people:
            raise PersonNotFound(person=f"people/{person}")
        (days,) = self.days.judged(month, people)
        if days.refusal:
            raise days.refusal
        return self._hours(days, month, self.overtime.agreed(month, [person]))

    def page(self, unit: UUID, month: date, reach: Reach, *, after: tuple[str, str] | None, limit: int) -> HoursPage:
        """A page of a unit's people, and of the units below it; refuses UNIT_NOT_FOUND."""
        days = (month, last_day(month))
        self.finding.unit(reach, unit, min(days[1], max(days[0], self.finding.today)))
        with self.database.read() as connection:
            people = self.organisation.people_between(connection, reach, days, unit=unit, after=after, limit=limit + 1)
        shown = people[:limit]
        last = shown[-1] if len(people) > limit else None
        return HoursPage(list(self._all(month, shown)), (last.number, str(last.person)) if last else None)

    def _one(self, person: UUID, month: date, reach: Reach) -> list[KnownPerson]:
        with self.database.read() as connection:
            return self.organisation.person_between(connection, reach, (month, last_day(month)), person=person)

    def _all(self, month: date, people: Sequence[KnownPerson]) -> Iterator[PersonHours]:
        agreed = self.overtime.agreed(month, [one.person for one in people])
        for days in self.days.judged(month, people):
            yield self._hours(days, month, agreed)

    def _hours(self, days: JudgedDays, month: date, agreed: Agreed) -> PersonHours:
        if days.refusal:
            return PersonHours(days.person, month, None)
        hours = work_hours(days.hours(), counted(days, agreed), weekly_cap_hours=self.weekly_cap_hours)
        return PersonHours(days.person, month, hours, days.unasked(agreed.get(days.person.person, ())))
