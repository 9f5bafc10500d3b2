"""What the barcode of a carton, or of another further unit, says: which unit, and how much it is (GDS-1)."""

from decimal import Decimal
from typing import NamedTuple

from bylaw_inventory.rules.goods.item import Item
from bylaw_inventory.rules.scanning.barcode import Barcode
from bylaw_inventory.rules.units.converting import in_own_unit

ONE = Decimal(1)


class Packed(NamedTuple):
    """A further unit of an item; `quantity` in the item's own, nothing where that is no number of it."""

    unit: str
    quantity: Decimal | None
    item_unit: str


def packed_of(barcode: Barcode, item: Item) -> Packed | None:
    """Of which unit the barcode is, one of it or as many as it says; nothing for the item's own barcodes."""
    unit = item.unit_with(barcode.gtin) if barcode.gtin else None
    if unit is None:
        return None
    many = Decimal(barcode.count) if barcode.count else ONE
    return Packed(unit.name, in_own_unit(many, unit, item.wish.fraction_digits), item.wish.unit)
