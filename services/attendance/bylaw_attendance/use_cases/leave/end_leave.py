"""What becomes of leave that was asked for: people's decision, and days that are given back (LVE-2, LVE-3)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach, caller_by_key
from bylaw_chassis.database import Database, Work
from bylaw_chassis.decisions.ask_people import NEVER_ASKED_AFTER, AskPeople
from bylaw_chassis.decisions.wish import DecisionEnd
from bylaw_chassis.jobs import Lease
from bylaw_chassis.refusals import FieldInvalid, Refusal
from bylaw_chassis.values import resource_id

from bylaw_attendance.events import leave_request_changed
from bylaw_attendance.ports.closing import ClosedMonths
from bylaw_attendance.ports.leave_store import LeaveLedgerStore, LeavePeopleStore, LeaveRequestStore
from bylaw_attendance.rules.closing.closing_refusals import MonthClosed
from bylaw_attendance.rules.judging.assignment import DAY
from bylaw_attendance.rules.leave.leave_cut import LeaveEnding
from bylaw_attendance.rules.leave.leave_entries import brought_to, given_back
from bylaw_attendance.rules.leave.leave_ledger import Entry
from bylaw_attendance.rules.leave.leave_measured import amounts_of
from bylaw_attendance.rules.leave.leave_recorded import Reasons, ToRecord
from bylaw_attendance.rules.leave.leave_refusals import (
    LeaveDaysPast,
    LeaveOwn,
    LeaveRequestChanged,
    LeaveRequestNotOwn,
    LeaveRequestOver,
    LeaveRequestWaiting,
)
from bylaw_attendance.rules.leave.leave_request import COLLECTION, Leave, LeaveChange, LeaveDayTaken, LeaveState
from bylaw_attendance.use_cases.leave.consider_leave import ConsiderLeave
from bylaw_attendance.use_cases.leave.measure_leave import MeasureLeave
from bylaw_attendance.use_cases.leave.show_leave import ShowLeave
from bylaw_attendance.use_cases.own_things import own

NEVER_ASKED = "未能提交审批，已由系统撤回；请重新申请。 It could not be put to people and was taken back; ask again."
ENDS = {"agreed": LeaveState.AGREED, "refused": LeaveState.REFUSED, "withdrawn": LeaveState.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class SettleLeave:
    """What follows from a decision, in the unit of work that marks that it has: the days are taken, or nothing is."""

    people: LeavePeopleStore
    requests: LeaveRequestStore
    ledger: LeaveLedgerStore
    closed: ClosedMonths

    def __call__(self, work: Work, end: DecisionEnd) -> None:
        """Whatever ended before, or is not known here, stays as it is."""
        found = self.requests.find(work.connection, resource_id(end.subject, COLLECTION))
        if found is None:
            return
        self.people.lock(work.connection, found.person)
        state, change = ENDS[end.state], LeaveChange(work.now, str(end.by or ""))
        if state is LeaveState.AGREED:
            state, change = self._agreed(work, found, change)
        self.requests.ask(work.connection, found.identifier, end.decision)
        settled = self.requests.settle(work.connection, found.identifier, state, change)
        if settled is None:
            return
        if state is LeaveState.AGREED:
            record(self.ledger, work, settled, list(settled.entries()), by=change.by)
        self.people.touch(work.connection, found.person)
        work.act_as(caller_by_key(change.by))
        work.concerns(settled.name)
        work.publish(leave_request_changed(settled))

    def _agreed(self, work: Work, found: Leave, change: LeaveChange) -> tuple[LeaveState, LeaveChange]:
        """A month that was closed while people decided takes no leave any more (SHT-3): it ends refused, saying so."""
        try:
            self.closed.check_open(work.connection, found.person, found.wish.first, found.wish.last)
        except MonthClosed as closed:
            return LeaveState.REFUSED, LeaveChange(change.at, "", f"{closed.message_zh} {closed.message_en}")
        return LeaveState.AGREED, change


@dataclass(frozen=True, slots=True)
class EndLeave:
    """Takes one's own back, ends it earlier, or gives back somebody's days."""

    database: Database
    consider: ConsiderLeave
    shown: ShowLeave
    people: LeavePeopleStore
    requests: LeaveRequestStore
    ledger: LeaveLedgerStore
    closed: ClosedMonths
    decisions: AskPeople
    measure: MeasureLeave

    def cancel(self, identifier: UUID, text: str, *, seen: str, caller: Caller, reach: Reach) -> Leave:
        """All of it; while it waits people is told first, so that whichever of both is first counts."""
        found = self._own(identifier, caller, reach)
        self._check(found, seen)
        if found.waits:
            return self._withdraw(found, text, caller)
        return self._give_back(found, found.wish.first, text, seen=seen, caller=caller)

    def shorten(
        self, identifier: UUID, ending: LeaveEnding, text: str, *, seen: str, caller: Caller, reach: Reach
    ) -> Leave:
        """What lies behind a new end; refuses LEAVE_REQUEST_WAITING."""
        found = self._own(identifier, caller, reach)
        self._check(found, seen)
        _check_day(found, ending.last, field="end_date")
        cut = self._cut(found, ending) if ending.cuts else None
        return self._give_back(found, ending.last + DAY, text, seen=seen, caller=caller, cut=cut)

    def give_back(
        self, identifier: UUID, since: date | None, text: str, *, seen: str, caller: Caller, reach: Reach
    ) -> Leave:
        """Somebody else's days, past ones too; refuses LEAVE_OWN."""
        if not text:
            raise FieldInvalid(field="text", zh="请说明原因", en="say why")
        found = self.shown.one(identifier, reach)
        if found.person == caller.person:
            raise LeaveOwn
        self._check(found, seen)
        since = since or found.wish.first
        _check_day(found, since, field="start_date")
        return self._give_back(found, since, text, seen=seen, caller=caller)

    def _cut(self, found: Leave, ending: LeaveEnding) -> LeaveDayTaken:
        """The last day as it is taken then, measured as its policy measures; refuses FIELD_INVALID."""
        if found.waits:
            raise LeaveRequestWaiting
        before = next((day for day in found.kept if day.work_date == ending.last), None)
        if before is None:
            raise LeaveRequestOver
        request, offered = ending.request(found.wish.kind, before, found.asked_at), self.measure.offered(found)
        if offered is None or (ending.until is not None and offered.kind.unit != "hour") or offered.kind.unit == "day":
            raise FieldInvalid(
                field=ending.field, zh="该假种不能这样缩短", en="leave of this kind is not taken in such parts"
            )
        ((_, (measured, *_)),) = self.measure.measured(found, [request])
        return ending.taken(before, measured)

    def _own(self, identifier: UUID, caller: Caller, reach: Reach) -> Leave:
        """Refuses LEAVE_REQUEST_NOT_FOUND, and LEAVE_REQUEST_NOT_OWN to whoever merely sees it."""
        return own(self.shown.one, identifier, caller=caller, reach=reach, not_own=_not_own)

    def _check(self, found: Leave, seen: str) -> None:
        if found.state not in {LeaveState.WAITING, LeaveState.AGREED}:
            raise LeaveRequestOver
        if seen and seen != str(found.revision):
            raise LeaveRequestChanged

    def _withdraw(self, found: Leave, text: str, caller: Caller) -> Leave:
        if found.decision:
            self.decisions.withdraw(found.decision)
        with self.database.work() as work:
            self.people.lock(work.connection, found.person)
            change = LeaveChange(work.now, caller.key, text)
            settled = self.requests.settle(work.connection, found.identifier, LeaveState.WITHDRAWN, change)
            if settled is None:
                raise LeaveRequestChanged
            return self._changed(work, settled)

    def _give_back(
        self, found: Leave, since: date, text: str, *, seen: str, caller: Caller, cut: LeaveDayTaken | None = None
    ) -> Leave:
        if found.waits:
            raise LeaveRequestWaiting
        today = self.consider.today(found.person, found.wish.first)
        with self.database.work() as work:
            self.people.lock(work.connection, found.person)
            now = self.requests.find(work.connection, found.identifier) or found
            self._check(now, str(found.revision) if cut else seen)
            later = [day.work_date for day in now.kept if day.work_date >= since]
            back = [cut.work_date, *later] if cut else later
            if not back:
                raise LeaveRequestOver
            if found.person == caller.person and (past := [day for day in back if day < today]):
                raise LeaveDaysPast(past[-1])
            self.closed.check_open(work.connection, found.person, back[0], back[-1])
            change = LeaveChange(work.now, caller.key, text)
            if cut:
                now = cut_short(self.requests, self.ledger, work, now, day=cut, change=change) or now
            return self._changed(work, self._returned(work, now, since, change) if later else now)

    def _returned(self, work: Work, now: Leave, since: date, change: LeaveChange) -> Leave:
        """Marks the days, gives the balance back, and cancels what has no day left."""
        recorded = [one.entry for one in self.ledger.of_person(work.connection, now.person)]
        record(self.ledger, work, now, list(given_back(recorded, now.name, since=since)), by=change.by)
        ended = self.requests.give_back(work.connection, now.identifier, since, change)
        if ended is not None and not ended.kept:
            ended = self.requests.settle(work.connection, now.identifier, LeaveState.CANCELLED, change)
        if ended is None:
            raise LeaveRequestChanged
        return ended

    def _changed(self, work: Work, changed: Leave) -> Leave:
        self.people.touch(work.connection, changed.person)
        work.publish(leave_request_changed(changed))
        return changed


