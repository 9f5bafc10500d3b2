"""Has a leave policy hold for a person, a unit or everybody from a date (LVE-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.values import new_id

from bylaw_attendance.events import leave_policy_assigned
from bylaw_attendance.ports.leave import LeaveAssignmentStore, LeaveBook
from bylaw_attendance.rules.judging.assignment import Assignment, SubjectKind
from bylaw_attendance.rules.leave.leave_held import COLLECTION
from bylaw_attendance.use_cases.leave.leave_side_by_side import LeaveSideBySide
from bylaw_attendance.use_cases.policies.assign_pattern import ends_before_it_begins
from bylaw_attendance.use_cases.policies.assignment_subjects import AssignmentSubjects

FIELD = "leave_assignment"


@dataclass(frozen=True, slots=True)
class LeaveAssignmentWish:
    """For whom which policy shall hold with which parameters, from when to when."""

    kind: SubjectKind
    subject: UUID
    policy: str
    parameters: Mapping[str, Any]
    first_day: date
    last_day: date | None
    prefix: str = f"{FIELD}."
    """Where it stands in the request, for the path of what is wrong with it."""


@dataclass(frozen=True, slots=True)
class AssignLeavePolicy:
    """Makes assignments; what was granted by an older one stays by what held on its day."""

    database: Database
    subjects: AssignmentSubjects
    assignments: LeaveAssignmentStore
    book: LeaveBook
    beside: LeaveSideBySide

    def assign(self, wish: LeaveAssignmentWish, caller: Caller, reach: Reach) -> Assignment:
        """Refuses as the contract says; an open one of the same policy that began earlier ends the day before."""
        made = self.prepared(wish, reach)
        self._add(made, self.beside.check(made), caller)
        return made

    def prepared(self, wish: LeaveAssignmentWish, reach: Reach) -> Assignment:
        """The assignment as it would be kept; refuses what can be told before anything is."""
        if wish.last_day and wish.last_day < wish.first_day:
            raise ends_before_it_begins(f"{wish.prefix}end_date")
        parameters = self.book.checked(wish.policy, wish.parameters, field=f"{wish.prefix}parameters")
        self.subjects.finding.refresher.refresh()
        self.subjects.check(wish.kind, wish.subject, reach)
        days = (wish.first_day, wish.last_day)
        return Assignment(new_id(), wish.kind, wish.subject, wish.policy, parameters, *days, collection=COLLECTION)

    def require_free(self, connection: sa.Connection, made: Assignment) -> None:
        """Refuses LEAVE_ASSIGNMENT_OVERLAPS where it could not be added now."""
        rivals = self.assignments.in_the_way(connection, made)
        if any(one.last_day is not None or one.first_day >= made.first_day for one in rivals):
            raise self.subjects.overlap(connection, made)

    def _add(self, made: Assignment, seen: Sequence[Assignment], caller: Caller) -> None:
        with self.database.work() as work:
            self.beside.hold(work.connection, made, seen)
            ended = self.assignments.end_open_before(work.connection, made)
            if not self.assignments.add(work.connection, made, created_at=work.now, created_by=caller.key):
                raise self.subjects.overlap(work.connection, made)
            if ended:
                work.concerns(ended.name)
                work.publish(leave_policy_assigned(ended))
            work.publish(leave_policy_assigned(made))
