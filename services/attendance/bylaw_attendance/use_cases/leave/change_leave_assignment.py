"""Ends an assignment of a leave policy, or withdraws one that should not have been made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.refusals import FieldInvalid

from bylaw_attendance.events import leave_policy_assigned
from bylaw_attendance.ports.leave import LeaveAssignmentStore
from bylaw_attendance.rules.judging.assignment import EVERYBODY, Assignment, Withdrawal
from bylaw_attendance.rules.leave.leave_policy_refusals import (
    LeaveAssignmentChanged,
    LeaveAssignmentNotFound,
    LeaveAssignmentWithdrawn,
)
from bylaw_attendance.use_cases.leave.leave_side_by_side import LeaveSideBySide
from bylaw_attendance.use_cases.policies.assign_pattern import ends_before_it_begins
from bylaw_attendance.use_cases.policies.assignment_subjects import AssignmentSubjects


@dataclass(frozen=True, slots=True)
class ChangeLeaveAssignment:
    """Nothing but its last day and its withdrawal ever changes: what says something else is another assignment."""

    database: Database
    subjects: AssignmentSubjects
    assignments: LeaveAssignmentStore
    beside: LeaveSideBySide

    def end(self, identifier: UUID, last_day: date, *, seen: str, reach: Reach) -> Assignment:
        """Gives an assignment its last day; refuses LEAVE_ASSIGNMENT_NOT_FOUND also for what is out of reach."""
        found = self._found(identifier, reach)
        if last_day < found.first_day:
            raise ends_before_it_begins("last_date")
        others = self._beside(found, last_day)
        with self.database.work() as work:
            self._lock(work.connection, found, seen)
            if others is not None:
                self.beside.hold(work.connection, found._replace(last_day=last_day), others)
            ended = self.assignments.end(work.connection, identifier, last_day)
            if ended is None:
                raise self.subjects.overlap(work.connection, found._replace(last_day=last_day))
            work.publish(leave_policy_assigned(ended))
        return ended

    def withdraw(self, identifier: UUID, reason: str, *, seen: str, caller: Caller, reach: Reach) -> Assignment:
        """Takes an assignment off all of its days; what it had ended goes on. Refuses as the contract says."""
        if not reason.strip():
            raise FieldInvalid(field="reason", zh="请填写撤销的理由", en="say why it is withdrawn")
        found = self._found(identifier, reach)
        with self.database.work() as work:
            self._lock(work.connection, found, seen)
            withdrawal = Withdrawal(work.now, caller.key, reason.strip())
            withdrawn = self.assignments.withdraw(work.connection, identifier, withdrawal)
            if withdrawn is None:
                raise LeaveAssignmentWithdrawn
            work.publish(leave_policy_assigned(withdrawn))
            if resumed := self.assignments.go_on(work.connection, identifier):
                work.concerns(resumed.name)
                work.publish(leave_policy_assigned(resumed))
        return withdrawn

    def _beside(self, found: Assignment, last_day: date) -> Sequence[Assignment] | None:
        """What holds beside it on its days, if it gets more of them than it has; nothing else can clash anew."""
        if found.withdrawal or found.last_day is None or last_day <= found.last_day:
            return None
        return self.beside.check(found._replace(last_day=last_day))

    def _found(self, identifier: UUID, reach: Reach) -> Assignment:
        with self.database.read() as connection:
            found = self.assignments.find(connection, identifier)
        if found is None or not self.subjects.within(found, reach):
            raise LeaveAssignmentNotFound
        return found

    def _lock(self, connection: sa.Connection, found: Assignment, seen: str) -> None:
        """Until the transaction ends nobody else changes assignments of leave policies; this one is as it was seen."""
        self.assignments.lock_subject(connection, EVERYBODY)
        now = self.assignments.find(connection, found.identifier) or found
        if now.withdrawal:
            raise LeaveAssignmentWithdrawn
        if seen and seen != str(now.revision):
            raise LeaveAssignmentChanged
