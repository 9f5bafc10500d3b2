"""What goes in one parcel is said of reservations, and those who pick read it; no stock moves by it (WHS-7, WHS-12)."""

from typing import Any
from uuid import uuid4

import pytest
from bylaw.inventory.v1 import picking_pb2, picking_pb2_grpc
from bylaw.inventory.v1 import reservations_pb2 as reservations
from bylaw_chassis.caller import HeldGrant, Scope

from tests.builders.inventory import InventoryService
from tests.builders.receiving import refusal_of
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House

pytestmark = pytest.mark.clause("WHS-12")
NONE = "stockReservations/00000000-0000-7000-8000-000000000000"


def marked(inventory: InventoryService, *marks: tuple[str, str], who: Any = None) -> list[str]:
    """What each is packed with now, or why it was refused."""
    told = [reservations.StockReservationMark(name=name, packed_with=text) for name, text in marks]
    request = reservations.BatchMarkStockReservationsRequest(marks=told, request_id=str(uuid4()))
    answer = inventory.reservations.BatchMarkStockReservations(request, metadata=who or inventory.everything)
    return [one.refusal.reason or one.stock_reservation.packed_with for one in answer.results]


def test_who_picks_reads_what_it_is_packed_with(inventory: InventoryService, house: House) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    first, second = (house.warehouse.reserve((tea, "2"), purpose=f"order {number}") for number in (7, 8))
    before = house.warehouse.on_hand(tea)
    assert marked(inventory, (first.name, "order 8"), (second.name, "order 7")) == ["order 8", "order 7"]
    request = picking_pb2.GetPickingListRequest(name=f"{first.name}/pickingList")
    picking = picking_pb2_grpc.PickingStub(inventory.channel)
    assert picking.GetPickingList(request, metadata=inventory.everything).packed_with == "order 8"
    house.warehouse.release(first.name)
    assert marked(inventory, (first.name, ""), (second.name, "x"), (second.name, "")) == ["", "", ""]
    assert house.warehouse.reservation(first.name).packed_with == ""
    assert (house.warehouse.on_hand(tea), before) == ({"A-01": ("10", "2")}, {"A-01": ("10", "4")})
    assert_sound(inventory)


def test_each_mark_is_answered_by_itself(inventory: InventoryService, house: House) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    made = house.warehouse.reserve((tea, "1"))
    said = marked(inventory, (NONE, "x"), (made.name, "x" * 501), ("places/1", "x"), (made.name, "order 8"))
    assert said == ["RESERVATION_NOT_FOUND", "FIELD_INVALID", "FIELD_INVALID", "order 8"]
    for marks in ([], [(made.name, "x")] * 101):
        assert refusal_of(lambda marks=marks: marked(inventory, *marks)) == "FIELD_INVALID"
    unit = inventory.people.unit(f"FAR-{uuid4()}").name
    inventory.follow_people()
    assert marked(inventory, (made.name, "y"), who=inventory.caller(unit)) == ["RESERVATION_NOT_FOUND"]
    nothing = inventory.people.as_caller(HeldGrant(Scope.COMPANY, None, frozenset({"inventory.reservations.read"})))
    assert refusal_of(lambda: marked(inventory, (made.name, "y"), who=nothing)) == "PERMISSION_MISSING"
    assert house.warehouse.reservation(made.name).packed_with == "order 8"
