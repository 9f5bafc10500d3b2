"""Calls about fixed places and put-away."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import put_away_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.forms import line_of_text
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import optional_id, resource_id

from bylaw_inventory.messages.put_away import fixed_place_message, put_away_message
from bylaw_inventory.messages.stock import movement_message
from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.goods.place import PLACES, WAREHOUSES
from bylaw_inventory.rules.put_away.fixed_place import FixedPlace, Waiting
from bylaw_inventory.use_cases.forms import LONGEST_REASON, one_id, three_ids
from bylaw_inventory.use_cases.put_away.put_away_forms import put_away_lines
from bylaw_inventory.use_cases.put_away.put_goods_away import PutGoodsAway

SET, READ = "inventory.fixed_places.set", "inventory.fixed_places.read"
PUT, READ_WAITING = "inventory.put_aways.create", "inventory.put_aways.read"


@dataclass(frozen=True, slots=True)
class PutAwayCalls:
    """SetFixedPlace, ListFixedPlaces, ListPutAways, PutGoodsAway."""

    putting: PutGoodsAway
    tokens: PageTokens

    def SetFixedPlace(self, request: Any, call: Call) -> Any:  # noqa: N802
        warehouse = resource_id(request.parent, WAREHOUSES, field="parent")
        item, place = resource_id(request.item, ITEMS, field="item"), optional_id(request.place, PLACES, field="place")
        made = self.putting.set(warehouse, item, place, caller=call.caller, reach=call.caller.reach(SET))
        return fixed_place_message(made)

    def ListFixedPlaces(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        warehouse = resource_id(request.parent, WAREHOUSES, field="parent")
        found = self.putting.listed(warehouse, call.caller.reach(READ), page=(one_id(page.position), page.limit))
        return put_away_pb2.ListFixedPlacesResponse(
            fixed_places=map(fixed_place_message, found[: page.size]), next_page_token=page.token(found, _by_item)
        )

    def ListPutAways(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        warehouse = resource_id(request.parent, WAREHOUSES, field="parent")
        place = three_ids(page.position), page.limit
        found = self.putting.waiting(warehouse, call.caller.reach(READ_WAITING), page=place)
        return put_away_pb2.ListPutAwaysResponse(
            put_aways=map(put_away_message, found[: page.size]), next_page_token=page.token_at(found, _by_goods)
        )

    def PutGoodsAway(self, request: Any, call: Call) -> Any:  # noqa: N802
        made = self.putting.put(
            resource_id(request.parent, WAREHOUSES, field="parent"),
            put_away_lines(request.lines),
            line_of_text(request.reason, field="reason", longest=LONGEST_REASON, needed=False),
            caller=call.caller,
            reach=call.caller.reach(PUT),
        )
        return movement_message(made)


def _by_item(listed: FixedPlace) -> str:
    return str(listed.item)


def _by_goods(listed: Waiting) -> list[str]:
    return [str(listed.item), str(listed.place), str(listed.balance)]
