"""What use cases need of notices of hours: their store. A module of functions fits a Protocol as an object does."""

from datetime import date
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa

from bylaw_attendance.rules.calendar.hours_notice import HoursNotice, HoursWish, NoticeFilter
from bylaw_attendance.rules.judging.assignment import Withdrawal


class HoursNoticeStore(Protocol):
    """Notices of hours; see `store.hours_notices`."""

    def add(self, connection: sa.Connection, made: HoursNotice) -> bool: ...
    def in_the_way(self, connection: sa.Connection, wish: HoursWish) -> HoursNotice | None: ...
    def find(self, connection: sa.Connection, identifier: UUID, *, lock: bool = ...) -> HoursNotice | None: ...
    def withdraw(self, connection: sa.Connection, identifier: UUID, withdrawal: Withdrawal) -> HoursNotice | None: ...
    def listed(
        self, connection: sa.Connection, wish: NoticeFilter, *, page: tuple[UUID | None, int]
    ) -> list[HoursNotice]: ...
    def between(self, connection: sa.Connection, first: date, last: date) -> list[HoursNotice]: ...
