"""Lists what plugins offer and what was chosen."""

from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database

from bylaw_attendance.ports.records import AssignmentStore, PatternBook
from bylaw_attendance.rules.judging.assignment import Assignment, AssignmentFilter
from bylaw_attendance.rules.judging.planned import Offered
from bylaw_attendance.use_cases.policies.assignment_subjects import AssignmentSubjects


@dataclass(frozen=True, slots=True)
class ListPolicies:
    """Lists patterns, and assignments within reach as of today."""

    database: Database
    subjects: AssignmentSubjects
    assignments: AssignmentStore
    book: PatternBook

    def patterns(self) -> list[Offered]:
        """Every version of every pattern."""
        return self.book.offered()

    def page(self, wish: AssignmentFilter, reach: Reach, *, page: tuple[UUID | None, int]) -> list[Assignment]:
        """Assignments, newest first, behind a place; refuses PERSON_NOT_FOUND and UNIT_NOT_FOUND."""
        if wish.subject:
            self.subjects.find(*wish.subject, reach)
        with self.database.read() as connection:
            return self.assignments.listed(connection, wish, reach, day=self.subjects.finding.today, page=page)
