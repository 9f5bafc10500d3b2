"""What people are to be told by a notice, in both languages, and as the job keeps it that sends it (PLN-2)."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

import orjson

HUMAN_RESOURCES = "hr"
"""The role that ships for them."""
Words = tuple[str, str]
"""In Chinese and in English."""


class NoticeWish(NamedTuple):
    """Whom to tell, title and body, and the resource name of what it is about, if it has one.

    `role`: whoever holds it as well, each once; nobody does: nobody is told by that.
    """

    people: Collection[UUID]
    title: Words
    body: Words
    about: str = ""
    role: str = ""

    def pack(self) -> bytes:
        """As bytes."""
        return orjson.dumps((list(map(str, self.people)), *self[1:]))

    @classmethod
    def unpack(cls, packed: bytes) -> "NoticeWish":
        """From its bytes."""
        people, title, body, *more = orjson.loads(packed)
        return cls(tuple(map(UUID, people)), tuple(title), tuple(body), *more)


def said(words: Words, **told: object) -> Words:
    """Words with what they tell of."""
    zh, en = (text.format(**told) for text in words)
    return zh, en
