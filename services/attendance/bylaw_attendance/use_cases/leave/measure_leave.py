"""Measures leave anew where the plan of its days became another one; the ledger follows by entries of its own (LVE-1).

A leave day that becomes a day of rest is given back to its balance, one that becomes a working day is taken from it.
What a closed month has taken stays (SHT-3).
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

import orjson
from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.jobs import Lease, enqueue
from bylaw_chassis.notices import have_told
from bylaw_chassis.observe import log
from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.values import new_id
from bylaw_hooks.leave import LeaveRequest
from bylaw_hooks.leave.measuring import measure

from bylaw_attendance.events import leave_request_changed
from bylaw_attendance.ports.closing import ClosedMonths
from bylaw_attendance.ports.leave_store import LeaveLedgerStore, LeavePeopleStore, LeaveRequestStore
from bylaw_attendance.rules.closing.closing_refusals import MonthClosed
from bylaw_attendance.rules.leave.leave_entries import brought_to
from bylaw_attendance.rules.leave.leave_held import OfferedKind, policy_name
from bylaw_attendance.rules.leave.leave_kinds import NO_POLICY
from bylaw_attendance.rules.leave.leave_measured import (
    TEXT,
    Measured,
    amounts_of,
    asked_of,
    measured_notice,
    other_days,
    reasons,
)
from bylaw_attendance.rules.leave.leave_recorded import ToRecord
from bylaw_attendance.rules.leave.leave_request import (
    STANDING,
    Leave,
    LeaveChange,
    LeaveDayTaken,
    LeaveState,
    days_taken,
)
from bylaw_attendance.use_cases.leave.consider_leave import ConsiderLeave

JOB = "measure-leave"
LOOKED_AT = timedelta(days=62)
"""Days back: behind that a month is closed."""
TRIES = 3
ANYBODY = Reach(everyone=True)


class Remeasured(NamedTuple):
    """Of which days leave is measured anew, and of whom; None: without end, of everybody."""

    first: date
    last: date | None
    people: Collection[UUID] | None = None

    def pack(self) -> bytes:
        """As bytes."""
        people = None if self.people is None else sorted(map(str, self.people))
        return orjson.dumps((self.first, self.last, people))

    @classmethod
    def unpack(cls, packed: bytes) -> "Remeasured":
        """From its bytes."""
        first, last, people = orjson.loads(packed)
        whom = None if people is None else [UUID(one) for one in people]
        return cls(date.fromisoformat(first), last and date.fromisoformat(last), whom)


def have_measured(work: Work, first: date, last: date | None, people: Collection[UUID] | None = None) -> None:
    """Has leave on these days measured anew behind the commit that changed what is planned on them."""
    enqueue(work.connection, JOB, str(new_id()), Remeasured(first, last, people).pack())


@dataclass(frozen=True, slots=True)
class MeasureLeave:
    """Measures as `ConsiderLeave` did when it was asked for, by the same policy."""

    database: Database
    consider: ConsiderLeave
    people: LeavePeopleStore
    requests: LeaveRequestStore
    ledger: LeaveLedgerStore
    closed: ClosedMonths

    def __call__(self, lease: Lease) -> None:
        """The job: of each request by itself, so that what cannot be measured keeps nobody else's from it."""
        asked = Remeasured.unpack(lease.payload)
        with self.database.read() as connection:
            found = self.requests.on_days(connection, *asked)
        for identifier in found:
            try:
                self.anew(identifier)
            except Refusal as refusal:
                log().warning("leave_not_measured", request=str(identifier), reason=refusal.reason)

    def anew(self, identifier: UUID) -> None:
        """One request; somebody who changes it meanwhile is waited for."""
        for _ in range(TRIES):
            with self.database.read() as connection:
                leave = self.requests.find(connection, identifier)
            if leave is None or leave.state not in STANDING or self._is_put_right(leave):
                return

    def offered(self, leave: Leave) -> OfferedKind | None:
        """Its kind, as its policy offers it now."""
        kinds = self.consider.kinds(leave.person, leave.wish.first)
        return next((one for one in kinds if _same(one, leave)), None)

    def measured(self, leave: Leave, requests: Iterable[LeaveRequest]) -> list[Measured]:
        """What these take by the plan as it is now; nothing where no policy offers the kind any more."""
        offered = self.offered(leave)
        with self.database.read() as connection:
            known = self.consider.organisation.find_people(connection, ANYBODY, leave.wish.first, ids=[leave.person])
        if offered is None or not known:
            return []
        return [(request, self._taken(offered, request, known[0])) for request in requests]

    def _taken(self, offered: OfferedKind, request: LeaveRequest, person: KnownPerson) -> Sequence[LeaveDayTaken]:
        days = self.consider.plan.days(person, request.first, request.last)
        own = offered.policy == NO_POLICY
        measured = (
            measure(offered.kind, request, days) if own else self.consider.policies.measure(offered, request, days)
        )
        return days_taken(request, measured, days)

    def _is_put_right(self, leave: Leave) -> bool:
        """False: it changed while it was measured."""
        days = list(other_days(leave, self.measured(leave, asked_of(leave))))
        if not days:
            return True
        with self.database.work() as work:
            self.people.lock(work.connection, leave.person)
            now = self.requests.find(work.connection, leave.identifier)
            if now is None or now.revision != leave.revision:
                return False
            free = self._free(work, leave, [day for day in days if self._is_open(work, leave, day)])
            if free:
                put_right(self.requests, self.ledger, work, leave, days=free)
                self.people.touch(work.connection, leave.person)
        return True

    def _is_open(self, work: Work, leave: Leave, day: LeaveDayTaken) -> bool:
        try:
            self.closed.check_open(work.connection, leave.person, day.work_date, day.work_date)
        except MonthClosed:
            return False
        return True

    def _free(self, work: Work, leave: Leave, days: Sequence[LeaveDayTaken]) -> list[LeaveDayTaken]:
        """Those that no other request takes: two may reach a day of rest that is worked now."""
        others = [one for one in self.requests.standing(work.connection, leave.person) if one.name != leave.name]
        taken = {day.work_date for one in others for day in one.kept if day.days}
        return [day for day in days if not day.days or day.work_date not in taken]


