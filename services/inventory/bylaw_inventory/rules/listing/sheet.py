"""The sheet of an item, what a category asks for, and what is missing before it may be listed (GDS-1)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.values import resource_name

SHEETS, PICTURES, RULES = "itemSheets", "itemPictures", "categoryRules"
MOST_PICTURES = 20


class SheetPart(IntEnum):
    """What a category may ask for; the numbers are those of the contract."""

    NAME = 1
    SPECIFICATION = 2
    PRICE = 3
    PICTURES = 4
    DESCRIPTION = 5
    ATTRIBUTE = 6


FIVE = (SheetPart.NAME, SheetPart.SPECIFICATION, SheetPart.PRICE, SheetPart.PICTURES, SheetPart.DESCRIPTION)
"""What is asked for where nobody has set a rule: what the rulebook names."""


class Attribute(NamedTuple):
    """Something that is told of an item, or by which variants differ."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was written on an item's sheet; `description` in Chinese and English. `revision` is 0 where nothing was."""

    item: UUID
    description: tuple[str, str] = ("", "")
    attributes: tuple[Attribute, ...] = ()
    variant_of: UUID | None = None
    options: tuple[Attribute, ...] = ()
    revision: int = 0

    @property
    def name(self) -> str:
        """`itemSheets/{item}`."""
        return resource_name(SHEETS, self.item)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an item; its image lies in a folder under the same identifier."""

    identifier: UUID
    item: UUID
    content_type: str
    digest: bytes
    size_bytes: int
    added_at: datetime

    @property
    def name(self) -> str:
        """`itemPictures/{picture}`."""
        return resource_name(PICTURES, self.identifier)


@dataclass(frozen=True, slots=True)
class CategoryRule:
    """What a category asks for; the empty one stands for all without a rule of their own."""

    identifier: UUID
    category: str
    parts: tuple[SheetPart, ...]
    attributes: tuple[str, ...]
    set_at: datetime
    set_by: str

    @property
    def name(self) -> str:
        """`categoryRules/{rule}`."""
        return resource_name(RULES, self.identifier)


class Missing(NamedTuple):
    """A part that is asked for and not there; which attribute, where it is one."""

    part: SheetPart
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class Completeness:
    """What is asked for and what is there, of an item on a channel; `category` is the rule's, empty: the general one.

    A variant has its parent's description, pictures and attributes where it has none of its own.
    """

    category: str
    required: frozenset[SheetPart]
    present: frozenset[SheetPart]
    required_attributes: tuple[str, ...]
    attributes: frozenset[str]

    @property
    def missing(self) -> tuple[Missing, ...]:
        """In the order of the parts, attributes last (GDS-1)."""
        parts = [Missing(part) for part in sorted(self.required - self.present)]
        return (*parts, *(attributes_missing(self.required_attributes, self.attributes)))


def attributes_missing(required: Collection[str], there: Collection[str]) -> list[Missing]:
    """Attributes that a category asks for by name and that nobody has filled."""
    return [Missing(SheetPart.ATTRIBUTE, name) for name in required if name not in there]


class ShownSheet(NamedTuple):
    """A sheet for an answer: with the item's code, its pictures, what is missing, and where it is listed."""

    sheet: Sheet
    code: str
    pictures: tuple[Picture, ...]
    missing: tuple[Missing, ...]
    channels: tuple[str, ...]


class SheetsWish(NamedTuple):
    """Which sheets: incomplete ones alone or all, for a channel or any, of a category or any, variants of an item."""

    incomplete: bool
    channel: str
    category: str
    variant_of: UUID | None
