"""Items with further units, and quantities stated in them."""

from typing import Any

from bylaw.inventory.v1 import deliveries_pb2
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.types.v1.amount_pb2 import Quantity
from google.protobuf.field_mask_pb2 import FieldMask

from tests.builders.inventory import InventoryService


def unit(name: str, base_quantity: str, per: str = "", barcode: str = "") -> items.ItemUnit:
    """A further unit."""
    return items.ItemUnit(unit=name, base_quantity=base_quantity, per=per, barcode=barcode)


def much(stated: str) -> Quantity:
    """So much as somebody says it: `2 carton`, `5`."""
    value, _, name = stated.partition(" ")
    return Quantity(value=value, unit=name)


def told(quantity: Quantity) -> str:
    """The same as it is told; empty where nothing is."""
    return f"{quantity.value} {quantity.unit}".strip()


def counted_in(item: items.Item, fit: str) -> deliveries_pb2.CountedLine:
    """So much of an item was counted, as `much` has it."""
    return deliveries_pb2.CountedLine(item=item.name, fit=much(fit))


def set_units(inventory: InventoryService, item: items.Item, *units: items.ItemUnit, **more: Any) -> items.Item:
    """Makes these the item's units."""
    wish = items.Item(name=item.name, units=units, **more)
    request = items.UpdateItemRequest(item=wish, update_mask=FieldMask(paths=["units"]))
    return inventory.items.UpdateItem(request, metadata=inventory.everything)


def item_now(inventory: InventoryService, name: str) -> items.Item:
    """An item as it stands."""
    return inventory.items.GetItem(items.GetItemRequest(name=name), metadata=inventory.everything)
