"""Closes something due: it was done, with proof, or a head excuses from it; the first to close it counts."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach

from bylaw_people.events import duty_changed
from bylaw_people.ports import Needs, Records
from bylaw_people.rules.duties.duty import Occurrence, OccurrenceState, Proof
from bylaw_people.rules.duties.refusals import DutyExcuseOwn, DutyOccurrenceClosed, DutyOccurrenceNotFound
from bylaw_people.rules.duties.sound import require_excuse, require_proof, require_sound_key, require_sound_proof
from bylaw_people.rules.refusals import PersonNotFound
from bylaw_people.use_cases.duties.finding import occurrence_within, service_of

EXCUSE = "people.duties.excuse"
EVERYWHERE = Reach(everyone=True)


def complete_occurrence(occurrence: UUID, proof: Proof, caller: Caller, *, needs: Needs) -> Occurrence:
    """Refuses DUTY_OCCURRENCE_NOT_FOUND, DUTY_OCCURRENCE_CLOSED, DUTY_PROOF_MISSING, FIELD_INVALID.

    Only those whose duty it is do it, however far they otherwise reach.
    """
    require_sound_proof(proof)
    own = Reach(own=caller.person)
    with needs.store.work(caller) as records:
        found = occurrence_within(records, occurrence, own, needs=needs, lock=True)
        return _done(records, found, proof, by=caller.person)


def close_declared(
    key: str, due_date: date, proof: Proof, *, done_by: UUID | None, caller: Caller, needs: Needs
) -> Occurrence:
    """What a service declared was done; the service's word is proof enough.

    Refuses DUTY_SERVICES_ONLY, DUTY_OCCURRENCE_NOT_FOUND, DUTY_OCCURRENCE_CLOSED, PERSON_NOT_FOUND, FIELD_INVALID.
    """
    service = service_of(caller)
    require_sound_key(key)
    require_sound_proof(proof)
    with needs.store.work(caller) as records:
        if done_by and records.people.find(done_by, EVERYWHERE, needs.today()) is None:
            raise PersonNotFound
        found = records.occurrences.by_key(service, key, due_date)
        if found is None:
            raise DutyOccurrenceNotFound
        return _closed(records, found, proof, by=done_by)


def excuse_occurrence(occurrence: UUID, excuse: str, caller: Caller, *, needs: Needs) -> Occurrence:
    """Refuses DUTY_OCCURRENCE_NOT_FOUND, DUTY_OCCURRENCE_CLOSED, DUTY_EXCUSE_OWN, FIELD_INVALID."""
    require_excuse(excuse)
    with needs.store.work(caller) as records:
        found = occurrence_within(records, occurrence, caller.reach(EXCUSE), needs=needs, lock=True)
        if caller.person in found.responsible:
            raise DutyExcuseOwn
        if found.state is OccurrenceState.EXCUSED:
            return found
        if not records.occurrences.excuse(occurrence, excuse):
            raise DutyOccurrenceClosed(state=found.state.value)
        excused = replace(found, state=OccurrenceState.EXCUSED, excuse=excuse)
        return _told(records, replace(excused, closed_at=records.now, closed_by=caller.person))


def _done(records: Records, found: Occurrence, proof: Proof, *, by: UUID | None) -> Occurrence:
    if found.state is OccurrenceState.OPEN:
        require_proof(found.proof_kind, proof)
    return _closed(records, found, proof, by=by)


def _closed(records: Records, found: Occurrence, proof: Proof, *, by: UUID | None) -> Occurrence:
    if found.state is OccurrenceState.DONE:
        return found
    if not records.occurrences.complete(found.id, proof, by):
        raise DutyOccurrenceClosed(state=found.state.value)
    done = replace(found, state=OccurrenceState.DONE, proof=proof, closed_at=records.now, closed_by=by)
    return _told(records, done)


def _told(records: Records, closed: Occurrence) -> Occurrence:
    duty = records.duties.find(closed.duty, EVERYWHERE, closed.due_date)
    if duty:
        records.publish(duty_changed(duty, closed))
    return closed
