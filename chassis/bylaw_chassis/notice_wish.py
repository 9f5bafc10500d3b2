"""What people are to be told by a notice, in both languages, and as the job keeps it that sends it (PLN-2)."""

import json
from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

HUMAN_RESOURCES, OPERATIONS_DIRECTOR, SHOP_MANAGER = "hr", "operations-director", "shop-manager"
"""Roles that ship, by which people are told something whoever holds them."""
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
        return json.dumps((list(map(str, self.people)), *self[1:]), ensure_ascii=False).encode()

    @classmethod
    def unpack(cls, packed: bytes) -> "NoticeWish":
        """From its bytes."""
        people, title, body, *more = json.loads(packed)
        return cls(tuple(map(UUID, people)), tuple(title), tuple(body), *more)


def said(words: Words, **told: object) -> Words:
    """Words with what they tell of."""
    zh, en = (text.format(**told) for text in words)
    return zh, en
