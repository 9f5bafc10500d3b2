"""Publishes notices of hours and withdraws them (HRS-6)."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.organisation.facts import Tree
from bylaw_chassis.refusals import FieldInvalid, PermissionMissing
from bylaw_chassis.values import new_id

from bylaw_attendance.events import hours_notice_changed
from bylaw_attendance.hours_ports import HoursNoticeStore
from bylaw_attendance.ports import OrganisationStore
from bylaw_attendance.rules.assignment import NO_SITE, Withdrawal
from bylaw_attendance.rules.hours_notice import (
    HoursCause,
    HoursNotice,
    HoursWish,
    NoticeFilter,
    NoticeLevel,
    published_in_time,
)
from bylaw_attendance.rules.hours_refusals import (
    HoursNoticeChanged,
    HoursNoticeNotFound,
    HoursNoticeOverlaps,
    HoursNoticeTooLate,
    HoursNoticeWithdrawn,
)
from bylaw_attendance.rules.refusals import SiteNotFound, UnitNotFound
from bylaw_attendance.use_cases.finding import Finding

PERMISSION = "attendance.hours.publish"
ANYBODY = Reach(everyone=True)


@dataclass(frozen=True, slots=True)
class PublishHours:
    """Nothing of a notice ever changes but that it is withdrawn: what was judged by it has to be told from the rest."""

    database: Database
    finding: Finding
    organisation: OrganisationStore
    notices: HoursNoticeStore

    def publish(self, wish: HoursWish, caller: Caller, reach: Reach) -> HoursNotice:
        """Refuses as the contract says; what was judged of its days is judged anew when it is next read."""
        self.finding.refresher.refresh()
        self._check_subject(wish, reach)
        zones = self._zones(wish) if wish.cause is HoursCause.BUSINESS_NEED else ()
        with self.database.work() as work:
            if not published_in_time(wish, zones, work.now):
                raise HoursNoticeTooLate(wish.first_day)
            made = HoursNotice(new_id(), wish, work.now, caller.key)
            if not self.notices.add(work.connection, made):
                raise self._overlap(work.connection, wish)
            work.publish(hours_notice_changed(made))
        return made

    def withdraw(self, identifier: UUID, reason: str, *, seen: str, caller: Caller, reach: Reach) -> HoursNotice:
        """Takes a notice off all of its days; refuses HOURS_NOTICE_NOT_FOUND also for what is out of reach."""
        if not reason.strip():
            raise FieldInvalid(field="reason", zh="请填写撤销的理由", en="say why it is withdrawn")
        self._check_reached(identifier, reach)
        with self.database.work() as work:
            found = self.notices.find(work.connection, identifier, lock=True)
            if found and seen and seen != str(found.revision):
                raise HoursNoticeChanged
            withdrawal = Withdrawal(work.now, caller.key, reason.strip())
            withdrawn = self.notices.withdraw(work.connection, identifier, withdrawal)
            if withdrawn is None:
                raise HoursNoticeWithdrawn
            work.publish(hours_notice_changed(withdrawn))
        return withdrawn

    def _check_reached(self, identifier: UUID, reach: Reach) -> None:
        with self.database.read() as connection:
            found = self.notices.find(connection, identifier)
        if found is None:
            raise HoursNoticeNotFound
        if found.withdrawal:
            raise HoursNoticeWithdrawn
        try:
            self._check_subject(found.wish, reach)
        except (SiteNotFound, UnitNotFound, PermissionMissing):
            raise HoursNoticeNotFound from None

    def _check_subject(self, wish: HoursWish, reach: Reach) -> None:
        """Refuses UNIT_NOT_FOUND, SITE_NOT_FOUND and PERMISSION_MISSING: at a site there are people of any unit."""
        level, subject = wish.subject
        if level is NoticeLevel.UNIT:
            self.finding.unit(reach, subject, min(wish.last_day, max(wish.first_day, self.finding.today)))
            return
        if not reach.everyone:
            raise PermissionMissing(permission=PERMISSION)
        if level is NoticeLevel.SITE:
            self.finding.site(f"sites/{subject}")

    def _overlap(self, connection: sa.Connection, wish: HoursWish) -> HoursNoticeOverlaps | HoursNoticeChanged:
        """The refusal that names what is in the way; should it just have been withdrawn, the caller may ask again."""
        other = self.notices.in_the_way(connection, wish)
        return HoursNoticeOverlaps(other) if other else HoursNoticeChanged()

    def _zones(self, wish: HoursWish) -> set[str]:
        """The zones of the sites at which people work by a notice on its first day."""
        day = wish.first_day
        with self.database.read() as connection:
            sites = self.organisation.all_sites(connection)
            at = self._sites_at_work(connection, wish, sites)
        return {sites[site].on(day).time_zone for site in at if site in sites} or {NO_SITE.time_zone}

    def _sites_at_work(self, connection: sa.Connection, wish: HoursWish, sites: Collection[UUID]) -> Collection[UUID]:
        level, subject = wish.subject
        if level is not NoticeLevel.UNIT:
            return {subject} if level is NoticeLevel.SITE else sites
        day = wish.first_day
        people = self.organisation.people_between(connection, ANYBODY, (day, day), unit=subject)
        stays = self.organisation.stays_between(connection, [one.person for one in people], day, day)
        tree = Tree.of(self.organisation.unit_versions(connection, day, day))
        found = {stay.site for stay in stays if stay.site and subject in tree.upward(stay.unit, day)}
        # Of a unit without people nothing is known of its places: then all of them count.
        return found or sites


@dataclass(frozen=True, slots=True)
class ShowHours:
    """Shows notices to whoever may ask: they are written for everybody, and hold nothing of a person."""

    database: Database
    notices: HoursNoticeStore

    def one(self, identifier: UUID) -> HoursNotice:
        """A notice; refuses HOURS_NOTICE_NOT_FOUND."""
        with self.database.read() as connection:
            found = self.notices.find(connection, identifier)
        if found is None:
            raise HoursNoticeNotFound
        return found

    def page(self, wish: NoticeFilter, *, page: tuple[UUID | None, int]) -> list[HoursNotice]:
        """Notices, newest first, behind a place."""
        with self.database.read() as connection:
            return self.notices.listed(connection, wish, page=page)
