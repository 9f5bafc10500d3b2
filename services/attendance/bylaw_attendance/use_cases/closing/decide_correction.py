"""Accepts, refuses, revokes and withdraws corrections of missed punches, and shows those within reach."""

from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.notices import have_told
from bylaw_chassis.refusals import FieldInvalid, Refusal

from bylaw_attendance.events import punch_correction_changed
from bylaw_attendance.ports.closing import ClosedMonths, StrikeStore
from bylaw_attendance.ports.corrections import CorrectionStore, Place
from bylaw_attendance.ports.records import PunchStore
from bylaw_attendance.rules.closing.corrected_notice import decided_notice
from bylaw_attendance.rules.closing.correction import Correction, CorrectionState, CorrectionWishes, Ending
from bylaw_attendance.rules.closing.correction_refusals import (
    CorrectionChanged,
    CorrectionNotAccepted,
    CorrectionNotFound,
    CorrectionNotOwn,
    CorrectionOver,
    CorrectionOwn,
)
from bylaw_attendance.rules.closing.struck_punch import StruckPunch
from bylaw_attendance.use_cases.closing.ask_correction import check_no_punch
from bylaw_attendance.use_cases.own_things import own
from bylaw_attendance.use_cases.sheets.finding import Finding


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
    """A correction ends once; that it was accepted can be revoked, and then its punch is struck, not removed."""

    database: Database
    shown: ShowCorrections
    corrections: CorrectionStore
    punches: PunchStore
    struck: StrikeStore
    closed: ClosedMonths

    def accept(self, identifier: UUID, text: str, *, seen: str, caller: Caller, reach: Reach) -> Correction:
        """Makes it a punch; refuses PUNCH_ON_RECORD where one has come meanwhile."""
        found = self._to_decide(identifier, caller, reach)
        with self.database.work() as work:
            self._lock(work, found, seen)
            self.closed.check_open(work.connection, found.person, found.local.date(), found.local.date())
            check_no_punch(work.connection, self.corrections, found)
            made = found.punch(work.now)
            if not self.punches.add(work.connection, [made]):
                self.punches.add(work.connection, [made.anew()])  # the one of that very second was struck
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

    def revoke(self, identifier: UUID, text: str, *, seen: str, caller: Caller, reach: Reach) -> Correction:
        """Strikes the punch that it became: it stays on record and does not count."""
        if not text.strip():
            raise FieldInvalid(field="text", zh="请填写撤销的理由", en="say why it is taken back")
        found = self._to_decide(identifier, caller, reach)
        with self.database.work() as work:
            self.corrections.lock_person(work.connection, found.person)
            now = self.corrections.find(work.connection, found.identifier) or found
            if now.state is not CorrectionState.ACCEPTED:
                raise CorrectionNotAccepted
            if seen and seen != str(now.revision):
                raise CorrectionChanged
            self.closed.check_open(work.connection, found.person, found.local.date(), found.local.date())
            ending = Ending(CorrectionState.REVOKED, work.now, caller.key, text.strip())
            struck = StruckPunch(found.identifier, found.person, work.now, caller.key, ending.text)
            self.struck.strike(work.connection, [struck])
            return _told(work, self.corrections.revoke(work.connection, found.identifier, ending))

    def withdraw(self, identifier: UUID, *, seen: str, caller: Caller, reach: Reach) -> Correction:
        """Takes one's own back; refuses CORRECTION_NOT_OWN to whoever merely sees it."""
        found = own(self.shown.one, identifier, caller=caller, reach=reach, not_own=_not_own)
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
        return _told(work, self.corrections.end(work.connection, found.identifier, ending))


def _told(work: Work, ended: Correction | None) -> Correction:
    """Publishes what became of it and has the person told; refuses CORRECTION_OVER where somebody was faster."""
    if ended is None:
        raise CorrectionOver
    work.publish(punch_correction_changed(ended))
    have_told(work, decided_notice(ended))
    return ended


def _not_own(found: Correction) -> Refusal:
    return CorrectionNotOwn(person=found.number)
