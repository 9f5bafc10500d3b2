"""What use cases need of closed months: whoever changes what sheets are judged from asks here first (SHT-3)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_attendance.rules.closing.closing import ClosedSheet, LateBatch, Review, ReviewWish, ShownVersion, UnitMonth
from bylaw_attendance.rules.closing.struck_punch import StruckPunch
from bylaw_attendance.rules.judging.punch_facts import Punch

AdjustmentPlace = tuple[str, UUID, date, int]
"""Where an adjustment stands in a list: employee number, person, month, version."""


class ClosedMonths(Protocol):
    """Refuses MONTH_CLOSED where a day from `first` to `last` (None: open) is in a closed month of somebody concerned.

    Until the transaction ends nobody closes a month, so what was open stays so while it is written; who `shut`s is the
    one who closes. See `store.closed_months`.
    """

    def shut(self, connection: sa.Connection) -> None: ...
    def check_open(self, connection: sa.Connection, person: UUID, first: date, last: date | None) -> None: ...
    def check_open_among(
        self, connection: sa.Connection, people: Collection[UUID], first: date, last: date | None
    ) -> None: ...
    def check_open_below(self, connection: sa.Connection, unit: UUID, first: date, last: date | None) -> None: ...
    def check_open_at(self, connection: sa.Connection, site: UUID, first: date, last: date | None) -> None: ...
    def check_open_everywhere(self, connection: sa.Connection, first: date, last: date | None) -> None: ...
    def keep_open(self, connection: sa.Connection) -> None: ...


class UnitMonthStore(Protocol):
    """Units' months and the looks at their sheets; see `store.unit_months`."""

    def among(self, connection: sa.Connection, units: Collection[UUID], month: date) -> dict[UUID, UnitMonth]: ...
    def hand_over(self, connection: sa.Connection, made: UnitMonth) -> bool: ...
    def close(
        self, connection: sa.Connection, unit: UUID, month: date, *, at: datetime, by: str
    ) -> UnitMonth | None: ...
    def closed_months(self, connection: sa.Connection, unit: UUID) -> list[date]: ...
    def reviews(self, connection: sa.Connection, people: Collection[UUID], month: date) -> dict[UUID, Review]: ...
    def review(
        self, connection: sa.Connection, month: date, wishes: Sequence[ReviewWish], *, at: datetime, by: str
    ) -> None: ...


class ClosedSheetStore(Protocol):
    """Closed sheets in all their versions; see `store.closed_sheets`."""

    def add(self, connection: sa.Connection, made: Sequence[ClosedSheet]) -> int: ...
    def newest(self, connection: sa.Connection, person: UUID, month: date) -> ClosedSheet | None: ...
    def last_closed(self, connection: sa.Connection, person: UUID) -> date | None: ...
    def versions(self, connection: sa.Connection, person: UUID, month: date) -> list[ShownVersion]: ...
    def adjustments(
        self,
        connection: sa.Connection,
        month: date,
        reach: Reach,
        *,
        unit: UUID,
        day: date,
        page: tuple[AdjustmentPlace | None, int],
    ) -> list[ShownVersion]: ...
    def counted_later(
        self, connection: sa.Connection, month: date, reach: Reach, *, unit: UUID, day: date, limit: int
    ) -> list[ShownVersion]: ...


class LatePunchStore(Protocol):
    """Whose punches came late; see `store.late_punches`."""

    def settled(self, connection: sa.Connection, place: int, limit: int) -> LateBatch: ...
    def forget(self, connection: sa.Connection, places: Collection[int]) -> None: ...


class StrikeStore(Protocol):
    """Punches that do not count; see `store.struck_punches`."""

    def strike(self, connection: sa.Connection, rows: Sequence[StruckPunch]) -> int: ...
    def counting(self, connection: sa.Connection, person: UUID, ids: Collection[UUID]) -> list[Punch]: ...
    def struck_among(self, connection: sa.Connection, ids: Collection[UUID]) -> dict[UUID, datetime]: ...
