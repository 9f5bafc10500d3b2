"""Publishes notices of hours and withdraws them (HRS-6)."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.notices import have_told
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import new_id

from bylaw_attendance.events import hours_notice_changed
from bylaw_attendance.ports.hours import HoursNoticeStore
from bylaw_attendance.rules.calendar.hours_notice import (
    HoursCause,
    HoursNotice,
    HoursWish,
    NoticeFilter,
    NoticeLevel,
    published_in_time,
)
from bylaw_attendance.rules.calendar.hours_refusals import (
    HoursNoticeChanged,
    HoursNoticeNotFound,
    HoursNoticeOverlaps,
    HoursNoticeTooLate,
    HoursNoticeWithdrawn,
)
from bylaw_attendance.rules.calendar.hours_told import hours_told
from bylaw_attendance.rules.judging.assignment import Withdrawal
from bylaw_attendance.use_cases.leave.measure_leave import have_measured
from bylaw_attendance.use_cases.sheets.day_subjects import ANYBODY, OUT_OF_REACH, DaySubjects

PERMISSION = "attendance.hours.publish"


@dataclass(frozen=True, slots=True)
class PublishHours:
    """Nothing of a notice ever changes but that it is withdrawn: what was judged by it has to be told from the rest."""

    database: Database
    subjects: DaySubjects
    notices: HoursNoticeStore

    def publish(self, wish: HoursWish, caller: Caller, reach: Reach) -> HoursNotice:
        """Refuses as the contract says; what was judged of its days is judged anew when it is next read."""
        self.subjects.finding.refresher.refresh()
        self.subjects.check_reach(wish, reach, permission=PERMISSION)
        zones = self._zones(wish)
        with self.database.work() as work:
            if not published_in_time(wish, zones, work.now):
                raise HoursNoticeTooLate(wish.first_day)
            made = HoursNotice(new_id(), wish, work.now, caller.key)
            if not self.notices.add(work.connection, made):
                raise self._overlap(work.connection, wish)
            self.subjects.check_open(work.connection, wish)
            work.publish(hours_notice_changed(made))
            have_measured(work, wish.first_day, wish.last_day)
            have_told(work, hours_told(made, self.concerned(work.connection, wish)))
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
            self.subjects.check_open(work.connection, withdrawn.wish)
            work.publish(hours_notice_changed(withdrawn))
            have_measured(work, withdrawn.wish.first_day, withdrawn.wish.last_day)
            have_told(work, hours_told(withdrawn, self.concerned(work.connection, withdrawn.wish)))
        return withdrawn

    def concerned(self, connection: sa.Connection, wish: HoursWish) -> list[UUID]:
        """Whose days it changes: who works there on one of them."""
        (level, subject), days = wish.subject, (wish.first_day, wish.last_day)
        unit = subject if level is NoticeLevel.UNIT else None
        organisation = self.subjects.organisation
        found = [one.person for one in organisation.people_between(connection, ANYBODY, days, unit=unit)]
        if level is not NoticeLevel.SITE:
            return found
        there = {one.person for one in organisation.stays_between(connection, found, *days) if one.site == subject}
        return [person for person in found if person in there]

    def _check_reached(self, identifier: UUID, reach: Reach) -> None:
        with self.database.read() as connection:
            found = self.notices.find(connection, identifier)
        if found is None:
            raise HoursNoticeNotFound
        if found.withdrawal:
            raise HoursNoticeWithdrawn
        try:
            self.subjects.check_reach(found.wish, reach, permission=PERMISSION)
        except OUT_OF_REACH:
            raise HoursNoticeNotFound from None

    def _overlap(self, connection: sa.Connection, wish: HoursWish) -> HoursNoticeOverlaps | HoursNoticeChanged:
        """The refusal that names what is in the way; should it just have been withdrawn, the caller may ask again."""
        other = self.notices.in_the_way(connection, wish)
        return HoursNoticeOverlaps(other) if other else HoursNoticeChanged()

    def _zones(self, wish: HoursWish) -> set[str]:
        """The zones in which people work by a notice on its first day; asked only where it has to come before that."""
        if wish.cause is not HoursCause.BUSINESS_NEED:
            return set()
        return {place.time_zone for place in self.subjects.places(wish.subject, wish.first_day)}


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
