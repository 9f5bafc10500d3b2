"""Parts of requests in the form that rules take, as every service reads them; else refused, naming the field."""

from enum import IntEnum
from typing import TypeVar
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid

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


def text_and_id(position: list[str] | None) -> tuple[str, UUID] | None:
    """The place in a page token of things by a text."""
    return (position[0], UUID(position[1])) if position else None


def one_number(position: list[str] | None) -> int | None:
    """The place in a page token of things by number."""
    return int(position[0]) if position else None


def check_count(count: int, *, field: str, most: int) -> None:
    """Refuses a list of none, or of more than so many."""
    if not 1 <= count <= most:
        raise FieldInvalid(field=field, zh=f"应有 1 至 {most} 行", en=f"expected 1 to {most} of them")
