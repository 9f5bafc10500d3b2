"""Finds people, units and sites for a caller; what is not known here is looked for in people's feed once more."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database

from bylaw_attendance.ports import OrganisationStore, Refresher
from bylaw_attendance.rules.organisation import KnownPerson, SiteFacts
from bylaw_attendance.rules.refusals import PersonNotFound, SiteNotFound, UnitNotFound


@dataclass(frozen=True, slots=True)
class Finding:
    """Looks before any transaction is open."""

    database: Database
    organisation: OrganisationStore
    refresher: Refresher

    @property
    def today(self) -> date:
        """The date as of which a reach is taken where nothing else says one."""
        return self.database.clock().date()

    def people(self, reach: Reach, *, ids: Collection[UUID] = (), numbers: Collection[str] = ()) -> list[KnownPerson]:
        """The people within reach today; who is missing is looked for again behind people's newest event."""
        found = self._people(reach, ids, numbers)
        wanted_more = set(ids) - {one.person for one in found} or set(numbers) - {one.number for one in found}
        if wanted_more:
            self.refresher.catch_up()
            found = self._people(reach, ids, numbers)
        return found

    def _people(self, reach: Reach, ids: Collection[UUID], numbers: Collection[str]) -> list[KnownPerson]:
        with self.database.read() as connection:
            return self.organisation.find_people(connection, reach, self.today, ids=ids, numbers=numbers)

    def person(self, reach: Reach, identifier: UUID) -> KnownPerson:
        """A person within reach today; refuses PERSON_NOT_FOUND."""
        found = self.people(reach, ids=[identifier])
        if not found:
            raise PersonNotFound(person=f"people/{identifier}")
        return found[0]

    def unit(self, reach: Reach, identifier: UUID, day: date) -> UUID:
        """A unit within reach as of a day; refuses UNIT_NOT_FOUND."""
        if not self._unit(reach, identifier, day):
            self.refresher.catch_up()
            if not self._unit(reach, identifier, day):
                raise UnitNotFound(unit=f"units/{identifier}")
        return identifier

    def _unit(self, reach: Reach, identifier: UUID, day: date) -> bool:
        with self.database.read() as connection:
            return self.organisation.unit_within(connection, reach, identifier, day)

    def site(self, name: str) -> SiteFacts:
        """A site by `sites/{site}` or by its code; refuses SITE_NOT_FOUND."""
        found = self._site(name)
        if found is None:
            self.refresher.catch_up()
            found = self._site(name)
        if found is None:
            raise SiteNotFound(site=name)
        return found

    def _site(self, name: str) -> SiteFacts | None:
        with self.database.read() as connection:
            sites = self.organisation.all_sites(connection)
        named = (site for site in sites.values() if name in {site.code, f"sites/{site.site}"})
        return next(named, None)
