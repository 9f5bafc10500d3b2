"""Where each kind of goods has its fixed place in a warehouse, and what is put elsewhere (WHS-8)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.refusals import Violation

from bylaw_inventory.rules.goods.place import WITHIN, Place, PlaceKind
from bylaw_inventory.rules.ledger.movement import BY_COUNT, MovedLine
from bylaw_inventory.rules.ledger.posting import FIELD, PostedLine
from bylaw_inventory.rules.ledger.refusals import MovementNotAllowed
from bylaw_inventory.rules.refusals import Fault


@dataclass(frozen=True, slots=True)
class FixedPlace:
    """An item's fixed place in a warehouse (nothing: it has none any more), and who said so last."""

    warehouse: UUID
    item: UUID
    place: UUID | None
    changed_at: datetime
    changed_by: str


class Waiting(NamedTuple):
    """Goods that wait to be put away, and where to: `fixed` is nothing where the item has no fixed place yet."""

    balance: UUID
    item: UUID
    place: UUID
    lot: str
    expires: date | None
    quantity: Decimal
    unit: str
    fixed: UUID | None


def put_into_bins(lines: Iterable[PostedLine], places: Mapping[UUID, Place]) -> set[UUID]:
    """The items of which something would go into a bin."""
    bins = {one.identifier for one in places.values() if one.kind is PlaceKind.BIN}
    return {line.item for line in lines if line.to_place in bins}


def placeless(number: int, *, field: str) -> Violation:
    """A line that says no place, of an item that has no fixed one (WHS-8)."""
    fault = Fault("FIXED_PLACE_MISSING", "该商品在此仓库没有固定货位", "the item has no fixed place here")
    return fault.at(f"{field}[{number}].to_place")


def check_within(lines: Sequence[PostedLine], places: Mapping[UUID, Place], *, field: str) -> None:
    """Refuses MOVEMENT_NOT_ALLOWED for what would come in or go out: that is no put-away (WHS-8).

    Places that the warehouse has not, and those of a count, are refused where the movement is posted.
    """
    for number, line in enumerate(lines):
        origin, target = places.get(line.from_place), places.get(line.to_place)
        if origin and target and not {origin.kind, target.kind} <= WITHIN | BY_COUNT:
            raise MovementNotAllowed(f"{field}[{number}]", origin.kind, target.kind)


def misplaced(lines: Sequence[MovedLine], places: Mapping[UUID, Place], fixed: Mapping[UUID, UUID]) -> list[Violation]:
    """The lines that would put something into another bin than the item's fixed place (WHS-8).

    An item without a fixed place may lie anywhere; packing and inspection are on the way, and nobody's place.
    """
    found = []
    for number, line in enumerate(lines):
        own = fixed.get(line.item, line.to_place)
        if places[line.to_place].kind is PlaceKind.BIN and own != line.to_place:
            code = places[own].code
            fault = Fault("PLACE_NOT_FIXED", f"该商品的固定货位是 {code}", f"the item's fixed place is {code}")
            found.append(fault.at(f"{FIELD}[{number}].to_place"))
    return found
