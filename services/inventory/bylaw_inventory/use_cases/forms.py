"""Parts of requests in the form that rules take; what has another form is refused, naming the field."""

from datetime import date
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import civil_date

LONGEST_REASON = 500
FIRST_YEAR, LAST_YEAR = 2000, 2199


def business_day(text: str, *, field: str) -> date:
    """A date that a business can mean."""
    day = civil_date(text, field=field)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise FieldInvalid(
            field=field,
            zh=f"年份应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间",
            en=f"expected a year from {FIRST_YEAR} to {LAST_YEAR}",
        )
    return day


def optional_day(text: str, *, field: str) -> date | None:
    """Such a date, or nothing for an empty text."""
    return business_day(text, field=field) if text else None


def from_today(wished: date | None, today: date, *, field: str) -> date:
    """From which day something holds: today where none is said; refuses FIELD_INVALID for one before."""
    if wished and wished < today:
        raise FieldInvalid(field=field, zh=f"不能早于今天（{today}）", en=f"not before today ({today})")
    return wished or today


def three_ids(position: list[str] | None) -> tuple[UUID, UUID, UUID] | None:
    """The place in a page token of balances."""
    return (UUID(position[0]), UUID(position[1]), UUID(position[2])) if position else None


def three_texts(position: list[str] | None) -> tuple[str, str, str] | None:
    """The place in a page token of things by three texts."""
    return (position[0], position[1], position[2]) if position else None


def one_id(position: list[str] | None) -> UUID | None:
    """The place in a page token of things by id."""
    return UUID(position[0]) if position else None


def one_text(position: list[str] | None) -> str | None:
    """The place in a page token of things by a text alone."""
    return position[0] if position else None
