"""Puts a person, a unit or everybody under a pattern from a date (HRS-1 to HRS-5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import new_id

from bylaw_attendance.events import pattern_assigned
from bylaw_attendance.ports.closing import ClosedMonths
from bylaw_attendance.ports.records import AssignmentStore, PatternBook
from bylaw_attendance.rules.judging.assignment import Assignment, SubjectKind
from bylaw_attendance.rules.overtime.hours_system import HoursSystem
from bylaw_attendance.use_cases.leave.measure_leave import have_measured
from bylaw_attendance.use_cases.policies.assignment_subjects import AssignmentSubjects
from bylaw_attendance.use_cases.policies.check_pattern_caps import CheckPatternCaps
from bylaw_attendance.use_cases.policies.show_replay import ShowReplay

READ_REPLAYS = "attendance.replays.read"
Days = tuple[date, date | None]


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
    hours_system: HoursSystem = HoursSystem.STANDARD
    hours_approval: str = ""


@dataclass(frozen=True, slots=True)
class AssignPattern:
    """Makes assignments; their past is history and stays."""

    database: Database
    subjects: AssignmentSubjects
    assignments: AssignmentStore
    book: PatternBook
    replays: ShowReplay
    closed: ClosedMonths
    caps: CheckPatternCaps

    def assign(self, wish: AssignmentWish, caller: Caller, reach: Reach) -> Assignment:
        """Refuses as the contract says; an open assignment of the subject that began earlier ends the day before."""
        if wish.last_day and wish.last_day < wish.first_day:
            raise ends_before_it_begins("pattern_assignment.end_date")
        parameters = self.book.checked(wish.pattern, wish.parameters, field="pattern_assignment.parameters")
        self.subjects.finding.refresher.refresh()
        self.subjects.check(wish.kind, wish.subject, reach)
        if wish.replay:
            seen, tried = caller.reach(READ_REPLAYS), (wish.pattern, parameters)
            self.replays.check_basis(wish.replay, caller, seen, tried=tried, subject=wish.subject)
        days = (wish.first_day, wish.last_day)
        self.caps.check(wish.pattern, parameters, days, wish.hours_system)
        made = Assignment(
            new_id(),
            wish.kind,
            wish.subject,
            wish.pattern,
            parameters,
            *days,
            wish.replay,
            hours_system=wish.hours_system,
            hours_approval=wish.hours_approval,
        )
        self._add(made, caller)
        return made

    def _add(self, made: Assignment, caller: Caller) -> None:
        with self.database.work() as work:
            self.assignments.lock_subject(work.connection, made.subject)
            check_assignment_open(self.closed, work.connection, made, days=(made.first_day, made.last_day))
            ended = self.assignments.end_open_before(work.connection, made)
            if not self.assignments.add(work.connection, made, created_at=work.now, created_by=caller.key):
                raise self.subjects.overlap(work.connection, made)
            if ended:
                work.concerns(ended.name)
                work.publish(pattern_assigned(ended))
            work.publish(pattern_assigned(made))
            have_measured(work, made.first_day, made.last_day)


def check_assignment_open(closed: ClosedMonths, connection: sa.Connection, made: Assignment, *, days: Days) -> None:
    """Refuses MONTH_CLOSED where the month of somebody under the subject is closed on one of these days."""
    if made.kind is SubjectKind.PERSON:
        closed.check_open(connection, made.subject, *days)
    elif made.kind is SubjectKind.UNIT:
        closed.check_open_below(connection, made.subject, *days)
    else:
        closed.check_open_everywhere(connection, *days)


def ends_before_it_begins(field: str) -> FieldInvalid:
    """What a last day before the first one is answered."""
    return FieldInvalid(field=field, zh="不能早于开始日期", en="must not be before the first day")
