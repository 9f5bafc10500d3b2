"""Whether a leave policy may hold beside those that are assigned: no code of a kind or balance twice (LVE-1)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.database import Database
from bylaw_chassis.organisation.facts import Stay, Tree
from bylaw_chassis.refusals import Refusal
from bylaw_hooks.leave import LeaveKind

from bylaw_attendance.ports.leave import LeaveAssignmentStore, LeaveBook
from bylaw_attendance.ports.records import OrganisationStore
from bylaw_attendance.rules.judging.assignment import EVERYBODY, Assignment, SubjectKind
from bylaw_attendance.rules.leave.leave_codes import clash
from bylaw_attendance.rules.leave.leave_policy_refusals import LeaveAssignmentChanged, LeaveCodesClash


class Seen(NamedTuple):
    """What was assigned when it was looked at, with what is needed to tell who meets whom."""

    others: Sequence[Assignment]
    tree: Tree
    stays: dict[UUID, list[Stay]]


@dataclass(frozen=True, slots=True)
class LeaveSideBySide:
    """Looked at before the transaction, since policies may be asked; what changed meanwhile is noticed inside it."""

    database: Database
    organisation: OrganisationStore
    assignments: LeaveAssignmentStore
    book: LeaveBook

    def check(self, wished: Assignment) -> Sequence[Assignment]:
        """Refuses LEAVE_CODES_CLASH, and what the policy itself could not do; answers what `still` compares with."""
        kinds, seen = self.book.kinds(wished.pattern, wished.parameters), self._look(wished)
        found = clash(wished, kinds, self._offered(seen), tree=seen.tree, stays=seen.stays)
        if found:
            told = (found.other.pattern, found.other.name)
            raise LeaveCodesClash(policy=wished.pattern, other=told[0], assignment=told[1], codes=found.codes)
        return seen.others

    def hold(self, connection: sa.Connection, wished: Assignment, seen: Sequence[Assignment]) -> None:
        """Nobody else changes assignments of leave policies until the transaction ends, and what was seen is so still.

        Refuses LEAVE_ASSIGNMENT_CHANGED.
        """
        self.assignments.lock_subject(connection, EVERYBODY)
        if self._others(connection, wished) != seen:
            raise LeaveAssignmentChanged

    def _look(self, wished: Assignment) -> Seen:
        with self.database.read() as connection:
            others = self._others(connection, wished)
            people = [one.subject for one in (wished, *others) if one.kind is SubjectKind.PERSON]
            stays: dict[UUID, list[Stay]] = {}
            for stay in self.organisation.stays_of(connection, people):
                stays.setdefault(stay.person, []).append(stay)
            versions = self.organisation.unit_versions(connection, wished.first_day, wished.last_day or date.max)
        return Seen(others, Tree.of(versions), stays)

    def _others(self, connection: sa.Connection, wished: Assignment) -> list[Assignment]:
        days = (wished.first_day, wished.last_day or date.max)
        found = self.assignments.every_between(connection, *days)
        return [one for one in found if one.identifier != wished.identifier]

    def _offered(self, seen: Seen) -> Iterator[tuple[Assignment, Sequence[LeaveKind]]]:
        """What cannot say its kinds, or is not installed any more, offers none."""
        for one in seen.others:
            try:
                yield one, self.book.kinds(one.pattern, one.parameters)
            except Refusal:
                yield one, ()
