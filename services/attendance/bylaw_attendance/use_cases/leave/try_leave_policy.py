"""Tries an assignment of a leave policy before it is made: who would be given how much more or less within a year."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database
from bylaw_chassis.organisation.facts import KnownPerson, Stay, Tree
from bylaw_chassis.refusals import FieldInvalid
from bylaw_hooks.leave import Employment, Entitlement, Period

from bylaw_attendance.ports.leave import LeaveAssignmentStore, LeaveBook, ServiceRecordStore
from bylaw_attendance.ports.records import OrganisationStore
from bylaw_attendance.rules.judging.assignment import Assignment, SubjectKind
from bylaw_attendance.rules.leave.leave_effects import TriedPage, TriedPerson, effects, totals, with_wish
from bylaw_attendance.rules.leave.leave_held import HeldPolicy, employments, held
from bylaw_attendance.use_cases.leave.assign_leave_policy import AssignLeavePolicy, LeaveAssignmentWish

Place = tuple[str, str]


class _Looked(NamedTuple):
    """What was read of the people of a page."""

    people: Sequence[KnownPerson]
    employments: Mapping[str, Sequence[Employment]]
    stays: Mapping[str, Sequence[Stay]]
    assignments: Sequence[Assignment]
    tree: Tree


@dataclass(frozen=True, slots=True)
class TryLeavePolicy:
    """Nothing is kept. Refuses what making the assignment would refuse."""

    database: Database
    organisation: OrganisationStore
    assignments: LeaveAssignmentStore
    records: ServiceRecordStore
    book: LeaveBook
    assign: AssignLeavePolicy

    def page(self, wish: LeaveAssignmentWish, year: int, reach: Reach, *, after: Place | None, limit: int) -> TriedPage:
        """At most so many people behind a place, by number."""
        made = self.assign.prepared(wish, reach)
        span = _span(made, year or made.first_day.year)
        with self.database.read() as connection:
            self.assign.require_free(connection, made)
            people = self._people(connection, made, reach, span=span, after=after, limit=limit)
            looked = self._look(connection, people, span)
        tried = (self._tried(one, looked, made, span=span) for one in people)
        return TriedPage(people, [one for one in tried if one.effects])

    def _people(
        self,
        connection: sa.Connection,
        made: Assignment,
        reach: Reach,
        *,
        span: Period,
        after: Place | None,
        limit: int,
    ) -> list[KnownPerson]:
        days = (span.first, span.last)
        if made.kind is SubjectKind.PERSON:
            return self.organisation.person_between(connection, reach, days, person=made.subject)
        unit = made.subject if made.kind is SubjectKind.UNIT else None
        return self.organisation.people_between(connection, reach, days, unit=unit, after=after, limit=limit)

    def _look(self, connection: sa.Connection, people: Sequence[KnownPerson], span: Period) -> _Looked:
        ids = [one.person for one in people]
        stays: dict[str, list[Stay]] = {one.number: [] for one in people}
        numbers = {one.person: one.number for one in people}
        for stay in self.organisation.stays_of(connection, ids):
            stays[numbers[stay.person]].append(stay)
        employed = {
            one.number: employments(stays[one.number], self.records.service_record(connection, one.person))
            for one in people
        }
        made = self.assignments.between(connection, ids, span.first, span.last)
        tree = Tree.of(self.organisation.unit_versions(connection, span.first, span.last))
        return _Looked(people, employed, stays, made, tree)

    def _tried(self, person: KnownPerson, looked: _Looked, made: Assignment, *, span: Period) -> TriedPerson:
        stays = looked.stays[person.number]
        asked = _Asked(self.book, looked.employments[person.number], span)
        before = held(looked.assignments, looked.tree, stays, span=span)
        after = held(with_wish(looked.assignments, made), looked.tree, stays, span=span)
        found = list(effects(totals(asked.given(before)), totals(asked.given(after))))
        return TriedPerson(person, found, asked.in_minutes([*before, *after]) if found else frozenset())


@dataclass(frozen=True, slots=True)
class _Asked:
    """A person's employments, asked about once for each policy that holds on the same days."""

    book: LeaveBook
    employments: Sequence[Employment]
    span: Period
    _known: dict[tuple[str, str, Period], list[Entitlement]] = field(default_factory=dict)

    def given(self, policies: Sequence[HeldPolicy]) -> Iterator[tuple[Period, Sequence[Entitlement]]]:
        """What the policies give, each on its days."""
        for one in policies:
            key = (one.policy, one.parameters, one.period)
            if key not in self._known:
                self._known[key] = [
                    given
                    for employment in self.employments
                    for given in self.book.entitlements(one, employment, one.period)
                ]
            yield one.period, self._known[key]

    def in_minutes(self, policies: Sequence[HeldPolicy]) -> frozenset[str]:
        """The balances of these policies that count minutes."""
        kinds = [kind for one in policies for kind in self.book.kinds(one.policy, one.parameters)]
        return frozenset(kind.balance for kind in kinds if kind.balance_in == "minutes")


def _span(made: Assignment, year: int) -> Period:
    """The calendar year, if the assignment has a day in it."""
    last = made.last_day or date.max
    if not made.first_day.year <= year <= last.year or year > date.max.year - 1:
        raise FieldInvalid(field="year", zh="该指派不涉及这一年", en="the assignment has no day in that year")
    return Period(date(year, 1, 1), date(year, 12, 31))
