"""Checks, scans and rules in the form that rules take; what has another form is refused, naming the field."""

from collections import Counter
from typing import Any

from bylaw_chassis.call import RequestKey
from bylaw_chassis.forms import check_count, known, line_of_text
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import optional_id

from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.rules.ledger.movement import MOVEMENTS, PaperKind
from bylaw_inventory.rules.packing.check import Subject
from bylaw_inventory.rules.packing.pack_rule import SETTABLE, PackNeed, PackRuleWish
from bylaw_inventory.rules.packing.scan import Piece
from bylaw_inventory.rules.reserving.reservation import RESERVATIONS
from bylaw_inventory.rules.scanning.barcode import stripped
from bylaw_inventory.use_cases.forms import LONGEST_REASON, optional_day

MOST_PIECES, LONGEST_LOT, LONGEST_KEY = 500, 64, 100
RULE = "pack_rule"


def subject_asked(request: Any) -> Subject:
    """What is packed: a reservation or an issue."""
    subject = Subject(
        optional_id(request.reservation, RESERVATIONS, field="reservation"),
        optional_id(request.stock_movement, MOVEMENTS, field="stock_movement"),
    )
    if (subject.reservation is None) == (subject.movement is None):
        raise FieldInvalid(
            field="reservation", zh="请填写预留或出库单，二者选一", en="say the reservation, or else the issue"
        )
    return subject


def one_piece_asked(piece: Any, key: RequestKey | None) -> Piece:
    """What was scanned; the call's key is that of a scan that has none itself."""
    found = piece_asked(piece)
    return found if found.key or key is None else found._replace(key=key.key)


def piece_asked(piece: Any, *, field: str = "piece") -> Piece:
    """What was scanned."""
    stripped(piece.code)
    if piece.quantity.unit and not piece.quantity.value:
        raise FieldInvalid(field=f"{field}.quantity.value", zh="请填写数量", en="say how much")
    return Piece(
        piece.code,
        piece.quantity.value,
        piece.quantity.unit,
        line_of_text(piece.lot, field=f"{field}.lot", longest=LONGEST_LOT, needed=False),
        piece.out,
        line_of_text(piece.key, field=f"{field}.key", longest=LONGEST_KEY, needed=False),
    )


def pieces_asked(pieces: Any) -> list[Piece]:
    """What was scanned, each under a key of its own."""
    check_count(len(pieces), field="pieces", most=MOST_PIECES)
    found = [piece_asked(piece, field=f"pieces[{number}]") for number, piece in enumerate(pieces)]
    named = Counter(piece.key for piece in found)
    for number, piece in enumerate(found):
        if not piece.key or named[piece.key] > 1:
            raise FieldInvalid(
                field=f"pieces[{number}].key", zh="每次扫描须有各自的键", en="each scan needs a key of its own"
            )
    return found


def pack_rule_wish(wished: Any) -> PackRuleWish:
    """A rule as it is asked for."""
    paper = known(wished.paper, PaperKind, field=f"{RULE}.paper")
    if paper not in SETTABLE:
        raise FieldInvalid(
            field=f"{RULE}.paper",
            zh="出库只凭销售订单或领料单",
            en="issues are made by a sales order or a requisition alone",
        )
    return PackRuleWish(
        optional_id(wished.warehouse, WAREHOUSES, field=f"{RULE}.warehouse"),
        paper,
        known(wished.need, PackNeed, field=f"{RULE}.need"),
        optional_day(wished.effective_date, field=f"{RULE}.effective_date"),
        line_of_text(wished.reason, field=f"{RULE}.reason", longest=LONGEST_REASON),
    )
