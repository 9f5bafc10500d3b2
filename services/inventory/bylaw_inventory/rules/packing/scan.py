"""A scan checked against what must go in: counted in, or refused by name (WHS-3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.refusals import Refusal
from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.goods.item import Item, Tracking
from bylaw_inventory.rules.packing.check import PackLine
from bylaw_inventory.rules.packing.refusals import (
    PackLotDiffers,
    PackLotExpired,
    PackLotMissing,
    PackLotUnexpected,
    PackNotGoods,
    PackNotIn,
    PackQuantityInvalid,
    PackScanRefused,
    PackTooMany,
    PackWrongItem,
    PackWrongLot,
)
from bylaw_inventory.rules.quantity import written
from bylaw_inventory.rules.refusals import Fault, LinesRefused
from bylaw_inventory.rules.scanning.barcode import Barcode
from bylaw_inventory.rules.scanning.packed import packed_of
from bylaw_inventory.rules.scanning.reading import CodeRead
from bylaw_inventory.rules.scanning.refusals import CodeUnknown
from bylaw_inventory.rules.units.converting import quantity_of

PACK_SCANS = "packScans"


class Piece(NamedTuple):
    """What was scanned, as the scanner sends it; `value` is empty where one, or what the code says, is meant."""

    code: str
    value: str = ""
    unit: str = ""
    lot: str = ""
    out: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class PackScan:
    """A scan on record; `quantity` went in, below zero out; one with a `reason` was refused and does not count."""

    identifier: UUID
    key: str
    code: str
    line: int
    quantity: Decimal
    unit: str
    at: datetime
    by: str
    reason: str = ""
    clause: str = ""
    words: tuple[str, str] = ("", "")

    @property
    def name(self) -> str:
        """`packScans/{pack_scan}`."""
        return resource_name(PACK_SCANS, self.identifier)


class Counted(NamedTuple):
    """So much of a line went in; below zero: out."""

    line: PackLine
    quantity: Decimal


class Said(NamedTuple):
    """What is on record of a refusal: which line, its reason and clause, and its words."""

    line: int
    reason: str
    clause: str
    words: tuple[str, str]


def counted(piece: Piece, read: CodeRead, lines: Sequence[PackLine], today: date) -> Counted:
    """What goes in by a scan; `lines` say what is in by the scans before. Refuses as the contract says (WHS-3)."""
    barcode, item = _goods(piece, read)
    own = [line for line in lines if line.item == item.identifier]
    if not own:
        raise PackWrongItem(item=f"{item.wish.code} {item.wish.display_name}")
    line = _line(piece, barcode, item, own)
    if not piece.out:
        _check_expiry(line, barcode, today)
    quantity = _quantity(piece, barcode, item, line)
    said = {"item": _named(line), "packed": written(line.packed), "quantity": written(quantity)}
    if piece.out:
        if quantity > line.packed:
            raise PackNotIn(line.number, **said)
        return Counted(line, -quantity)
    if quantity > line.lacking:
        raise PackTooMany(line.number, wanted=written(line.wanted), **said)
    return Counted(line, quantity)


def said_of(refusal: Refusal) -> Said:
    """A refusal as it is kept."""
    line = refusal.line if isinstance(refusal, PackScanRefused) else 0
    words = (refusal.message_zh, refusal.message_en)
    if isinstance(refusal, LinesRefused):
        (one,) = refusal.violations
        words = (one.zh, one.en)
    return Said(line, refusal.reason, refusal.clause, words)


def refused_before(scan: PackScan) -> LinesRefused:
    """The refusal of a scan that is on record, as it was answered then."""
    field = f"lines[{scan.line - 1}]" if scan.line else "piece.code"
    made = LinesRefused([Fault(scan.reason, *scan.words).at(field)])
    made.clause, (made.message_zh, made.message_en) = scan.clause, scan.words
    return made


def with_counted(lines: Mapping[int, PackLine], done: Counted) -> dict[int, PackLine]:
    """The lines behind a scan."""
    return {**lines, done.line.number: done.line._replace(packed=done.line.packed + done.quantity)}


def _goods(piece: Piece, read: CodeRead) -> tuple[Barcode, Item]:
    if isinstance(read.found, Refusal):
        raise read.found
    if read.item:
        return read.found, read.item
    if read.place or not read.found.gtin:
        raise PackNotGoods(code=piece.code[:40])
    raise CodeUnknown(code=piece.code[:40])


def _line(piece: Piece, barcode: Barcode, item: Item, own: Sequence[PackLine]) -> PackLine:
    first, tracking = own[0], item.wish.tracking
    if tracking is Tracking.NONE:
        if piece.lot:
            raise PackLotUnexpected(first.number, item=first.item_code)
        return first
    lot = (barcode.lot if tracking is Tracking.LOT else barcode.serial) or piece.lot
    if not lot:
        raise PackLotMissing(first.number, item=first.item_code)
    found = next((line for line in own if line.lot == lot), None)
    if found is None or piece.lot not in {"", lot}:
        wrong = lot if found is None else piece.lot
        raise PackWrongLot(first.number, item=first.item_code, lots=", ".join(line.lot for line in own), lot=wrong)
    return found


def _check_expiry(line: PackLine, barcode: Barcode, today: date) -> None:
    said, recorded = barcode.expires, line.expires
    if said and recorded and said != recorded:
        raise PackLotDiffers(line.number, item=_named(line), recorded=recorded, day=said)
    expires = recorded or said
    if expires and expires < today:
        raise PackLotExpired(line.number, item=_named(line), day=expires)


def _quantity(piece: Piece, barcode: Barcode, item: Item, line: PackLine) -> Decimal:
    """What is said, or what the code says: so many, or one, of the unit that has the barcode."""
    packed = packed_of(barcode, item)
    if packed and packed.quantity is None:
        raise PackQuantityInvalid(
            line.number,
            why_zh=f"{packed.unit} 换算不成 {line.unit}",
            why_en=f"{packed.unit} is no number of {line.unit}",
        )
    by_code = packed.quantity if packed and packed.quantity else Decimal(barcode.count or 1)
    if not piece.value:
        return by_code
    stated = quantity_of(piece.value, piece.unit, item.wish.counted)
    if isinstance(stated, Fault):
        raise PackQuantityInvalid(line.number, why_zh=stated.zh, why_en=stated.en)
    if (barcode.count or packed) and stated != by_code:
        code = written(by_code)
        raise PackQuantityInvalid(line.number, why_zh=f"条码上的数量是 {code}", why_en=f"the code says {code}")
    return stated


def _named(line: PackLine) -> str:
    return f"{line.item_code} {line.lot}".strip()
