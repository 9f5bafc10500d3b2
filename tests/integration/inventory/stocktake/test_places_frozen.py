"""A place that is counted may be frozen: nothing moves in or out until counting ends (WHS-6)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import grpc
import pytest
from bylaw.inventory.v1 import warehouses_pb2 as warehouses
from bylaw_chassis.status import refusal_from

from tests.builders.inventory import InventoryService, line
from tests.builders.stocktakes import Counting, count
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House

pytestmark = pytest.mark.clause("WHS-6")


def test_nothing_moves_in_or_out_of_a_frozen_place_and_who_froze_it_is_said(house: House, counting: Counting) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    house.receive(tea, "10", house.second)
    earlier = house.warehouse.post(line(tea, house.supplier, house.first, "1"))
    made = counting.open(places=[house.first], freeze=True)
    house.receive(tea, "1")  # counting has not begun
    counting.join(made)
    for moved in (
        line(tea, house.supplier, house.first, "1"),
        line(tea, house.first, house.customer, "1"),
        line(tea, house.second, house.first, "1"),
    ):
        with pytest.raises(grpc.RpcError) as error:
            house.warehouse.post(moved)
        refusal = refusal_from(error.value)
        assert (refusal.reason, refusal.clause) == ("PLACE_FROZEN", "WHS-6")
        assert refusal.variables["stocktake"] == made.name
        assert [one.field for one in refusal.violations] == ["stock_movement.lines[0].quantity"]
    with pytest.raises(grpc.RpcError) as error:
        house.warehouse.reverse(earlier.name)
    assert refusal_from(error.value).reason == "PLACE_FROZEN"
    house.warehouse.post(line(tea, house.second, house.customer, "1"))  # another place
    house.warehouse.reserve((tea, "1"))  # moves nothing
    counting.record(made, count(tea, house.first, "12"))
    counting.end(made)
    house.receive(tea, "1")


def test_a_place_shows_which_stocktake_has_frozen_it(
    inventory: InventoryService, house: House, counting: Counting
) -> None:
    def frozen_by() -> dict[str, str]:
        request = warehouses.ListPlacesRequest(parent=house.warehouse.name, page_size=1000)
        listed = inventory.warehouses.ListPlaces(request, metadata=inventory.everything).places
        return {one.code: one.frozen_by for one in listed if one.frozen_by}

    made = counting.open(places=[house.first], freeze=True)
    assert frozen_by() == {}
    counting.join(made)
    assert frozen_by() == {"A-01": made.name}
    counting.cancel(made)
    assert frozen_by() == {}


def test_a_place_stays_frozen_no_longer_than_it_is_counted(house: House, counting: Counting) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    made = counting.begun(freeze=True)
    counting.confirmed(made, count(tea, house.first, "9"))
    counting.end(made)
    house.receive(tea, "1")
    counting.record(made, count(tea, house.first, "10"))  # counted on
    with pytest.raises(grpc.RpcError) as error:
        house.receive(tea, "1")
    assert refusal_from(error.value).reason == "PLACE_FROZEN"
    counting.cancel(made)
    house.receive(tea, "1")


def test_freezing_waits_for_what_is_being_posted_and_lets_nothing_slip_in_behind(
    inventory: InventoryService, house: House, counting: Counting
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "1000")
    for _ in range(4):
        made = counting.open(freeze=True)
        begun = Barrier(7)

        def move(_: int, begun: Barrier = begun) -> list[str]:
            begun.wait()
            return [_tried(house, line(tea, house.first, house.second, "1")) for _ in range(6)]

        def freeze(made: Any = made, begun: Barrier = begun) -> str:
            begun.wait()
            counting.join(made)
            return house.warehouse.on_hand(tea)["A-01"][0]

        with ThreadPoolExecutor(7) as pool:
            moves = [pool.submit(move, number) for number in range(6)]
            frozen_at = pool.submit(freeze).result()
            said = {one for moved in moves for one in moved.result()}
        assert said <= {"", "PLACE_FROZEN"}
        assert house.warehouse.on_hand(tea)["A-01"][0] == frozen_at  # nothing moved behind it
        counting.cancel(made)
    assert_sound(inventory)


def _tried(house: House, moved: Any) -> str:
    try:
        house.warehouse.post(moved)
    except grpc.RpcError as error:
        return refusal_from(error).reason
    return ""
