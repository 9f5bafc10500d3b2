"""What the use cases of leave need of the stores: whose leave is changed, requests, the ledger, who is excused."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_attendance.rules.leave.leave_days import ExcusedDay
from bylaw_attendance.rules.leave.leave_recorded import Recorded, ToRecord
from bylaw_attendance.rules.leave.leave_request import Leave, LeaveChange, LeaveDayTaken, LeaveState, LeaveWishes


class Locked(Protocol):
    """How far a person's leave has come."""

    @property
    def revision(self) -> int: ...


class LeavePeopleStore(Protocol):
    """Whose leave is changed; see `store.leave_people`."""

    def seen(self, connection: sa.Connection, person: UUID) -> int: ...
    def lock(self, connection: sa.Connection, person: UUID) -> Locked: ...
    def touch(self, connection: sa.Connection, person: UUID) -> None: ...
    def opened(self, connection: sa.Connection, person: UUID) -> date | None: ...
    def note_granted(self, connection: sa.Connection, person: UUID, *, opened: date | None, now: datetime) -> None: ...
    def due(self, connection: sa.Connection, day: date, *, since: datetime, limit: int) -> list[UUID]: ...


class LeaveLedgerStore(Protocol):
    """What is recorded; see `store.leave_ledger`."""

    def append(
        self, connection: sa.Connection, person: UUID, entries: Sequence[ToRecord], *, now: datetime, by: str
    ) -> list[Recorded]: ...
    def of_person(self, connection: sa.Connection, person: UUID) -> list[Recorded]: ...
    def listed(
        self, connection: sa.Connection, person: UUID, balance: str, *, page: tuple[int | None, int]
    ) -> list[Recorded]: ...


class LeaveRequestStore(Protocol):
    """Requests; see `store.leave_requests`."""

    def add(self, connection: sa.Connection, made: Leave, *, wish_key: str | None) -> None: ...
    def find(self, connection: sa.Connection, identifier: UUID) -> Leave | None: ...
    def by_wish(self, connection: sa.Connection, person: UUID, wish_key: str) -> Leave | None: ...
    def standing(self, connection: sa.Connection, person: UUID) -> list[Leave]: ...
    def ask(self, connection: sa.Connection, identifier: UUID, decision: UUID) -> Leave | None: ...
    def settle(
        self, connection: sa.Connection, identifier: UUID, state: LeaveState, change: LeaveChange
    ) -> Leave | None: ...
    def give_back(
        self, connection: sa.Connection, identifier: UUID, since: date, change: LeaveChange
    ) -> Leave | None: ...
    def measure(
        self, connection: sa.Connection, identifier: UUID, days: Iterable[LeaveDayTaken], change: LeaveChange
    ) -> Leave | None: ...
    def on_days(
        self, connection: sa.Connection, first: date, last: date | None, of_people: Collection[UUID] | None = None
    ) -> list[UUID]: ...
    def give_back_on(
        self, connection: sa.Connection, identifier: UUID, days: Collection[date], change: LeaveChange
    ) -> Leave | None: ...
    def never_asked(self, connection: sa.Connection, before: datetime) -> list[Leave]: ...
    def listed(
        self, connection: sa.Connection, wish: LeaveWishes, reach: Reach, *, day: date, page: tuple[UUID | None, int]
    ) -> list[Leave]: ...


class ExcusedStore(Protocol):
    """Days on which somebody is excused; see `store.leave_requests`."""

    def excused_between(
        self, connection: sa.Connection, of_people: Collection[UUID], first: date, last: date
    ) -> list[ExcusedDay]: ...
