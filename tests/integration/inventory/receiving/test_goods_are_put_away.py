"""Each kind of goods has its fixed place: it is put there, and found there (WHS-8)."""

from uuid import uuid4

import pytest
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import put_away_pb2 as put_away
from bylaw.inventory.v1 import stock_pb2 as stock

from tests.builders.inventory import InventoryService, line
from tests.builders.receiving import Dock, refusal_of
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House

pytestmark = pytest.mark.clause("WHS-8")


def test_what_was_received_is_put_away_to_its_fixed_place(
    inventory: InventoryService, house: House, dock: Dock
) -> None:
    tea, milk = house.item("TEA"), house.item("MILK", tracking=items.ITEM_TRACKING_LOT)
    house.receive(tea, "9", house.inspection)
    lot = {"lot": "A", "expiry_date": "2027-01-01"}
    house.warehouse.post(line(milk, house.supplier, house.inspection, "3", **lot))
    dock.fix(tea, house.first)
    waits = {one.item: (one.quantity.value, one.lot, one.expiry_date, one.to_place) for one in dock.waiting()}
    assert waits == {tea.name: ("9", "", "", house.first), milk.name: ("3", "A", "2027-01-01", "")}
    made = dock.put(tea, house.inspection, "4")
    assert (made.kind, made.lines[0].to_place) == (stock.STOCK_MOVEMENT_KIND_TRANSFER, house.first)
    assert house.warehouse.on_hand(tea) == {"A-01": ("4", "0"), "LOOK": ("5", "0")}
    dock.put(milk, house.inspection, "3", lot="A", to_place=house.second)
    assert [(one.item, one.quantity.value) for one in dock.waiting()] == [(tea.name, "5")]
    assert_sound(inventory)


def test_another_place_than_the_fixed_one_takes_a_reason(house: House, dock: Dock) -> None:
    tea = house.item("TEA")
    house.receive(tea, "9", house.inspection)
    assert refusal_of(lambda: dock.put(tea, house.inspection, "1")) == "FIXED_PLACE_MISSING"
    dock.fix(tea, house.first)
    elsewhere = {"to_place": house.second}
    assert refusal_of(lambda: dock.put(tea, house.inspection, "1", **elsewhere)) == "PLACE_NOT_FIXED"
    assert dock.put(tea, house.inspection, "1", reason="its shelf is full", **elsewhere).reason == "its shelf is full"
    dock.put(tea, house.inspection, "1", to_place=house.packing)
    assert house.warehouse.on_hand(tea) == {"A-02": ("1", "0"), "PACK": ("1", "0"), "LOOK": ("7", "0")}


def test_no_movement_passes_by_the_fixed_place(house: House, dock: Dock) -> None:
    tea = house.item("TEA")
    dock.fix(tea, house.first)
    receipt = line(tea, house.supplier, house.second, "2")
    assert refusal_of(lambda: house.warehouse.post(receipt)) == "PLACE_NOT_FIXED"
    house.receive(tea, "2")
    move = line(tea, house.first, house.second, "1")
    assert refusal_of(lambda: house.warehouse.post(move)) == "PLACE_NOT_FIXED"
    wrong = house.warehouse.post(move, reason="for the window")
    house.warehouse.reverse(wrong.name)
    house.warehouse.post(line(tea, house.first, house.customer, "1"))
    dock.fix(tea)
    house.warehouse.post(move)
    assert house.warehouse.on_hand(tea) == {"A-02": ("1", "0")}


def test_a_fixed_place_is_a_bin_of_the_warehouse(house: House, dock: Dock) -> None:
    tea = house.item("TEA")
    assert refusal_of(lambda: dock.fix(tea, f"places/{uuid4()}")) == "PLACE_NOT_FOUND"
    assert refusal_of(lambda: dock.fix(tea, house.packing)) == "PLACE_NOT_BIN"
    assert refusal_of(lambda: dock.fix(items.Item(name=f"items/{uuid4()}"), house.first)) == "ITEM_NOT_FOUND"
    dock.fix(tea, house.first)
    assert dock.fix(tea, house.second).place == house.second
    request = put_away.ListFixedPlacesRequest(parent=house.warehouse.name)
    (fixed,) = dock.put_aways.ListFixedPlaces(request, metadata=dock.caller).fixed_places
    assert (fixed.item, fixed.place) == (tea.name, house.second)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"to_place": f"places/{uuid4()}"}, "PLACE_NOT_FOUND"),
        ({"value": "0"}, "QUANTITY_INVALID"),
        ({"value": "10"}, "STOCK_SHORT"),
        ({"lot": "A"}, "LOT_UNEXPECTED"),
        ({"to_place": "x"}, "FIELD_INVALID"),
    ],
)
def test_what_cannot_be_put_away_is_refused_and_stays(house: House, dock: Dock, said: dict[str, str], why: str) -> None:
    tea = house.item("TEA")
    house.receive(tea, "9", house.inspection)
    dock.fix(tea, house.first)
    more = dict(said)
    value = more.pop("value", "1")
    assert refusal_of(lambda: dock.put(tea, house.inspection, value, reason="x", **more)) == why
    assert refusal_of(lambda: dock.put(tea, house.inspection, "1", to_place=house.lost)) == "MOVEMENT_NEEDS_COUNT"
    for beyond in (house.customer, house.supplier):
        assert refusal_of(lambda beyond=beyond: dock.put(tea, beyond, "1")) == "MOVEMENT_NOT_ALLOWED"  # type: ignore[misc]
    assert refusal_of(lambda: dock.put(tea, house.first, "1", to_place=house.carrier)) == "MOVEMENT_NOT_ALLOWED"
    assert house.warehouse.on_hand(tea) == {"LOOK": ("9", "0")}


def test_goods_are_found_by_their_place(house: House) -> None:
    tea, cup = house.item("TEA"), house.item("CUP")
    house.receive(tea, "9")
    house.receive(cup, "2", house.second)
    there = house.warehouse.balances(place=house.second)
    assert [(one.item, one.on_hand.value) for one in there] == [(cup.name, "2")]
    assert house.warehouse.balances(place=f"places/{uuid4()}") == []


def test_what_is_of_another_unit_is_not_put_away(inventory: InventoryService, house: House) -> None:
    inventory.follow_people()
    stranger = inventory.people.unit(f"OTHER-{house.number}").name
    other, tea = Dock(inventory, house.warehouse, inventory.caller(stranger)), house.item("TEA")
    for act in (lambda: other.fix(tea, house.first), lambda: other.put(tea, house.first, "1"), other.waiting):
        assert refusal_of(act) == "WAREHOUSE_NOT_FOUND"
