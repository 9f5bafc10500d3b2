"""Whether the months that a publication touches can stand: each is planned by its patterns, with all of its cells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from bylaw_chassis.refusals import Refusal
from bylaw_hooks import DayFacts, days_between

from bylaw_attendance.ports import Calendar, PatternBook
from bylaw_attendance.rules.assignment import DAY, Followed, Place, Resolver, Run
from bylaw_attendance.rules.day_changes import OwnDays
from bylaw_attendance.rules.hand_over import last_day
from bylaw_attendance.rules.planned import Planned
from bylaw_attendance.rules.policy_health import named
from bylaw_attendance.rules.rota import REST, CellsByPerson, PersonMonth, RotaCell, codes_of, with_cells
from bylaw_attendance.rules.rota_month import RotaDay, RotaMonth, rest_not_granted
from bylaw_attendance.rules.rota_refusals import RotaFaults, RotaRestNotGranted
from bylaw_attendance.use_cases.load_rota import RotaFacts
from bylaw_attendance.use_cases.site_days import site_days


@dataclass(frozen=True)
class CheckRotaMonths:
    """Plans people's months as they would stand; a pattern that cannot plan one is not asked for the others."""

    facts: RotaFacts
    book: PatternBook
    calendar: Calendar
    faults: RotaFaults
    _failed: dict[tuple[str, str], Refusal] = field(default_factory=dict)
    _days: dict[tuple[date, Place], tuple[DayFacts, ...]] = field(default_factory=dict)

    def check(self, made: Mapping[int, RotaCell], kept: CellsByPerson) -> None:
        """Gathers the faults of all months that these cells, by their numbers, give new days of rest.

        A month that was at fault before harms nobody who leaves its days of rest as they are.
        """
        standing = with_cells(kept, made.values())
        resolver = self.facts.resolver(standing)
        for (person, month), numbers in _new_rest(made, kept).items():
            try:
                found = self._month(person, month, standing.get(person, {}), resolver)
            except Refusal as refusal:
                self.faults.add(min(numbers.values()), named(refusal, self.facts.numbers[person]))
                continue
            for fault in rest_not_granted(found):
                self.faults.add(_to_blame(numbers, fault), fault)

    def _month(self, person: UUID, month: date, cells: Mapping[date, RotaCell], resolver: Resolver) -> RotaMonth:
        near = {day: cell for day, cell in cells.items() if month - DAY <= day <= last_day(month) + DAY}
        changes = self.facts.changed_days.changes(self.facts.stays.get(person, ()))
        days = [
            RotaDay(followed.pattern, day)
            for run in resolver.runs(self.facts.stays.get(person, ()), month, last_day(month))
            if (followed := run.followed)
            for day in self._planned(month, run, followed, OwnDays(codes_of(near), changes)).body.days
        ]
        return RotaMonth(self.facts.numbers[person], month, near, days)

    def _planned(self, month: date, run: Run, followed: Followed, own: OwnDays) -> Planned:
        if followed[:2] in self._failed:
            raise self._failed[followed[:2]]
        site = self._site_days(month, run.place)
        days = days_between(own.of(site), run.first_day, run.last_day)
        try:
            return self.book.planned(followed.pattern, followed.parameters, days, time_zone=run.place.time_zone)
        except Refusal as refusal:
            self._failed[followed[:2]] = refusal
            raise

    def _site_days(self, month: date, place: Place) -> tuple[DayFacts, ...]:
        if (month, place) not in self._days:
            self._days[month, place] = site_days(self.calendar, month, place)
        return self._days[month, place]


def _new_rest(made: Mapping[int, RotaCell], kept: CellsByPerson) -> dict[PersonMonth, dict[date, int]]:
    """The cells that are days of rest and were not published so before: by month of a person, numbers by day."""
    found: dict[PersonMonth, dict[date, int]] = {}
    for number, cell in _changed(made, kept):
        if cell.code == REST:
            found.setdefault(cell.person_month, {})[cell.work_date] = number
    return found


def _changed(made: Mapping[int, RotaCell], kept: CellsByPerson) -> Iterator[tuple[int, RotaCell]]:
    for number, cell in made.items():
        if kept.get(cell.person, {}).get(cell.work_date) != cell:
            yield number, cell


def _to_blame(numbers: Mapping[date, int], fault: RotaRestNotGranted) -> int:
    """The first new day of rest that would be worked; where an older one would be, the last new one."""
    worked = [numbers[day] for day in fault.worked if day in numbers]
    return worked[0] if worked else numbers[max(numbers)]
