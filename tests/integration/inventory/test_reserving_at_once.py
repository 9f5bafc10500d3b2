"""Many reserve at once under keys of their own: each is done once, the refused leave nothing and touch nobody else."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import grpc
import pytest
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import reservations_pb2 as reservations
from bylaw.types.v1.amount_pb2 import Quantity

from tests.builders.inventory import InventoryService
from tests.builders.people import reason
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House
from tests.integration.inventory.test_stock_at_once import at_once

pytestmark = pytest.mark.clause("WHS-4")


def hold(
    house: House, *wanted: tuple[items.Item, str], who: Any = None, warehouse: str = ""
) -> Callable[[], reservations.StockReservation]:
    """A wish with a name and a key of its own; each time it is called it is asked again."""
    lines = [
        reservations.StockReservationLine(item=item.name, quantity=Quantity(value=value)) for item, value in wanted
    ]
    name, where = f"stockReservations/{uuid4()}", warehouse or house.warehouse.name
    wish = reservations.StockReservation(name=name, warehouse=where, lines=lines)
    request = reservations.CreateStockReservationRequest(stock_reservation=wish, request_id=str(uuid4()))
    inventory = house.warehouse.inventory
    metadata = who or inventory.everything
    return lambda: inventory.reservations.CreateStockReservation(request, metadata=metadata)


def test_one_wish_sent_by_many_at_once_is_held_once_and_answered_alike(
    inventory: InventoryService, house: House
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    wish = hold(house, (tea, "4"))
    said = at_once([wish] * 16)
    made = [one for one in said if not isinstance(one, str)]
    assert {one for one in said if isinstance(one, str)} <= {"REQUEST_IN_PROGRESS"}
    assert made == [wish()] * len(made)
    assert house.warehouse.on_hand(tea) == {"A-01": ("10", "4")}
    assert_sound(inventory)


def test_the_refused_leave_nothing_and_are_done_once_when_they_can_be(
    inventory: InventoryService, house: House
) -> None:
    tea, cup = house.item("TEA"), house.item("CUP")
    house.receive(tea, "12")
    house.receive(cup, "100")
    baskets = [((tea, "1"), (cup, "1")), ((cup, "1"), (tea, "1"))]
    wishes = [hold(house, *baskets[number % 2]) for number in range(20)]
    first = at_once(wishes)
    assert [one for one in first if isinstance(one, str)] == ["STOCK_SHORT"] * 8
    assert [house.warehouse.on_hand(item)["A-01"][1] for item in (tea, cup)] == ["12", "12"]
    house.receive(tea, "8")
    again = at_once(wishes)
    assert [one for one, before in zip(again, first, strict=True) if not isinstance(before, str)] == [
        one for one in first if not isinstance(one, str)
    ]
    assert [house.warehouse.on_hand(item)["A-01"][1] for item in (tea, cup)] == ["20", "20"]
    assert at_once(wishes) == again
    assert_sound(inventory)


def test_wishes_at_fault_among_many_touch_nobody_else(inventory: InventoryService, house: House) -> None:
    tea = house.item("TEA")
    house.receive(tea, "1000")
    stranger = items.Item(name=f"items/{uuid4()}")
    nowhere = f"warehouses/{uuid4()}"
    faults = {
        "ITEM_NOT_FOUND": hold(house, (tea, "1"), (stranger, "1")),
        "QUANTITY_INVALID": hold(house, (tea, "0.5")),
        "WAREHOUSE_NOT_FOUND": hold(house, (tea, "1"), warehouse=nowhere),
    }
    said = at_once([*([hold(house, (tea, "1")) for _ in range(12)]), *faults.values()])
    assert [one if isinstance(one, str) else "" for one in said] == [*[""] * 12, *faults]
    assert house.warehouse.on_hand(tea) == {"A-01": ("1000", "12")}
    assert_sound(inventory)


def test_holding_releasing_and_expiring_at_once_never_lock_each_other_out(
    inventory: InventoryService, house: House
) -> None:
    goods = [house.item(f"G{number}") for number in range(3)]
    for item in goods:
        house.receive(item, "1000")
    held = [house.warehouse.reserve(*((item, "1") for item in goods), hold_minutes=1) for _ in range(8)]
    inventory.clock.pass_time(minutes=2)
    acts = [hold(house, *((item, "1") for item in (goods if turn % 2 else goods[::-1]))) for turn in range(16)]
    gone = [lambda one=one: house.warehouse.release(one.name) for one in held[:4]]
    said = at_once([*acts, *gone, lambda: inventory.run_timer("expire-reservations")], threads=6)
    assert [one for one in said if isinstance(one, str)] == []
    assert {reserved for item in goods for _, reserved in house.warehouse.on_hand(item).values()} == {"16"}
    assert_sound(inventory)


@pytest.mark.clause("SEC-1")
def test_whoever_keeps_one_warehouse_reserves_there_and_elsewhere_it_is_answered_like_none(
    inventory: InventoryService, house: House
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    other = inventory.people.unit(f"AISLE-{house.number}").name
    inventory.follow_people()
    keeper, stranger = inventory.caller(house.unit), inventory.caller(other)
    wish = hold(house, (tea, "4"), who=stranger)
    for _ in range(2):
        with pytest.raises(grpc.RpcError) as refused:
            wish()
        assert reason(refused.value) == "WAREHOUSE_NOT_FOUND"
    held = hold(house, (tea, "4"), who=keeper)
    assert held() == held()
    assert house.warehouse.on_hand(tea) == {"A-01": ("10", "4")}
