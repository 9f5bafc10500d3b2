"""Calls about items."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import items_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.forms import line_of_text, text_and_id
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_inventory.messages.goods import item_message
from bylaw_inventory.rules.goods.item import ITEMS, Item
from bylaw_inventory.use_cases.goods.item_forms import item_changes, item_wish
from bylaw_inventory.use_cases.goods.keep_items import KeepItems
from bylaw_inventory.use_cases.special.keep_marks import KeepMarks


@dataclass(frozen=True, slots=True)
class ItemCalls:
    """CreateItem, GetItem, ListItems, UpdateItem."""

    items: KeepItems
    marks: KeepMarks
    tokens: PageTokens

    def CreateItem(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        return self._shown(self.items.create(item_wish(request.item)))

    def GetItem(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        return self._shown(self.items.one(resource_id(request.name, ITEMS)))

    def ListItems(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        code = line_of_text(request.code, field="code", longest=64, needed=False)
        barcode = line_of_text(request.barcode, field="barcode", longest=14, needed=False)
        found = self.items.listed(code, barcode, page=(text_and_id(page.position), page.limit))
        marks = self.marks.of(found)
        shown = [item_message(one, marks.get(one.identifier)) for one in found[: page.size]]
        return items_pb2.ListItemsResponse(items=shown, next_page_token=page.token_at(found, _place))

    def UpdateItem(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        identifier = resource_id(request.item.name, ITEMS, field="item.name")
        changes = item_changes(request.item, request.update_mask.paths)
        return self._shown(self.items.update(identifier, changes, seen=request.item.etag))

    def _shown(self, item: Item) -> Any:
        """The item with its special mark, if it has one (WHS-9)."""
        return item_message(item, self.marks.of([item]).get(item.identifier))


def _place(listed: Item) -> list[str]:
    return [listed.wish.code, str(listed.identifier)]
