"""Messages on duties as facts: what they may hold, and where they are wrong."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from bylaw.people.v1 import duties_pb2 as messages
from bylaw_chassis.values import civil_date, new_id, optional_date, optional_id, resource_id

from bylaw_people.duty_messages import ON_REST_DAYS, PROOFS, RHYTHMS, duty_message
from bylaw_people.ports.duties import OccurrenceQuery
from bylaw_people.rpc import reading
from bylaw_people.rules.duties.duty import Duty, DutyTerms, Occurrence, Proof, Whose
from bylaw_people.rules.duties.schedule import OnRestDays
from bylaw_people.rules.duties.sound import rest_weekdays
from bylaw_people.rules.fields import both_languages
from bylaw_people.use_cases import forms
from bylaw_people.use_cases.duties.update_duty import Change
from bylaw_people.use_cases.masks import fixed_mask, take_over

CHANGEABLE = frozenset(
    {"clause", "title", "instructions", "person", "position", "head_of", "schedule", "proof", "remind_minutes"}
)
STEERING = frozenset({"name", "etag", "effective_date", "service", "key", "end_date"})
FILTERS: Mapping[int, tuple[bool, bool]] = {
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
    mask = fixed_mask(request.update_mask.paths, CHANGEABLE, STEERING)
    mask.texts(
        {name: reading.wording(getattr(request.duty, name)) for name in ("title", "instructions")}, prefix="duty"
    )

    def change(found: Duty) -> DutyTerms:
        merged = duty_message(found)
        take_over(merged, request.duty, mask, choice="whose")
        merged.effective_date = request.duty.effective_date
        return _terms(merged, today, now)

    return change


def proof(message: messages.DutyProof) -> Proof:
    """What was handed in."""
    return Proof(message.text, message.photo, message.photo_sha256, message.record)


def query(request: messages.ListDutyOccurrencesRequest, person: UUID | None) -> OccurrenceQuery:
    """Which occurrences are asked for; a caller who is no person has none of their own."""
    open_only, overdue_only = forms.known_filter(FILTERS, request.filter)
    return OccurrenceQuery(
        forms.whose(person, mine=request.mine),
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


def _terms(asked: messages.Duty, today: date, now: datetime) -> DutyTerms:
    terms = DutyTerms(
        forms.as_of(asked.effective_date, today, field="duty.effective_date"),
        both_languages(reading.wording(asked.title)),
        _whose(asked),
        forms.one_of(RHYTHMS, asked.schedule.rhythm, field="duty.schedule.rhythm"),
        forms.wall_time(asked.schedule.time, field="duty.schedule.time"),
        forms.plain(asked.clause, field="duty.clause"),
        both_languages(reading.wording(asked.instructions)),
        proof=forms.one_of(PROOFS, asked.proof, field="duty.proof"),
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
        on_rest_days=forms.one_of(ON_REST_DAYS, kept, field="duty.schedule.on_rest_days"),
        rest_weekdays=rest_weekdays(asked.rest_weekdays, holidays_only=asked.holidays_only),
        site=optional_id(asked.site, "sites", field="duty.schedule.site"),
    )


def _whose(asked: messages.Duty) -> Whose:
    return Whose(
        optional_id(asked.person, "people", field="duty.person"),
        optional_id(asked.position, "positions", field="duty.position"),
        optional_id(asked.head_of, "units", field="duty.head_of"),
    )
