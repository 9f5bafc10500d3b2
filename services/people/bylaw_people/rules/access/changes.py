"""What changed in who may do what: grants, heads, positions, roles, outsiders, each as it was recorded (SEC-3)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid


class ChangeKind(StrEnum):
    """What kind of change it is."""

    GRANT_GIVEN = "grant_given"
    GRANT_ENDED = "grant_ended"
    HEAD = "head"
    APPOINTMENT = "appointment"
    OUTSIDER_PERMITTED = "outsider_permitted"
    OUTSIDER_ENDED = "outsider_ended"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class AccessChange:
    """A change: when it was recorded, by whom, and what is true of whom since. `subject` is a resource name."""

    key: str
    changed_at: datetime
    changed_by: UUID | None
    kind: ChangeKind
    subject: str
    person: UUID | None
    position: UUID | None
    role: str
    unit: UUID | None
    start_date: date | None
    end_date: date | None


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Recorded from an instant to before another; `day` is the day by which a reach is taken."""

    begins_at: datetime
    ends_at: datetime
    day: date
    person: UUID | None = None


def require_span(start: date, end: date) -> None:
    """Refuses FIELD_INVALID for an end before the start."""
    if end < start:
        raise FieldInvalid(field="end_date", zh=f"不能早于 {start}", en=f"must not be before {start}")
