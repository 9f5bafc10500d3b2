"""What becomes of overtime that was asked for: people's decision, taking it back, a day that has changed (HRS-7)."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach, caller_by_key
from bylaw_chassis.database import Database, Work
from bylaw_chassis.decisions.ask_people import NEVER_ASKED_AFTER, AskPeople
from bylaw_chassis.decisions.wish import DecisionEnd
from bylaw_chassis.jobs import Lease
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.values import resource_id

from bylaw_attendance.events import overtime_request_changed
from bylaw_attendance.ports.closing import ClosedMonths
from bylaw_attendance.ports.overtime import OvertimeStore
from bylaw_attendance.rules.closing.closing_refusals import MonthClosed
from bylaw_attendance.rules.judging.punch_facts import epoch_of
from bylaw_attendance.rules.overtime.overtime import (
    COLLECTION,
    OvertimeDay,
    OvertimeEnd,
    OvertimeRequest,
    OvertimeState,
    check_day,
)
from bylaw_attendance.rules.overtime.overtime_refusals import (
    OvertimeChanged,
    OvertimeDayUnchanged,
    OvertimeNotAgreed,
    OvertimeNotOwn,
    OvertimeOver,
    OvertimeOwn,
)
from bylaw_attendance.use_cases.overtime.show_overtime import ShowOvertime
from bylaw_attendance.use_cases.own_things import own

ENDS = {"agreed": OvertimeState.AGREED, "refused": OvertimeState.REFUSED, "withdrawn": OvertimeState.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class SettleOvertime:
    """What follows from a decision, in the unit of work that marks that it has."""

    requests: OvertimeStore
    closed: ClosedMonths

    def __call__(self, work: Work, end: DecisionEnd) -> None:
        """Whatever ended before, or is not known here, stays as it is."""
        found = self.requests.find(work.connection, resource_id(end.subject, COLLECTION))
        if found is None:
            return
        self.requests.lock_person(work.connection, found.person)
        self.requests.ask(work.connection, found.identifier, end.decision)
        ending = OvertimeEnd(self._state(work, found, ENDS[end.state]), work.now, str(end.by or ""))
        settled = self.requests.end(work.connection, found.identifier, ending)
        if settled:
            work.act_as(caller_by_key(ending.by))
            work.concerns(settled.name)
            work.publish(overtime_request_changed(settled))

    def _state(self, work: Work, found: OvertimeRequest, state: OvertimeState) -> OvertimeState:
        """A month that was closed while people decided takes no overtime any more (SHT-3): it ends refused."""
        if state is not OvertimeState.AGREED:
            return state
        try:
            self.closed.check_open(work.connection, found.person, found.wish.work_date, found.wish.work_date)
        except MonthClosed:
            return OvertimeState.REFUSED
        return state


@dataclass(frozen=True, slots=True)
class EndOvertime:
    """Takes one's own back, and confirms somebody's whose day has changed."""

    database: Database
    shown: ShowOvertime
    requests: OvertimeStore
    closed: ClosedMonths
    decisions: AskPeople

    def withdraw(self, identifier: UUID, *, seen: str, caller: Caller, reach: Reach) -> OvertimeRequest:
        """While it waits people is told first, so that whichever of both is first counts."""
        found = own(self.shown.request, identifier, caller=caller, reach=reach, not_own=_not_own)
        waits = found.state is OvertimeState.WAITING
        _check_seen(found, seen)
        begun = 60 * found.start <= epoch_of(self.database.clock())
        if not waits and (begun or found.state is not OvertimeState.AGREED):
            raise OvertimeOver
        if waits and found.decision:
            self.decisions.withdraw(found.decision)
        with self.database.work() as work:
            self.requests.lock_person(work.connection, found.person)
            ending = OvertimeEnd(OvertimeState.WITHDRAWN, work.now, caller.key)
            return _told(work, self.requests.end(work.connection, found.identifier, ending))

    def confirm(self, identifier: UUID, *, seen: str, caller: Caller, reach: Reach) -> OvertimeRequest:
        """Agreed overtime counts again, by what its day is now."""
        found = self.shown.request(identifier, reach)
        if found.person == caller.person:
            raise OvertimeOwn
        _check_seen(found, seen)
        day = self._changed(found)
        with self.database.work() as work:
            self.requests.lock_person(work.connection, found.person)
            self.closed.check_open(work.connection, found.person, found.wish.work_date, found.wish.work_date)
            now = self.requests.find(work.connection, found.identifier) or found
            if now.revision != found.revision:
                raise OvertimeChanged
            return _told(work, self.requests.confirm(work.connection, found.identifier, day))

    def _changed(self, found: OvertimeRequest) -> OvertimeDay:
        """What the day is now; refuses what cannot be confirmed, or need not be."""
        if found.state is not OvertimeState.AGREED:
            raise OvertimeNotAgreed
        now = self.shown.shown([found])[0].found
        if now.changed is None:
            raise OvertimeDayUnchanged
        check_day(found.wish.compensation, (found.start, found.end), now.changed, hours=now.hours)
        return now.changed


@dataclass(frozen=True, slots=True)
class EndOvertimeNeverAsked:
    """The timer: what was kept and never asked ends; of what was asked, but not noted, the decision is noted."""

    database: Database
    requests: OvertimeStore
    decisions: AskPeople
    is_current: Callable[[], bool]

    def __call__(self, lease: Lease) -> None:  # noqa: ARG002
        """Does nothing while people's feed is not read to its end: what was asked might be told there."""
        if not self.is_current():
            return
        with self.database.read() as connection:
            lost = self.requests.never_asked(connection, self.database.clock() - NEVER_ASKED_AFTER)
            asked = self.decisions.asked(connection, [one.name for one in lost])
        for one in lost:
            self._end(one, asked.get(one.name))

    def _end(self, lost: OvertimeRequest, decision: UUID | None) -> None:
        with self.database.work() as work:
            self.requests.lock_person(work.connection, lost.person)
            ending = OvertimeEnd(OvertimeState.WITHDRAWN, work.now, "")
            brought = (
                self.requests.ask(work.connection, lost.identifier, decision)
                if decision
                else self.requests.end(work.connection, lost.identifier, ending)
            )
            if brought:
                work.publish(overtime_request_changed(brought))


def _not_own(found: OvertimeRequest) -> Refusal:
    return OvertimeNotOwn(person=found.number)


def _check_seen(found: OvertimeRequest, seen: str) -> None:
    if seen and seen != str(found.revision):
        raise OvertimeChanged


def _told(work: Work, changed: OvertimeRequest | None) -> OvertimeRequest:
    """Publishes what changed; refuses OVERTIME_CHANGED where somebody was faster."""
    if changed is None:
        raise OvertimeChanged
    work.publish(overtime_request_changed(changed))
    return changed
