"""Accepts, refuses and withdraws corrections of missed punches, and shows them to whose reach holds the person."""

from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.refusals import FieldInvalid

from bylaw_attendance.closing_ports import ClosedMonths
from bylaw_attendance.correction_ports import CorrectionStore, Place
from bylaw_attendance.events import punch_correction_changed
from bylaw_attendance.ports import PunchStore
from bylaw_attendance.rules.correction import Correction, CorrectionState, CorrectionWishes, Ending
from bylaw_attendance.rules.correction_refusals import (
    CorrectionChanged,
    CorrectionNotFound,
    CorrectionOver,
    CorrectionOwn,
)
from bylaw_attendance.use_cases.ask_correction import check_no_punch
from bylaw_attendance.use_cases.finding import Finding


@dataclass(frozen=True, slots=True)
class ShowCorrections:
    """One, or a page of them; who is within reach is taken as of today."""

    database: Database
    finding: Finding
    corrections: CorrectionStore

    def one(self, identifier: UUID, reach: Reach) -> Correction:
        """A correction; refuses CORRECTION_NOT_FOUND, also for what is out of reach."""
        with self.database.read() as connection:
            found = self.corrections.find(connection, identifier)
        if found is None or not self.finding.people(reach, ids=[found.person]):
            raise CorrectionNotFound
        return found

    def page(self, wish: CorrectionWishes, reach: Reach, *, page: tuple[Place | None, int]) -> list[Correction]:
        """Corrections behind a place; refuses UNIT_NOT_FOUND and PERSON_NOT_FOUND."""
        today = self.finding.today
        if wish.unit:
            self.finding.unit(reach, wish.unit, today)
        if wish.person:
            self.finding.person(reach, wish.person)
        with self.database.read() as connection:
            return self.corrections.listed(connection, wish, reach, day=today, page=page)


@dataclass(frozen=True, slots=True)
class DecideCorrection:
    """A correction ends once. One that was accepted is a punch, and no punch is ever taken back."""

    database: Database
    shown: ShowCorrections
    corrections: CorrectionStore
    punches: PunchStore
    closed: ClosedMonths

    def accept(self, identifier: UUID, text: str, *, seen: str, caller: Caller, reach: Reach) -> Correction:
        """Makes it a punch; refuses PUNCH_ON_RECORD where one has come meanwhile."""
        found = self._to_decide(identifier, caller, reach)
        with self.database.work() as work:
            self._lock(work, found, seen)
            self.closed.check_open(work.connection, found.person, found.local.date(), found.local.date())
            check_no_punch(work.connection, self.corrections, found)
            self.punches.add(work.connection, [found.punch(work.now)])
            ending = Ending(CorrectionState.ACCEPTED, work.now, caller.key, text.strip())
            return self._end(work, found, ending)

    def refuse(self, identifier: UUID, text: str, *, seen: str, caller: Caller, reach: Reach) -> Correction:
        """Leaves it on record with the words that say why."""
        if not text.strip():
            raise FieldInvalid(field="text", zh="请填写不同意的理由", en="say why it is refused")
        found = self._to_decide(identifier, caller, reach)
        with self.database.work() as work:
            self._lock(work, found, seen)
            return self._end(work, found, Ending(CorrectionState.REFUSED, work.now, caller.key, text.strip()))

    def withdraw(self, identifier: UUID, *, seen: str, caller: Caller) -> Correction:
        """Takes one's own back; refuses CORRECTION_NOT_FOUND for anybody else's, whatever the caller holds."""
        if caller.person is None:
            raise CorrectionNotFound
        found = self.shown.one(identifier, Reach(own=caller.person))
        with self.database.work() as work:
            self._lock(work, found, seen)
            return self._end(work, found, Ending(CorrectionState.WITHDRAWN, work.now, caller.key))

    def _to_decide(self, identifier: UUID, caller: Caller, reach: Reach) -> Correction:
        """Refuses CORRECTION_NOT_FOUND, and CORRECTION_OWN (ORG-3)."""
        found = self.shown.one(identifier, reach)
        if found.person == caller.person:
            raise CorrectionOwn
        return found

    def _lock(self, work: Work, found: Correction, seen: str) -> None:
        """Until the transaction ends nobody else changes the person's corrections, and this one is as it was seen."""
        self.corrections.lock_person(work.connection, found.person)
        now = self.corrections.find(work.connection, found.identifier) or found
        if now.ending:
            raise CorrectionOver
        if seen and seen != str(now.revision):
            raise CorrectionChanged

    def _end(self, work: Work, found: Correction, ending: Ending) -> Correction:
        ended = self.corrections.end(work.connection, found.identifier, ending)
        if ended is None:
            raise CorrectionOver
        work.publish(punch_correction_changed(ended))
        return ended
