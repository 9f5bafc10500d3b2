"""What use cases need of overtime: its store. A module of functions fits a Protocol as an object does."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple, Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_attendance.rules.overtime.overtime import OvertimeDay, OvertimeEnd, OvertimeRequest, OvertimeState


class OvertimeWishes(NamedTuple):
    """What a list is asked for: of a unit and those below it, of a person, of a month, of a state."""

    unit: UUID | None
    person: UUID | None
    month: date | None
    state: OvertimeState | None


class OvertimeStore(Protocol):
    """Requests for overtime; see `store.overtime`."""

    def lock_person(self, connection: sa.Connection, person: UUID) -> None: ...
    def add(self, connection: sa.Connection, made: OvertimeRequest, *, wish_key: str | None) -> None: ...
    def find(self, connection: sa.Connection, identifier: UUID) -> OvertimeRequest | None: ...
    def by_wish(self, connection: sa.Connection, person: UUID, wish_key: str) -> OvertimeRequest | None: ...
    def counting(
        self, connection: sa.Connection, of_people: Collection[UUID], first: date, last: date
    ) -> list[OvertimeRequest]: ...
    def on_day(self, connection: sa.Connection, person: UUID, day: date) -> list[OvertimeRequest]: ...
    def ask(self, connection: sa.Connection, identifier: UUID, decision: UUID) -> OvertimeRequest | None: ...
    def end(self, connection: sa.Connection, identifier: UUID, ending: OvertimeEnd) -> OvertimeRequest | None: ...
    def confirm(self, connection: sa.Connection, identifier: UUID, day: OvertimeDay) -> OvertimeRequest | None: ...
    def for_time_off(self, connection: sa.Connection, first: date, last: date) -> list[OvertimeRequest]: ...
    def never_asked(self, connection: sa.Connection, before: datetime) -> list[OvertimeRequest]: ...
    def listed(
        self, connection: sa.Connection, wish: OvertimeWishes, reach: Reach, *, day: date, page: tuple[UUID | None, int]
    ) -> list[OvertimeRequest]: ...
