"""What a note announces and a keeper counts in cartons is on the card in cartons, beside its pieces (WHS-1, WHS-4)."""

from typing import Any

import pytest
from bylaw.inventory.v1 import codes_pb2, codes_pb2_grpc, deliveries_pb2
from bylaw.inventory.v1 import items_pb2 as items

from tests.builders.inventory import InventoryService
from tests.builders.receiving import ACCEPTED, IN_PART, Dock, announced
from tests.builders.units import counted_in, much, set_units, told, unit
from tests.integration.inventory.conftest import House
from tests.integration.inventory.units.conftest import Packed

CARTON_GTIN = "36901234567893"


@pytest.mark.clause("WHS-1")
def test_a_note_in_cartons_is_counted_in_pieces_and_accepted_in_cartons(
    house: House, dock: Dock, packed: Packed
) -> None:
    note = dock.note(announced(packed.tea, "3", "carton"), announced(packed.tea, "2", "carton"))
    assert [(told(one.quantity), told(one.stated_quantity)) for one in note.lines] == [("120 piece", "5 carton")]
    assert dock.shown(note.name) == note
    delivery = dock.arrived(note.name, counted_in(packed.tea, "4 carton"), counted_in(packed.tea, "24"))
    (compared,) = dock.delivery(delivery).compared_lines
    assert (told(compared.announced), told(compared.counted)) == ("120 piece", "120 piece")
    lines = [
        deliveries_pb2.AcceptedLine(item=packed.tea.name, quantity=much(value), to_place=place)
        for value, place in (("4 carton", house.first), ("24", house.second))
    ]
    dock.decide(delivery, IN_PART, *lines)
    cards = [house.warehouse.card(balance.name)[0] for balance in house.warehouse.balances(item=packed.tea.name)]
    assert sorted((one.on_hand_difference, one.stated_difference) for one in cards) == [("24", ""), ("96", "4 carton")]


@pytest.mark.clause("WHS-1")
def test_announced_in_two_units_it_is_one_line_that_says_neither(dock: Dock, packed: Packed) -> None:
    note = dock.note(announced(packed.tea, "1", "carton"), announced(packed.tea, "6"))
    assert [(told(one.quantity), told(one.stated_quantity)) for one in note.lines] == [("30 piece", "")]


@pytest.mark.clause("WHS-1")
def test_a_blind_note_hides_what_was_stated_too(dock: Dock, packed: Packed) -> None:
    note = dock.note(announced(packed.tea, "1", "carton"), blind=True)
    assert not note.lines[0].HasField("stated_quantity")
    assert not note.lines[0].HasField("quantity")


@pytest.mark.clause("WHS-1", "GDS-1")
def test_a_cartons_barcode_counts_a_carton_and_says_how_many_pieces_it_is(
    inventory: InventoryService, house: House, dock: Dock, packed: Packed
) -> None:
    set_units(inventory, packed.tea, unit("carton", "24", barcode=CARTON_GTIN))
    stub = codes_pb2_grpc.CodesStub(inventory.channel)

    def scan(code: str) -> codes_pb2.ScannedCode:
        request = codes_pb2.ScanCodeRequest(parent=house.warehouse.name, code=code)
        return stub.ScanCode(request, metadata=inventory.everything)

    found = scan(CARTON_GTIN)
    assert (found.item, found.unit, told(found.quantity)) == (packed.tea.name, "carton", "24 piece")
    assert told(scan(f"02{CARTON_GTIN}3740").quantity) == "960 piece"
    own = scan(packed.tea.code)
    assert (own.unit, own.HasField("quantity")) == ("", False)
    note = dock.note(announced(packed.tea, "50"))
    delivery = dock.start(note.name).name
    dock.scan(delivery, barcode=CARTON_GTIN)
    assert told(dock.delivery(delivery).lines[0].fit) == "24 piece"
    dock.scan(delivery, value="2", barcode=CARTON_GTIN)
    in_pieces = deliveries_pb2.AddToCountRequest(name=delivery, barcode=CARTON_GTIN, quantity=much("5 piece"))
    dock.deliveries.AddToCount(in_pieces, metadata=dock.caller)
    assert told(dock.delivery(delivery).lines[0].fit) == "77 piece"
    dock.scan(delivery, barcode=CARTON_GTIN, take_off=True)
    assert told(dock.delivery(delivery).lines[0].fit) == "53 piece"


def scanned(dock: Dock, delivery: str, item: items.Item, stated: str, **more: Any) -> deliveries_pb2.Delivery:
    """So much more was counted."""
    request = deliveries_pb2.AddToCountRequest(name=delivery, item=item.name, quantity=much(stated), **more)
    return dock.deliveries.AddToCount(request, metadata=dock.caller)


@pytest.mark.clause("WHS-1", "WHS-4")
def test_what_was_announced_and_counted_in_cartons_is_in_cartons_on_the_card(
    inventory: InventoryService, house: House, dock: Dock, packed: Packed
) -> None:
    note = dock.note(announced(packed.tea, "3", "carton"))
    delivery = dock.start(note.name).name
    dock.record(delivery, counted_in(packed.tea, "4 carton"))
    scanned(dock, delivery, packed.tea, "2 carton", take_off=True)
    scanned(dock, delivery, packed.tea, "1 carton")
    (line_counted,) = dock.finish(delivery).lines
    assert (told(line_counted.fit), told(line_counted.stated_fit)) == ("72 piece", "3 carton")
    set_units(inventory, packed.tea, unit("carton", "20"))
    decided = dock.decide(delivery, ACCEPTED, to_place=house.first)
    assert decided.lines[0].accepted.value == "72"
    (balance,) = house.warehouse.balances(item=packed.tea.name)
    (entry,) = house.warehouse.card(balance.name)
    assert (entry.on_hand_difference, entry.stated_difference) == ("72", "3 carton")


@pytest.mark.clause("WHS-1")
def test_counted_in_several_units_a_delivery_says_its_own_alone(dock: Dock, packed: Packed) -> None:
    delivery = dock.start(dock.note(announced(packed.tea, "100")).name).name

    def stated() -> tuple[str, str]:
        (line_counted,) = dock.delivery(delivery).lines
        return told(line_counted.fit), told(line_counted.stated_fit)

    scanned(dock, delivery, packed.tea, "1 carton", condition=deliveries_pb2.GOODS_CONDITION_DAMAGED)
    scanned(dock, delivery, packed.tea, "2 carton")
    assert stated() == ("48 piece", "2 carton")
    scanned(dock, delivery, packed.tea, "2")
    assert stated() == ("50 piece", "")
    dock.record(delivery, counted_in(packed.tea, "2"), counted_in(packed.tea, "1 carton"))
    assert stated() == ("26 piece", "")
    other = dock.start(dock.note(announced(packed.tea, "9")).name).name
    dock.record(other, counted_in(packed.tea, "1 carton"), counted_in(packed.tea, "2 carton"))
    dock.record(other, counted_in(packed.tea, "2 carton"))
    (line_counted,) = dock.delivery(other).lines
    assert (told(line_counted.fit), told(line_counted.stated_fit)) == ("48 piece", "2 carton")
    scanned(dock, other, packed.tea, "2 carton", take_off=True)
    assert list(dock.delivery(other).lines) == []
