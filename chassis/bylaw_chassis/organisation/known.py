"""People, units and sites as use cases look them up: within a reach, and once more behind people's newest event."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database
from bylaw_chassis.organisation import queries
from bylaw_chassis.organisation.facts import KnownPerson, SiteFacts


class Refresher(Protocol):
    """Makes what was just written in people known here."""

    def catch_up(self) -> None:
        """Reads people's feed to its end; refuses UNAVAILABLE where people does not answer."""
        ...

    def refresh(self) -> bool:
        """The same, but says whether people answered instead of refusing."""
        ...


@dataclass(frozen=True, slots=True)
class Organisation:
    """Looks before any transaction is open.

    What is not known here may just have been made in people: its feed is read on and it is looked for again, before
    the answer is no. What is out of reach is answered like what there is not.
    """

    database: Database
    follower: Refresher

    @property
    def today(self) -> date:
        """The date as of which a reach is taken where nothing else says one."""
        return self.database.clock().date()

    def people(self, reach: Reach, *, ids: Collection[UUID] = (), numbers: Collection[str] = ()) -> list[KnownPerson]:
        """Those of these people who are within reach today."""
        found = self._people(reach, ids, numbers)
        if set(ids) - {one.person for one in found} or set(numbers) - {one.number for one in found}:
            self.follower.catch_up()
            found = self._people(reach, ids, numbers)
        return found

    def person(self, reach: Reach, identifier: UUID) -> KnownPerson | None:
        """A person within reach today."""
        return next(iter(self.people(reach, ids=[identifier])), None)

    def has_unit(self, reach: Reach, identifier: UUID, day: date) -> bool:
        """Whether there is such a unit within reach as of a day."""
        if self._has_unit(reach, identifier, day):
            return True
        self.follower.catch_up()
        return self._has_unit(reach, identifier, day)

    def site(self, name: str) -> SiteFacts | None:
        """A site by `sites/{site}` or by its code."""
        found = self._site(name)
        if found is None:
            self.follower.catch_up()
            found = self._site(name)
        return found

    def _people(self, reach: Reach, ids: Collection[UUID], numbers: Collection[str]) -> list[KnownPerson]:
        with self.database.read() as connection:
            return queries.find_people(connection, reach, self.today, ids=ids, numbers=numbers)

    def _has_unit(self, reach: Reach, identifier: UUID, day: date) -> bool:
        with self.database.read() as connection:
            return queries.unit_within(connection, reach, identifier, day)

    def _site(self, name: str) -> SiteFacts | None:
        with self.database.read() as connection:
            sites = queries.all_sites(connection)
        return next((site for site in sites.values() if name in {site.code, f"sites/{site.site}"}), None)
