"""Loads all that a publication of the rota is checked by, of many people, in a few statements on one snapshot."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database
from bylaw_chassis.organisation.facts import SiteFacts, Stay, Tree

from bylaw_attendance.ports.company_days import DayChangeStore
from bylaw_attendance.ports.records import AssignmentStore, OrganisationStore
from bylaw_attendance.ports.rota import FloatingLeaveStore, RotaStore
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.judging.assignment import DAY, Assignment, Resolver
from bylaw_attendance.rules.judging.day_changes import ChangedDays
from bylaw_attendance.rules.organisation import stays_by_person
from bylaw_attendance.rules.rota.floating_day import FloatingDay
from bylaw_attendance.rules.rota.rota import CellsByPerson, cells_by_day, nearest_day
from bylaw_attendance.rules.rota.rota_caps import monday_of

EVERYBODY = Reach(everyone=True)
"""Numbers are told only of people whom the caller's own reach was found to hold."""


FloatingLeave = Mapping[UUID, Sequence[FloatingDay]]


class RotaFacts(NamedTuple):
    """Everything, as of one snapshot."""

    tree: Tree
    stays: Mapping[UUID, Sequence[Stay]]
    numbers: Mapping[UUID, str]
    """Employee numbers."""
    assignments: Sequence[Assignment]
    sites: Mapping[UUID, SiteFacts]
    cells: CellsByPerson
    """What is published of the whole months, of the week in which they begin, and of the days beside them."""
    changed_days: ChangedDays
    """Likewise."""
    with_rota_before: Collection[UUID] = ()
    """Those who were given a rota of the month before all of these."""
    floating_leave: FloatingLeave = MappingProxyType({})
    """The floating days that were asked for as leave, by person."""

    def resolver(self, cells: CellsByPerson) -> Resolver:
        """Who follows what, where the rota has these cells."""
        return Resolver.of(self.tree, self.assignments, self.sites, rota=cells)


@dataclass(frozen=True, slots=True)
class LoadRota:
    """The loader over the stores."""

    database: Database
    organisation: OrganisationStore
    rota: RotaStore
    assignments: AssignmentStore
    day_changes: DayChangeStore
    leave: FloatingLeaveStore
    floating_kept_months: int = 0

    def load(self, people: Collection[UUID], days: tuple[date, date]) -> RotaFacts:
        """What concerns these people in the months of these days."""
        first, last = _from_monday(days), last_day(days[1].replace(day=1))
        with self.database.read() as connection:
            stays = self.organisation.stays_of(connection, people)
            # Somebody's appointments count as their units stood then, also where none holds on a day that is asked for.
            near = [nearest_day(stay, day) for stay in stays for day in days]
            versions = self.organisation.unit_versions(connection, min([first, *near]), max([last, *near]))
            known = self.organisation.find_people(connection, EVERYBODY, last, ids=people)
            tree = Tree.of(versions)
            return RotaFacts(
                tree,
                stays_by_person(stays),
                {one.person: one.number for one in known},
                self.assignments.between(connection, people, first, last),
                self.organisation.all_sites(connection),
                self.cells(connection, people, days),
                self.day_changes.changed_days(connection, tree, (first, last)),
                self.rota.with_rota(connection, people, (days[0].replace(day=1) - DAY).replace(day=1)),
                self.leave.floating_days(connection, people),
            )

    def cells(self, connection: sa.Connection, people: Collection[UUID], days: tuple[date, date]) -> CellsByPerson:
        """What is published of the months of these days, of the week in which they begin, and of the days beside them.

        Where floating days are kept, those before count too.
        """
        first, last = _from_monday(days) - DAY, last_day(days[1].replace(day=1)) + DAY
        older = self.rota.floating(connection, people, first) if self.floating_kept_months else []
        return cells_by_day([*older, *self.rota.between(connection, people, first, last)])


def _from_monday(days: tuple[date, date]) -> date:
    """A week counts in the month in which it ends."""
    return monday_of(days[0].replace(day=1))
