"""Goods are received against their delivery note: accepted whole, in part or not at all, as the count says (WHS-1)."""

import grpc
import pytest
from bylaw.inventory.v1 import deliveries_pb2 as deliveries
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw_chassis.status import refusal_from

from tests.builders.inventory import InventoryService
from tests.builders.receiving import (
    ACCEPTED,
    CLOSED,
    IN_PART,
    OPEN,
    REFUSED,
    RETURNED,
    Dock,
    announced,
    counted,
    refusal_of,
    taken,
)
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House

STAYS, CLOSES, BACK = (
    deliveries.NOTE_OUTCOME_STAYS_OPEN,
    deliveries.NOTE_OUTCOME_CLOSES,
    deliveries.NOTE_OUTCOME_GOES_BACK,
)


@pytest.mark.clause("WHS-1")
def test_a_delivery_as_announced_is_accepted_and_its_note_closes(
    inventory: InventoryService, house: House, dock: Dock
) -> None:
    tea = house.item("TEA")
    note = dock.note(announced(tea, "6"), announced(tea, "4"), expected_date="2026-03-02")
    assert [one.quantity.value for one in note.lines] == ["10"]
    begun = dock.start(note.name)
    assert [(one.announced.value, one.counted.value) for one in begun.compared_lines] == [("10", "0")]
    dock.record(begun.name, counted(tea, "10"))
    finished = dock.finish(begun.name)
    assert not finished.compared_lines[0].differences
    made = dock.decide(begun.name, ACCEPTED)
    assert made.lines[0].accepted.value == "10"
    assert house.warehouse.on_hand(tea) == {"LOOK": ("10", "0")}
    request = stock.GetStockMovementRequest(name=made.stock_movement)
    movement = inventory.stock.GetStockMovement(request, metadata=inventory.everything)
    assert (movement.kind, movement.papers[0].number) == (stock.STOCK_MOVEMENT_KIND_RECEIPT, note.number)
    ended = dock.shown(note.name)
    assert (ended.state, ended.lines[0].accepted.value) == (CLOSED, "10")
    assert_sound(inventory)


@pytest.mark.clause("WHS-1")
def test_a_note_stays_open_over_several_deliveries_until_all_of_it_is_there(house: House, dock: Dock) -> None:
    tea, cup = house.item("TEA"), house.item("CUP")
    note = dock.note(announced(tea, "10"), announced(cup, "2"))
    first = dock.arrived(note.name, counted(tea, "7"), partial=True)
    assert [list(one.differences) for one in dock.delivery(first).compared_lines] == [[], []]
    dock.decide(first, ACCEPTED)
    shown = dock.shown(note.name)
    assert (shown.state, [one.accepted.value for one in shown.lines]) == (OPEN, ["7", "0"])
    second = dock.arrived(note.name, counted(tea, "3"), counted(cup, "2"))
    assert [one.accepted_before.value for one in dock.delivery(second).compared_lines] == ["7", "0"]
    dock.decide(second, ACCEPTED)
    assert dock.shown(note.name).state == CLOSED
    assert [one.accepted_before.value for one in dock.delivery(first).compared_lines] == ["0", "0"]
    assert house.warehouse.on_hand(tea) == {"LOOK": ("10", "0")}
    assert refusal_of(lambda: dock.start(note.name)) == "DELIVERY_NOTE_ENDED"


@pytest.mark.clause("WHS-1", "WHS-2")
def test_only_what_is_fit_is_accepted_and_the_rest_is_refused_with_reason_and_photo(house: House, dock: Dock) -> None:
    tea = house.item("TEA")
    note = dock.note(announced(tea, "10"))
    name = dock.arrived(note.name, counted(tea, "7", damaged="2", other_variety="1"))
    assert list(dock.delivery(name).compared_lines[0].differences) == [
        deliveries.DELIVERY_DIFFERENCE_DAMAGED,
        deliveries.DELIVERY_DIFFERENCE_OTHER_VARIETY,
    ]
    why = {"reason": "two broken, one green"}
    assert refusal_of(lambda: dock.decide(name, ACCEPTED, **why)) == "DELIVERY_NOT_FIT"
    assert refusal_of(lambda: dock.decide(name, IN_PART, taken(tea, "8"), **why)) == "ACCEPTED_BEYOND_COUNT"
    twice = (taken(tea, "4"), taken(tea, "4"))
    assert refusal_of(lambda: dock.decide(name, IN_PART, *twice, **why)) == "ACCEPTED_BEYOND_COUNT"
    assert refusal_of(lambda: dock.decide(name, IN_PART, taken(tea, "7"))) == "REFUSAL_UNEXPLAINED"
    assert refusal_of(lambda: dock.decide(name, IN_PART, taken(tea, "7"), **why)) == "REFUSAL_UNPROVEN"
    assert house.warehouse.on_hand(tea) == {}
    dock.photo(name)
    made = dock.decide(name, IN_PART, taken(tea, "7"), **why)
    assert (made.lines[0].damaged.value, made.lines[0].accepted.value, len(made.photos)) == ("2", "7", 1)
    assert house.warehouse.on_hand(tea) == {"LOOK": ("7", "0")}
    assert dock.shown(note.name).state == OPEN


@pytest.mark.clause("WHS-2")
def test_a_refused_delivery_enters_nothing_and_goes_back_if_asked(house: House, dock: Dock) -> None:
    tea = house.item("TEA")
    note = dock.note(announced(tea, "10"))
    name = dock.arrived(note.name, counted(tea, "10"))
    dock.photo(name)
    made = dock.decide(name, REFUSED, reason="not what we ordered", note_outcome=BACK)
    assert (made.stock_movement, made.lines[0].accepted.value) == ("", "0")
    assert house.warehouse.on_hand(tea) == {}
    ended = dock.shown(note.name)
    assert (ended.state, ended.end_reason) == (RETURNED, "not what we ordered")


