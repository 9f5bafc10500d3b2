"""What use cases need of leave policies: which hold for whom, and what each says; plugins and stores behind them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_hooks.leave import (
    Employment,
    Entitlement,
    LeaveDay,
    LeaveKind,
    LeaveRequest,
    Objection,
    Period,
    Standing,
    Step,
    Taken,
)

from bylaw_attendance.ports.records import AssignmentStore
from bylaw_attendance.rules.judging.assignment import Assignment
from bylaw_attendance.rules.leave.leave_faults import LeaveFault, Question
from bylaw_attendance.rules.leave.leave_held import HeldPolicy, OfferedKind, OfferedLeave, ServiceRecord


class LeavePolicies(Protocol):
    """Leave policies as leave itself sees them: those that hold for a person, and what they say.

    Each call opens its own transaction where it reads, and may ask a plugin's process: it is not made inside another
    transaction. What a plugin could not do is refused with LEAVE_POLICY_GONE, LEAVE_PARAMETERS_INVALID,
    LEAVE_POLICY_FAILED, LEAVE_POLICY_TIMED_OUT or LEAVE_ANSWER_INVALID; answers are checked before they come here.
    """

    def employments(self, person: UUID) -> Sequence[Employment]:
        """A person's employments as policies are told of them, oldest first; none of somebody unknown."""
        ...

    def held(self, person: UUID, span: Period) -> Sequence[HeldPolicy]:
        """Which policies hold for a person within a span of days, and on which of them; by first day."""
        ...

    def kinds(self, person: UUID, day: date) -> Sequence[OfferedKind]:
        """What the person may ask for on a day, of all policies that hold then; each code once."""
        ...

    def entitlements(
        self, employment: Employment, span: Period, held: Sequence[HeldPolicy]
    ) -> Sequence[tuple[Period, Sequence[Entitlement]]]:
        """What an employment is given within a span: of each policy what falls on the days on which it holds."""
        ...

    def measure(self, offered: OfferedKind, request: LeaveRequest, days: Sequence[LeaveDay]) -> tuple[Taken, ...]:
        """What a request takes of each of the days that it reaches."""
        ...

    def admit(
        self, offered: OfferedKind, request: LeaveRequest, measured: tuple[Taken, ...], *, standing: Standing
    ) -> tuple[Objection, ...]:
        """What speaks against a request; nothing: it may be asked for."""
        ...

    def approval(self, offered: OfferedKind, request: LeaveRequest, measured: tuple[Taken, ...]) -> tuple[Step, ...]:
        """Who is asked, one after the other; there is always somebody."""
        ...


class LeaveBook(Protocol):
    """What the installed leave policies say; a policy is named by its identity and its parameters as canonical JSON."""

    def offered(self) -> list[OfferedLeave]: ...
    def checked(self, policy: str, parameters: Mapping[str, Any], *, field: str) -> str: ...
    def kinds(self, policy: str, parameters: str) -> tuple[LeaveKind, ...]: ...
    def entitlements(self, held: HeldPolicy, employment: Employment, span: Period) -> tuple[Entitlement, ...]: ...
    def measure(self, offered: OfferedKind, request: LeaveRequest, days: Sequence[LeaveDay]) -> tuple[Taken, ...]: ...
    def admit(
        self, offered: OfferedKind, request: LeaveRequest, measured: tuple[Taken, ...], *, standing: Standing
    ) -> tuple[Objection, ...]: ...
    def approval(
        self, offered: OfferedKind, request: LeaveRequest, measured: tuple[Taken, ...]
    ) -> tuple[Step, ...]: ...


class LeaveAssignmentStore(AssignmentStore, Protocol):
    """Assignments of leave policies; see `store.leave_assignments`."""

    def every_between(self, connection: sa.Connection, first: date, last: date) -> list[Assignment]: ...


class LeaveFaultStore(Protocol):
    """What leave policies failed at; see `store.leave_faults`."""

    def note(self, connection: sa.Connection, fault: LeaveFault) -> None: ...
    def settle(self, connection: sa.Connection, question: Question, *, seen_before: datetime) -> None: ...
    def listed(self, connection: sa.Connection) -> list[LeaveFault]: ...


class ServiceRecordStore(Protocol):
    """What people tells of cumulative service and birthdays; see `store.service_records`."""

    def service_record(self, connection: sa.Connection, person: UUID) -> ServiceRecord: ...
