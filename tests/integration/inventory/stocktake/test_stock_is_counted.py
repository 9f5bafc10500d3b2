"""Keeper and finance count the stock: opened jointly, counted blind, compared with the book of the instant (WHS-6)."""

from datetime import datetime

import pytest
from bylaw.inventory.v1 import feed_pb2
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw.inventory.v1 import stocktakes_pb2 as messages
from google.protobuf.timestamp_pb2 import Timestamp

from tests.builders.decisions import refusal
from tests.builders.inventory import InventoryService, line
from tests.builders.stocktakes import (
    COUNTED,
    COUNTER,
    COUNTING,
    DAMAGE,
    DONE,
    EXPLAINING,
    FINANCE,
    KEEPER,
    RECOUNT,
    SHORTAGE,
    SUBMITTED,
    SURPLUS,
    UNCOUNTED,
    Counting,
    count,
)
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House

pytestmark = pytest.mark.clause("WHS-6")


def at(instant: datetime) -> Timestamp:
    """An instant of the contract."""
    made = Timestamp()
    made.FromDatetime(instant)
    return made


def found(counting: Counting, made: messages.Stocktake) -> dict[int, str]:
    """How much differs, by its kind."""
    return {int(one.kind): one.quantity.value for one in counting.differences(made)}


def test_what_was_counted_is_in_the_book_once_it_is_approved(
    inventory: InventoryService, house: House, counting: Counting
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    made = counting.begun()
    counting.confirmed(made, count(tea, house.first, "7", "1"))
    made = counting.sent(made)
    assert made.state == SUBMITTED
    assert house.warehouse.on_hand(tea) == {"A-01": ("10", "0")}
    made = counting.decide(made)
    assert (made.state, made.decision_outcome, len(made.movements)) == (DONE, "agreed", 1)
    assert house.warehouse.on_hand(tea) == {"A-01": ("7", "0")}
    beyond = {one.place: one.on_hand.value for one in house.warehouse.balances(show_beyond_the_door=True)}
    assert (beyond[house.lost], beyond[house.scrap]) == ("2", "1")
    shown = inventory.stock.GetStockMovement(
        stock.GetStockMovementRequest(name=made.movements[0]), metadata=inventory.everything
    )
    assert (shown.kind, shown.reason) == (stock.STOCK_MOVEMENT_KIND_STOCKTAKE, made.name)
    assert {one.movement for one in counting.differences(made)} == {made.movements[0]}
    assert_sound(inventory)


def test_nothing_is_counted_before_finance_has_joined_and_both_are_on_record(house: House, counting: Counting) -> None:
    tea = house.item("TEA")
    opened = counting.open()
    assert refusal(lambda: counting.record(opened, count(tea, house.first, "1"))) == "STOCKTAKE_NOT_IN_STATE"
    assert refusal(lambda: counting.end(opened)) == "STOCKTAKE_NOT_IN_STATE"
    joined = counting.join(opened)
    assert (joined.keeper, joined.finance) == (counting.person(KEEPER), counting.person(FINANCE))
    assert (joined.state, joined.HasField("start_time")) == (COUNTING, True)
    assert counting.join(opened) == joined


def test_who_counts_sees_no_quantities_and_not_what_others_counted(house: House, counting: Counting) -> None:
    tea, ink = house.item("TEA"), house.item("INK")
    house.receive(tea, "10")
    house.receive(ink, "4", house.second)
    made = counting.begun()
    counting.record(made, count(tea, house.first, "9"))
    shown = {one.item: one for one in counting.lines(made)}
    assert {one: line.state for one, line in shown.items()} == {tea.name: RECOUNT, ink.name: UNCOUNTED}
    assert [line for line in shown.values() if line.HasField("quantity") or line.HasField("book")] == []
    assert [one.quantity.value for one in counting.counts(made)] == ["9"]
    assert counting.counts(made, FINANCE) == []
    assert counting.differences(made) == []
    counting.record(made, count(tea, house.first, "9"), count(ink, house.second, "4"), who=FINANCE)
    counting.end(made)
    shown = {one.item: one for one in counting.lines(made)}
    assert (shown[tea.name].quantity.value, shown[tea.name].book.value) == ("9", "10")
    assert len(counting.counts(made, FINANCE)) == 3
    assert {one.state for one in counting.lines(made, COUNTED)} == {COUNTED}


def test_goods_that_nobody_counted_are_listed_and_have_to_be_counted(house: House, counting: Counting) -> None:
    tea, ink = house.item("TEA"), house.item("INK")
    house.receive(tea, "10")
    house.receive(ink, "4", house.second)
    made = counting.begun()
    counting.record(made, count(tea, house.first, "10"))
    (missing,) = counting.lines(made, UNCOUNTED)
    assert (missing.item, missing.place) == (ink.name, house.second)
    assert refusal(lambda: counting.end(made)) == "STOCKTAKE_UNCOUNTED"
    counting.confirmed(made, count(ink, house.second, "0"))
    assert counting.end(made).state == EXPLAINING
    assert found(counting, made) == {SHORTAGE: "4"}


def test_the_count_that_was_made_last_stands_and_all_stay_on_record(
    inventory: InventoryService, house: House, counting: Counting
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    made = counting.begun()
    early = inventory.clock.now
    inventory.clock.pass_time(minutes=5)
    counting.record(made, count(tea, house.first, "10"))
    counting.record(made, count(tea, house.first, "3", at=at(early)))
    assert counting.end(made).state == EXPLAINING
    assert counting.differences(made) == []
    assert [(one.number, one.quantity.value) for one in counting.counts(made)] == [(1, "10"), (2, "3")]


def test_a_difference_beyond_tolerance_takes_the_count_of_a_second_person(house: House, counting: Counting) -> None:
    tea = house.item("TEA")
    house.receive(tea, "100")
    made = counting.begun(tolerance=messages.StocktakeTolerance(percent="2.5"))
    counting.record(made, count(tea, house.first, "97"))
    counting.record(made, count(tea, house.first, "97"))
    assert refusal(lambda: counting.end(made)) == "STOCKTAKE_RECOUNT_NEEDED"
    counting.record(made, count(tea, house.first, "97"), who=COUNTER)
    counting.end(made)
    assert found(counting, made) == {SHORTAGE: "3"}
    assert {one.counted_by for one in counting.counts(made)} == {counting.person(KEEPER), counting.person(COUNTER)}


@pytest.mark.parametrize(
    ("tolerance", "counted"),
    [
        (messages.StocktakeTolerance(percent="2.5"), "97.5"),
        (messages.StocktakeTolerance(quantity="3"), "103"),
        (messages.StocktakeTolerance(), "100"),
    ],
)
def test_a_difference_within_tolerance_takes_one_person(
    house: House, counting: Counting, tolerance: messages.StocktakeTolerance, counted: str
) -> None:
    tea = house.item("TEA", fraction_digits=1)
    house.receive(tea, "100")
    made = counting.begun(tolerance=tolerance)
    counting.record(made, count(tea, house.first, counted))
    assert counting.end(made).state == EXPLAINING


def test_goods_that_move_meanwhile_are_compared_with_the_book_of_the_instant(
    inventory: InventoryService, house: House, counting: Counting
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    made = counting.begun()
    inventory.clock.pass_time(minutes=1)
    counted_at = inventory.clock.now
    inventory.clock.pass_time(minutes=1)
    house.receive(tea, "5")
    house.warehouse.post(line(tea, house.first, house.customer, "3"))
    inventory.clock.pass_time(minutes=1)
    counting.confirmed(made, count(tea, house.first, "9", at=at(counted_at)))
    house.receive(tea, "2")
    made = counting.sent(made)
    assert found(counting, made) == {SHORTAGE: "1"}
    house.warehouse.post(line(tea, house.first, house.customer, "4"))
    counting.decide(made)
    assert house.warehouse.on_hand(tea) == {"A-01": ("9", "0")}  # 9 counted, then + 5 - 3 + 2 - 4


def test_a_movement_posted_late_for_the_day_before_is_of_the_time_before_the_count(
    inventory: InventoryService, house: House, counting: Counting
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    yesterday = inventory.clock.now.date().isoformat()
    inventory.clock.pass_time(hours=24)
    made = counting.begun()
    counting.record(made, count(tea, house.first, "7"))
    inventory.clock.pass_time(minutes=1)
    house.warehouse.post(line(tea, house.first, house.customer, "3"), book_date=yesterday)
    counting.end(made)
    assert counting.differences(made) == []


def test_a_mistake_reversed_after_the_count_is_no_difference(
    inventory: InventoryService, house: House, counting: Counting
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    mistake = house.warehouse.post(line(tea, house.supplier, house.first, "5"))
    made = counting.begun()
    counting.record(made, count(tea, house.first, "10"))
    inventory.clock.pass_time(minutes=1)
    house.warehouse.reverse(mistake.name)
    counting.end(made)
    assert counting.differences(made) == []


def test_surplus_shortage_and_damage_are_three_things(
    inventory: InventoryService, house: House, counting: Counting
) -> None:
    tea, ink = house.item("TEA"), house.item("INK")
    house.receive(tea, "10")
    house.receive(ink, "4", house.second)
    made = counting.begun()
    counting.confirmed(made, count(tea, house.first, "6", "1"), count(ink, house.second, "5", "2"))
    counting.decide(counting.sent(made))
    by_item = {(one.item, int(one.kind)): one.quantity.value for one in counting.differences(made)}
    assert by_item == {
        (tea.name, SHORTAGE): "3",
        (tea.name, DAMAGE): "1",
        (ink.name, SURPLUS): "3",
        (ink.name, DAMAGE): "2",
    }
    assert house.warehouse.on_hand(tea) == {"A-01": ("6", "0")}
    assert house.warehouse.on_hand(ink) == {"A-02": ("5", "0")}
    assert_sound(inventory)


def test_goods_found_in_a_place_where_the_book_has_none_are_a_surplus(
    inventory: InventoryService, house: House, counting: Counting
) -> None:
    milk = house.item("MILK", tracking=items.ITEM_TRACKING_LOT)
    made = counting.begun(places=[house.first])
    counting.confirmed(made, count(milk, house.first, "2", lot="L9", expiry_date="2150-01-01"))
    counting.decide(counting.sent(made))
    (balance,) = house.warehouse.balances()
    assert (balance.on_hand.value, balance.lot, balance.expiry_date) == ("2", "L9", "2150-01-01")
    assert_sound(inventory)


def test_a_serial_number_found_at_another_place_is_moved_by_its_two_differences(
    inventory: InventoryService, house: House, counting: Counting
) -> None:
    phone = house.item("PHONE", tracking=items.ITEM_TRACKING_SERIAL)
    house.warehouse.post(line(phone, house.supplier, house.first, "1", lot="S1"))
    made = counting.begun()
    here, there = (count(phone, place, value, lot="S1") for place, value in ((house.first, "0"), (house.second, "1")))
    counting.confirmed(made, here, there)
    counting.decide(counting.sent(made))
    assert house.warehouse.on_hand(phone) == {"A-02": ("1", "0")}
    assert_sound(inventory)


def test_where_nothing_differs_there_is_nothing_to_decide(house: House, counting: Counting) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    made = counting.begun()
    counting.record(made, count(tea, house.first, "10"))
    counting.end(made)
    counting.signed(made)
    made = counting.submit(made)
    assert (made.state, made.decision, list(made.movements)) == (DONE, "", [])
    assert counting.submit(made).state == DONE


def test_named_places_and_items_are_counted_alone(house: House, counting: Counting) -> None:
    tea, ink = house.item("TEA"), house.item("INK")
    for item, place in ((tea, house.first), (tea, house.second), (ink, house.first)):
        house.receive(item, "1", place)
    made = counting.begun(places=[house.first], items=[tea.name])
    (only,) = counting.lines(made)
    assert (only.item, only.place) == (tea.name, house.first)


def test_each_step_is_told_in_the_feed(inventory: InventoryService, house: House, counting: Counting) -> None:
    made = counting.begun()
    counting.cancel(made)
    request = feed_pb2.ListEventsRequest(page_size=1000)
    events = inventory.feed.ListEvents(request, metadata=inventory.everything).events
    told = [one.stocktake_changed for one in events if one.stocktake_changed.name == made.name]
    assert [messages.StocktakeState.Name(one.state)[16:] for one in told] == ["OPENED", "COUNTING", "CANCELLED"]
    assert {one.warehouse for one in told} == {house.warehouse.name}
