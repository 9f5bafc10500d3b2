"""What is decided on a delivery has its place, its note and its receipt, and is decided once (WHS-1)."""

import pytest
from bylaw.inventory.v1 import deliveries_pb2 as deliveries
from bylaw.inventory.v1 import warehouses_pb2 as warehouses

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
from tests.integration.inventory.test_stock_at_once import at_once

STAYS, CLOSES, BACK = (
    deliveries.NOTE_OUTCOME_STAYS_OPEN,
    deliveries.NOTE_OUTCOME_CLOSES,
    deliveries.NOTE_OUTCOME_GOES_BACK,
)


@pytest.mark.clause("WHS-1")
def test_what_becomes_of_the_note_follows_from_its_quantities(house: House, dock: Dock) -> None:
    tea = house.item("TEA")
    whole = dock.arrived(dock.note(announced(tea, "2")).name, counted(tea, "2"))
    assert refusal_of(lambda: dock.decide(whole, ACCEPTED, note_outcome=STAYS)) == "NOTE_OUTCOME_REFUSED"
    assert refusal_of(lambda: dock.decide(whole, ACCEPTED, note_outcome=BACK)) == "NOTE_OUTCOME_REFUSED"
    dock.photo(whole)
    gone = {"reason": "wet", "note_outcome": CLOSES}
    assert refusal_of(lambda: dock.decide(whole, REFUSED, **gone)) == "NOTE_OUTCOME_REFUSED"
    note = dock.note(announced(tea, "9"))
    short, other = dock.arrived(note.name, counted(tea, "8")), dock.start(note.name).name
    assert refusal_of(lambda: dock.decide(short, ACCEPTED, note_outcome=CLOSES)) == "NOTE_OUTCOME_REFUSED"
    dock.call_off(other)
    assert refusal_of(lambda: dock.decide(short, ACCEPTED, note_outcome=CLOSES)) == "REFUSAL_UNEXPLAINED"
    dock.decide(short, ACCEPTED, note_outcome=CLOSES, reason="the ninth was lost")
    assert dock.shown(note.name).state == CLOSED


@pytest.mark.clause("WHS-1")
def test_a_note_is_closed_by_hand_once_its_deliveries_are_decided(house: House, dock: Dock) -> None:
    tea = house.item("TEA")
    note = dock.note(announced(tea, "9"))
    assert refusal_of(lambda: dock.close(note.name)) == "DELIVERY_NOTE_UNMET"
    name = dock.arrived(note.name, counted(tea, "8"))
    assert refusal_of(lambda: dock.close(note.name)) == "DELIVERY_UNDECIDED"
    dock.decide(name, ACCEPTED)
    assert dock.close(note.name).state == CLOSED
    assert refusal_of(lambda: dock.close(note.name)) == "DELIVERY_NOTE_ENDED"
    other = dock.note(announced(tea, "9"))
    refused = dock.arrived(other.name, counted(tea, "9"))
    dock.photo(refused)
    dock.decide(refused, REFUSED, reason="mouldy")
    assert dock.close(other.name).state == RETURNED


@pytest.mark.clause("WHS-1")
def test_a_receipt_that_was_a_mistake_is_reversed_and_its_note_opened_again(house: House, dock: Dock) -> None:
    tea = house.item("TEA")
    note = dock.note(announced(tea, "9"))
    assert refusal_of(lambda: dock.reopen(note.name)) == "DELIVERY_NOTE_OPEN"
    made = dock.decide(dock.arrived(note.name, counted(tea, "9")), ACCEPTED)
    house.warehouse.reverse(made.stock_movement)
    closed = dock.shown(note.name)
    assert (closed.state, closed.lines[0].accepted.value) == (CLOSED, "0")
    assert refusal_of(lambda: dock.reopen(note.name, "")) == "FIELD_INVALID"
    opened = dock.reopen(note.name)
    assert (opened.state, opened.reopen_reason, opened.end_reason) == (OPEN, "closed by mistake", "")
    assert dock.shown(note.name) == opened
    dock.decide(dock.arrived(note.name, counted(tea, "9")), ACCEPTED)
    assert house.warehouse.on_hand(tea) == {"LOOK": ("9", "0")}
    assert dock.shown(note.name).state == CLOSED


@pytest.mark.clause("WHS-1")
def test_what_is_accepted_goes_where_it_is_sent(house: House, dock: Dock) -> None:
    tea, cup = house.item("TEA"), house.item("CUP")
    goods = (announced(tea, "2"), announced(cup, "2"))
    name = dock.arrived(dock.note(*goods).name, counted(tea, "2"), counted(cup, "2"))
    assert refusal_of(lambda: dock.decide(name, ACCEPTED, put_away=True)) == "FIXED_PLACE_MISSING"
    dock.fix(tea, house.first)
    dock.fix(cup, house.second)
    both = {"put_away": True, "to_place": house.first}
    assert refusal_of(lambda: dock.decide(name, ACCEPTED, **both)) == "FIELD_INVALID"
    assert refusal_of(lambda: dock.decide(name, ACCEPTED, to_place=house.first)) == "PLACE_NOT_FIXED"
    assert refusal_of(lambda: dock.decide(name, ACCEPTED, to_place=house.customer)) == "MOVEMENT_NOT_ALLOWED"
    assert refusal_of(lambda: dock.decide(name, ACCEPTED, to_place=house.supplier)) == "PLACE_NOT_FOUND"
    dock.decide(name, ACCEPTED, put_away=True)
    assert (house.warehouse.on_hand(tea), house.warehouse.on_hand(cup)) == ({"A-01": ("2", "0")}, {"A-02": ("2", "0")})
    again = dock.arrived(dock.note(*goods).name, counted(tea, "2"), counted(cup, "2"))
    lines = taken(tea, "1", to_place=house.packing), taken(tea, "1"), taken(cup, "2", to_place=house.first)
    dock.decide(again, IN_PART, *lines, reason="its shelf is full")
    assert house.warehouse.on_hand(tea) == {"A-01": ("2", "0"), "PACK": ("1", "0"), "LOOK": ("1", "0")}


