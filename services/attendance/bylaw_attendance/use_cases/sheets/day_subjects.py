"""What is looked for wherever something is said of the days of a site, a unit or everybody: reach, months, places."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database
from bylaw_chassis.organisation.facts import SiteFacts, Tree
from bylaw_chassis.refusals import PermissionMissing

from bylaw_attendance.ports.closing import ClosedMonths
from bylaw_attendance.ports.records import OrganisationStore
from bylaw_attendance.rules.calendar.hours_notice import NoticeLevel, NoticeSubject
from bylaw_attendance.rules.judging.assignment import NO_SITE, Place
from bylaw_attendance.rules.judging.nearest import SaidOfDays
from bylaw_attendance.rules.refusals import SiteNotFound, UnitNotFound
from bylaw_attendance.use_cases.sheets.finding import Finding

ANYBODY = Reach(everyone=True)
OUT_OF_REACH = (SiteNotFound, UnitNotFound, PermissionMissing)


@dataclass(frozen=True, slots=True)
class DaySubjects:
    """Looks for whoever says something of the days of a site, of a unit with all that is below it, or of everybody."""

    database: Database
    finding: Finding
    organisation: OrganisationStore
    closed: ClosedMonths

    def check_reach(self, wish: SaidOfDays, reach: Reach, *, permission: str) -> None:
        """Refuses UNIT_NOT_FOUND, SITE_NOT_FOUND and PERMISSION_MISSING: at a site there are people of any unit."""
        level, subject = wish.subject
        if level is NoticeLevel.UNIT:
            self.finding.unit(reach, subject, min(wish.last_day, max(wish.first_day, self.finding.today)))
            return
        if not reach.everyone:
            raise PermissionMissing(permission=permission)
        if level is NoticeLevel.SITE:
            self.finding.site(f"sites/{subject}")

    def check_open(self, connection: sa.Connection, wish: SaidOfDays) -> None:
        """Refuses MONTH_CLOSED where the month of somebody concerned is closed."""
        (level, subject), first, last = wish.subject, wish.first_day, wish.last_day
        if level is NoticeLevel.UNIT:
            self.closed.check_open_below(connection, subject, first, last)
        elif level is NoticeLevel.SITE:
            self.closed.check_open_at(connection, subject, first, last)
        else:
            self.closed.check_open_everywhere(connection, first, last)

    def places(self, subject: NoticeSubject, day: date) -> set[Place]:
        """The zones and official calendars of the sites that a day concerns."""
        with self.database.read() as connection:
            sites = self.organisation.all_sites(connection)
            at = self._sites(connection, subject, day, sites)
        versions = [sites[site].on(day) for site in at if site in sites]
        return {Place(one.time_zone, one.calendar) for one in versions} or {NO_SITE}

    def _sites(
        self, connection: sa.Connection, subject: NoticeSubject, day: date, sites: Mapping[UUID, SiteFacts]
    ) -> Collection[UUID]:
        level, identifier = subject
        if level is not NoticeLevel.UNIT:
            return {identifier} if level is NoticeLevel.SITE else sites
        people = self.organisation.people_between(connection, ANYBODY, (day, day), unit=identifier)
        stays = self.organisation.stays_between(connection, [one.person for one in people], day, day)
        tree = Tree.of(self.organisation.unit_versions(connection, day, day))
        found = {stay.site for stay in stays if stay.site and identifier in tree.upward(stay.unit, day)}
        # Of a unit without people nothing is known of its places: then all of them count.
        return found or sites
