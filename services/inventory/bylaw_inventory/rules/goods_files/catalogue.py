"""Items as a catalogue has them: read line by line, one of several lines of the same code, compared with the record."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.refusals import Refusal

from bylaw_inventory.rules.goods.item import Item, ItemWish, Tracking, gtin14
from bylaw_inventory.rules.goods_files.table import LineFault, Names, Row
from bylaw_inventory.rules.quantity import number_of
from bylaw_inventory.rules.refusals import Fault
from bylaw_inventory.rules.units.unit import ItemUnit, kept

CODE = ("code", "sku", "sku code", "id", "商品编码", "货号")
NAMES: Names = {
    "code": CODE,
    "display_name": ("display_name", "name", "title", "商品名称", "名称"),
    "style": ("design no.", "style id"),
    "specification": ("specification", "规格"),
    "size": ("size", "尺码"),
    "color": ("color", "colour", "颜色"),
    "category": ("category", "类目", "店名"),
    "unit": ("unit", "单位"),
    "pack_unit": ("pack_unit", "pack unit", "包装单位"),
    "pack_quantity": ("pack_quantity", "pack quantity", "装箱数"),
    "barcode": ("barcode", "gtin", "条码"),
    "description_zh": ("description_zh", "中文描述"),
    "description_en": ("description_en", "英文描述"),
    "update_time": ("update_time", "更新时间"),
}
PIECE = "piece"
LONGEST = {
    "code": 64,
    "display_name": 200,
    "specification": 500,
    "category": 100,
    "unit": 20,
    "pack_unit": 20,
    "description_zh": 5_000,
    "description_en": 5_000,
}
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
NOT_MADE, ONE = UUID(int=0), Decimal(1)
"""The id of a unit that a file says and that is not on record yet."""
PACK_UNNAMED = Fault("PACK_UNNAMED", "写了装箱数，缺少包装单位；请补上", "say which unit holds so many; add its name")
CODE_MISSING = Fault("CODE_MISSING", "缺少商品编码；请补上", "the item's code is missing; add it")


class CatalogueItem(NamedTuple):
    """An item as a file has it; an empty text says nothing. `as_of` is the day on which it was so.

    `pack` is a further unit, and how many of the item's own one of it is.
    """

    line: int
    code: str
    display_name: str
    specification: str
    category: str
    unit: str
    barcode: str
    description: tuple[str, str]
    pack: tuple[str, str]
    as_of: date | None

    @property
    def told(self) -> tuple[object, ...]:
        """Everything but where and when it stands."""
        return self[1:-1]


@dataclass(slots=True)
class Catalogue:
    """What a file says: its lines, one item for each code, how many lines another stands for, and faults."""

    lines: int = 0
    items: dict[str, CatalogueItem] = field(default_factory=dict)
    passed_over: int = 0
    faults: list[LineFault] = field(default_factory=list)


class Plan(NamedTuple):
    """What is to be done: items to make, items to change as they will be, and how many are as the file says."""

    created: Sequence[tuple[CatalogueItem, ItemWish]]
    updated: Sequence[tuple[CatalogueItem, Item]]
    unchanged: Sequence[tuple[CatalogueItem, Item]]


def read_catalogue(rows: Iterable[Row]) -> Catalogue:
    """Reads lines; of those with one code (in whatever case) the latest counts, or the only one, or none (GDS-1)."""
    found = Catalogue()
    by_code: dict[str, list[tuple[Row, CatalogueItem]]] = {}
    for row in rows:
        found.lines += 1
        faults = _faults(row)
        if faults:
            found.faults += faults
        else:
            read = _item(row)
            by_code.setdefault(read.code.lower(), []).append((row, read))
    for code, same in by_code.items():
        _settle(found, code, same)
    return found


def plan(catalogue: Catalogue, known: Mapping[str, Item]) -> Plan:
    """What becomes of each item, by the items on record under these codes in lower case."""
    created, updated, unchanged = list[tuple[CatalogueItem, ItemWish]](), [], []
    for code, told in catalogue.items.items():
        there = known.get(code)
        if there is None:
            created.append((told, _wish(told)))
            continue
        made = replace(there, wish=_changed(there.wish, told))
        if made == there:
            unchanged.append((told, there))
        else:
            updated.append((told, replace(made, revision=there.revision + 1)))
    return Plan(created, updated, unchanged)


def own_unit_packed(told: CatalogueItem, item: Item | None, columns: Mapping[str, str]) -> LineFault | None:
    """The fault of a further unit that has the name of the item's own."""
    own, pack = item.wish.unit if item else told.unit or PIECE, told.pack[0]
    if pack.casefold() != own.casefold():
        return None
    fault = Fault("PACK_IS_OWN_UNIT", f"“{own}”就是该商品的计量单位", f"`{own}` is the item's own unit already")
    return LineFault(told.line, columns.get("pack_unit", "pack_unit"), pack, fault)


