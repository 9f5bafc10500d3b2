"""What a request is about, without anything personal: names of things, and which fields a write touches."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

from google.protobuf.message import Message

MOST_NAMES = 50
DEEPEST = 3

_ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_SEGMENT = rf"(?:{_ID}|[0-9]{{4}}-[0-9]{{2}}(?:-[0-9]{{2}})?)"
_CLAUSE = "clauses/[A-Z]{3,20}-[0-9]{1,4}"
NAME = re.compile(rf"{_CLAUSE}|[a-z][a-zA-Z]{{1,40}}/{_SEGMENT}(?:/[a-z][a-zA-Z]{{1,40}}/{_SEGMENT})*")
"""A resource name whose segments are ids, dates or months, or a clause: whatever else a caller writes is not kept."""

OPAQUE = "google."
"""Messages of Google's: times, files, free structures; nothing in them is a name of ours."""


def names_in(message: Message) -> tuple[str, ...]:
    """Every resource name in a message, in order of appearance; at most fifty."""
    found = (text for text in _texts(message, DEEPEST) if "/" in text and NAME.fullmatch(text))
    return tuple(islice(dict.fromkeys(found), MOST_NAMES))


def own_name(answer: Message) -> tuple[str, ...]:
    """The name of the thing an answer is, where it is one."""
    name = getattr(answer, "name", "")
    return (name,) if isinstance(name, str) and NAME.fullmatch(name) else ()


def things_in(answer: Message) -> tuple[str, ...]:
    """The names of the things an answer shows: its own, or those of the things it lists."""
    return (*own_name(answer), *(name for _, part in _parts(answer) for name in own_name(part)))[:MOST_NAMES]


def fields_in(message: Message) -> tuple[str, ...]:
    """The paths of a request's update mask, those that name fields of what the request holds."""
    paths: Any = getattr(getattr(message, "update_mask", None), "paths", ())
    if not paths:
        return ()
    kinds = [part.DESCRIPTOR for _, part in _parts(message)]
    return tuple(path for path in islice(paths, MOST_NAMES) if any(_exists(path, kind) for kind in kinds))


def _exists(path: str, kind: Any) -> bool:
    """Whether a message has a field of such a path."""
    name, dot, rest = path.partition(".")
    field = kind.fields_by_name.get(name) if kind else None
    return field is not None and (not dot or _exists(rest, field.message_type))


def _texts(message: Message, depth: int) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.type == field.TYPE_STRING:
            yield from value if field.is_repeated else (value,)
    if depth > 1:
        for _, part in _parts(message):
            yield from _texts(part, depth - 1)


def _parts(message: Message) -> Iterator[tuple[str, Message]]:
    """Messages of ours within a message; of many alike the first fifty."""
    for field, value in message.ListFields():
        if field.type == field.TYPE_MESSAGE and not _is_opaque(field.message_type):
            for part in islice(value, MOST_NAMES) if field.is_repeated else (value,):
                yield field.name, part


@cache
def _is_opaque(kind: Any) -> bool:
    return bool(kind.full_name.startswith(OPAQUE) or kind.GetOptions().map_entry)
