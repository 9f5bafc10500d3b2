"""Goods counted at a place at an instant, and what the ledger held then (WHS-4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.refusals import Violation
from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.books.day import Disagreement, DisagreementKind
from bylaw_inventory.rules.goods.item import Item, Tracking
from bylaw_inventory.rules.goods.place import WITHIN, Place
from bylaw_inventory.rules.ledger.balance import BalanceKey, lot_id
from bylaw_inventory.rules.quantity import written
from bylaw_inventory.rules.refusals import Fault, LinesRefused
from bylaw_inventory.rules.units.converting import counted_of

COUNTS, FIELD = "spotCounts", "spot_count"


class CountWish(NamedTuple):
    """A count as it was put in; its quantity as it was written, `at` nothing for now."""

    warehouse: UUID
    item: UUID
    place: UUID
    lot: str
    value: str
    unit: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class SpotCount:
    """A count on record; `on_ledger` is what the ledger was known to hold at that instant as it was put on record."""

    identifier: UUID
    warehouse: UUID
    key: BalanceKey
    lot_code: str
    counted: Decimal
    unit: str
    counted_at: datetime
    day: date
    on_ledger: Decimal
    created_at: datetime
    created_by: str

    @property
    def name(self) -> str:
        """`spotCounts/{spot_count}`."""
        return resource_name(COUNTS, self.identifier)


class Compared(NamedTuple):
    """The last count of some goods on a day, and what the ledger held at its instant."""

    identifier: UUID
    item_code: str
    place_code: str
    lot: str
    counted: Decimal
    on_ledger: Decimal


def checked_count(wish: CountWish, item: Item | None, places: Mapping[UUID, Place]) -> tuple[BalanceKey, Decimal]:
    """Which balance was counted, and how much; LinesRefused with everything at fault."""
    faults: list[Violation] = []
    place = places.get(wish.place)
    if place is None or place.kind not in WITHIN:
        missing = Fault("PLACE_NOT_FOUND", "该仓库内没有此货位", "there is no such place within the warehouse's door")
        faults.append(missing.at(f"{FIELD}.place"))
    if item is None:
        faults.append(Fault("ITEM_NOT_FOUND", "没有该商品", "there is no such item").at(f"{FIELD}.item"))
        raise LinesRefused(faults)
    counted = counted_of(wish.value, wish.unit, item.wish.counted)
    if isinstance(counted, Fault):
        faults.append(counted.at(f"{FIELD}.counted"))
    if fault := _lot_fault(wish.lot, item.wish.tracking):
        faults.append(fault.at(f"{FIELD}.lot"))
    if faults or isinstance(counted, Fault):
        raise LinesRefused(faults)
    return BalanceKey(wish.item, wish.place, lot_id(wish.item, wish.lot)), counted


def differing(compared: Iterable[Compared]) -> list[Disagreement]:
    """The counts that are not what the ledger held."""
    return [_difference(one) for one in compared if one.counted != one.on_ledger]


def _difference(one: Compared) -> Disagreement:
    goods = f"{one.item_code} {one.lot}".rstrip()
    counted, held = written(one.counted), written(one.on_ledger)
    return Disagreement(
        DisagreementKind.COUNT,
        resource_name(COUNTS, one.identifier),
        f"{goods} 在 {one.place_code} 抽点为 {counted}，账面当时为 {held}",
        f"{goods} at {one.place_code}: counted {counted}, and the ledger held {held} then",
    )


def _lot_fault(lot: str, tracking: Tracking) -> Fault | None:
    if tracking is Tracking.NONE and lot:
        return Fault("LOT_UNEXPECTED", "该商品不分批次，请勿填写批号", "the item is not told apart by lot")
    if tracking is not Tracking.NONE and not lot:
        return Fault(
            "LOT_MISSING", "该商品按批次或序列号管理，请填写", "the item is told apart: say the lot or serial number"
        )
    return None
