"""Which leave policies hold for a person, what they offer, and what they say (LVE-1): what leave is asked through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bylaw_chassis.database import Database
from bylaw_chassis.organisation.facts import Tree
from bylaw_hooks.leave import Employment, Entitlement, LeaveDay, LeaveRequest, Objection, Period, Standing, Step, Taken

from bylaw_attendance.ports.leave import LeaveAssignmentStore, LeaveBook, ServiceRecordStore
from bylaw_attendance.ports.records import OrganisationStore
from bylaw_attendance.rules.leave.leave_held import HeldPolicy, OfferedKind, employments, held


@dataclass(frozen=True, slots=True)
class HeldLeave:
    """Answers `LeavePolicies` of the ports: reads first, and asks a plugin when no transaction is open."""

    database: Database
    organisation: OrganisationStore
    assignments: LeaveAssignmentStore
    book: LeaveBook
    records: ServiceRecordStore

    def employments(self, person: UUID) -> Sequence[Employment]:
        """A person's employments, oldest first."""
        with self.database.read() as connection:
            stays = self.organisation.stays_of(connection, [person])
            return employments(stays, self.records.service_record(connection, person))

    def held(self, person: UUID, span: Period) -> Sequence[HeldPolicy]:
        """Which policies hold within a span, and on which days."""
        days = span.first, span.last
        with self.database.read() as connection:
            stays = self.organisation.stays_between(connection, [person], *days)
            made = self.assignments.between(connection, [person], *days)
            tree = Tree.of(self.organisation.unit_versions(connection, *days))
        return held(made, tree, stays, span=span)

    def kinds(self, person: UUID, day: date) -> Sequence[OfferedKind]:
        """What may be asked for on a day; of two kinds of one code the nearer policy's."""
        found: dict[str, OfferedKind] = {}
        for one in self.held(person, Period(day, day)):
            for kind in self.book.kinds(one.policy, one.parameters):
                found.setdefault(kind.code, OfferedKind(kind, one.policy, one.parameters))
        return list(found.values())

    def entitlements(
        self, employment: Employment, span: Period, held: Sequence[HeldPolicy]
    ) -> Sequence[tuple[Period, Sequence[Entitlement]]]:
        """What is given within a span, of each policy on its days."""
        found: list[tuple[Period, Sequence[Entitlement]]] = []
        for one in held:
            part = Period(max(one.period.first, span.first), min(one.period.last, span.last))
            if part.first <= part.last:
                found.append((part, self.book.entitlements(one, employment, part)))
        return found

    def measure(self, offered: OfferedKind, request: LeaveRequest, days: Sequence[LeaveDay]) -> tuple[Taken, ...]:
        """What a request takes of each of the days that it reaches."""
        return self.book.measure(offered, request, days)

    def admit(
        self, offered: OfferedKind, request: LeaveRequest, measured: tuple[Taken, ...], *, standing: Standing
    ) -> tuple[Objection, ...]:
        """What speaks against a request."""
        return self.book.admit(offered, request, measured, standing=standing)

    def approval(self, offered: OfferedKind, request: LeaveRequest, measured: tuple[Taken, ...]) -> tuple[Step, ...]:
        """Who is asked, one after the other."""
        return self.book.approval(offered, request, measured)
