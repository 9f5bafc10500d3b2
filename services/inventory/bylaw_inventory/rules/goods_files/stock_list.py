"""Quantities as a stock list has them, each of one item that is on record and not told apart by lots (WHS-4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bylaw_inventory.rules.goods.item import Item, Tracking
from bylaw_inventory.rules.goods_files.catalogue import CODE, CODE_MISSING, repeated
from bylaw_inventory.rules.goods_files.table import LineFault, Names, Row
from bylaw_inventory.rules.refusals import Fault
from bylaw_inventory.rules.units.converting import UNIT_UNKNOWN, quantity_of

NAMES: Names = {
    "code": CODE,
    "quantity": ("quantity", "stock", "qty", "库存", "数量"),
    "unit": ("unit", "单位"),
}
ITEM_NOT_FOUND = Fault(
    "ITEM_NOT_FOUND",
    "没有该编码的商品；请先导入目录",
    "there is no item with this code; take it in as a catalogue first",
)
ITEM_TRACKED = Fault(
    "ITEM_TRACKED",
    "该商品按批次或序列号管理，请以变动单逐批入库",
    "the item is told apart by lot or serial number; take it in by a movement that says which",
)


class ListedQuantity(NamedTuple):
    """So much of an item, as it is written; an empty unit is the item's own."""

    line: int
    item: Item
    value: str
    unit: str = ""


@dataclass(slots=True)
class StockList:
    """What a file says: its lines, what is to be taken in, lines that another stands for, and faults."""

    lines: int = 0
    quantities: list[ListedQuantity] = field(default_factory=list)
    nothing: int = 0
    passed_over: int = 0
    faults: list[LineFault] = field(default_factory=list)


def codes_of(rows: Iterable[Row]) -> set[str]:
    """The codes that a file names."""
    return {row.text("code") for row in rows if row.text("code")}


def read_stock_list(rows: Sequence[Row], known: Mapping[str, Item]) -> StockList:
    """Reads lines by the items on record under these codes; a quantity of zero is nothing to take in."""
    found = StockList(lines=len(rows))
    by_code: dict[str, list[tuple[Row, Item]]] = {}
    for row in rows:
        code = row.text("code")
        item = known.get(code.lower())
        faults = row.broken()
        if not code:
            faults.append(row.fault("code", CODE_MISSING))
        elif item is None and not faults:
            faults.append(row.fault("code", ITEM_NOT_FOUND))
        elif item and item.wish.tracking is not Tracking.NONE:
            faults.append(row.fault("code", ITEM_TRACKED))
        if faults or item is None:
            found.faults += faults
        else:
            by_code.setdefault(code.lower(), []).append((row, item))
    for same in by_code.values():
        _settle(found, same)
    found.faults.sort(key=lambda one: one.line)
    return found


def _settle(found: StockList, same: Sequence[tuple[Row, Item]]) -> None:
    row, item = same[0]
    if len({(one.text("quantity"), one.text("unit")) for one, _ in same}) > 1:
        for one, _ in same:
            other = next(another.line for another, _ in same if another.line != one.line)
            found.faults.append(one.fault("code", repeated(other)))
        return
    found.passed_over += len(same) - 1
    value, unit = row.text("quantity"), row.text("unit")
    if _is_zero(value):
        found.nothing += 1
        return
    read = quantity_of(value, unit, item.wish.counted)
    if isinstance(read, Fault):
        found.faults.append(row.fault("unit" if read.reason == UNIT_UNKNOWN else "quantity", read))
    else:
        found.quantities.append(ListedQuantity(row.line, item, value, unit))


def _is_zero(value: str) -> bool:
    return bool(value) and not value.strip("0.") and value.count(".") <= 1 and value != "."
