"""Brings a person's ledger to what their leave policies grant: before a balance is shown, and once a day (LVE-1)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.call import in_call
from bylaw_chassis.database import Database, Work
from bylaw_chassis.jobs import Lease
from bylaw_chassis.observe import log
from bylaw_chassis.refusals import Refusal
from bylaw_hooks.leave import Employment, Entitlement, Period

from bylaw_attendance.ports.leave import LeavePolicies
from bylaw_attendance.ports.leave_store import LeaveLedgerStore, LeavePeopleStore
from bylaw_attendance.rules.leave.leave_entries import by_their_days, granted
from bylaw_attendance.rules.leave.leave_ledger import Entry
from bylaw_attendance.rules.leave.leave_policy_refusals import (
    LeaveParametersInvalid,
    LeavePolicyAtFault,
    LeavePolicyGone,
)
from bylaw_attendance.rules.leave.leave_recorded import ToRecord, reasons_of, with_reasons

ASKED_AGAIN_AFTER = timedelta(days=1)
PEOPLE_AT_A_TIME = 25
AT_FAULT = (LeavePolicyAtFault, LeavePolicyGone, LeaveParametersInvalid)
"""What a policy could not do; the others go on."""


class Given(NamedTuple):
    """What policies grant somebody within a span, as far as a policy can say without the ledger."""

    span: Period
    entitlements: Sequence[Entitlement]
    faults: Mapping[str, Refusal]
    """By policy, why it could not say."""

    def owed(self, recorded: Iterable[Entry]) -> list[ToRecord]:
        """What is to be recorded of it beside these entries.

        As long as a policy cannot say, a balance that no other one speaks of stays as it is: it may be that policy's.
        """
        spoken_of = {one.balance for one in self.entitlements}
        known = [one for one in recorded if not self.faults or one.balance in spoken_of]
        return list(with_reasons(granted(self.entitlements, known, span=self.span), reasons_of(self.entitlements)))


@dataclass(frozen=True, slots=True)
class GrantLeave:
    """Asks the policies with no transaction open, and records what is new behind the person's lock."""

    database: Database
    policies: LeavePolicies
    people: LeavePeopleStore
    ledger: LeaveLedgerStore

    def up_to(self, person: UUID, day: date) -> None:
        """Records what policies grant to the end of a day's year, each as far as it can say."""
        if given := self.given(person, day):
            with in_call(None), self.database.work() as work:
                self.record(work, person, given)

    def given(self, person: UUID, day: date) -> Given | None:
        """What policies grant to the end of a day's year; nothing of somebody who was never employed."""
        employments = self.policies.employments(person)
        if not employments:
            return None
        span = self._span(person, employments, day)
        found: list[Entitlement] = []
        faults: dict[str, Refusal] = {}
        for held in self.policies.held(person, span):
            try:
                for one in employments:
                    found += by_their_days(self.policies.entitlements(one, span, [held]))
            except AT_FAULT as refusal:
                faults[held.policy] = refusal
        return Given(span, found, faults)

    def record(self, work: Work, person: UUID, given: Given) -> None:
        """Records what is owed of it, and that the policies were asked."""
        self.people.lock(work.connection, person)
        owed = given.owed(one.entry for one in self.ledger.of_person(work.connection, person))
        self.ledger.append(work.connection, person, owed, now=work.now, by="")
        self.people.note_granted(work.connection, person, opened=given.span.first, now=work.now)

    def _span(self, person: UUID, employments: Iterable[Employment], day: date) -> Period:
        """From where the ledger begins: the year before it is first asked for, so that what is carried on is there."""
        with self.database.read() as connection:
            opened = self.people.opened(connection, person)
        joined = min(one.joined for one in employments)
        first = opened or max(joined, date(self.database.clock().year - 1, 1, 1))
        return Period(first, max(first, date(day.year, 12, 31)))


@dataclass(frozen=True, slots=True)
class GrantDaily:
    """The timer: everybody who is employed, once a day, some at a time; who fails is asked again the next day."""

    database: Database
    grant: GrantLeave
    people: LeavePeopleStore

    def __call__(self, lease: Lease) -> None:  # noqa: ARG002
        """Grants to those who are due, a few in a go: other timers wait meanwhile."""
        for person in self._due():
            self._one(person)

    def _due(self) -> list[UUID]:
        now = self.database.clock()
        with self.database.read() as connection:
            return self.people.due(connection, now.date(), since=now - ASKED_AGAIN_AFTER, limit=PEOPLE_AT_A_TIME)

    def _one(self, person: UUID) -> None:
        now = self.database.clock()
        try:
            self.grant.up_to(person, now.date())
        except Refusal as refusal:
            log().warning("leave_not_granted", reason=refusal.reason)
            with self.database.work() as work:
                self.people.lock(work.connection, person)
                self.people.note_granted(work.connection, person, opened=None, now=now)
