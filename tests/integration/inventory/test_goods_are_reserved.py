"""Goods are held for whoever asks first, all or nothing, once for each id, until issued, released or expired."""

from uuid import uuid4

import grpc
import pytest
from bylaw.inventory.v1 import feed_pb2
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import reservations_pb2 as reservations
from bylaw_chassis.status import refusal_from
from bylaw_inventory.store.reserving import FEW

from tests.builders.inventory import InventoryService, line
from tests.builders.people import reason
from tests.integration.inventory.conftest import House


@pytest.fixture
def name() -> str:
    """The name of a reservation that nobody has made."""
    return f"stockReservations/{uuid4()}"


STATE = reservations.StockReservationState


def test_a_reservation_holds_what_it_says_and_no_more_is_free(house: House) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    made = house.warehouse.reserve((tea, "4"), purpose="O-1")
    assert (made.state, made.lines[0].reserved.value) == (reservations.STOCK_RESERVATION_STATE_HELD, "4")
    assert house.warehouse.on_hand(tea) == {"A-01": ("10", "4")}
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.reserve((tea, "7"))
    told = refusal_from(refused.value)
    assert [(one.field, one.en) for one in told.violations] == [
        ("stock_reservation.lines[0]", f"only 6 of {tea.code} is free")
    ]


def test_all_lines_are_reserved_or_none_unless_a_part_will_do(house: House) -> None:
    tea, cup = house.item("TEA"), house.item("CUP")
    house.receive(tea, "10")
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.reserve((tea, "4"), (cup, "1"))
    assert reason(refused.value) == "STOCK_SHORT"
    assert house.warehouse.on_hand(tea) == {"A-01": ("10", "0")}
    part = house.warehouse.reserve((tea, "4"), (cup, "1"), partial=True)
    assert [one.reserved.value for one in part.lines] == ["4", "0"]


@pytest.mark.parametrize("count", [1, FEW, FEW + 1])
def test_however_many_lines_each_holds_its_own_or_the_part_that_is_free(house: House, count: int) -> None:
    goods = [house.item(f"G-{number}") for number in range(count)]
    for number, one in enumerate(goods):
        house.receive(one, str(number + 2))
    asked = [(one, str(number + 1)) for number, one in enumerate(goods)]
    made = house.warehouse.reserve(*asked)
    assert [one.reserved.value for one in made.lines] == [quantity for _, quantity in asked]
    assert house.warehouse.reserve(*asked, name=made.name) == made
    part = house.warehouse.reserve(*asked, partial=True)
    assert [one.reserved.value for one in part.lines] == ["1"] * count
    house.receive(goods[-1], "1")
    last = house.warehouse.reserve(*asked, partial=True)
    assert [one.reserved.value for one in last.lines] == [*["0"] * (count - 1), "1"]
    held = [str(number + 2) for number in range(count - 1)] + [str(count + 2)]
    assert [house.warehouse.on_hand(one) for one in goods] == [{"A-01": (all_of, all_of)} for all_of in held]


def test_the_same_item_twice_is_summed_before_it_is_reserved(house: House) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.reserve((tea, "6"), (tea, "6"))
    assert reason(refused.value) == "STOCK_SHORT"
    assert [one.quantity.value for one in house.warehouse.reserve((tea, "5"), (tea, "5")).lines] == ["10"]


def test_an_id_is_one_reservation_however_often_it_is_asked_for(house: House, name: str) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    first = house.warehouse.reserve((tea, "4"), name=name)
    assert house.warehouse.reserve((tea, "4"), name=name) == first
    assert house.warehouse.on_hand(tea) == {"A-01": ("10", "4")}
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.reserve((tea, "5"), name=name)
    assert reason(refused.value) == "RESERVATION_DIFFERS"


def test_a_release_gives_back_and_is_done_once_in_effect(house: House, name: str) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    house.warehouse.reserve((tea, "4"), name=name)
    for _ in range(2):
        assert house.warehouse.release(name).state == reservations.STOCK_RESERVATION_STATE_RELEASED
    assert house.warehouse.on_hand(tea) == {"A-01": ("10", "0")}
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.confirm(name)
    assert reason(refused.value) == "RESERVATION_ENDED"


