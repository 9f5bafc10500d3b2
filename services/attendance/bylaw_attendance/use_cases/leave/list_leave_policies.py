"""Lists the leave policies that plugins offer, and for whom which was chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database
from bylaw_chassis.refusals import Refusal
from bylaw_hooks.leave import LeaveKind

from bylaw_attendance.ports.leave import LeaveAssignmentStore, LeaveBook, LeaveFaultStore
from bylaw_attendance.rules.judging.assignment import Assignment, AssignmentFilter
from bylaw_attendance.rules.leave.leave_faults import LeaveFault
from bylaw_attendance.rules.leave.leave_held import OfferedLeave
from bylaw_attendance.use_cases.policies.assignment_subjects import AssignmentSubjects


class ShownLeavePolicy(NamedTuple):
    """A version of a policy, its kinds under its defaults, and what it could not do."""

    offered: OfferedLeave
    kinds: Sequence[LeaveKind]
    faults: Sequence[LeaveFault]


@dataclass(frozen=True, slots=True)
class ListLeavePolicies:
    """Lists policies, and assignments within reach as of today."""

    database: Database
    subjects: AssignmentSubjects
    assignments: LeaveAssignmentStore
    faults: LeaveFaultStore
    book: LeaveBook

    def policies(self) -> list[ShownLeavePolicy]:
        """Every version of every policy, by name; one that fails is listed with that."""
        offered = [(one, self._kinds(one)) for one in self.book.offered()]
        with self.database.read() as connection:
            faults = self.faults.listed(connection)
        return [
            ShownLeavePolicy(one, kinds, [fault for fault in faults if fault.policy == one.policy])
            for one, kinds in offered
        ]

    def page(self, wish: AssignmentFilter, reach: Reach, *, page: tuple[UUID | None, int]) -> list[Assignment]:
        """Assignments, newest first, behind a place; refuses PERSON_NOT_FOUND and UNIT_NOT_FOUND."""
        if wish.subject:
            self.subjects.find(*wish.subject, reach)
        with self.database.read() as connection:
            return self.assignments.listed(connection, wish, reach, day=self.subjects.finding.today, page=page)

    def is_well(self) -> bool:
        """Whether no policy has failed since it last went well."""
        with self.database.read() as connection:
            return not self.faults.listed(connection)

    def _kinds(self, offered: OfferedLeave) -> Sequence[LeaveKind]:
        try:
            return self.book.kinds(offered.policy, "{}")
        except Refusal:
            return ()
