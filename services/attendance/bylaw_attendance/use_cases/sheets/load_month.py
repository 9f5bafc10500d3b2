"""Loads all that a month is judged from, of many people, in a few statements on one snapshot."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.database import Database
from bylaw_chassis.organisation.facts import KnownPerson, SiteFacts, Stay, Tree
from bylaw_chassis.organisation.place import read_at

from bylaw_attendance.ports.company_days import DayChangeStore
from bylaw_attendance.ports.records import (
    AssignmentStore,
    ClockStore,
    HealthStore,
    OrganisationStore,
    PunchStore,
    SheetStore,
)
from bylaw_attendance.ports.rota import RotaStore
from bylaw_attendance.rules.clocks.clocks import Clock, ClockFacts, decided_until
from bylaw_attendance.rules.closing.closing import ClosedMark
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.judging.assignment import DAY, Resolver
from bylaw_attendance.rules.judging.day_changes import ChangedDays
from bylaw_attendance.rules.judging.plan_body import PlanBody
from bylaw_attendance.rules.judging.punch_facts import PersonPunches, civil_instant, epoch_of
from bylaw_attendance.rules.leave.leave_days import ExcusedDays
from bylaw_attendance.rules.organisation import stays_by_person
from bylaw_attendance.rules.rota.rota import cells_by_day
from bylaw_attendance.rules.sheets.sheet import KeptSheet, SheetBody

MARGIN_DAYS = 3
"""A punch may be as far from its month: a window opens half a day before, a night ends two days after, and zones."""
Site = UUID | None
KEPT_PLANS = 256


class LoadedMonth(NamedTuple):
    """Everything, as of one snapshot."""

    month: date
    people: Sequence[KnownPerson]
    stays: Mapping[UUID, Sequence[Stay]]
    resolver: Resolver
    sites: Mapping[UUID, SiteFacts]
    decided: Mapping[Site, int]
    """Epoch minute up to which a site's clocks have all reported; of a site without one, nothing."""
    punches: Mapping[UUID, PersonPunches]
    kept: Mapping[UUID, KeptSheet]
    plans: Mapping[bytes, PlanBody]
    """The plans by which the kept sheets that were loaded whole were judged."""
    unsettled: Collection[UUID]
    """Of whom it is on record that their month could not be judged."""
    organisation_read_at: datetime | None
    changed_days: ChangedDays
    """Of the month, and of the days beside it."""
    excused: ExcusedDays
    """Likewise."""
    closed: Mapping[UUID, ClosedMark] = MappingProxyType({})
    """Whose month is closed: their kept sheet is its newest version, and is not judged from anything else (SHT-3)."""
    deadlines_roll: bool = False
    """Whether its hand-over moves behind public holidays (SHT-1)."""
    clocks: Sequence[Clock] = ()
    """Of every site."""

    def kept_plans(self, person: UUID) -> Sequence[PlanBody]:
        """The plans that a person's kept sheet was judged by, where it was loaded whole."""
        kept = self.kept.get(person)
        parts = SheetBody.unpack(kept.body).parts if kept and kept.body else ()
        return [self.plans[part.plan_key] for part in parts if part.plan_key in self.plans]


@dataclass(frozen=True, slots=True)
class LoadMonth:
    """The loader over the stores."""

    database: Database
    organisation: OrganisationStore
    assignments: AssignmentStore
    clocks: ClockStore
    punches: PunchStore
    sheets: SheetStore
    rota: RotaStore
    health: HealthStore
    day_changes: DayChangeStore
    deadlines_roll: bool = False

    def load(
        self, connection: sa.Connection, month: date, people: Sequence[KnownPerson], *, shown: Collection[UUID]
    ) -> LoadedMonth:
        """The month of these people; `shown` are those whose kept sheets are wanted whole."""
        ids, last = [one.person for one in people], last_day(month)
        start, end = civil_instant(month, days_later=-MARGIN_DAYS), civil_instant(last, days_later=MARGIN_DAYS)
        sites = self.organisation.all_sites(connection)
        closed = self.sheets.closed(connection, ids, month, bodies_of=shown)
        kept = self.sheets.kept(connection, ids, month, bodies_of=shown)
        kept.update({person: sheet for person, (_, sheet) in closed.items()})
        # The neighbours of the month too: both months cut a night at the edge alike.
        cells = self.rota.between(connection, ids, month - DAY, last + DAY)
        tree = Tree.of(self.organisation.unit_versions(connection, month, last))
        clocks = self.clocks.listed(connection, None)
        return LoadedMonth(
            month,
            people,
            stays_by_person(self.organisation.stays_between(connection, ids, month, last)),
            Resolver.of(
                tree,
                self.assignments.between(connection, ids, month, last),
                sites,
                rota=cells_by_day(cells),
            ),
            sites,
            self._decided(clocks, sites),
            self.punches.between(connection, ids, start, end),
            kept,
            self.plans_of(connection, kept.values()),
            self.health.open_among(connection, ids, month),
            read_at(connection),
            self.day_changes.changed_days(connection, tree, (month, last)),
            self.day_changes.excused(connection, ids, (month, last)),
            {person: mark for person, (mark, _) in closed.items()},
            self.deadlines_roll,
            clocks,
        )

    def plans_of(self, connection: sa.Connection, kept: Iterable[KeptSheet]) -> dict[bytes, PlanBody]:
        """The plans by which kept sheets were judged, of those that have their bodies."""
        keys = {part.plan_key for sheet in kept if sheet.body for part in SheetBody.unpack(sheet.body).parts}
        packed = self.sheets.plan_bodies(connection, keys) if keys else {}
        return {key: _unpacked(body) for key, body in packed.items()}

    def _decided(self, clocks: Iterable[Clock], sites: Mapping[UUID, SiteFacts]) -> dict[Site, int]:
        by_site: dict[UUID, list[ClockFacts]] = {}
        for clock in clocks:
            site = sites.get(clock.site)
            if site:
                by_site.setdefault(clock.site, []).append(clock.facts(site))
        now = self.database.clock()
        limits = {site: decided_until(facts, now) for site, facts in by_site.items()}
        return {site: epoch_of(limit) // 60 for site, limit in limits.items() if limit}


@lru_cache(maxsize=KEPT_PLANS)
def _unpacked(packed: bytes) -> PlanBody:
    return PlanBody.unpack(packed)
