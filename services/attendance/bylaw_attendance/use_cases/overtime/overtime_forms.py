"""The form of a request for overtime, and of what is asked about hours; what cannot be read is refused by field."""

from datetime import date
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import resource_id
from bylaw_hooks import spans_in_order

from bylaw_attendance.rules.overtime.overtime import Compensation, OvertimeState, OvertimeWish
from bylaw_attendance.use_cases.calendar.hours_forms import SPAN
from bylaw_attendance.use_cases.forms import known_number, short_text

FIELD = "overtime_request"


def overtime_wish(day: date, hours: str, compensation: int, reason: str) -> OvertimeWish:
    """What is asked for."""
    return OvertimeWish(day, _span(hours), _compensation(compensation), _reason(reason))


def optional_overtime_state(number: int, *, field: str) -> OvertimeState | None:
    """A state, or nothing for none."""
    return OvertimeState(known_number(number, OvertimeState, field=field)) if number else None


def work_hours_name(name: str) -> tuple[UUID, str]:
    """The person and the month in `people/{person}/workHours/{YYYY-MM}`."""
    person, slash, month = name.partition("/workHours/")
    if not slash:
        raise FieldInvalid(
            field="name", zh="应为 people/{id}/workHours/{年-月}", en="expected people/{id}/workHours/{YYYY-MM}"
        )
    return resource_id(person, "people"), month


def _span(hours: str) -> tuple[int, int]:
    if not SPAN.fullmatch(hours) or len({*hours.split("-")}) == 1:
        raise FieldInvalid(
            field=f"{FIELD}.hours", zh="应为如 18:00-20:30 的时段", en="expected hours such as 18:00-20:30"
        )
    ((start, end),) = spans_in_order([hours])
    return start, end


def _compensation(number: int) -> Compensation:
    field = f"{FIELD}.compensation"
    if not number:
        raise FieldInvalid(field=field, zh="请说明要加班费还是调休", en="say whether pay or time off is wanted")
    return Compensation(known_number(number, Compensation, field=field))


def _reason(text: str) -> str:
    reason = short_text(text, field=f"{FIELD}.reason").strip()
    if not reason:
        raise FieldInvalid(field=f"{FIELD}.reason", zh="请填写加班的理由", en="say why overtime is needed")
    return reason
