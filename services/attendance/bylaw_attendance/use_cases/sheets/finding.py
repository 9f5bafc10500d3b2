"""Finds people, units and sites for a caller, or refuses in attendance's words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.facts import KnownPerson, SiteFacts
from bylaw_chassis.organisation.known import Organisation, Refresher

from bylaw_attendance.rules.refusals import PersonNotFound, SiteNotFound, UnitNotFound


@dataclass(frozen=True, slots=True)
class Finding:
    """Looks before any transaction is open; what is not known here is looked for in people's feed once more."""

    known: Organisation

    @property
    def refresher(self) -> Refresher:
        """Reads people's feed on."""
        return self.known.follower

    @property
    def today(self) -> date:
        """The date as of which a reach is taken where nothing else says one."""
        return self.known.today

    def people(self, reach: Reach, *, ids: Collection[UUID] = (), numbers: Collection[str] = ()) -> list[KnownPerson]:
        """The people within reach today."""
        return self.known.people(reach, ids=ids, numbers=numbers)

    def person(self, reach: Reach, identifier: UUID) -> KnownPerson:
        """A person within reach today; refuses PERSON_NOT_FOUND."""
        found = self.known.person(reach, identifier)
        if found is None:
            raise PersonNotFound(person=f"people/{identifier}")
        return found

    def numbered(self, reach: Reach, number: str) -> KnownPerson:
        """A person within reach today by employee number; refuses PERSON_NOT_FOUND."""
        found = self.people(reach, numbers=[number])
        if not found:
            raise PersonNotFound(person=number)
        return found[0]

    def unit(self, reach: Reach, identifier: UUID, day: date) -> UUID:
        """A unit within reach as of a day; refuses UNIT_NOT_FOUND."""
        if not self.known.has_unit(reach, identifier, day):
            raise UnitNotFound(unit=f"units/{identifier}")
        return identifier

    def site(self, name: str) -> SiteFacts:
        """A site by `sites/{site}` or by its code; refuses SITE_NOT_FOUND."""
        found = self.known.site(name)
        if found is None:
            raise SiteNotFound(site=name)
        return found
