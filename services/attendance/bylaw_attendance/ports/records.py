"""What the use cases need from outside: plugins, calendars, the organisation, and the stores."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.clause_use import ClauseUse, Place, UseWish
from bylaw_chassis.organisation.facts import KnownPerson, SiteFacts, Stay, UnitVersion
from bylaw_chassis.refusals import Refusal
from bylaw_hooks import DayFacts, MonthFacts, PlanColumns

from bylaw_attendance.rules.calendar.calendar import OfficialDays
from bylaw_attendance.rules.clocks.clocks import Clock, ClockSource
from bylaw_attendance.rules.closing.closing import ClosedMark
from bylaw_attendance.rules.judging.assignment import Assignment, AssignmentFilter, Withdrawal
from bylaw_attendance.rules.judging.columns import PunchBatch
from bylaw_attendance.rules.judging.planned import Answer, Offered, Planned
from bylaw_attendance.rules.judging.policy_health import HealthEntry, HealthWish, PolicyFault
from bylaw_attendance.rules.judging.punch_facts import PersonPunches, Punch
from bylaw_attendance.rules.replay.replay import ListedMonth, Outcome, Position, Replay, ReplayedMonth, ReplayState
from bylaw_attendance.rules.sheets.sheet import JudgedSheet, KeptSheet


class PatternBook(Protocol):
    """Who plans and judges by name."""

    def planned(self, pattern: str, parameters: str, days: tuple[DayFacts, ...], *, time_zone: str) -> Planned:
        """A plan; refuses POLICY_VERSION_GONE, POLICY_PARAMETERS_INVALID, or why the pattern could not make it."""
        ...

    def plan_ahead(self, pattern: str, parameters: str, calendars: Sequence[tuple[DayFacts, ...]]) -> None:
        """Has the plans of many calendars at hand for who asks next; refuses nothing."""
        ...

    def columns(self, pattern: str, parameters: str, days: tuple[DayFacts, ...]) -> PlanColumns:
        """The plan itself, with its windows; refuses likewise."""
        ...

    def judge(self, pattern: str, parameters: str, months: Sequence[MonthFacts]) -> Sequence[Answer | Refusal]:
        """An entry for each month, in order: the answer, or why the pattern could not give it."""
        ...

    def source(self, pattern: str, parameters: str, days: tuple[DayFacts, ...], *, time_zone: str) -> bytes:
        """The digest of what would be planned."""
        ...

    def checked(self, pattern: str, parameters: Mapping[str, Any], *, field: str) -> str:
        """Canonical parameters; refuses POLICY_VERSION_GONE, and POLICY_PARAMETERS_INVALID with paths below a field."""
        ...

    def cells(self, pattern: str, parameters: str) -> tuple[str, ...] | None:
        """The words a pattern knows in a rota's cell, None for any; refuses as `planned` does."""
        ...

    def offered(self) -> list[Offered]:
        """Every version of every pattern."""
        ...


class Calendar(Protocol):
    """The official calendars."""

    def __call__(self, calendar: str, first: date, last: date) -> OfficialDays:
        """What a calendar says of the days from first to last."""
        ...


# The stores are modules of functions; a module fits a Protocol as an object does. Each function takes the
# connection of the transaction it is part of.


class OrganisationStore(Protocol):
    """What is known of the organisation; see `bylaw_chassis.organisation.queries`."""

    def find_people(
        self,
        connection: sa.Connection,
        reach: Reach,
        day: date,
        *,
        ids: Collection[UUID] = ...,
        numbers: Collection[str] = ...,
    ) -> list[KnownPerson]: ...
    def people_between(
        self,
        connection: sa.Connection,
        reach: Reach,
        days: tuple[date, date],
        *,
        unit: UUID | None,
        after: tuple[str, str] | None = ...,
        limit: int | None = ...,
    ) -> list[KnownPerson]: ...
    def person_between(
        self, connection: sa.Connection, reach: Reach, days: tuple[date, date], *, person: UUID
    ) -> list[KnownPerson]: ...
    def stays_of(self, connection: sa.Connection, ids: Collection[UUID]) -> list[Stay]: ...
    def stays_between(
        self, connection: sa.Connection, ids: Collection[UUID], first: date, last: date
    ) -> list[Stay]: ...
    def all_sites(self, connection: sa.Connection) -> dict[UUID, SiteFacts]: ...
    def unit_versions(self, connection: sa.Connection, first: date, last: date) -> list[UnitVersion]: ...
    def unit_within(self, connection: sa.Connection, reach: Reach, unit: UUID, day: date) -> bool: ...


class PunchStore(Protocol):
    """Punches on record; see `store.punches`."""

    def add(self, connection: sa.Connection, rows: Sequence[Punch]) -> int: ...
    def same_as(self, connection: sa.Connection, punch: Punch) -> Punch: ...
    def listed(
        self,
        connection: sa.Connection,
        person: UUID,
        days: tuple[date | None, date | None],
        *,
        after: tuple[datetime, UUID] | None,
        limit: int,
    ) -> list[Punch]: ...
    def between(
        self, connection: sa.Connection, people: Collection[UUID], start: datetime, end: datetime
    ) -> dict[UUID, PersonPunches]: ...
    def of_person(self, connection: sa.Connection, person: UUID, start: datetime, end: datetime) -> list[Punch]: ...


class BulkStore(Protocol):
    """Punches by the ten thousand; see `store.bulk`."""

    def add_many(self, connection: sa.Connection, batch: PunchBatch) -> list[int]: ...


