"""Parts of requests in the form that rules take; what has another form is refused, naming the field."""

from datetime import date
from enum import IntEnum
from typing import TypeVar
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import civil_date

LONGEST_REASON = 500
FIRST_YEAR, LAST_YEAR = 2000, 2199
Known = TypeVar("Known", bound=IntEnum)


def line_of_text(text: str, *, field: str, longest: int, needed: bool = True) -> str:
    """A text of one line without blanks at its ends, of at most so many characters."""
    if len(text) > longest or not text.isprintable() or text != text.strip() or (needed and not text):
        least = "1" if needed else "0"
        raise FieldInvalid(
            field=field,
            zh=f"应为 {least} 至 {longest} 个可见字符，首尾不留空格",
            en=f"expected {least} to {longest} visible characters without blanks at the ends",
        )
    return text


def number_within(number: int, *, field: str, first: int, last: int) -> int:
    """A number from a first to a last one."""
    if not first <= number <= last:
        raise FieldInvalid(field=field, zh=f"应为 {first} 至 {last}", en=f"expected {first} to {last}")
    return number


def known(number: int, kinds: type[Known], *, field: str) -> Known:
    """A value of an enumeration; one that is not stated or not known is refused."""
    try:
        return kinds(number)
    except ValueError:
        raise FieldInvalid(field=field, zh="没有这个取值", en="there is no such value") from None


def optional_known(number: int, kinds: type[Known], *, field: str) -> Known | None:
    """Such a value, or nothing for one that is not stated."""
    return known(number, kinds, field=field) if number else None


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


def text_and_id(position: list[str] | None) -> tuple[str, UUID] | None:
    """The place in a page token of things by a text."""
    return (position[0], UUID(position[1])) if position else None


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


def one_number(position: list[str] | None) -> int | None:
    """The place in a page token of things by number."""
    return int(position[0]) if position else None


def check_count(count: int, *, field: str, most: int) -> None:
    """Refuses a list of none, or of more than so many."""
    if not 1 <= count <= most:
        raise FieldInvalid(field=field, zh=f"应有 1 至 {most} 行", en=f"expected 1 to {most} of them")