def test_a_release_that_comes_first_blocks_the_reserve_that_comes_late(house: House, name: str) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    assert house.warehouse.release(name).state == reservations.STOCK_RESERVATION_STATE_RELEASED
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.reserve((tea, "4"), name=name)
    assert reason(refused.value) == "RESERVATION_RELEASED"
    assert house.warehouse.on_hand(tea) == {"A-01": ("10", "0")}


def test_a_hold_that_nobody_confirms_expires_and_a_confirmed_one_stays(
    inventory: InventoryService, house: House
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    held, kept = house.warehouse.reserve((tea, "4"), hold_minutes=5), house.warehouse.reserve((tea, "3"))
    house.warehouse.confirm(kept.name)
    inventory.clock.pass_time(minutes=6)
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.confirm(held.name)
    assert reason(refused.value) == "RESERVATION_ENDED"
    inventory.clock.pass_time(hours=1)
    inventory.run_timer("expire-reservations")
    assert house.warehouse.reservation(held.name).state == reservations.STOCK_RESERVATION_STATE_EXPIRED
    assert house.warehouse.reservation(kept.name).state == reservations.STOCK_RESERVATION_STATE_CONFIRMED
    assert house.warehouse.on_hand(tea) == {"A-01": ("10", "3")}


@pytest.mark.clause("WHS-3")
def test_an_issue_takes_from_its_reservation_in_parts_until_it_is_used_up(house: House) -> None:
    tea = house.item("TEA")
    house.receive(tea, "5")
    held = house.warehouse.reserve((tea, "5"))
    for value, state in (("2", STATE.STOCK_RESERVATION_STATE_HELD), ("3", STATE.STOCK_RESERVATION_STATE_USED)):
        house.warehouse.post(line(tea, house.first, house.carrier, value), reservation=held.name)
        assert house.warehouse.reservation(held.name).state == state
    assert house.warehouse.on_hand(tea) == {}
    assert house.warehouse.release(held.name).state == STATE.STOCK_RESERVATION_STATE_USED


@pytest.mark.clause("WHS-3")
def test_no_more_is_issued_from_a_reservation_than_it_holds_there(house: House) -> None:
    tea = house.item("TEA")
    house.receive(tea, "5")
    house.receive(tea, "9", house.second)
    held = house.warehouse.reserve((tea, "4"))
    for place in (house.first, house.second):
        with pytest.raises(grpc.RpcError) as refused:
            house.warehouse.post(line(tea, place, house.carrier, "5"), reservation=held.name)
        assert reason(refused.value) == "RESERVATION_SHORT"
    assert house.warehouse.reservation(held.name).lines[0].issued.value == "0"


def test_what_expires_first_goes_first_and_the_expired_not_at_all(house: House) -> None:
    milk = house.item("MILK", tracking=items.ITEM_TRACKING_LOT)
    for lot, expiry in (("OLD", "2001-01-01"), ("LATE", "2150-01-01"), ("SOON", "2149-01-01")):
        house.warehouse.post(line(milk, house.supplier, house.first, "5", lot=lot, expiry_date=expiry))
    house.warehouse.reserve((milk, "7"))
    held = {one.lot: one.reserved.value for one in house.warehouse.balances(item=milk.name)}
    assert held == {"OLD": "0", "SOON": "5", "LATE": "2"}
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.reserve((milk, "4"))
    assert reason(refused.value) == "STOCK_SHORT"


def test_goods_in_packing_and_inspection_are_not_for_sale(house: House) -> None:
    tea = house.item("TEA")
    house.receive(tea, "5", house.inspection)
    house.receive(tea, "5", house.packing)
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.reserve((tea, "1"))
    assert reason(refused.value) == "STOCK_SHORT"


def test_the_feed_tells_that_a_reservation_changed_and_not_what_for(
    inventory: InventoryService, house: House, name: str
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "5")
    house.warehouse.reserve((tea, "1"), name=name, purpose="order of a customer")
    house.warehouse.release(name)
    inventory.run_timer("sequence")
    answer = inventory.feed.ListEvents(feed_pb2.ListEventsRequest(page_size=1000), metadata=inventory.everything)
    told = [one.reservation_changed for one in answer.events if one.reservation_changed.name == name]
    assert [one.state for one in told] == [
        STATE.STOCK_RESERVATION_STATE_HELD,
        STATE.STOCK_RESERVATION_STATE_RELEASED,
    ]
    assert "customer" not in str(answer)
