"""To whom patterns are assigned: whether a caller may, and how a refusal names them."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.refusals import PermissionMissing
from bylaw_chassis.values import resource_name

from bylaw_attendance.ports.records import AssignmentStore, OrganisationStore
from bylaw_attendance.rules.judging.assignment import Assignment, SubjectKind
from bylaw_attendance.rules.refusals import AssignmentOverlaps, PersonNotFound, UnitNotFound
from bylaw_attendance.use_cases.sheets.finding import Finding

PERMISSION = "attendance.policies.assign"
WHOLE_ORGANISATION = ("全组织", "the whole organisation")
ANYBODY = Reach(everyone=True)


@dataclass(frozen=True, slots=True)
class AssignmentSubjects:
    """People and units within reach as of today, and the whole organisation for whose reach is over everybody."""

    finding: Finding
    organisation: OrganisationStore
    assignments: AssignmentStore
    overlaps: type[AssignmentOverlaps] = AssignmentOverlaps

    def check(self, kind: SubjectKind, subject: UUID, reach: Reach) -> None:
        """Refuses PERSON_NOT_FOUND, UNIT_NOT_FOUND and PERMISSION_MISSING."""
        if kind is SubjectKind.ORGANISATION and not reach.everyone:
            raise PermissionMissing(permission=PERMISSION)
        self.find(kind, subject, reach)

    def find(self, kind: SubjectKind, subject: UUID, reach: Reach) -> None:
        """Refuses PERSON_NOT_FOUND and UNIT_NOT_FOUND; the whole organisation is there for everybody."""
        if kind is SubjectKind.PERSON:
            self.finding.person(reach, subject)
        elif kind is SubjectKind.UNIT:
            self.finding.unit(reach, subject, self.finding.today)

    def within(self, made: Assignment, reach: Reach) -> bool:
        """Whether an assignment may be changed by whoever has this reach."""
        try:
            self.check(made.kind, made.subject, reach)
        except (PersonNotFound, UnitNotFound, PermissionMissing):
            return False
        return True

    def overlap(self, connection: sa.Connection, wished: Assignment) -> AssignmentOverlaps:
        """The refusal that names what is in the way of an assignment's days."""
        first, *more = self.assignments.in_the_way(connection, wished)
        return self.overlaps(
            subject=self._words(connection, first),
            pattern=first.pattern,
            assignment=first.name,
            days=(first.first_day, first.last_day),
            more=len(more),
        )

    def _words(self, connection: sa.Connection, made: Assignment) -> tuple[str, str]:
        """Its subject in both languages: a person by employee number, a unit by its newest title and code."""
        if made.kind is SubjectKind.PERSON:
            found = self.organisation.find_people(connection, ANYBODY, self.finding.today, ids=[made.subject])
            number = found[0].number if found else resource_name("people", made.subject)
            return f"员工 {number} ", f"employee {number}"
        if made.kind is SubjectKind.UNIT:
            days = sorted((made.first_day, self.finding.today))
            versions = [one for one in self.organisation.unit_versions(connection, *days) if one.unit == made.subject]
            if versions:
                last = max(versions, key=lambda version: version.first_day)
                return f"{last.title_zh}（{last.code}）", f"{last.title_en} ({last.code})"
            return (resource_name("units", made.subject),) * 2
        return WHOLE_ORGANISATION
