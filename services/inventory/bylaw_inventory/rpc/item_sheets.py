"""Calls about sheets, pictures and the rules of categories."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import item_sheets_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.forms import text_and_id
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id
from google.api.httpbody_pb2 import HttpBody

from bylaw_inventory.messages.listing import picture_message, rule_message, sheet_message
from bylaw_inventory.rules.listing.sheet import PICTURES, SHEETS, CategoryRule, ShownSheet
from bylaw_inventory.use_cases.listing.keep_pictures import KeepPictures
from bylaw_inventory.use_cases.listing.keep_sheets import KeepSheets
from bylaw_inventory.use_cases.listing.listing_forms import optional_channel, rule_wish, sheet_changes, sheets_wish
from bylaw_inventory.use_cases.listing.set_rule import SetRule


@dataclass(frozen=True, slots=True)
class ItemSheetCalls:
    """GetItemSheet, ListItemSheets, UpdateItemSheet, the calls about pictures, SetCategoryRule, ListCategoryRules."""

    sheets: KeepSheets
    pictures: KeepPictures
    rules: SetRule
    tokens: PageTokens

    def GetItemSheet(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        item = resource_id(request.name, SHEETS)
        return sheet_message(self.sheets.one(item, optional_channel(request.channel, field="channel")))

    def ListItemSheets(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        found = self.sheets.page(sheets_wish(request), page=(text_and_id(page.position), page.limit))
        return item_sheets_pb2.ListItemSheetsResponse(
            item_sheets=map(sheet_message, found[: page.size]), next_page_token=page.token_at(found, _by_code)
        )

    def UpdateItemSheet(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        item = resource_id(request.item_sheet.name, SHEETS, field="item_sheet.name")
        changes = sheet_changes(request.item_sheet, request.update_mask.paths)
        return sheet_message(self.sheets.update(item, changes, seen=request.item_sheet.etag))

    def AddItemPicture(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        item = resource_id(request.parent, SHEETS, field="parent")
        return picture_message(self.pictures.add(item, request.image.data))

    def GetItemPictureImage(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        content_type, content = self.pictures.image(resource_id(request.name, PICTURES))
        return HttpBody(content_type=content_type, data=content)

    def RemoveItemPicture(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        return sheet_message(self.pictures.remove(resource_id(request.name, PICTURES)))

    def SetCategoryRule(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish = rule_wish(request.category_rule)
        return rule_message(self.rules.set(*wish, delist=request.delist_incomplete, caller=call.caller))

    def ListCategoryRules(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        found = self.rules.rules(page=(text_and_id(page.position), page.limit))
        return item_sheets_pb2.ListCategoryRulesResponse(
            category_rules=map(rule_message, found[: page.size]), next_page_token=page.token_at(found, _by_category)
        )


def _by_code(listed: ShownSheet) -> list[str]:
    return [listed.code, str(listed.sheet.item)]


def _by_category(listed: CategoryRule) -> list[str]:
    return [listed.category, str(listed.identifier)]