@dataclass(frozen=True, slots=True)
class EndNeverAsked:
    """The timer: what was kept and never asked ends; of what was asked, but not noted, the decision is noted."""

    database: Database
    people: LeavePeopleStore
    requests: LeaveRequestStore
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

    def _end(self, lost: Leave, decision: UUID | None) -> None:
        with self.database.work() as work:
            self.people.lock(work.connection, lost.person)
            told = LeaveChange(work.now, "", NEVER_ASKED)
            brought = (
                self.requests.ask(work.connection, lost.identifier, decision)
                if decision
                else self.requests.settle(work.connection, lost.identifier, LeaveState.WITHDRAWN, told)
            )
            if brought:
                self.people.touch(work.connection, lost.person)
                work.publish(leave_request_changed(brought))


def record(ledger: LeaveLedgerStore, work: Work, leave: Leave, entries: Sequence[Entry], *, by: str) -> None:
    """Records what a request takes or gives back, under the title of its kind."""
    why = Reasons(*leave.terms.title, leave.terms.clause)
    ledger.append(work.connection, leave.person, [ToRecord(entry, why) for entry in entries], now=work.now, by=by)


def cut_short(
    requests: LeaveRequestStore,
    ledger: LeaveLedgerStore,
    work: Work,
    leave: Leave,
    *,
    day: LeaveDayTaken,
    change: LeaveChange,
) -> Leave | None:
    """Keeps that less of a day is taken, and gives the rest back."""
    if leave.terms.balance:
        recorded = [one.entry for one in ledger.of_person(work.connection, leave.person)]
        entries = brought_to(recorded, leave.name, leave.terms.balance, amounts_of(leave, [day]))
        record(ledger, work, leave, list(entries), by=change.by)
    return requests.measure(work.connection, leave.identifier, [day], change)


def _not_own(found: Leave) -> Refusal:
    return LeaveRequestNotOwn(person=found.number)


def _check_day(found: Leave, day: date, *, field: str) -> None:
    if not found.wish.first <= day <= found.wish.last:
        raise FieldInvalid(
            field=field,
            zh=f"应在 {found.wish.first} 至 {found.wish.last} 之间",
            en=f"must be from {found.wish.first} to {found.wish.last}",
        )