class ClockStore(Protocol):
    """Clocks; see `store.clocks`."""

    def report(self, connection: sa.Connection, site: UUID, reports: Mapping[str, datetime | None]) -> list[Clock]: ...
    def report_import(
        self,
        connection: sa.Connection,
        site: UUID,
        import_id: UUID,
        reports: Mapping[str, datetime | None],
        source: ClockSource,
    ) -> None: ...
    def take_back(self, connection: sa.Connection, import_id: UUID) -> None: ...
    def listed(self, connection: sa.Connection, site: UUID | None) -> list[Clock]: ...
    def retire(self, connection: sa.Connection, identifier: UUID, retire_date: date) -> Clock | None: ...


class AssignmentStore(Protocol):
    """Assignments; see `store.assignments`."""

    def add(self, connection: sa.Connection, made: Assignment, *, created_at: datetime, created_by: str) -> bool: ...
    def lock_subject(self, connection: sa.Connection, subject: UUID) -> None: ...
    def end_open_before(self, connection: sa.Connection, made: Assignment) -> Assignment | None: ...
    def in_the_way(self, connection: sa.Connection, wished: Assignment) -> list[Assignment]: ...
    def find(self, connection: sa.Connection, identifier: UUID) -> Assignment | None: ...
    def end(self, connection: sa.Connection, identifier: UUID, last_day: date) -> Assignment | None: ...
    def withdraw(self, connection: sa.Connection, identifier: UUID, withdrawal: Withdrawal) -> Assignment | None: ...
    def go_on(self, connection: sa.Connection, withdrawn: UUID) -> Assignment | None: ...
    def listed(
        self,
        connection: sa.Connection,
        wish: AssignmentFilter,
        reach: Reach,
        *,
        day: date,
        page: tuple[UUID | None, int],
    ) -> list[Assignment]: ...
    def between(
        self, connection: sa.Connection, people: Collection[UUID], first: date, last: date
    ) -> list[Assignment]: ...


class SheetStore(Protocol):
    """Kept sheets and plans; see `store.sheets`."""

    def kept(
        self, connection: sa.Connection, people: Collection[UUID], month: date, *, bodies_of: Collection[UUID]
    ) -> dict[UUID, KeptSheet]: ...
    def keep(self, connection: sa.Connection, month: date, judged: Sequence[JudgedSheet], now: datetime) -> None: ...
    def closed(
        self, connection: sa.Connection, ids: Collection[UUID], month: date, *, bodies_of: Collection[UUID]
    ) -> dict[UUID, tuple[ClosedMark, KeptSheet]]: ...
    def keep_plans(self, connection: sa.Connection, bodies: Mapping[bytes, bytes]) -> None: ...
    def plan_bodies(self, connection: sa.Connection, keys: Collection[bytes]) -> dict[bytes, bytes]: ...


class ReplayStore(Protocol):
    """Replays and what they found; see `store.replays`."""

    def add(self, connection: sa.Connection, made: Replay) -> None: ...
    def find(self, connection: sa.Connection, identifier: UUID, *, lock: bool = ...) -> Replay | None: ...
    def move(
        self,
        connection: sa.Connection,
        moved: Replay,
        position: Position,
        *,
        looked_at: int,
        months: Sequence[ReplayedMonth],
    ) -> None: ...
    def end(
        self,
        connection: sa.Connection,
        identifier: UUID,
        state: ReplayState,
        now: datetime,
        *,
        cancelled_by: str = ...,
    ) -> None: ...
    def listed(
        self,
        connection: sa.Connection,
        caller: Caller,
        reach: Reach,
        state: ReplayState | None,
        *,
        page: tuple[UUID | None, int],
    ) -> list[Replay]: ...
    def lock_unfinished(self, connection: sa.Connection, creator: str) -> list[Replay]: ...
    def parked(self, connection: sa.Connection, kind: str) -> list[Replay]: ...
    def forget(self, connection: sa.Connection, before: datetime) -> int: ...
    def outcome(self, connection: sa.Connection, identifier: UUID) -> Outcome: ...
    def outcomes(self, connection: sa.Connection, identifiers: Sequence[UUID]) -> dict[UUID, Outcome]: ...
    def changed(
        self, connection: sa.Connection, identifier: UUID, *, start: tuple[str, UUID, date] | None
    ) -> Iterator[ListedMonth]: ...
    def every(self, connection: sa.Connection, identifier: UUID) -> Iterator[ListedMonth]: ...


class HealthStore(Protocol):
    """Where patterns failed; see `store.policy_health`."""

    def open_among(self, connection: sa.Connection, ids: Collection[UUID], month: date) -> set[UUID]: ...
    def open_by_policy(self, connection: sa.Connection) -> dict[str, int]: ...
    def note(
        self, connection: sa.Connection, month: date, faults: Mapping[UUID, PolicyFault], now: datetime
    ) -> None: ...
    def settle(self, connection: sa.Connection, month: date, ids: Collection[UUID], now: datetime) -> None: ...
    def listed(
        self, connection: sa.Connection, wish: HealthWish, reach: Reach, *, day: date, page: tuple[UUID | None, int]
    ) -> list[HealthEntry]: ...


class ClauseUseStore(Protocol):
    """How often clauses spoke; see `store.clause_use`."""

    def clause_use(
        self,
        connection: sa.Connection,
        wish: UseWish,
        reach: Reach,
        *,
        day: date,
        zone: str,
        page: tuple[Place | None, int],
    ) -> Sequence[ClauseUse]: ...
