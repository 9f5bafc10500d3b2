"""Publishes days of the company and withdraws them (HRS-3)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import new_id

from bylaw_attendance.events import company_day_changed
from bylaw_attendance.ports.company_days import CompanyDayStore, OfficialCalendar
from bylaw_attendance.rules.calendar.company_day import CalendarKind, CompanyDay, CompanyDayWish, worked_holidays
from bylaw_attendance.rules.calendar.company_day_refusals import (
    CompanyDayChanged,
    CompanyDayNotFound,
    CompanyDayOnStatutoryHoliday,
    CompanyDayOverlaps,
    CompanyDayWithdrawn,
)
from bylaw_attendance.rules.judging.assignment import Withdrawal
from bylaw_attendance.use_cases.leave.measure_leave import have_measured
from bylaw_attendance.use_cases.sheets.day_subjects import OUT_OF_REACH, DaySubjects

PERMISSION = "attendance.calendar.publish"


@dataclass(frozen=True, slots=True)
class PublishCompanyDay:
    """Nothing of a day ever changes but that it is withdrawn: what was judged by it has to be told from the rest."""

    database: Database
    subjects: DaySubjects
    days: CompanyDayStore
    official: OfficialCalendar

    def publish(self, wish: CompanyDayWish, caller: Caller, reach: Reach) -> CompanyDay:
        """Refuses as the contract says; what was judged of its days is judged anew when it is next read."""
        self.subjects.finding.refresher.refresh()
        self.subjects.check_reach(wish, reach, permission=PERMISSION)
        if holidays := worked_holidays(wish, self._statutory(wish)):
            raise CompanyDayOnStatutoryHoliday(holidays)
        with self.database.work() as work:
            made = CompanyDay(new_id(), wish, work.now, caller.key)
            if not self.days.add(work.connection, made):
                raise self._overlap(work.connection, wish)
            self.subjects.check_open(work.connection, wish)
            work.publish(company_day_changed(made))
            have_measured(work, wish.first_day, wish.last_day)
        return made

    def withdraw(self, identifier: UUID, reason: str, *, seen: str, caller: Caller, reach: Reach) -> CompanyDay:
        """Takes it off all of its days; refuses COMPANY_DAY_NOT_FOUND also for what is out of reach."""
        if not reason.strip():
            raise FieldInvalid(field="reason", zh="请填写撤销的理由", en="say why it is withdrawn")
        self._check_reached(identifier, reach)
        with self.database.work() as work:
            found = self.days.find(work.connection, identifier, lock=True)
            if found and seen and seen != str(found.revision):
                raise CompanyDayChanged
            withdrawal = Withdrawal(work.now, caller.key, reason.strip())
            withdrawn = self.days.withdraw(work.connection, identifier, withdrawal)
            if withdrawn is None:
                raise CompanyDayWithdrawn
            self.subjects.check_open(work.connection, withdrawn.wish)
            work.publish(company_day_changed(withdrawn))
            have_measured(work, withdrawn.wish.first_day, withdrawn.wish.last_day)
        return withdrawn

    def _check_reached(self, identifier: UUID, reach: Reach) -> None:
        with self.database.read() as connection:
            found = self.days.find(connection, identifier)
        if found is None:
            raise CompanyDayNotFound
        if found.withdrawal:
            raise CompanyDayWithdrawn
        try:
            self.subjects.check_reach(found.wish, reach, permission=PERMISSION)
        except OUT_OF_REACH:
            raise CompanyDayNotFound from None

    def _statutory(self, wish: CompanyDayWish) -> list[date]:
        """The statutory holidays among its days, at any site that it concerns; of days off nobody asks."""
        if not wish.worked:
            return []
        calendars = {place.calendar for place in self.subjects.places(wish.subject, wish.first_day)}
        named = [(day, self.official(calendar, day).kind) for calendar in calendars for day in wish.days]
        return [day for day, kind in named if kind is CalendarKind.STATUTORY_HOLIDAY]

    def _overlap(self, connection: sa.Connection, wish: CompanyDayWish) -> CompanyDayOverlaps | CompanyDayChanged:
        """The refusal that names what is in the way; should it just have been withdrawn, the caller may ask again."""
        other = self.days.in_the_way(connection, wish)
        return CompanyDayOverlaps(other) if other else CompanyDayChanged()
