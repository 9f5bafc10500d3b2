"""The form of what is asked: fields as values of ours; what cannot be read is refused with the field."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import optional_date, resource_id

Kind = TypeVar("Kind")
WALL = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
PRESENT_SESSION = "sessions/current"
MOST_NAMES = 1000
NOBODY = UUID(int=0)
"""The id of nobody: what is theirs is nothing."""


def one_of(known: Mapping[Kind, int], value: int, *, field: str) -> Kind:
    """What an enum's value stands for; refuses FIELD_INVALID for one that is not stated or not known."""
    for kind, number in known.items():
        if number == value:
            return kind
    names = ", ".join(str(kind) for kind in known)
    raise FieldInvalid(field=field, zh=f"必填，应为以下之一：{names}", en=f"is needed, one of: {names}")


def optional_of(known: Mapping[Kind, int], value: int, *, field: str) -> Kind | None:
    """The same, and nothing where nothing is stated."""
    return one_of(known, value, field=field) if value else None


def known_filter(filters: Mapping[int, Kind], value: int, *, field: str = "filter") -> Kind:
    """What a list is narrowed to; refuses FIELD_INVALID for a value that is not known."""
    found = filters.get(value)
    if found is None:
        raise FieldInvalid(field=field, zh="没有此筛选条件", en="there is no such filter")
    return found


def plain(text: str, *, field: str) -> str:
    """A text to look for; refuses FIELD_INVALID for one that no database can hold."""
    if "\0" in text:
        raise FieldInvalid(field=field, zh="不能含空字符", en="must not hold a null character")
    return text


def as_of(text: str, today: date, *, field: str = "as_of_date") -> date:
    """The date asked for, or today."""
    return optional_date(text, field=field) or today


def clause_id(name: str, *, field: str = "name") -> str:
    """The id in `clauses/{clause}`; refuses FIELD_INVALID for what is no such name."""
    collection, _, clause = plain(name, field=field).partition("/")
    if collection != "clauses" or not clause or "/" in clause:
        said = ("应为 clauses/{编号}，如 clauses/ATT-2", "expected a name such as clauses/ATT-2")
        raise FieldInvalid(field=field, zh=said[0], en=said[1])
    return clause


def wall_time(text: str, *, field: str) -> time:
    """A time on the wall such as 18:00; refuses FIELD_INVALID."""
    if not WALL.fullmatch(text):
        raise FieldInvalid(field=field, zh="应为时间，如 18:00", en="expected a time such as 18:00")
    return time.fromisoformat(text)


def optional_instant(message: Any, field: str) -> datetime | None:
    """The instant in a field of a message; nothing where it is not set."""
    instant: datetime | None = getattr(message, field).ToDatetime(UTC) if message.HasField(field) else None
    return instant


def whose(person: UUID | None, *, mine: bool) -> UUID | None:
    """Whose things are asked for: the caller's own, and of a caller who is no person none; or anybody's."""
    return (person or NOBODY) if mine else None


def session_named(name: str) -> UUID | None:
    """The id in `sessions/{session}`; nothing for the present one, `sessions/current`."""
    return None if name == PRESENT_SESSION else resource_id(name, "sessions")


def some_people(names: Sequence[str], *, field: str) -> frozenset[UUID]:
    """The ids in some `people/{person}`; refuses FIELD_INVALID for too many of them, and at the one that is none."""
    if len(names) > MOST_NAMES:
        raise FieldInvalid(field=field, zh=f"最多 {MOST_NAMES} 个", en=f"at most {MOST_NAMES}")
    return frozenset(resource_id(name, "people", field=f"{field}[{place}]") for place, name in enumerate(names))


def one_id(place: str) -> UUID | None:
    """The place in a page token of things by id; nothing at the beginning, as below."""
    return UUID(place) if place else None


def instant_and_text(place: str) -> tuple[datetime, str] | None:
    """The place in a page token of things by instant and row."""
    instant, _, row = place.partition(" ")
    return (datetime.fromisoformat(instant), row) if place else None


def instant_and_id(place: str) -> tuple[datetime, UUID] | None:
    """The place in a page token of things by instant and id."""
    instant, _, identifier = place.partition(" ")
    return (datetime.fromisoformat(instant), UUID(identifier)) if place else None


def read_and_id(place: str) -> tuple[bool, UUID] | None:
    """The place in a page token of notices: whether it is read, and which."""
    read, _, notice = place.partition(".")
    return (read == "1", UUID(notice)) if place else None


def two_ids_and_text(place: str) -> tuple[UUID, UUID, str] | None:
    """The place in a page token of deliveries: notice, person and channel."""
    if not place:
        return None
    notice, person, channel = place.split(".", 2)
    return UUID(notice), UUID(person), channel
