"""The form of what is asked: fields as values of ours; what cannot be read is refused with the field."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from typing import Any, TypeVar
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import civil_date, month_start, resource_id
from google.protobuf import json_format, struct_pb2

from bylaw_attendance.rules.closing.correction import CorrectionState
from bylaw_attendance.rules.judging.assignment import EVERYBODY, SubjectKind
from bylaw_attendance.rules.replay.replay import ReplayState

SUBJECTS = {"people": SubjectKind.PERSON, "units": SubjectKind.UNIT}
LONGEST_TEXT = 200
FIRST_YEAR, LAST_YEAR = 1990, 2199
MOST_AHEAD = timedelta(days=731)
"""Of what somebody asks for: nobody plans further, and policies grant what belongs to the years between."""
PATTERNS, LEAVE_POLICIES = "shiftPatterns/", "leavePolicies/"
LARGEST_EXACT = 2.0**53
"""Beyond it a floating number no longer tells neighbours apart, and is nobody's whole number."""


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


def subject_filter(name: str, *, field: str) -> tuple[SubjectKind, UUID] | None:
    """Such a subject, everybody as `organisation`; nothing for an empty name: any subject."""
    if name == SubjectKind.ORGANISATION.value:
        return SubjectKind.ORGANISATION, EVERYBODY
    return subject(name, field=field) if name else None


def pattern(name: str, *, field: str) -> str:
    """The `name@version` in `shiftPatterns/{name@version}`."""
    found = name.removeprefix(PATTERNS)
    if found == name or "@" not in found:
        raise FieldInvalid(field=field, zh="应为 shiftPatterns/{名称@版本}", en="expected shiftPatterns/{name@version}")
    return found


def leave_policy(name: str, *, field: str) -> str:
    """The `name@version` in `leavePolicies/{name@version}`."""
    found = name.removeprefix(LEAVE_POLICIES)
    if found == name or "@" not in found.strip("@"):
        raise FieldInvalid(field=field, zh="应为 leavePolicies/{名称@版本}", en="expected leavePolicies/{name@version}")
    return found


def optional_pattern(name: str, *, field: str) -> str:
    """Such a `name@version`; nothing for an empty name."""
    return pattern(name, field=field) if name else ""


def parameters(given: Any, *, field: str) -> Mapping[str, Any]:
    """Parameters as a mapping; what JSON cannot say (not a number, infinity) and control characters are refused."""
    try:
        found: Mapping[str, Any] = whole_numbers(json_format.MessageToDict(given))
    except (ValueError, json_format.SerializeToJsonError) as error:
        raise FieldInvalid(field=field, zh="含有不是数字的数值", en="holds a number that is none") from error
    if "\\u0000" in json.dumps(found):
        raise FieldInvalid(field=field, zh="含有控制字符", en="holds a control character")
    return found


def json_parameters(text: str, *, field: str) -> Mapping[str, Any]:
    """Parameters as the JSON object in a text; none for an empty one."""
    try:
        found = json_format.Parse(text or "{}", struct_pb2.Struct())
    except (json_format.ParseError, RecursionError) as error:
        raise FieldInvalid(field=field, zh="应为 JSON 对象", en="expected a JSON object") from error
    return parameters(found, field=field)


