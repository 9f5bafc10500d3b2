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
    facts = dict(content.facts)
    require_reason(content.text, field="decision.text", needed=True)
    return OutsideWish(
        resource_id(subjects[0], "people", field="decision.subjects"),
        civil_date(facts.get("start_date", ""), field="decision.facts.start_date"),
        civil_date(facts.get("end_date", ""), field="decision.facts.end_date"),
        content.text,
    )
