"""Duties as messages of the contract, for answers and for the feed."""

from datetime import datetime

from bylaw.people.v1 import duties_pb2 as messages
from bylaw.types.v1.localized_text_pb2 import LocalizedText
from bylaw_chassis.values import resource_name
from google.protobuf.timestamp_pb2 import Timestamp

from bylaw_people.rules.duties.duty import Duty, DutyTerms, Occurrence, OccurrenceState, Proof, ProofKind, Whose
from bylaw_people.rules.duties.schedule import OnRestDays, Rhythm
from bylaw_people.rules.organisation import Wording

RHYTHMS = {
    Rhythm.ONCE: messages.DUTY_RHYTHM_ONCE,
    Rhythm.DAILY: messages.DUTY_RHYTHM_DAILY,
    Rhythm.WEEKLY: messages.DUTY_RHYTHM_WEEKLY,
    Rhythm.MONTHLY: messages.DUTY_RHYTHM_MONTHLY,
}
ON_REST_DAYS = {
    OnRestDays.KEEP: messages.ON_REST_DAYS_KEEP,
    OnRestDays.SKIP: messages.ON_REST_DAYS_SKIP,
    OnRestDays.BEFORE: messages.ON_REST_DAYS_BEFORE,
    OnRestDays.AFTER: messages.ON_REST_DAYS_AFTER,
}
PROOFS = {
    ProofKind.NONE: messages.DUTY_PROOF_KIND_UNSPECIFIED,
    ProofKind.TEXT: messages.DUTY_PROOF_KIND_TEXT,
    ProofKind.PHOTO: messages.DUTY_PROOF_KIND_PHOTO,
    ProofKind.RECORD: messages.DUTY_PROOF_KIND_RECORD,
    ProofKind.ANY: messages.DUTY_PROOF_KIND_ANY,
}
STATES = {
    OccurrenceState.OPEN: messages.DUTY_OCCURRENCE_STATE_OPEN,
    OccurrenceState.DONE: messages.DUTY_OCCURRENCE_STATE_DONE,
    OccurrenceState.EXCUSED: messages.DUTY_OCCURRENCE_STATE_EXCUSED,
    OccurrenceState.DROPPED: messages.DUTY_OCCURRENCE_STATE_DROPPED,
}


def duty_message(duty: Duty) -> messages.Duty:
    """A duty with its newest terms."""
    terms = duty.newest
    message = messages.Duty(
        name=resource_name("duties", duty.id),
        clause=terms.clause,
        title=_text(terms.title),
        instructions=_text(terms.instructions),
        schedule=_schedule(terms),
        proof=PROOFS[terms.proof],
        remind_minutes=terms.remind_minutes,
        effective_date=terms.effective_date.isoformat(),
        end_date=duty.end_date.isoformat() if duty.end_date else "",
        service=duty.service,
        key=duty.key,
        etag=str(duty.revision),
    )
    _name_whose(message, terms.whose)
    return message


def occurrence_message(due: Occurrence, now: datetime) -> messages.DutyOccurrence:
    """Something due, as of an instant."""
    return messages.DutyOccurrence(
        name=resource_name("dutyOccurrences", due.id),
        duty=resource_name("duties", due.duty),
        clause=due.clause,
        title=_text(due.title),
        responsible=[resource_name("people", person) for person in due.responsible],
        due_date=due.due_date.isoformat(),
        due_time=_instant(due.due_at),
        state=STATES[due.state],
        overdue=due.overdue(now),
        proof_kind=PROOFS[due.proof_kind],
        proof=_proof(due.proof),
        close_time=_instant(due.closed_at) if due.closed_at else None,
        closed_by=resource_name("people", due.closed_by),
        excuse=due.excuse,
    )


def told_occurrence(due: Occurrence) -> messages.DutyOccurrence:
    """Something due as others learn of it: without its proof and its reason, which may be personal."""
    message = occurrence_message(due, due.closed_at or due.due_at)
    message.ClearField("proof")
    message.ClearField("excuse")
    return message


def _name_whose(message: messages.Duty, whose: Whose) -> None:
    if whose.person:
        message.person = resource_name("people", whose.person)
    elif whose.position:
        message.position = resource_name("positions", whose.position)
    else:
        message.head_of = resource_name("units", whose.head_of)


def _schedule(terms: DutyTerms) -> messages.DutySchedule:
    return messages.DutySchedule(
        rhythm=RHYTHMS[terms.rhythm],
        interval=terms.interval,
        date=terms.once_on.isoformat() if terms.once_on else "",
        weekdays=sorted(terms.weekdays),
        month_day=terms.month_day,
        time=f"{terms.at:%H:%M}",
        on_rest_days=ON_REST_DAYS[terms.on_rest_days],
        rest_weekdays=sorted(terms.rest_weekdays),
        site=resource_name("sites", terms.site),
        holidays_only=not terms.rest_weekdays,
    )


def _proof(proof: Proof) -> messages.DutyProof | None:
    if proof == Proof():
        return None
    return messages.DutyProof(text=proof.text, photo=proof.photo, photo_sha256=proof.photo_sha256, record=proof.record)


def _text(text: Wording) -> LocalizedText:
    return LocalizedText(zh=text.zh, en=text.en)


def _instant(moment: datetime) -> Timestamp:
    stamp = Timestamp()
    stamp.FromDatetime(moment)
    return stamp
