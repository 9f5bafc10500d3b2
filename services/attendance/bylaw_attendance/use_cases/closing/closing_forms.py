"""The form of what is asked of months' ends; what cannot be read is refused with the field."""

from datetime import date
from typing import Any
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import resource_id

from bylaw_attendance.rules.closing.closing import ReviewWish
from bylaw_attendance.rules.closing.objection import ObjectionState, ObjectionWish, ObjectionWishes
from bylaw_attendance.use_cases.forms import (
    business_date,
    known_number,
    optional_month,
    optional_unit_or_person,
    sheet_month,
    sheet_name,
    short_text,
)

MOST_DAYS = 31


def unit_month_of(name: str) -> tuple[UUID, date]:
    """The unit and the month in `units/{unit}/months/{YYYY-MM}`."""
    unit, slash, month = name.partition("/months/")
    if not slash:
        raise FieldInvalid(field="name", zh="应为 units/{id}/months/{年-月}", en="expected units/{id}/months/{YYYY-MM}")
    return resource_id(unit, "units"), sheet_month(month, field="name")


def sheet_of(name: str, *, field: str) -> tuple[UUID, date]:
    """The person and the month in `people/{person}/sheets/{YYYY-MM}`."""
    person, month = sheet_name(name)
    return person, sheet_month(month, field=field)


def review_wishes(reviews: Any) -> list[ReviewWish]:
    """Looks at sheets; nobody's twice."""
    wishes = [_review(one, f"reviews[{place}]") for place, one in enumerate(reviews)]
    if len({wish.person for wish in wishes}) < len(wishes):
        raise FieldInvalid(field="reviews", zh="同一人出现两次", en="names somebody twice")
    return wishes


def adjustment_place(position: list[str] | None) -> tuple[str, UUID, date, int] | None:
    """The place in a page token of adjustments: employee number, person, month, version."""
    return (position[0], UUID(position[1]), date.fromisoformat(position[2]), int(position[3])) if position else None


def number_of_seen(position: list[str] | None) -> int:
    """The place in a page token of versions: how many were shown."""
    return int(position[0]) if position else 0


def _review(one: Any, field: str) -> ReviewWish:
    try:
        digest = bytes.fromhex(one.inputs_digest)
    except ValueError:
        digest = b""
    if not digest:
        raise FieldInvalid(
            field=f"{field}.inputs_digest",
            zh="请给出所查看的考勤表的 inputs_digest",
            en="give the inputs_digest of the sheet that was seen",
        )
    person = resource_id(one.person, "people", field=f"{field}.person")
    return ReviewWish(person, digest, short_text(one.remark, field=f"{field}.remark"))


def objection_wish(wished: Any) -> ObjectionWish:
    """What somebody objects to; days in their order, none twice."""
    person, month = sheet_name(wished.sheet)
    if len(wished.days) > MOST_DAYS:
        raise FieldInvalid(field="objection.days", zh=f"至多 {MOST_DAYS} 天", en=f"expected at most {MOST_DAYS} days")
    days = {business_date(day, field=f"objection.days[{place}]") for place, day in enumerate(wished.days)}
    text = short_text(wished.text, field="objection.text")
    return ObjectionWish(person, sheet_month(month, field="objection.sheet"), tuple(sorted(days)), text)


def objection_wishes(request: Any) -> ObjectionWishes:
    """Which objections are asked for."""
    state = known_number(request.state, ObjectionState, field="state") if request.state else None
    return ObjectionWishes(
        *optional_unit_or_person(request.parent, field="parent"),
        ObjectionState(state) if state else None,
        optional_month(request.month, field="month"),
    )
