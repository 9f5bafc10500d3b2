"""Items, warehouses and places as messages of the contract."""

from typing import Any

from bylaw.inventory.v1 import items_pb2, warehouses_pb2
from bylaw.types.v1 import localized_text_pb2
from bylaw_chassis.values import resource_name

from bylaw_inventory.messages.special import mark_message
from bylaw_inventory.messages.values import timestamp
from bylaw_inventory.rules.goods.item import Item
from bylaw_inventory.rules.goods.place import WAREHOUSES, Place, Warehouse
from bylaw_inventory.rules.quantity import written
from bylaw_inventory.rules.special.mark import SpecialMark
from bylaw_inventory.rules.stocktake.stocktake import STOCKTAKES
from bylaw_inventory.rules.units.unit import ItemUnit


def item_message(made: Item, mark: SpecialMark | None = None) -> Any:
    """An item, with its special mark where that is shown."""
    wish = made.wish
    return items_pb2.Item(
        name=made.name,
        code=wish.code,
        display_name=wish.display_name,
        specification=wish.specification,
        category=wish.category,
        unit=wish.unit,
        fraction_digits=wish.fraction_digits,
        tracking=items_pb2.ItemTracking.ValueType(wish.tracking),
        may_go_below_zero=wish.may_go_below_zero,
        barcodes=wish.barcodes,
        units=map(_unit_message, wish.units),
        etag=str(made.revision),
        create_time=timestamp(made.created_at),
        special_mark=mark_message(mark) if mark else None,
    )


def _unit_message(unit: ItemUnit) -> Any:
    return items_pb2.ItemUnit(
        unit=unit.name, base_quantity=written(unit.base_quantity), per=written(unit.per), barcode=unit.barcode
    )


def warehouse_message(made: Warehouse) -> Any:
    """A warehouse."""
    zh, en = made.title
    return warehouses_pb2.Warehouse(
        name=made.name,
        code=made.code,
        title=localized_text_pb2.LocalizedText(zh=zh, en=en),
        site=resource_name("sites", made.site),
        unit=resource_name("units", made.unit),
        create_time=timestamp(made.created_at),
    )


def place_message(made: Place) -> Any:
    """A place."""
    return warehouses_pb2.Place(
        name=made.name,
        warehouse=resource_name(WAREHOUSES, made.warehouse),
        code=made.code,
        kind=warehouses_pb2.PlaceKind.ValueType(made.kind),
        frozen_by=resource_name(STOCKTAKES, made.frozen_by) if made.frozen_by else "",
    )
