"""Fields of requests as values of ours; what cannot be read is refused with the field."""

from datetime import datetime
from enum import IntEnum
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import resource_id

from bylaw_attendance.rules.assignment import EVERYBODY, SubjectKind

SUBJECTS = {"people": SubjectKind.PERSON, "units": SubjectKind.UNIT}
LONGEST_TEXT = 200
PATTERNS = "shiftPatterns/"


def subject(name: str, *, field: str) -> tuple[SubjectKind, UUID]:
    """`people/{person}` or `units/{unit}`; empty: everybody."""
    if not name:
        return SubjectKind.ORGANISATION, EVERYBODY
    collection = name.partition("/")[0]
    if collection not in SUBJECTS:
        raise FieldInvalid(
            field=field,
            zh="应为 people/{id}、units/{id} 或留空(全组织)",
            en="expected people/{id}, units/{id}, or nothing for the whole organisation",
        )
    return SUBJECTS[collection], resource_id(name, collection, field=field)


def pattern(name: str, *, field: str) -> str:
    """The `name@version` in `shiftPatterns/{name@version}`."""
    found = name.removeprefix(PATTERNS)
    if found == name or "@" not in found:
        raise FieldInvalid(field=field, zh="应为 shiftPatterns/{名称@版本}", en="expected shiftPatterns/{name@version}")
    return found


def sheet_name(name: str) -> tuple[UUID, str]:
    """The person and the month in `people/{person}/sheets/{YYYY-MM}`."""
    person, slash, month = name.partition("/sheets/")
    if not slash:
        raise FieldInvalid(
            field="name", zh="应为 people/{id}/sheets/{年-月}", en="expected people/{id}/sheets/{YYYY-MM}"
        )
    return resource_id(person, "people"), month


def short_text(text: str, *, field: str) -> str:
    """A text of one line."""
    if len(text) > LONGEST_TEXT or not text.isprintable():
        raise FieldInvalid(
            field=field,
            zh=f"应为至多 {LONGEST_TEXT} 个可见字符",
            en=f"expected at most {LONGEST_TEXT} visible characters",
        )
    return text


def known_number(number: int, known: type[IntEnum], *, field: str) -> int:
    """A value of an enumeration; one that the contract does not have is refused."""
    if number not in {value.value for value in known}:
        raise FieldInvalid(field=field, zh="没有这个取值", en="there is no such value")
    return number


def instant_and_id(position: list[str] | None) -> tuple[datetime, UUID] | None:
    """The place in a page token of things by instant."""
    return (datetime.fromisoformat(position[0]), UUID(position[1])) if position else None


def two_numbers(position: list[str] | None) -> tuple[int, int] | None:
    """The place in a page token of things by two numbers."""
    return (int(position[0]), int(position[1])) if position else None


def two_texts(position: list[str] | None) -> tuple[str, str] | None:
    """The place in a page token of things by two texts."""
    return (position[0], position[1]) if position else None
