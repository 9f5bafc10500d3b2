"""Answers and withdraws objections to sheets, and shows them to whose reach holds the person (SHT-2)."""

from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.notices import have_told
from bylaw_chassis.refusals import FieldInvalid, Refusal

from bylaw_attendance.events import objection_changed
from bylaw_attendance.ports.objections import ObjectionStore, Place
from bylaw_attendance.rules.closing.objection import Ending, Objection, ObjectionState, ObjectionWishes
from bylaw_attendance.rules.closing.objection_notice import answered_notice
from bylaw_attendance.rules.closing.objection_refusals import (
    ObjectionChanged,
    ObjectionNotFound,
    ObjectionNotOwn,
    ObjectionOver,
    ObjectionOwn,
)
from bylaw_attendance.use_cases.own_things import own
from bylaw_attendance.use_cases.sheets.finding import Finding


@dataclass(frozen=True, slots=True)
class AnswerObjection:
    """An objection ends once; who is within reach is taken as of today."""

    database: Database
    finding: Finding
    objections: ObjectionStore

    def one(self, identifier: UUID, reach: Reach) -> Objection:
        """An objection; refuses OBJECTION_NOT_FOUND, also for what is out of reach."""
        with self.database.read() as connection:
            found = self.objections.find(connection, identifier)
        if found is None or not self.finding.people(reach, ids=[found.person]):
            raise ObjectionNotFound
        return found

    def page(self, wish: ObjectionWishes, reach: Reach, *, page: tuple[Place | None, int]) -> list[Objection]:
        """Objections behind a place; refuses UNIT_NOT_FOUND and PERSON_NOT_FOUND."""
        today = self.finding.today
        if wish.unit:
            self.finding.unit(reach, wish.unit, today)
        if wish.person:
            self.finding.person(reach, wish.person)
        with self.database.read() as connection:
            return self.objections.listed(connection, wish, reach, day=today, page=page)

    def answer(
        self, identifier: UUID, text: str, *, upheld: bool, seen: str, caller: Caller, reach: Reach
    ) -> Objection:
        """Answers it in writing; refuses as the contract says."""
        if not text.strip():
            raise FieldInvalid(field="text", zh="请书面答复", en="answer in writing")
        found = self.one(identifier, reach)
        if found.person == caller.person:
            raise ObjectionOwn
        state = ObjectionState.UPHELD if upheld else ObjectionState.DISMISSED
        return self._end(found, state, text.strip(), seen=seen, caller=caller)

    def withdraw(self, identifier: UUID, *, seen: str, caller: Caller, reach: Reach) -> Objection:
        """Takes one's own back; refuses OBJECTION_NOT_OWN to whoever merely sees it."""
        found = own(self.one, identifier, caller=caller, reach=reach, not_own=_not_own)
        return self._end(found, ObjectionState.WITHDRAWN, "", seen=seen, caller=caller)

    def _end(self, found: Objection, state: ObjectionState, text: str, *, seen: str, caller: Caller) -> Objection:
        with self.database.work() as work:
            now = self.objections.find(work.connection, found.identifier, lock=True) or found
            if now.ending:
                raise ObjectionOver
            if seen and seen != str(now.revision):
                raise ObjectionChanged
            ended = self.objections.end(work.connection, found.identifier, Ending(state, work.now, caller.key, text))
            if ended is None:
                raise ObjectionOver
            work.publish(objection_changed(ended))
            have_told(work, answered_notice(ended))
        return ended


def _not_own(found: Objection) -> Refusal:  # noqa: ARG001 - whose it is, the caller has seen
    return ObjectionNotOwn()
