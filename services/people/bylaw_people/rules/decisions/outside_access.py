"""What a request to let an outsider in must say: who, from when to when, and why (SEC-2)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import civil_date, resource_id

from bylaw_people.rules.access.outsiders import require_reason
from bylaw_people.rules.decisions.decision import Content


@dataclass(frozen=True, slots=True)
class OutsideWish:
    """An outsider, the first and the last day, and the reason."""

    person: UUID
    start: date
    end: date
    reason: str


def outside_wish(subjects: tuple[str, ...], content: Content) -> OutsideWish:
    """The one subject is the person, the facts `start_date` and `end_date` the days; refuses FIELD_INVALID."""
    if len(subjects) != 1:
        raise FieldInvalid(field="decision.subjects", zh="应为一名外部人员", en="is the one outsider, people/{person}")
    require_reason(content.text, field="decision.text", needed=True)
    return OutsideWish(
        resource_id(subjects[0], "people", field="decision.subjects"),
        _day(content, "start_date"),
        _day(content, "end_date"),
        content.text,
    )


def _day(content: Content, wanted: str) -> date:
    """The day that a fact states; refuses FIELD_INVALID with the fact, or saying that there is none."""
    for place, (key, value) in enumerate(content.facts):
        if key == wanted:
            return civil_date(value, field=f"decision.facts[{place}].value")
    raise FieldInvalid(field="decision.facts", zh=f"缺少 {wanted}，须写明日期", en=f"must state the day {wanted}")