def taken_barcode(told: CatalogueItem, owner: str, columns: Mapping[str, str]) -> LineFault:
    """The fault of a barcode that is another item's."""
    fault = Fault("BARCODE_TAKEN", f"该条码已属于 {owner}", f"the barcode is that of {owner} already")
    return LineFault(told.line, columns.get("barcode", "barcode"), told.barcode, fault)


def _settle(found: Catalogue, code: str, same: Sequence[tuple[Row, CatalogueItem]]) -> None:
    latest = max((read.as_of for _, read in same if read.as_of), default=None)
    now = [(row, read) for row, read in same if read.as_of == latest]
    if len({read.told for _, read in now}) == 1:
        found.items[code] = now[0][1]
        found.passed_over += len(same) - 1
        return
    found.passed_over += len(same) - len(now)
    for row, read in now:
        other = next(line for line in (one.line for _, one in now) if line != read.line)
        found.faults.append(row.fault("code", repeated(other)))


def repeated(line: int) -> Fault:
    """Another line has the same code and says something else: nobody but its author knows which is right."""
    return Fault(
        "CODE_REPEATED",
        f"第 {line} 行编码相同而内容不同；请保留正确的一行",
        f"line {line} has the same code and says something else; keep the one that is right",
    )


def _faults(row: Row) -> list[LineFault]:
    found = row.broken()
    if not row.text("code"):
        found.append(row.fault("code", CODE_MISSING))
    for name, longest in LONGEST.items():
        text = row.text(name)
        if len(text) > longest or not text.isprintable():
            found.append(row.fault(name, Fault("TEXT_INVALID", f"应为至多 {longest} 个可见字符", _at_most(longest))))
    if row.text("update_time") and _day(row.text("update_time")) is None:
        found.append(row.fault("update_time", Fault("TEXT_INVALID", "应为存在的日期", "expected an existing date")))
    if row.text("barcode") and not found:
        try:
            gtin14(row.text("barcode"))
        except Refusal as refusal:
            found.append(row.fault("barcode", Fault(refusal.reason, refusal.message_zh, refusal.message_en)))
    if row.text("pack_unit") or row.text("pack_quantity"):
        found += _pack_faults(row)
    return found


def _pack_faults(row: Row) -> Iterator[LineFault]:
    if not row.text("pack_unit"):
        yield row.fault("pack_unit", PACK_UNNAMED)
    quantity = number_of(row.text("pack_quantity"))
    if isinstance(quantity, Fault):
        yield row.fault("pack_quantity", quantity)


def _at_most(longest: int) -> str:
    return f"expected at most {longest} visible characters"


def _item(row: Row) -> CatalogueItem:
    kind = ", ".join(filter(None, (row.text("size"), row.text("color"))))
    return CatalogueItem(
        row.line,
        row.text("code"),
        row.text("display_name") or row.text("style"),
        row.text("specification") or kind,
        row.text("category"),
        row.text("unit"),
        row.text("barcode"),
        (row.text("description_zh"), row.text("description_en")),
        (row.text("pack_unit"), row.text("pack_quantity")),
        _day(row.text("update_time")),
    )


def _day(text: str) -> date | None:
    match = _DAY.match(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _wish(told: CatalogueItem) -> ItemWish:
    name, barcodes = told.display_name or told.code, (told.barcode,) if told.barcode else ()
    counted = (told.unit or PIECE, 0, Tracking.NONE)
    said = (told.code, name, told.specification, told.category, *counted)
    return ItemWish(*said, may_go_below_zero=False, barcodes=barcodes, units=_packed(told, ()))


def _packed(told: CatalogueItem, before: tuple[ItemUnit, ...]) -> tuple[ItemUnit, ...]:
    """The units of before with the one that a file says, which takes the place of one with its name."""
    name, base_quantity = told.pack
    if not name:
        return before
    same = next((one for one in before if one.name.casefold() == name.casefold()), None)
    made = ItemUnit(NOT_MADE, name, Decimal(base_quantity), ONE, same.barcode if same else "")
    return kept([*(one for one in before if one is not same), made], before)


def _changed(there: ItemWish, told: CatalogueItem) -> ItemWish:
    """What a file says takes the place of what is on record; what it does not say stays."""
    known = {gtin14(one) for one in (*there.barcodes, *(unit.barcode for unit in there.units)) if one}
    more = (told.barcode,) if told.barcode and gtin14(told.barcode) not in known else ()
    return replace(
        there,
        display_name=told.display_name or there.display_name,
        specification=told.specification or there.specification,
        category=told.category or there.category,
        barcodes=(*there.barcodes, *more),
        units=_packed(told, there.units),
    )
