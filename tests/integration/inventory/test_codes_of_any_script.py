"""Lists by code lose and repeat nothing, and codes are found, in whatever script: the database alone folds case."""

from typing import Any

import pytest
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import warehouses_pb2 as warehouses

from tests.builders.goods import trade
from tests.builders.inventory import InventoryService
from tests.databases import Databases
from tests.integration.inventory.conftest import House

CODES = ("Ä-1", "ä-2", "ß-1", "ẞ-2", "İ-1", "ı-2", "i-3", "I-4", "ΑΣ", "ας-2", "甲-1", "乙-2", "ﬁ-1", "Z-1", "z-2")


def paged(call: Any, request: Any, field: str, metadata: Any) -> list[str]:
    """The codes of a list, two a page."""
    request.page_size, found = 2, list[str]()
    while True:
        answer = call(request, metadata=metadata)
        found += [one.code for one in getattr(answer, field)]
        if not answer.next_page_token:
            return found
        request.page_token = answer.next_page_token


@pytest.mark.clause("WHS-8")
def test_places_and_items_are_listed_once_each_whatever_their_codes(inventory: InventoryService, house: House) -> None:
    for code in CODES:
        house.warehouse.place(code)
        inventory.item(code)
        inventory.warehouse(house.unit, house.site, code)
    who = inventory.everything
    listed = paged(
        inventory.warehouses.ListPlaces, warehouses.ListPlacesRequest(parent=house.warehouse.name), "places", who
    )
    assert sorted(one for one in listed if one in CODES) == sorted(CODES)
    listed = paged(inventory.items.ListItems, items.ListItemsRequest(), "items", who)
    assert sorted(listed) == sorted(CODES)
    listed = paged(inventory.warehouses.ListWarehouses, warehouses.ListWarehousesRequest(), "warehouses", who)
    assert sorted(one for one in listed if one in CODES) == sorted(CODES)


@pytest.mark.clause("GDS-1")
def test_items_are_found_by_their_codes_and_taken_in_from_files_whatever_these_are(
    postgres: Databases, tmp_path_factory: pytest.TempPathFactory
) -> None:
    catalogue = "code,name\n" + "".join(f"{code},{code}\n" for code in CODES)
    with trade(postgres, tmp_path_factory.mktemp("pictures")) as shop:
        assert shop.import_items(catalogue.encode()).created_count == len(CODES)
        assert shop.import_items(catalogue.encode()).unchanged_count == len(CODES)
        for code in CODES:
            request = items.ListItemsRequest(code=code)
            assert [one.code for one in shop.inventory.items.ListItems(request, metadata=shop.caller).items] == [code]
        warehouse = shop.inventory.warehouse(shop.shop, shop.site)
        listed = "code,quantity\n" + "".join(f"{code},1\n" for code in CODES)
        taken = shop.import_stock(warehouse.name, warehouse.place("A-01"), listed.encode())
        assert taken.received_count == len(CODES)
