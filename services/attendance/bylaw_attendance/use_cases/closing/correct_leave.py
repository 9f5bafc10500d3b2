"""Puts leave onto the days of a closed sheet and takes it off, with the entries of the ledger that belong to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.database import Work
from bylaw_chassis.notice_wish import NoticeWish
from bylaw_chassis.notices import have_told
from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_chassis.refusals import Refusal
from bylaw_hooks import Excused

from bylaw_attendance.events import leave_request_changed
from bylaw_attendance.ports.leave_store import LeaveLedgerStore, LeavePeopleStore, LeaveRequestStore
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.closing.sheet_correction import SheetCorrection
from bylaw_attendance.rules.leave.leave_entries import given_back
from bylaw_attendance.rules.leave.leave_notice import put_notice
from bylaw_attendance.rules.leave.leave_refusals import (
    LeaveInMotion,
    LeaveNotAdmitted,
    LeaveRequestChanged,
    LeaveRequestNotFound,
)
from bylaw_attendance.rules.leave.leave_request import Leave, LeaveChange, LeaveDayTaken, LeaveState
from bylaw_attendance.rules.leave.shown_leave import ExcusedMinutes, minutes_of
from bylaw_attendance.rules.sheets.sheet_changes import LeaveMoved, LeaveTakenOff
from bylaw_attendance.use_cases.find_head import FindHead
from bylaw_attendance.use_cases.leave.consider_leave import Considered, ConsiderLeave
from bylaw_attendance.use_cases.leave.end_leave import record

BEHIND_TIME = "LEAVE_NOTICE"
"""What is said against leave that is asked for too late; a correction always is."""
Moved = tuple[LeaveMoved, Excused]
"""What of a day leave was put onto or taken off, and what of it nobody has to be there for by that."""


@dataclass(frozen=True, slots=True)
class CorrectLeave:
    """Leave on record is agreed by the correction: whoever made it decided, and is named (LVE-2, SHT-3)."""

    consider: ConsiderLeave
    people: LeavePeopleStore
    requests: LeaveRequestStore
    ledger: LeaveLedgerStore
    head: FindHead

    def considered(self, person: KnownPerson, wish: SheetCorrection) -> Considered | Refusal | None:
        """What would come of the leave that is put; what it is refused for is told only where it is recorded.

        Before the call's transaction nothing is refused: a repeat of the call meets what the first one has made.
        """
        if wish.leave is None:
            return None
        returned = frozenset((one.request, day) for one in wish.taken_off for day in one.days)
        try:
            return self.consider.consider(person, wish.leave, returned=returned)
        except Refusal as refusal:
            return refusal

    def check(self, considered: Considered | Refusal | None) -> Considered | None:
        """What can be recorded; refuses what speaks against it, LEAVE_NOT_ADMITTED naming each reason."""
        if isinstance(considered, Refusal):
            raise considered
        against = [one for one in considered.objections if one.reason != BEHIND_TIME] if considered else []
        if against:
            raise LeaveNotAdmitted(against)
        return considered

    def record(
        self, work: Work, person: UUID, wish: SheetCorrection, considered: Considered | None, *, month: date, by: str
    ) -> tuple[list[Moved], tuple[int, int]]:
        """What of which days was put and taken off, and how many halves and days more count as worked by that (LVE-3).

        Refuses LEAVE_IN_MOTION.
        """
        if not (wish.taken_off or considered):
            return [], (0, 0)
        change = LeaveChange(work.now, by, wish.reason)
        locked = self.people.lock(work.connection, person)
        if considered and locked.revision != considered.revision:
            raise LeaveInMotion
        before = self._excused(work, person, month)
        moved = [made for one in wish.taken_off for made in self._take_off(work, person, one, change)]
        if considered:
            moved += self._put(work, considered, change)
        self.people.touch(work.connection, person)
        more = self._excused(work, person, month).less(before)
        return moved, (more.outside_halves, more.outside_days)

    def _excused(self, work: Work, person: UUID, month: date) -> ExcusedMinutes:
        return minutes_of(self.requests.excused_between(work.connection, [person], month, last_day(month)), month)

    def _put(self, work: Work, considered: Considered, change: LeaveChange) -> Iterator[Moved]:
        if considered.given:
            self.consider.grant.record(work, considered.leave.person, considered.given)
        asked = considered.leave._replace(steps=())
        self.requests.add(work.connection, asked, wish_key=None)
        agreed = self.requests.settle(work.connection, asked.identifier, LeaveState.AGREED, change) or asked
        record(self.ledger, work, agreed, list(agreed.entries()), by=change.by)
        work.publish(leave_request_changed(agreed))
        have_told(work, self._notice(work, agreed, change))
        for day in agreed.days:
            yield LeaveMoved.of(agreed, day), day.excused(agreed.terms.clause)

    def _notice(self, work: Work, agreed: Leave, change: LeaveChange) -> NoticeWish | None:
        """What the head of the person is told, who would have decided; nothing of what they corrected themselves."""
        head = self.head.above(work.connection, agreed.person, self.consider.finding.today).head
        if head is None or head == caller_by_key(change.by).person:
            return None
        return put_notice(agreed, [head], change.text)

    def _take_off(self, work: Work, person: UUID, off: LeaveTakenOff, change: LeaveChange) -> Iterator[Moved]:
        """Refuses LEAVE_REQUEST_NOT_FOUND."""
        found = self.requests.find(work.connection, off.request)
        standing = _standing(found, person)
        if found is None or not standing.keys() >= set(off.days):
            raise LeaveRequestNotFound
        recorded = [one.entry for one in self.ledger.of_person(work.connection, person)]
        back = [one for one in given_back(recorded, found.name, since=date.min) if one.day in off.days]
        record(self.ledger, work, found, back, by=change.by)
        ended = self.requests.give_back_on(work.connection, found.identifier, off.days, change)
        if ended and not ended.kept:
            ended = self.requests.settle(work.connection, found.identifier, LeaveState.CANCELLED, change)
        if ended is None:
            raise LeaveRequestChanged
        work.publish(leave_request_changed(ended))
        for day in off.days:
            one = standing[day]
            yield LeaveMoved.of(found, one, taken_off=True), one.excused(found.terms.clause)


def _standing(found: Leave | None, person: UUID) -> dict[date, LeaveDayTaken]:
    """What an agreed request of the person's takes of each day."""
    if found is None or found.person != person or found.state is not LeaveState.AGREED:
        return {}
    return {day.work_date: day for day in found.kept}
