"""What a code is found to be: a place here, an item by its own code, or a barcode and the item that has it."""

from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.refusals import Refusal

from bylaw_inventory.rules.goods.item import Item
from bylaw_inventory.rules.scanning.barcode import Barcode


class CodeRead(NamedTuple):
    """What a code says, or why it cannot be read; the place that it labels, or the item that has it."""

    found: Barcode | Refusal
    place: UUID | None = None
    item: Item | None = None
