"""Messages on duties as facts: what they may hold, and where they are wrong."""

import re
from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID

from bylaw.people.v1 import duties_pb2 as messages
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import civil_date, new_id, optional_date, optional_id, resource_id
from google.protobuf.message import Message

from bylaw_people.duty_messages import ON_REST_DAYS, PROOFS, RHYTHMS, duty_message
from bylaw_people.ports.duties import OccurrenceQuery
from bylaw_people.rpc import reading
from bylaw_people.rules.duties.duty import SUNDAY, Duty, DutyTerms, Occurrence, Proof, Whose
from bylaw_people.rules.duties.schedule import OnRestDays
from bylaw_people.rules.fields import both_languages
from bylaw_people.use_cases.duties.update_duty import Change

WALL = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
CHANGEABLE = frozenset(
    {"clause", "title", "instructions", "person", "position", "head_of", "schedule", "proof", "remind_minutes"}
)
STEERING = frozenset({"name", "etag", "effective_date", "service", "key", "end_date"})
WHOSE = frozenset({"person", "position", "head_of"})
FILTERS = {
    messages.DUTY_OCCURRENCE_FILTER_UNSPECIFIED: (False, False),
    messages.DUTY_OCCURRENCE_FILTER_OPEN: (True, False),
    messages.DUTY_OCCURRENCE_FILTER_OVERDUE: (True, True),
}


def new_duty(asked: messages.Duty, today: date, now: datetime, *, key: str = "") -> Duty:
    """A new duty; what the service gives itself is not read."""
    end = optional_date(asked.end_date, field="duty.end_date")
    return Duty(new_id(), (_terms(asked, today, now),), end_date=end, key=key)


def change_of(request: messages.UpdateDutyRequest, today: date, now: datetime) -> Change:
    """What shall become of a duty: its fields under the mask take the place of what they are."""
    paths = frozenset(request.update_mask.paths) or CHANGEABLE
    for path in sorted(paths - CHANGEABLE - STEERING):
        raise FieldInvalid(field="update_mask", zh=f"没有字段 {path[:64]}", en=f"there is no field {path[:64]}")

    def change(found: Duty) -> DutyTerms:
        merged = duty_message(found)
        _merge(merged, request.duty, paths & CHANGEABLE)
        merged.effective_date = request.duty.effective_date
        return _terms(merged, today, now)

    return change


def proof(message: messages.DutyProof) -> Proof:
    """What was handed in."""
    return Proof(message.text, message.photo, message.photo_sha256, message.record)


def query(request: messages.ListDutyOccurrencesRequest, person: UUID | None) -> OccurrenceQuery:
    """Which occurrences are asked for; a caller who is no person has none of their own."""
    found = FILTERS.get(request.filter)
    if found is None:
        raise FieldInvalid(field="filter", zh="没有此筛选条件", en="there is no such filter")
    open_only, overdue_only = found
    nobody = UUID(int=0)
    return OccurrenceQuery(
        (person or nobody) if request.mine else None,
        optional_id(request.unit, "units", field="unit"),
        optional_id(request.duty, "duties", field="duty"),
        open_only,
        overdue_only,
        optional_date(request.from_date, field="from_date"),
        optional_date(request.to_date, field="to_date"),
    )


def occurrence_id(name: str) -> UUID:
    """The id in `dutyOccurrences/{occurrence}`."""
    return resource_id(name, "dutyOccurrences")


def due_date(text: str) -> date:
    """The date on which something is due."""
    return civil_date(text, field="due_date")


def place_of(due: Occurrence) -> str:
    """Where something due stands in the list."""
    return f"{due.due_at.isoformat()} {due.id}"


def place(text: str) -> tuple[datetime, UUID] | None:
    """The place that a page token holds."""
    instant, _, due = text.partition(" ")
    return (datetime.fromisoformat(instant), UUID(due)) if text else None


def _terms(asked: messages.Duty, today: date, now: datetime) -> DutyTerms:
    terms = DutyTerms(
        reading.as_of(asked.effective_date, today, field="duty.effective_date"),
        both_languages(reading.wording(asked.title)),
        _whose(asked),
        reading.one_of(RHYTHMS, asked.schedule.rhythm, field="duty.schedule.rhythm"),
        _wall(asked.schedule.time),
        reading.plain(asked.clause, field="duty.clause"),
        both_languages(reading.wording(asked.instructions)),
        proof=reading.one_of(PROOFS, asked.proof, field="duty.proof"),
        remind_minutes=asked.remind_minutes,
        id=new_id(),
        recorded_at=now,
    )
    return _scheduled(terms, asked.schedule)


def _scheduled(terms: DutyTerms, asked: messages.DutySchedule) -> DutyTerms:
    kept = asked.on_rest_days or ON_REST_DAYS[OnRestDays.KEEP]
    return replace(
        terms,
        interval=asked.interval or 1,
        once_on=optional_date(asked.date, field="duty.schedule.date"),
        weekdays=frozenset(asked.weekdays),
        month_day=asked.month_day,
        on_rest_days=reading.one_of(ON_REST_DAYS, kept, field="duty.schedule.on_rest_days"),
        rest_weekdays=frozenset(asked.rest_weekdays) or frozenset({SUNDAY}),
        site=optional_id(asked.site, "sites", field="duty.schedule.site"),
    )


def _whose(asked: messages.Duty) -> Whose:
    return Whose(
        optional_id(asked.person, "people", field="duty.person"),
        optional_id(asked.position, "positions", field="duty.position"),
        optional_id(asked.head_of, "units", field="duty.head_of"),
    )


def _wall(text: str) -> time:
    if not WALL.fullmatch(text):
        raise FieldInvalid(field="duty.schedule.time", zh="应为时间，如 18:00", en="expected a time such as 18:00")
    return time.fromisoformat(text)


def _merge(onto: Message, sent: messages.Duty, paths: frozenset[str]) -> None:
    """Fields that are asked to change as they were sent; of whose it is, one takes the place of another."""
    whose = sent.WhichOneof("whose")
    asked = (paths - WHOSE) | {whose} if whose and paths & WHOSE else paths
    kept: Message = messages.Duty()
    kept.CopyFrom(sent)
    for path in asked:
        onto.ClearField(path)
    for field, _ in sent.ListFields():
        if field.name not in asked:
            kept.ClearField(field.name)
    onto.MergeFrom(kept)
