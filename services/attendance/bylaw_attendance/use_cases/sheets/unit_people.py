"""Finds whose month belongs to which unit, where they work at its end, and by when it is handed over (SHT-1, SHT-2)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.facts import KnownPerson, SiteFacts, Stay, Tree

from bylaw_attendance.ports.records import Calendar, OrganisationStore
from bylaw_attendance.rules.closing.closing import Deadlines, belongs_to
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.judging.assignment import NO_SITE, Place
from bylaw_attendance.rules.organisation import stays_by_person
from bylaw_attendance.use_cases.closing.deadlines import holidays_behind

ANYBODY = Reach(everyone=True)


class UnitPeople(NamedTuple):
    """By unit whose month belongs to it, by employee number; of each the zone and calendar that they end it in.

    And the site, of who has one.
    """

    people: Mapping[UUID, Sequence[KnownPerson]]
    places: Mapping[UUID, Place]
    sites: Mapping[UUID, UUID]

    def places_of(self, unit: UUID) -> set[Place]:
        """Where a unit's people end the month."""
        return {self.places[one.person] for one in self.people.get(unit, ())} or {NO_SITE}


@dataclass(frozen=True, slots=True)
class FindUnitPeople:
    """Finds them; `rolls` is whether a deadline that falls on a public holiday moves behind it."""

    organisation: OrganisationStore
    calendar: Calendar
    rolls: bool

    def at_or_below(self, connection: sa.Connection, unit: UUID, month: date, reach: Reach = ANYBODY) -> UnitPeople:
        """Of a unit and those below it, as far as a reach holds them."""
        days = (month, last_day(month))
        known = self.organisation.people_between(connection, reach, days, unit=unit)
        tree, found = Tree.of(self.organisation.unit_versions(connection, *days)), self._of(connection, known, month)
        inside = {of: people for of, people in found.people.items() if unit in tree.upward(of, days[1])}
        return found._replace(people=inside)

    def everywhere(self, connection: sa.Connection, month: date) -> UnitPeople:
        """Of every unit."""
        days = (month, last_day(month))
        return self._of(connection, self.organisation.people_between(connection, ANYBODY, days, unit=None), month)

    def of(self, connection: sa.Connection, person: KnownPerson, month: date) -> UnitPeople:
        """Of one person alone."""
        return self._of(connection, [person], month)

    def deadlines(self, month: date, places: Collection[Place]) -> Deadlines:
        """The latest of those at these places."""
        each = [Deadlines.of(month, holidays_behind(self.calendar, month, place, roll=self.rolls)) for place in places]
        return Deadlines(max(one.hand_over for one in each), max(one.objection for one in each))

    def hand_over(self, found: UnitPeople, unit: UUID, month: date) -> tuple[date, UUID | None]:
        """By when a unit hands a month over, and of its people's sites the first one that says so."""
        last = self.deadlines(month, found.places_of(unit)).hand_over
        there = {found.sites[one.person] for one in found.people.get(unit, ()) if self._says(found, one, month, last)}
        return last, min(there, default=None)

    def _says(self, found: UnitPeople, one: KnownPerson, month: date, last: date) -> bool:
        place = found.places[one.person]
        return one.person in found.sites and self.deadlines(month, [place]).hand_over == last

    def _of(self, connection: sa.Connection, known: Sequence[KnownPerson], month: date) -> UnitPeople:
        held = self.organisation.stays_between(connection, [one.person for one in known], month, last_day(month))
        stays, sites = stays_by_person(held), self.organisation.all_sites(connection)
        people: dict[UUID, list[KnownPerson]] = {}
        places: dict[UUID, Place] = {}
        at: dict[UUID, UUID] = {}
        for one in known:
            stay = belongs_to(stays.get(one.person, ()), month)
            if stay:
                people.setdefault(stay.unit, []).append(one)
                places[one.person] = _place(stay, sites, last_day(month))
                at.update({one.person: stay.site} if stay.site else {})
        return UnitPeople(people, places, at)


def is_past(day: date, places: Collection[Place], now: datetime) -> bool:
    """Whether a day is over at all of these places."""
    return all(now.astimezone(ZoneInfo(place.time_zone)).date() > day for place in places)


def _place(stay: Stay, sites: Mapping[UUID, SiteFacts], day: date) -> Place:
    site = sites.get(stay.site) if stay.site else None
    version = site.on(day) if site else None
    return Place(version.time_zone, version.calendar) if version else NO_SITE