@pytest.mark.clause("WHS-1")
def test_two_keepers_who_accept_one_delivery_at_once_make_one_receipt(
    inventory: InventoryService, house: House, dock: Dock
) -> None:
    tea = house.item("TEA")
    name = dock.arrived(dock.note(announced(tea, "9")).name, counted(tea, "9"))
    said = at_once([lambda: dock.decide(name, ACCEPTED)] * 4)
    assert sorted(one for one in said if isinstance(one, str)) == ["DELIVERY_ENDED"] * 3
    assert house.warehouse.on_hand(tea) == {"LOOK": ("9", "0")}
    assert_sound(inventory)


@pytest.mark.clause("WHS-1")
def test_two_deliveries_decided_at_once_are_never_over_together(house: House, dock: Dock) -> None:
    tea = house.item("TEA")
    note = dock.note(announced(tea, "10"), announced(house.item("CUP"), "1"))
    names = [dock.arrived(note.name, counted(tea, "6"), partial=True) for _ in range(4)]
    said = at_once([lambda name=name: dock.decide(name, ACCEPTED) for name in names])
    assert sorted(one for one in said if isinstance(one, str)) == ["OVER_TOLERANCE"] * 3
    assert dock.shown(note.name).lines[0].accepted.value == "6"


@pytest.mark.clause("WHS-1")
@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("0", "", "QUANTITY_INVALID"),
        ("-1", "", "QUANTITY_INVALID"),
        ("1e30", "", "QUANTITY_INVALID"),
        ("0.30000000000000004", "", "QUANTITY_INVALID"),
        ("0.3", "", "QUANTITY_INVALID"),
        ("1", "box", "QUANTITY_UNIT_UNKNOWN"),
        ("", "", "QUANTITY_INVALID"),
    ],
)
def test_a_part_that_is_no_quantity_is_refused_and_decides_nothing(
    house: House, dock: Dock, value: str, unit: str, said: str
) -> None:
    tea = house.item("TEA")
    name = dock.arrived(dock.note(announced(tea, "9")).name, counted(tea, "9"))
    line = taken(tea, value)
    line.quantity.unit = unit
    assert refusal_of(lambda: dock.decide(name, IN_PART, line)) == said
    assert dock.delivery(name).state == deliveries.DELIVERY_STATE_COUNTED


@pytest.mark.clause("WHS-1")
def test_a_decision_that_makes_no_sense_is_refused(house: House, dock: Dock) -> None:
    tea, cup = house.item("TEA"), house.item("CUP")
    name = dock.start(dock.note(announced(tea, "9")).name).name
    dock.record(name, counted(tea, "9"))
    assert refusal_of(lambda: dock.decide(name, ACCEPTED)) == "DELIVERY_NOT_COUNTED"
    dock.finish(name)
    assert refusal_of(lambda: dock.decide(name, 0)) == "FIELD_INVALID"
    assert refusal_of(lambda: dock.decide(name, IN_PART)) == "FIELD_INVALID"
    assert refusal_of(lambda: dock.decide(name, ACCEPTED, taken(tea, "9"))) == "FIELD_INVALID"
    assert refusal_of(lambda: dock.decide(name, IN_PART, taken(cup, "9"))) == "ITEM_NOT_FOUND"
    assert refusal_of(lambda: dock.decide(name, IN_PART, taken(tea, "9", lot="X"))) == "ITEM_NOT_FOUND"
    assert refusal_of(lambda: dock.decide(name, ACCEPTED, book_date="2025-01-01")) == "DAY_NOT_OPEN"
    dock.decide(name, ACCEPTED)
    assert refusal_of(lambda: dock.decide(name, REFUSED, reason="x")) == "DELIVERY_ENDED"


@pytest.mark.clause("WHS-1")
def test_without_one_place_to_look_at_goods_a_place_is_asked_for(house: House, dock: Dock) -> None:
    tea = house.item("TEA")
    house.warehouse.place("LOOK-2", warehouses.PLACE_KIND_INSPECTION)
    name = dock.arrived(dock.note(announced(tea, "9")).name, counted(tea, "9"))
    assert refusal_of(lambda: dock.decide(name, ACCEPTED)) == "FIELD_INVALID"
    dock.decide(name, ACCEPTED, to_place=house.inspection)
    assert house.warehouse.on_hand(tea) == {"LOOK": ("9", "0")}
