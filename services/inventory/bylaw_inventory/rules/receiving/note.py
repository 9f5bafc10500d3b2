"""A delivery note: what a supplier announces, and what of it was accepted by now (WHS-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.refusals import Violation
from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.goods.item import Item, Tracking
from bylaw_inventory.rules.ledger.posting import lot_fault
from bylaw_inventory.rules.refusals import Fault, LinesRefused
from bylaw_inventory.rules.units.converting import stated_of
from bylaw_inventory.rules.units.unit import Said, together

NOTES = "deliveryNotes"
FIELD = "delivery_note.lines"
GoodsKey = tuple[UUID, str]
"""An item, and the code of a lot or serial number of it; empty: any, or the item is not told apart."""


class NoteState(IntEnum):
    """Where a note stands; the numbers are those of the contract."""

    OPEN = 1
    CLOSED = 2
    RETURNED = 3
    CALLED_OFF = 4


class NoteLine(NamedTuple):
    """So much of an item is announced, of one lot of it or of any."""

    item: UUID
    lot: str
    expires: date | None
    quantity: Decimal
    unit: str
    said: Said | None = None
    """How it was announced, where that was in a further unit of the item."""

    @property
    def key(self) -> GoodsKey:
        """What it announces."""
        return self.item, self.lot


@dataclass(frozen=True, slots=True)
class NoteEnding:
    """As what a note ended, when, by whom and why."""

    state: NoteState
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class DeliveryNote:
    """A note on record. `accepted` is what was taken in of it, by what it announces."""

    identifier: UUID
    warehouse: UUID
    supplier: str
    number: str
    expected: date | None
    blind: bool
    lines: tuple[NoteLine, ...]
    created_at: datetime
    created_by: str
    ending: NoteEnding | None = None
    accepted: Mapping[GoodsKey, Decimal] = field(default_factory=dict)
    reopen_reason: str = ""

    @property
    def name(self) -> str:
        """`deliveryNotes/{delivery_note}`."""
        return resource_name(NOTES, self.identifier)

    @property
    def state(self) -> NoteState:
        """Where it stands."""
        return self.ending.state if self.ending else NoteState.OPEN

    @property
    def hides_quantities(self) -> bool:
        """Whether how much is announced is not shown: a blind note, until it has ended."""
        return self.blind and self.ending is None


@dataclass(frozen=True, slots=True)
class AnnouncedLine:
    """A line as it was announced; its quantity as it was written."""

    item: UUID
    value: str
    unit: str
    lot: str
    expires: date | None


@dataclass(frozen=True, slots=True)
class NoteWish:
    """A note as it is to be put on record."""

    warehouse: UUID
    supplier: str
    number: str
    expected: date | None
    blind: bool
    lines: tuple[AnnouncedLine, ...]


def announced(lines: Sequence[AnnouncedLine], goods: Mapping[UUID, Item]) -> tuple[NoteLine, ...]:
    """The lines in the item's own terms, the same goods summed; LinesRefused with every fault of every line."""
    made: dict[GoodsKey, NoteLine] = {}
    faults: list[Violation] = []
    for number, line in enumerate(lines):
        found = _announced(line, goods.get(line.item))
        if not isinstance(found, NoteLine):
            faults += [fault.at(f"{FIELD}[{number}].{part}") for part, fault in found.items()]
            continue
        before = made.get(found.key)
        if before and before.expires != found.expires:
            faults.append(two_dates(before.expires).at(f"{FIELD}[{number}].expiry_date"))
        made[found.key] = _summed(before, found) if before else found
    if faults:
        raise LinesRefused(faults)
    return tuple(made.values())


def two_dates(expires: date | None) -> Fault:
    """One lot with two dates of expiry."""
    said = expires or "-"
    return Fault("LOT_DIFFERS", f"同一批次已写有效期 {said}", f"the same lot was said to expire on {said}")


def _summed(one: NoteLine, other: NoteLine) -> NoteLine:
    return one._replace(quantity=one.quantity + other.quantity, said=together(one.said, other.said))


def _announced(line: AnnouncedLine, item: Item | None) -> NoteLine | dict[str, Fault]:
    if item is None:
        return {"item": Fault("ITEM_NOT_FOUND", "没有该商品", "there is no such item")}
    wish = item.wish
    stated = stated_of(line.value, line.unit, wish.counted)
    if isinstance(stated, Fault):
        return {"quantity": stated}
    # A supplier need not say which lots will come: they are told apart when they are counted.
    said = line.lot or wish.tracking is Tracking.NONE
    if said and (fault := lot_fault(wish.tracking, line.lot, line.expires, stated.quantity)):
        return {"lot": fault}
    return NoteLine(line.item, line.lot, line.expires, stated.quantity, wish.unit, stated.said)
