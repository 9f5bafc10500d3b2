"""What a reservation holds is fetched place by place, in the order of the labels (WHS-8, WHS-12)."""

from typing import Any

import pytest
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import picking_pb2, picking_pb2_grpc

from tests.builders.inventory import ORDER, InventoryService, line
from tests.builders.receiving import refusal_of
from tests.integration.inventory.conftest import House

pytestmark = [pytest.mark.clause("WHS-8"), pytest.mark.clause("WHS-12")]
NONE = "00000000-0000-7000-8000-000000000000"


def picked(inventory: InventoryService, name: str, metadata: Any = None) -> picking_pb2.PickingList:
    """What is picked for a reservation."""
    request = picking_pb2.GetPickingListRequest(name=f"{name}/pickingList")
    stub = picking_pb2_grpc.PickingStub(inventory.channel)
    return stub.GetPickingList(request, metadata=metadata or inventory.everything)


def test_what_is_held_is_listed_by_place_and_goes_as_it_is_issued(inventory: InventoryService, house: House) -> None:
    tea = house.item("TEA", tracking=items.ITEM_TRACKING_LOT)
    cup = house.item("CUP")
    lot = {"lot": "L-1", "expiry_date": "2027-01-31"}
    house.warehouse.post(line(tea, house.supplier, house.second, "5", **lot))
    house.receive(cup, "5")
    held = house.warehouse.reserve((tea, "2"), (cup, "3"), purpose="order 7")
    shown = picked(inventory, held.name)
    assert (shown.name, shown.purpose) == (f"{held.name}/pickingList", "order 7")
    assert [(one.place_code, one.item_code, one.quantity.value, one.lot, one.expiry_date) for one in shown.lines] == [
        ("A-01", cup.code, "3", "", ""),
        ("A-02", tea.code, "2", "L-1", "2027-01-31"),
    ]
    assert [(one.place, one.item) for one in shown.lines] == [(house.first, cup.name), (house.second, tea.name)]
    house.warehouse.post(line(cup, house.first, house.carrier, "3"), papers=[ORDER], reservation=held.name)
    assert [one.item_code for one in picked(inventory, held.name).lines] == [tea.code]
    house.warehouse.release(held.name)
    assert list(picked(inventory, held.name).lines) == []


def test_what_is_not_there_or_out_of_reach_is_refused(inventory: InventoryService, house: House) -> None:
    cup = house.item("CUP")
    house.receive(cup, "5")
    held = house.warehouse.reserve((cup, "3"))
    far = inventory.caller(inventory.people.unit(f"FAR-{house.number}").name)
    assert refusal_of(lambda: picked(inventory, held.name, far)) == "RESERVATION_NOT_FOUND"
    assert refusal_of(lambda: picked(inventory, f"stockReservations/{NONE}")) == "RESERVATION_NOT_FOUND"
    assert refusal_of(lambda: picked(inventory, "places/1")) == "FIELD_INVALID"
