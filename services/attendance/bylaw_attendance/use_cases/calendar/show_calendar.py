"""Shows days of the company, and what the calendar makes of each day at a site, for whoever works in a unit (HRS-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database
from bylaw_chassis.organisation.facts import SiteFacts, Tree

from bylaw_attendance.ports.company_days import CompanyDayStore, OfficialCalendar
from bylaw_attendance.ports.records import OrganisationStore
from bylaw_attendance.rules.calendar.company_day import CalendarDay, CompanyDay
from bylaw_attendance.rules.calendar.company_day_refusals import CompanyDayNotFound
from bylaw_attendance.rules.calendar.hours_notice import NoticeFilter
from bylaw_attendance.rules.judging.assignment import NO_SITE
from bylaw_attendance.rules.judging.nearest import Nearest
from bylaw_attendance.use_cases.sheets.finding import Finding


class CalendarWish(NamedTuple):
    """At which site, for whom of which unit, from which day to which."""

    site: str
    unit: UUID | None
    first_day: date
    last_day: date


class ShownCalendar(NamedTuple):
    """Days as the calendar has them, and which official calendar holds on the last of them."""

    calendar: str
    days: Sequence[CalendarDay]


@dataclass(frozen=True, slots=True)
class ShowCompanyDays:
    """Shows days of the company to whoever may ask: they are for everybody to read, and hold nothing of a person."""

    database: Database
    days: CompanyDayStore

    def one(self, identifier: UUID) -> CompanyDay:
        """Days of the company; refuses COMPANY_DAY_NOT_FOUND."""
        with self.database.read() as connection:
            found = self.days.find(connection, identifier)
        if found is None:
            raise CompanyDayNotFound
        return found

    def page(self, wish: NoticeFilter, *, page: tuple[UUID | None, int]) -> list[CompanyDay]:
        """Days of the company, newest first, behind a place."""
        with self.database.read() as connection:
            return self.days.listed(connection, wish, page=page)


@dataclass(frozen=True, slots=True)
class ShowCalendar:
    """Shows the official calendar of a site with the company's days over it."""

    database: Database
    finding: Finding
    organisation: OrganisationStore
    days: CompanyDayStore
    official: OfficialCalendar

    def shown(self, wish: CalendarWish, reach: Reach) -> ShownCalendar:
        """Each day; refuses SITE_NOT_FOUND and UNIT_NOT_FOUND."""
        site = self.finding.site(wish.site) if wish.site else None
        if wish.unit:
            self.finding.unit(reach, wish.unit, min(wish.last_day, max(wish.first_day, self.finding.today)))
        nearest = self._company(wish)
        count = (wish.last_day - wish.first_day).days + 1
        days = [wish.first_day + timedelta(number) for number in range(count)]
        return ShownCalendar(
            _calendar(site, wish.last_day),
            [
                CalendarDay(day, self.official(_calendar(site, day), day), _on(nearest, wish, site, day=day))
                for day in days
            ],
        )

    def _company(self, wish: CalendarWish) -> Nearest[CompanyDay]:
        with self.database.read() as connection:
            versions = self.organisation.unit_versions(connection, wish.first_day, wish.last_day)
            company = self.days.between(connection, wish.first_day, wish.last_day)
        return Nearest.of(Tree.of(versions), (wish.first_day, wish.last_day), company)


def _on(nearest: Nearest[CompanyDay], wish: CalendarWish, site: SiteFacts | None, *, day: date) -> CompanyDay | None:
    return nearest.on(wish.unit, site.site if site else None, day)


def _calendar(site: SiteFacts | None, day: date) -> str:
    return site.on(day).calendar if site else NO_SITE.calendar
