"""Ends an assignment, or withdraws one that should not have been made."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.refusals import FieldInvalid

from bylaw_attendance.events import pattern_assigned
from bylaw_attendance.ports.closing import ClosedMonths
from bylaw_attendance.ports.records import AssignmentStore
from bylaw_attendance.rules.judging.assignment import DAY, Assignment, Withdrawal
from bylaw_attendance.rules.refusals import AssignmentChanged, AssignmentNotFound, AssignmentWithdrawn
from bylaw_attendance.use_cases.leave.measure_leave import have_measured
from bylaw_attendance.use_cases.policies.assign_pattern import Days, check_assignment_open, ends_before_it_begins
from bylaw_attendance.use_cases.policies.assignment_subjects import AssignmentSubjects


@dataclass(frozen=True, slots=True)
class ChangeAssignment:
    """Nothing else of an assignment ever changes, so there is no call that corrects one.

    One that says something else from its first day on is another one, and what was judged by the first has to be told
    from what is judged by the second. Who made a mistake withdraws it, which leaves its days free, and assigns what is
    right: both stay on record.
    """

    database: Database
    subjects: AssignmentSubjects
    assignments: AssignmentStore
    closed: ClosedMonths

    def end(self, identifier: UUID, last_day: date, *, seen: str, reach: Reach) -> Assignment:
        """Gives an assignment its last day; refuses ASSIGNMENT_NOT_FOUND also for what is out of reach."""
        found = self._found(identifier, reach)
        if last_day < found.first_day:
            raise ends_before_it_begins("last_date")
        with self.database.work() as work:
            self._lock(work.connection, found, seen)
            check_assignment_open(self.closed, work.connection, found, days=_days_between(found, last_day))
            ended = self.assignments.end(work.connection, identifier, last_day)
            if ended is None:
                raise self.subjects.overlap(work.connection, found._replace(last_day=last_day))
            work.publish(pattern_assigned(ended))
            have_measured(work, *_days_between(found, last_day))
        return ended

    def withdraw(self, identifier: UUID, reason: str, *, seen: str, caller: Caller, reach: Reach) -> Assignment:
        """Takes an assignment off all of its days; what it had ended goes on. Refuses as the contract says.

        What was judged by it is judged anew when it is next read: a sheet is kept with the digest of what decided it,
        and that is another thing then.
        """
        if not reason.strip():
            raise FieldInvalid(field="reason", zh="请填写撤销的理由", en="say why it is withdrawn")
        found = self._found(identifier, reach)
        with self.database.work() as work:
            self._lock(work.connection, found, seen)
            check_assignment_open(self.closed, work.connection, found, days=(found.first_day, found.last_day))
            withdrawal = Withdrawal(work.now, caller.key, reason.strip())
            withdrawn = self.assignments.withdraw(work.connection, identifier, withdrawal)
            if withdrawn is None:
                raise AssignmentWithdrawn
            work.publish(pattern_assigned(withdrawn))
            have_measured(work, found.first_day, found.last_day)
            if resumed := self.assignments.go_on(work.connection, identifier):
                work.concerns(resumed.name)
                work.publish(pattern_assigned(resumed))
        return withdrawn

    def _found(self, identifier: UUID, reach: Reach) -> Assignment:
        with self.database.read() as connection:
            found = self.assignments.find(connection, identifier)
        if found is None or not self.subjects.within(found, reach):
            raise AssignmentNotFound
        return found

    def _lock(self, connection: sa.Connection, found: Assignment, seen: str) -> None:
        """Until the transaction ends nobody else changes the subject's assignments, and this one is as it was seen."""
        self.assignments.lock_subject(connection, found.subject)
        now = self.assignments.find(connection, found.identifier) or found
        if now.withdrawal:
            raise AssignmentWithdrawn
        if seen and seen != str(now.revision):
            raise AssignmentChanged


def _days_between(found: Assignment, last_day: date) -> Days:
    """The days on which something else holds where an assignment gets another last day; none: from the day after."""
    if found.last_day is None or found.last_day == last_day:
        return last_day + DAY, found.last_day and last_day
    first, last = sorted((found.last_day, last_day))
    return first + DAY, last
