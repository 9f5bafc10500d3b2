"""Calls about warehouses and places."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import warehouses_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.forms import text_and_id
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_inventory.messages.goods import place_message, warehouse_message
from bylaw_inventory.rules.goods.place import WAREHOUSES, Place, Warehouse
from bylaw_inventory.use_cases.goods.keep_warehouses import KeepWarehouses
from bylaw_inventory.use_cases.goods.warehouse_forms import place_code, place_kind, warehouse_wish

CREATE, READ = "inventory.warehouses.create", "inventory.warehouses.read"
CREATE_PLACE, READ_PLACES = "inventory.places.create", "inventory.places.read"


@dataclass(frozen=True, slots=True)
class WarehouseCalls:
    """CreateWarehouse, GetWarehouse, ListWarehouses, CreatePlace, ListPlaces."""

    warehouses: KeepWarehouses
    tokens: PageTokens

    def CreateWarehouse(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish = warehouse_wish(request.warehouse)
        return warehouse_message(self.warehouses.create(wish, call.caller.reach(CREATE)))

    def GetWarehouse(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier = resource_id(request.name, WAREHOUSES)
        return warehouse_message(self.warehouses.one(identifier, call.caller.reach(READ)))

    def ListWarehouses(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        found = self.warehouses.listed(call.caller.reach(READ), page=(text_and_id(page.position), page.limit))
        return warehouses_pb2.ListWarehousesResponse(
            warehouses=map(warehouse_message, found[: page.size]), next_page_token=page.token_at(found, _by_code)
        )

    def CreatePlace(self, request: Any, call: Call) -> Any:  # noqa: N802
        made = self.warehouses.add_place(
            resource_id(request.parent, WAREHOUSES, field="parent"),
            place_code(request.place.code),
            place_kind(request.place.kind),
            call.caller.reach(CREATE_PLACE),
        )
        return place_message(made)

    def ListPlaces(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        warehouse = resource_id(request.parent, WAREHOUSES, field="parent")
        place = text_and_id(page.position), page.limit
        found = self.warehouses.places(warehouse, call.caller.reach(READ_PLACES), page=place)
        return warehouses_pb2.ListPlacesResponse(
            places=map(place_message, found[: page.size]), next_page_token=page.token_at(found, _by_code)
        )


def _by_code(listed: Warehouse | Place) -> list[str]:
    return [listed.code, str(listed.identifier)]
