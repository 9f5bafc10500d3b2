"""Calls about files of goods."""

from dataclasses import dataclass
from typing import Any

from bylaw_chassis.call import Call
from bylaw_chassis.forms import line_of_text
from bylaw_chassis.values import resource_id

from bylaw_inventory.messages.goods_files import import_message
from bylaw_inventory.rules.goods.place import PLACES, WAREHOUSES
from bylaw_inventory.use_cases.goods_files.import_items import ImportItems
from bylaw_inventory.use_cases.goods_files.import_stock import ImportStock, StockWish

STOCK = "inventory.stock.import"
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class GoodsImportCalls:
    """ImportItems, ImportStock."""

    items: ImportItems
    stock: ImportStock

    def ImportItems(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        return import_message(self.items.take(request.file.data, validate_only=request.validate_only))

    def ImportStock(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish = StockWish(
            resource_id(request.parent, WAREHOUSES, field="parent"),
            resource_id(request.place, PLACES, field="place"),
            line_of_text(request.file_name, field="file_name", longest=LONGEST_NAME),
            request.file.data,
            request.skip_faulty,
            request.validate_only,
        )
        return import_message(self.stock.take(wish, call.caller, call.caller.reach(STOCK)))
