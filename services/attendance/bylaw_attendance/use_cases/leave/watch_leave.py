"""The leave policies that hold for people, watched: what one could not do is kept until the same goes well again.

What is only tried, listed, or about to be assigned is asked without it: nobody waits for that.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bylaw_chassis.database import Database, transaction_is_open
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

from bylaw_attendance.ports.leave import LeaveBook, LeaveFaultStore
from bylaw_attendance.rules.leave.leave_faults import Question, leave_fault
from bylaw_attendance.rules.leave.leave_held import HeldPolicy, OfferedKind, OfferedLeave
from bylaw_attendance.rules.leave.leave_policy_refusals import LeavePolicyAtFault

T = TypeVar("T")
Chosen = tuple[str, str]
LOOKED_AT = timedelta(seconds=10)
"""What is on record is looked at again so long after the last time: whatever goes well mostly went well before."""


@dataclass(slots=True)
class _Known:
    """What is on record, as it was read last; two who read it at once do no harm."""

    read_at: datetime | None = None
    faults: frozenset[Question] = frozenset()


@dataclass(frozen=True, slots=True)
class WatchedLeave:
    """Answers `LeaveBook` of the ports.

    A failure is kept by itself, whatever becomes of the call: what it refuses undoes its own effect alone.
    """

    database: Database
    book: LeaveBook
    faults: LeaveFaultStore
    _known: _Known = field(default_factory=_Known)

    def offered(self) -> list[OfferedLeave]:
        """Every version of every policy, by name."""
        return self.book.offered()

    def checked(self, policy: str, parameters: Mapping[str, Any], *, field: str) -> str:
        """Parameters with every default, as canonical JSON."""
        return self.book.checked(policy, parameters, field=field)

    def kinds(self, policy: str, parameters: str) -> tuple[LeaveKind, ...]:
        """The kinds of leave that a policy knows."""
        return self._watched((policy, parameters), "kinds", lambda: self.book.kinds(policy, parameters))

    def entitlements(self, held: HeldPolicy, employment: Employment, span: Period) -> tuple[Entitlement, ...]:
        """What somebody is given on the days of a span."""
        return self._watched(_chosen(held), "entitlements", lambda: self.book.entitlements(held, employment, span))

    def measure(self, offered: OfferedKind, request: LeaveRequest, days: Sequence[LeaveDay]) -> tuple[Taken, ...]:
        """What a request takes of each of the days that it reaches."""
        return self._watched(_chosen(offered), "measure", lambda: self.book.measure(offered, request, days))

    def admit(
        self, offered: OfferedKind, request: LeaveRequest, measured: tuple[Taken, ...], *, standing: Standing
    ) -> tuple[Objection, ...]:
        """What speaks against a request."""
        return self._watched(
            _chosen(offered), "admit", lambda: self.book.admit(offered, request, measured, standing=standing)
        )

    def approval(self, offered: OfferedKind, request: LeaveRequest, measured: tuple[Taken, ...]) -> tuple[Step, ...]:
        """Who is asked, one after the other."""
        return self._watched(_chosen(offered), "approval", lambda: self.book.approval(offered, request, measured))

    def _watched(self, chosen: Chosen, asked: str, call: Callable[[], T]) -> T:
        begun, question = self.database.clock(), Question(chosen[0], _digest(chosen[1]), asked)
        try:
            answer = call()
        except LeavePolicyAtFault as refusal:
            self._note(refusal, question)
            raise
        if question in self._on_record(begun) and not transaction_is_open():
            with self.database.engine.begin() as connection:
                self.faults.settle(connection, question, seen_before=begun)
            self._known.read_at = None
        return answer

    def _note(self, refusal: LeavePolicyAtFault, question: Question) -> None:
        self._known.read_at = None
        if not transaction_is_open():
            with self.database.engine.begin() as connection:
                self.faults.note(connection, leave_fault(refusal, question, self.database.clock()))

    def _on_record(self, now: datetime) -> frozenset[Question]:
        known = self._known
        if (known.read_at is None or now - known.read_at >= LOOKED_AT) and not transaction_is_open():
            with self.database.read() as connection:
                found = frozenset(fault.question for fault in self.faults.listed(connection))
            known.faults, known.read_at = found, now
        return known.faults


def _chosen(one: HeldPolicy | OfferedKind) -> Chosen:
    return one.policy, one.parameters


def _digest(parameters: str) -> str:
    return hashlib.sha256(parameters.encode()).hexdigest()
