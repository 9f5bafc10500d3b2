"""What use cases need of days of the company and of what changes days: stores, and the official calendar by day."""

from collections.abc import Collection
from datetime import date
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.organisation.facts import Tree

from bylaw_attendance.rules.calendar.company_day import CompanyDay, CompanyDayWish, OfficialDay
from bylaw_attendance.rules.calendar.hours_notice import NoticeFilter
from bylaw_attendance.rules.judging.assignment import Withdrawal
from bylaw_attendance.rules.judging.day_changes import ChangedDays
from bylaw_attendance.rules.leave.leave_days import ExcusedDays


class CompanyDayStore(Protocol):
    """Days of the company; see `store.company_days`."""

    def add(self, connection: sa.Connection, made: CompanyDay) -> bool: ...
    def in_the_way(self, connection: sa.Connection, wish: CompanyDayWish) -> CompanyDay | None: ...
    def find(self, connection: sa.Connection, identifier: UUID, *, lock: bool = ...) -> CompanyDay | None: ...
    def withdraw(self, connection: sa.Connection, identifier: UUID, withdrawal: Withdrawal) -> CompanyDay | None: ...
    def listed(
        self, connection: sa.Connection, wish: NoticeFilter, *, page: tuple[UUID | None, int]
    ) -> list[CompanyDay]: ...
    def between(self, connection: sa.Connection, first: date, last: date) -> list[CompanyDay]: ...


class DayChangeStore(Protocol):
    """What changes days before they are planned; see `store.day_changes`."""

    def changed_days(self, connection: sa.Connection, tree: Tree, days: tuple[date, date]) -> ChangedDays: ...
    def excused(self, connection: sa.Connection, people: Collection[UUID], days: tuple[date, date]) -> ExcusedDays: ...


class OfficialCalendar(Protocol):
    """The official calendars, day by day; see `calendars.official_day`."""

    def __call__(self, calendar: str, day: date) -> OfficialDay:
        """What a calendar says of a day."""
        ...
