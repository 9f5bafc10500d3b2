"""Special goods: their warning, and the named keepers who alone move them (WHS-9)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.goods.item import Item
from bylaw_inventory.rules.ledger.movement import MovedLine
from bylaw_inventory.rules.refusals import Fault
from bylaw_inventory.rules.special.refusals import SpecialGoodsKeeper

SPECIAL_MARKS = "specialMarks"


@dataclass(frozen=True, slots=True)
class Keeper:
    """Somebody who moves the goods from a day on up to another, both included; nothing: from the first, without end."""

    person: UUID
    first_day: date | None = None
    last_day: date | None = None

    def keeps_on(self, day: date) -> bool:
        """Whether they may on a day."""
        return (self.first_day or day) <= day <= (self.last_day or day)


@dataclass(frozen=True, slots=True)
class MarkWish:
    """What somebody wants to be special: an item or a category; without keepers it is not any more."""

    item: UUID | None
    category: str
    warning: tuple[str, str]
    keepers: tuple[Keeper, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class SpecialMark:
    """A mark on record; nothing of it ever changes, and the next of the same goods takes its place."""

    identifier: UUID
    wish: MarkWish
    set_at: datetime
    set_by: str

    @property
    def name(self) -> str:
        """`specialMarks/{special_mark}`."""
        return resource_name(SPECIAL_MARKS, self.identifier)

    @property
    def warning(self) -> tuple[str, str]:
        """What is said of the goods, in both languages."""
        return self.wish.warning

    def lets(self, person: UUID | None, day: date) -> bool:
        """Whether somebody moves the goods on a day; a service that acts for nobody does not."""
        return any(keeper.person == person and keeper.keeps_on(day) for keeper in self.wish.keepers)


def marks_of(goods: Iterable[Item], last: Iterable[SpecialMark]) -> dict[UUID, SpecialMark]:
    """The marks of items, of those that have one: their own, or their category's.

    `last` are the last marks of the items and of their categories; one without keepers has ended.
    """
    live = [mark for mark in last if mark.wish.keepers]
    own = {mark.wish.item: mark for mark in live if mark.wish.item}
    shared = {mark.wish.category.lower(): mark for mark in live if not mark.wish.item}
    found = ((item, own.get(item.identifier) or shared.get(item.wish.category.lower())) for item in goods)
    return {item.identifier: mark for item, mark in found if mark}


def check_keepers(
    lines: Sequence[MovedLine], marks: Mapping[UUID, SpecialMark], person: UUID | None, day: date, *, field: str
) -> None:
    """Refuses SPECIAL_GOODS_KEEPER where somebody does not move the goods of a line on a day (WHS-9).

    `field` takes the line's number.
    """
    barred = [
        (number, mark)
        for number, line in enumerate(lines)
        if (mark := marks.get(line.item)) and not mark.lets(person, day)
    ]
    if barred:
        _, first = barred[0]
        raise SpecialGoodsKeeper([_barred(mark).at(field.format(number)) for number, mark in barred], first.warning)


def _barred(mark: SpecialMark) -> Fault:
    zh, en = mark.warning
    return Fault(SpecialGoodsKeeper.reason, f"只能由指定保管人收发：{zh}", f"its named keepers alone move it: {en}")