def put_right(
    requests: LeaveRequestStore, ledger: LeaveLedgerStore, work: Work, leave: Leave, *, days: Sequence[LeaveDayTaken]
) -> None:
    """Keeps what these days take, brings the ledger to it, and tells the person and the feed."""
    if leave.state is LeaveState.AGREED and leave.terms.balance:
        recorded = [one.entry for one in ledger.of_person(work.connection, leave.person)]
        entries = brought_to(recorded, leave.name, leave.terms.balance, amounts_of(leave, days))
        made = [ToRecord(entry, reasons(leave)) for entry in entries]
        ledger.append(work.connection, leave.person, made, now=work.now, by="")
    changed = requests.measure(work.connection, leave.identifier, days, LeaveChange(work.now, "", TEXT))
    if changed:
        have_told(work, measured_notice(leave, days))
        work.publish(leave_request_changed(changed))


def _same(offered: OfferedKind, leave: Leave) -> bool:
    return offered.kind.code == leave.wish.kind and policy_name(offered.policy) == policy_name(leave.terms.policy)


@dataclass(frozen=True, slots=True)
class MeasureDaily:
    """The timer: once a day all leave that stands, for what nobody here publishes, such as a move to another unit."""

    database: Database
    requests: LeaveRequestStore
    today: Callable[[], date]

    def __call__(self, lease: Lease) -> None:  # noqa: ARG002
        """The same day again adds nothing, nor does one on which no leave stands."""
        first = self.today() - LOOKED_AT
        with self.database.work() as work:
            if not self.requests.on_days(work.connection, first, None):
                return
            enqueue(work.connection, JOB, str(self.today()), Remeasured(first, None).pack())
