"""What is picked as a message of the contract."""

from typing import Any

from bylaw.inventory.v1 import picking_pb2
from bylaw_chassis.values import resource_name

from bylaw_inventory.messages.values import quantity
from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.goods.place import PLACES
from bylaw_inventory.rules.picking.picking import PickingLine, PickingList


def picking_message(shown: PickingList) -> Any:
    """All that is fetched."""
    made = shown.reservation
    return picking_pb2.PickingList(
        name=shown.name, purpose=made.wish.purpose, lines=map(_line, shown.lines), packed_with=made.packed_with
    )


def _line(line: PickingLine) -> Any:
    return picking_pb2.PickingLine(
        place=resource_name(PLACES, line.place),
        place_code=line.place_code,
        item=resource_name(ITEMS, line.item),
        item_code=line.item_code,
        lot=line.lot,
        expiry_date=line.expires.isoformat() if line.expires else "",
        quantity=quantity(line.quantity, line.unit),
    )
