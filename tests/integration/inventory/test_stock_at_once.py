"""Many at the same shelf at once, on real PostgreSQL: nothing is sold twice, nobody waits for ever, the books hold."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import grpc
import pytest
from bylaw_chassis.status import refusal_from

from tests.builders.inventory import InventoryService, line
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House


def at_once(acts: list[Callable[[], Any]], threads: int = 8) -> list[Any]:
    """What each answers, or why it is refused."""

    def tried(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except grpc.RpcError as error:
            return refusal_from(error).reason

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(tried, acts))


@pytest.mark.clause("WHS-4")
def test_of_many_buyers_as_many_get_the_goods_as_there_are_goods(inventory: InventoryService, house: House) -> None:
    tea = house.item("TEA")
    house.receive(tea, "4")
    house.receive(tea, "3", house.second)
    said = at_once([lambda: house.warehouse.reserve((tea, "1"))] * 20)
    assert sorted(one for one in said if isinstance(one, str)) == ["STOCK_SHORT"] * 13
    assert {held for _, held in house.warehouse.on_hand(tea).values()} == {"4", "3"}
    assert_sound(inventory)


def test_baskets_in_opposite_order_never_lock_each_other_out(inventory: InventoryService, house: House) -> None:
    goods = [house.item(f"G{number}") for number in range(4)]
    for item in goods:
        house.receive(item, "1000")
    orders = [tuple((item, "1") for item in (goods if turn % 2 else goods[::-1])) for turn in range(40)]
    said = at_once([lambda order=order: house.warehouse.reserve(*order) for order in orders])  # type: ignore[misc]
    assert [one for one in said if isinstance(one, str)] == []
    assert {held for item in goods for _, held in house.warehouse.on_hand(item).values()} == {"40"}
    assert_sound(inventory)


def test_goods_moved_there_and_back_at_once_end_where_the_sum_says(inventory: InventoryService, house: House) -> None:
    tea = house.item("TEA")
    house.receive(tea, "50")
    house.receive(tea, "50", house.second)
    there = lambda: house.warehouse.post(line(tea, house.first, house.second, "3"))  # noqa: E731
    back = lambda: house.warehouse.post(line(tea, house.second, house.first, "3"))  # noqa: E731
    said = at_once([there, back] * 15)
    assert [one for one in said if isinstance(one, str)] == []
    assert house.warehouse.on_hand(tea) == {"A-01": ("50", "0"), "A-02": ("50", "0")}
    assert_sound(inventory)


def test_first_goods_at_new_places_by_many_at_once_open_each_card_once(
    inventory: InventoryService, house: House
) -> None:
    goods = [house.item(f"N{number}") for number in range(3)]
    lines = [line(item, house.supplier, place, "1") for item in goods for place in (house.first, house.second)]
    said = at_once(
        [lambda turn=turn: house.warehouse.post(*(lines if turn % 2 else lines[::-1])) for turn in range(16)]
    )  # type: ignore[misc]
    assert [one for one in said if isinstance(one, str)] == []
    for item in goods:
        assert house.warehouse.on_hand(item) == {"A-01": ("16", "0"), "A-02": ("16", "0")}
    assert_sound(inventory)


@pytest.mark.clause("WHS-4")
def test_a_mistake_reversed_by_several_at_once_is_reversed_once(inventory: InventoryService, house: House) -> None:
    tea = house.item("TEA")
    wrong = house.warehouse.post(line(tea, house.supplier, house.first, "10"))
    house.receive(tea, "10")
    said = at_once([lambda: house.warehouse.reverse(wrong.name)] * 4)
    assert sorted(one for one in said if isinstance(one, str)) == ["STOCK_MOVEMENT_REVERSED"] * 3
    assert house.warehouse.on_hand(tea) == {"A-01": ("10", "0")}
    assert_sound(inventory)


def test_reserve_and_release_of_one_id_at_once_hold_nothing_in_the_end(
    inventory: InventoryService, house: House
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    names = [f"stockReservations/{uuid4()}" for _ in range(10)]
    acts = [
        act
        for name in names
        for act in (
            lambda name=name: house.warehouse.reserve((tea, "1"), name=name),  # type: ignore[misc]
            lambda name=name: house.warehouse.release(name),  # type: ignore[misc]
        )
    ]
    said = at_once(acts)
    assert {one for one in said if isinstance(one, str)} <= {"RESERVATION_RELEASED"}
    assert house.warehouse.on_hand(tea) == {"A-01": ("10", "0")}
    assert_sound(inventory)


def test_the_same_id_reserved_by_many_at_once_holds_once(inventory: InventoryService, house: House) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    name = f"stockReservations/{uuid4()}"
    said = at_once([lambda: house.warehouse.reserve((tea, "3"), name=name)] * 8)
    assert len({str(one) for one in said}) == 1
    assert house.warehouse.on_hand(tea) == {"A-01": ("10", "3")}
    assert_sound(inventory)
