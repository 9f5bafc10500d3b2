"""Calls about items."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import items_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_inventory.messages.goods import item_message
from bylaw_inventory.rules.goods.item import ITEMS, Item
from bylaw_inventory.use_cases.forms import line_of_text, text_and_id
from bylaw_inventory.use_cases.goods.item_forms import item_changes, item_wish
from bylaw_inventory.use_cases.goods.keep_items import KeepItems


@dataclass(frozen=True, slots=True)
class ItemCalls:
    """CreateItem, GetItem, ListItems, UpdateItem."""

    items: KeepItems
    tokens: PageTokens

    def CreateItem(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        return item_message(self.items.create(item_wish(request.item)))

    def GetItem(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        return item_message(self.items.one(resource_id(request.name, ITEMS)))

    def ListItems(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        code = line_of_text(request.code, field="code", longest=64, needed=False)
        barcode = line_of_text(request.barcode, field="barcode", longest=14, needed=False)
        found = self.items.listed(code, barcode, page=(text_and_id(page.position), page.limit))
        return items_pb2.ListItemsResponse(
            items=map(item_message, found[: page.size]), next_page_token=page.token_at(found, _place)
        )

    def UpdateItem(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        identifier = resource_id(request.item.name, ITEMS, field="item.name")
        changes = item_changes(request.item, request.update_mask.paths)
        return item_message(self.items.update(identifier, changes, seen=request.item.etag))


def _place(listed: Item) -> list[str]:
    return [listed.wish.code.lower(), str(listed.identifier)]
