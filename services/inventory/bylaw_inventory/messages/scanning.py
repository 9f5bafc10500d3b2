"""What was scanned as a message of the contract."""

from typing import Any

from bylaw.inventory.v1 import codes_pb2
from bylaw_chassis.values import resource_name

from bylaw_inventory.messages.special import mark_message
from bylaw_inventory.messages.values import quantity
from bylaw_inventory.rules.goods.place import PLACES
from bylaw_inventory.use_cases.scanning.scan_code import Scanned


def scanned_message(scanned: Scanned) -> Any:
    """What it is, and what can be done with it."""
    barcode, item, packed = scanned.barcode, scanned.item, scanned.packed
    amount = packed.quantity if packed else None
    return codes_pb2.ScannedCode(
        kind=codes_pb2.ScannedCodeKind.ValueType(barcode.kind),
        item=item.name if item else "",
        item_code=item.wish.code if item else "",
        display_name=item.wish.display_name if item else "",
        gtin=barcode.gtin,
        lot=barcode.lot,
        expiry_date=barcode.expires.isoformat() if barcode.expires else "",
        expired=scanned.expired,
        serial=barcode.serial,
        count=barcode.count,
        sscc=barcode.sscc,
        place=resource_name(PLACES, scanned.place),
        actions=[codes_pb2.ScanAction.ValueType(action) for action in scanned.actions],
        special_mark=mark_message(scanned.mark) if scanned.mark else None,
        unit=packed.unit if packed else "",
        quantity=quantity(amount, packed.item_unit) if packed and amount is not None else None,
    )