def whole_numbers(value: Any) -> Any:
    """A Struct knows only floating numbers: those that are whole are whole numbers again."""
    if isinstance(value, Mapping):
        return {key: whole_numbers(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [whole_numbers(inner) for inner in value]
    is_whole = isinstance(value, float) and value.is_integer() and abs(value) <= LARGEST_EXACT
    return int(value) if is_whole else value


def sheet_name(name: str) -> tuple[UUID, str]:
    """The person and the month in `people/{person}/sheets/{YYYY-MM}`."""
    person, slash, month = name.partition("/sheets/")
    if not slash:
        raise FieldInvalid(
            field="name", zh="应为 people/{id}/sheets/{年-月}", en="expected people/{id}/sheets/{YYYY-MM}"
        )
    return resource_id(person, "people"), month


def cell_name(name: str) -> tuple[UUID, date]:
    """The person and the day in `people/{person}/rotaCells/{YYYY-MM-DD}`."""
    person, slash, day = name.partition("/rotaCells/")
    if not slash:
        raise FieldInvalid(
            field="name", zh="应为 people/{id}/rotaCells/{日期}", en="expected people/{id}/rotaCells/{date}"
        )
    return resource_id(person, "people"), business_date(day, field="name")


def day_name(name: str) -> tuple[UUID, date]:
    """The person and the day in `people/{person}/days/{YYYY-MM-DD}`."""
    person, slash, day = name.partition("/days/")
    if not slash:
        raise FieldInvalid(field="name", zh="应为 people/{id}/days/{日期}", en="expected people/{id}/days/{date}")
    return resource_id(person, "people"), business_date(day, field="name")


def unit_or_person(name: str, *, field: str) -> tuple[UUID | None, UUID | None]:
    """A unit, or else a person: the id of the one that is named, nothing for the other."""
    if name.startswith("people/"):
        return None, resource_id(name, "people", field=field)
    return resource_id(name, "units", field=field), None


def optional_unit_or_person(name: str, *, field: str) -> tuple[UUID | None, UUID | None]:
    """The same, and nothing for both where the name is empty."""
    return unit_or_person(name, field=field) if name else (None, None)


def business_date(text: str, *, field: str) -> date:
    """A date that a business can mean: outside of these years arithmetic with days and zones has no footing."""
    return _within_years(civil_date(text, field=field), field=field)


def optional_business_date(text: str, *, field: str) -> date | None:
    """Such a date, or nothing for an empty text."""
    return business_date(text, field=field) if text else None


def business_instant(message: Any, field: str) -> datetime:
    """The instant in a field of a message; one that is missing, none, or of a time no business can mean is refused."""
    try:
        instant: datetime = getattr(message, field).ToDatetime(tzinfo=UTC)
    except (ValueError, OverflowError):
        instant = datetime.min.replace(tzinfo=UTC)
    if not message.HasField(field) or not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise FieldInvalid(
            field=field,
            zh=f"应为 {FIRST_YEAR} 至 {LAST_YEAR} 年间的时刻，如 2026-03-02T04:00:00Z",
            en=f"expected an instant of the years {FIRST_YEAR} to {LAST_YEAR}, such as 2026-03-02T04:00:00Z",
        )
    return instant


def sheet_month(text: str, *, field: str) -> date:
    """The first day of a month that a business can mean."""
    return _within_years(month_start(text, field=field), field=field)


def optional_month(text: str, *, field: str) -> date | None:
    """Such a day, or nothing for an empty text."""
    return sheet_month(text, field=field) if text else None


def check_near(day: date, today: date, *, field: str) -> None:
    """Refuses FIELD_INVALID of what lies further ahead than anybody plans."""
    latest = today + MOST_AHEAD
    if day > latest:
        raise FieldInvalid(field=field, zh=f"最晚可至 {latest}", en=f"must be {latest} at the latest")


def _within_years(day: date, *, field: str) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise FieldInvalid(
            field=field,
            zh=f"年份应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间",
            en=f"expected a year from {FIRST_YEAR} to {LAST_YEAR}",
        )
    return day


def short_text(text: str, *, field: str) -> str:
    """A text of one line."""
    if len(text) > LONGEST_TEXT or not text.isprintable():
        raise FieldInvalid(
            field=field,
            zh=f"应为至多 {LONGEST_TEXT} 个可见字符",
            en=f"expected at most {LONGEST_TEXT} visible characters",
        )
    return text


def said_text(text: str, *, field: str) -> str:
    """Such a text that says something."""
    said = short_text(text, field=field).strip()
    if not said:
        raise FieldInvalid(field=field, zh="请写明原因", en="say why")
    return said


def known_number(number: int, known: type[IntEnum], *, field: str) -> int:
    """A value of an enumeration; one that the contract does not have is refused."""
    if number not in {value.value for value in known}:
        raise FieldInvalid(field=field, zh="没有这个取值", en="there is no such value")
    return number


def optional_replay_state(number: int, *, field: str) -> ReplayState | None:
    """How a replay stands, or nothing where the number says nothing."""
    return ReplayState(known_number(number, ReplayState, field=field)) if number else None


def optional_correction_state(number: int, *, field: str) -> CorrectionState | None:
    """Where a correction stands, or nothing where the number says nothing."""
    return CorrectionState(known_number(number, CorrectionState, field=field)) if number else None


Known = TypeVar("Known", bound=IntEnum)


def optional_known(number: int, known: type[Known], *, field: str) -> Known | None:
    """A value of an enumeration, or nothing where the number says nothing."""
    return known(known_number(number, known, field=field)) if number else None


def correction_place(position: list[str] | None) -> tuple[bool, UUID] | None:
    """The place in a page token of corrections: whether it waits, and which it is."""
    return (bool(position[0]), UUID(position[1])) if position else None


def one_id(position: list[str] | None) -> UUID | None:
    """The place in a page token of things by id."""
    return UUID(position[0]) if position else None


def instant_and_id(position: list[str] | None) -> tuple[datetime, UUID] | None:
    """The place in a page token of things by instant."""
    return (datetime.fromisoformat(position[0]), UUID(position[1])) if position else None


def number_person_and_day(position: list[str] | None) -> tuple[str, UUID, date] | None:
    """The place in a page token of things by employee number and day."""
    return (position[0], UUID(position[1]), date.fromisoformat(position[2])) if position else None


def counted_place(position: list[str] | None) -> tuple[tuple[str, str] | None, int]:
    """The place in a page token of people by employee number, and how many were shown before it."""
    return ((position[0], position[1]), int(position[2])) if position else (None, 0)


def change_place(position: list[str] | None) -> tuple[str, UUID, date, int] | None:
    """The place in a page token of changes: employee number, person, month, and the how manieth of it."""
    return (position[0], UUID(position[1]), date.fromisoformat(position[2]), int(position[3])) if position else None


def two_numbers(position: list[str] | None) -> tuple[int, int] | None:
    """The place in a page token of things by two numbers."""
    return (int(position[0]), int(position[1])) if position else None


def two_texts(position: list[str] | None) -> tuple[str, str] | None:
    """The place in a page token of things by two texts."""
    return (position[0], position[1]) if position else None


def optional_number(message: Any, field: str) -> int | None:
    """A number that may be left out."""
    return int(getattr(message, field)) if message.HasField(field) else None


def optional_text(message: Any, field: str) -> str | None:
    """A text that may be left out; an empty one is none of those."""
    return str(getattr(message, field)) if message.HasField(field) else None
