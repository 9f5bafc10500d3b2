"""Puts a person, a unit or everybody under a pattern from a date, and ends that again (HRS-1 to HRS-5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.refusals import FieldInvalid, PermissionMissing
from bylaw_chassis.values import new_id

from bylaw_attendance.events import pattern_assigned
from bylaw_attendance.ports import AssignmentStore, PatternBook
from bylaw_attendance.rules.assignment import Assignment, SubjectKind
from bylaw_attendance.rules.planned import Offered
from bylaw_attendance.rules.refusals import AssignmentNotFound, AssignmentOverlaps, PersonNotFound, UnitNotFound
from bylaw_attendance.use_cases.finding import Finding
from bylaw_attendance.use_cases.show_replay import ShowReplay

PERMISSION, READ_REPLAYS = "attendance.policies.assign", "attendance.replays.read"


@dataclass(frozen=True, slots=True)
class AssignmentWish:
    """Who shall follow which pattern with which parameters, from when to when."""

    kind: SubjectKind
    subject: UUID
    pattern: str
    parameters: Mapping[str, Any]
    first_day: date
    last_day: date | None
    replay: UUID | None = None


@dataclass(frozen=True, slots=True)
class AssignPattern:
    """Makes and ends assignments; their past is history and stays."""

    database: Database
    finding: Finding
    assignments: AssignmentStore
    book: PatternBook
    replays: ShowReplay

    def assign(self, wish: AssignmentWish, caller: Caller, reach: Reach) -> Assignment:
        """Refuses as the contract says; an open assignment of the subject that began earlier ends the day before."""
        if wish.last_day and wish.last_day < wish.first_day:
            raise _ends_before_it_begins("pattern_assignment.end_date")
        parameters = self.book.checked(wish.pattern, wish.parameters, field="pattern_assignment.parameters")
        self.finding.refresher.refresh()
        self._check_subject(wish.kind, wish.subject, reach)
        if wish.replay:
            seen, tried = caller.reach(READ_REPLAYS), (wish.pattern, parameters)
            self.replays.check_basis(wish.replay, caller, seen, tried=tried, subject=wish.subject)
        days = (wish.first_day, wish.last_day)
        made = Assignment(new_id(), wish.kind, wish.subject, wish.pattern, parameters, *days, wish.replay)
        with self.database.work() as work:
            self.assignments.lock_subject(work.connection, wish.subject)
            self.assignments.end_open_before(work.connection, wish.subject, wish.first_day)
            if not self.assignments.add(work.connection, made, created_at=work.now, created_by=caller.key):
                raise AssignmentOverlaps
            work.publish(pattern_assigned(made))
        return made

    def end(self, identifier: UUID, last_day: date, reach: Reach) -> Assignment:
        """Gives an assignment its last day; refuses ASSIGNMENT_NOT_FOUND also for what is out of reach."""
        with self.database.read() as connection:
            found = self.assignments.find(connection, identifier)
        if found is None or not self._within(found, reach):
            raise AssignmentNotFound
        if last_day < found.first_day:
            raise _ends_before_it_begins("last_date")
        ended = found._replace(last_day=last_day)
        with self.database.work() as work:
            self.assignments.lock_subject(work.connection, found.subject)
            if not self.assignments.end(work.connection, identifier, last_day):
                raise AssignmentOverlaps
            work.publish(pattern_assigned(ended))
        return ended

    def _within(self, made: Assignment, reach: Reach) -> bool:
        try:
            self._check_subject(made.kind, made.subject, reach)
        except (PersonNotFound, UnitNotFound, PermissionMissing):
            return False
        return True

    def _check_subject(self, kind: SubjectKind, subject: UUID, reach: Reach) -> None:
        if kind is SubjectKind.PERSON:
            self.finding.person(reach, subject)
        elif kind is SubjectKind.UNIT:
            self.finding.unit(reach, subject, self.finding.today)
        elif not reach.everyone:
            raise PermissionMissing(permission=PERMISSION)


def _ends_before_it_begins(field: str) -> FieldInvalid:
    return FieldInvalid(field=field, zh="不能早于开始日期", en="must not be before the first day")


@dataclass(frozen=True, slots=True)
class ListPolicies:
    """Lists what plugins offer and what was chosen."""

    database: Database
    assignments: AssignmentStore
    book: PatternBook

    def patterns(self) -> list[Offered]:
        """Every version of every pattern."""
        return self.book.offered()

    def page(self, reach: Reach, *, after: UUID | None, limit: int) -> list[Assignment]:
        """Assignments within reach, newest first, behind a place."""
        today = self.database.clock().date()
        with self.database.read() as connection:
            return self.assignments.listed(connection, reach, today, after=after, limit=limit)