@pytest.mark.clause("WHS-1")
def test_more_than_announced_and_tolerated_is_accepted_for_a_reason_alone(house: House, dock: Dock) -> None:
    tea = house.item("TEA", unit="kg", fraction_digits=3)
    exact = dock.note(announced(tea, "100"))
    name = dock.arrived(exact.name, counted(tea, "100.002"))
    assert list(dock.delivery(name).compared_lines[0].differences) == [deliveries.DELIVERY_DIFFERENCE_OVER]
    with pytest.raises(grpc.RpcError) as refused:
        dock.decide(name, ACCEPTED)
    told = refusal_from(refused.value)
    assert (told.reason, told.violations[0].field) == ("OVER_TOLERANCE", "lines[0]")
    made = dock.decide(name, ACCEPTED, over_reason="the scale says so")
    assert (made.over_reason, made.lines[0].accepted.value) == ("the scale says so", "100.002")
    rule = dock.tolerate(tea, over="0.002", under="2.5")
    assert (rule.over_percent, rule.under_percent) == ("0.002", "2.5")
    for value, differs in (("100.002", False), ("100.003", True), ("97.5", False), ("97.499", True)):
        name = dock.arrived(dock.note(announced(tea, "100")).name, counted(tea, value))
        assert bool(dock.delivery(name).compared_lines[0].differences) is differs, value
    within = dock.arrived(dock.note(announced(tea, "100")).name, counted(tea, "97.5"))
    dock.decide(within, ACCEPTED)
    assert dock.shown(dock.delivery(within).delivery_note).state == CLOSED


@pytest.mark.clause("WHS-1")
def test_two_deliveries_together_are_over_though_each_alone_is_not(house: House, dock: Dock) -> None:
    tea = house.item("TEA")
    note = dock.note(announced(tea, "10"), announced(house.item("CUP"), "1"))
    first, second = (dock.arrived(note.name, counted(tea, "6"), partial=True) for _ in range(2))
    dock.decide(first, ACCEPTED)
    assert refusal_of(lambda: dock.decide(second, ACCEPTED)) == "OVER_TOLERANCE"
    dock.photo(second)
    dock.decide(second, IN_PART, taken(tea, "4"), reason="two too many")
    assert house.warehouse.on_hand(tea) == {"LOOK": ("10", "0")}


@pytest.mark.clause("WHS-1")
def test_what_the_note_does_not_announce_is_counted_and_accepted_for_a_reason_alone(house: House, dock: Dock) -> None:
    tea, cup = house.item("TEA"), house.item("CUP")
    name = dock.arrived(dock.note(announced(tea, "1")).name, counted(tea, "1"), counted(cup, "2"))
    found = dock.delivery(name).compared_lines[1]
    assert (found.announced.value, list(found.differences)) == ("0", [deliveries.DELIVERY_DIFFERENCE_UNANNOUNCED])
    assert refusal_of(lambda: dock.decide(name, ACCEPTED)) == "OVER_TOLERANCE"
    dock.decide(name, ACCEPTED, over_reason="a gift")
    assert house.warehouse.on_hand(cup) == {"LOOK": ("2", "0")}


@pytest.mark.clause("WHS-1")
def test_a_lot_is_received_as_counted_and_an_expired_one_is_refused_on_arrival(house: House, dock: Dock) -> None:
    milk = house.item("MILK", tracking=items.ITEM_TRACKING_LOT)
    note = dock.note(announced(milk, "5", lot="A", expiry_date="2027-01-01"), announced(milk, "5"))
    fresh, old = {"lot": "A", "expiry_date": "2027-01-01"}, {"lot": "B", "expiry_date": "2020-01-01"}
    name = dock.arrived(note.name, counted(milk, "5", **fresh), counted(milk, "5", **old))
    compared = dock.delivery(name).compared_lines
    assert [(one.lot, one.counted.value) for one in compared] == [("A", "5"), ("", "5")]
    assert list(compared[1].differences) == [deliveries.DELIVERY_DIFFERENCE_EXPIRY]
    assert refusal_of(lambda: dock.decide(name, ACCEPTED)) == "LOT_EXPIRED"
    dock.photo(name)
    with pytest.raises(grpc.RpcError) as refused:
        dock.decide(name, IN_PART, taken(milk, "5", lot="B"), reason="the fresh ones are dented")
    assert [one.field for one in refusal_from(refused.value).violations] == ["lines[0].lot"]
    dock.decide(name, IN_PART, taken(milk, "5", lot="A"), reason="expired")
    (balance,) = house.warehouse.balances(item=milk.name)
    assert (balance.lot, balance.expiry_date, balance.on_hand.value) == ("A", "2027-01-01", "5")


@pytest.mark.clause("WHS-1")
def test_a_lot_with_another_expiry_than_on_record_is_seen_and_not_accepted(house: House, dock: Dock) -> None:
    milk = house.item("MILK", tracking=items.ITEM_TRACKING_LOT)
    first = dock.arrived(dock.note(announced(milk, "1")).name, counted(milk, "1", lot="A", expiry_date="2027-01-01"))
    dock.decide(first, ACCEPTED)
    note = dock.note(announced(milk, "1", lot="A", expiry_date="2027-01-01"))
    name = dock.arrived(note.name, counted(milk, "1", lot="A", expiry_date="2028-01-01"))
    assert list(dock.delivery(name).compared_lines[0].differences) == [deliveries.DELIVERY_DIFFERENCE_EXPIRY]
    assert refusal_of(lambda: dock.decide(name, ACCEPTED)) == "LOT_DIFFERS"
