"""Wherever a quantity is stated it may be in cartons; stock is kept in pieces, and what was said stays beside it."""

from typing import Any
from uuid import uuid4

import grpc
import pytest
from bylaw.inventory.v1 import deliveries_pb2, put_away_pb2
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import reservations_pb2 as reservations
from bylaw_chassis.status import refusal_from

from tests.builders.inventory import line
from tests.builders.receiving import Dock, announced
from tests.builders.stock_books import StockBooks
from tests.builders.units import counted_in, much, told, unit
from tests.integration.inventory.conftest import House
from tests.integration.inventory.units.conftest import Packed


def refused(act: Any) -> dict[str, str]:
    """The places at fault with their reasons."""
    with pytest.raises(grpc.RpcError) as error:
        act()
    found = refusal_from(error.value)
    return {one.field: one.reason for one in found.violations} or {"": found.reason}


def reserve(house: House, item: items.Item, *wanted: str, name: str = "") -> reservations.StockReservation:
    """Reserves so much."""
    lines = [reservations.StockReservationLine(item=item.name, quantity=much(one)) for one in wanted]
    named = name or f"stockReservations/{uuid4()}"
    wish = reservations.StockReservation(name=named, warehouse=house.warehouse.name, lines=lines)
    request = reservations.CreateStockReservationRequest(stock_reservation=wish)
    inventory = house.warehouse.inventory
    return inventory.reservations.CreateStockReservation(request, metadata=inventory.everything)


@pytest.mark.clause("WHS-1", "WHS-4")
def test_goods_come_in_by_the_carton_and_go_out_by_the_piece(house: House, packed: Packed) -> None:
    made = house.warehouse.post(line(packed.tea, house.supplier, house.first, "5", unit="carton"))
    assert [(told(one.quantity), told(one.stated_quantity)) for one in made.lines] == [("120 piece", "5 carton")]
    sold = house.warehouse.post(line(packed.tea, house.first, house.customer, "7"))
    assert [(told(one.quantity), one.HasField("stated_quantity")) for one in sold.lines] == [("7 piece", False)]
    assert house.warehouse.on_hand(packed.tea) == {"A-01": ("113", "0")}
    (balance,) = house.warehouse.balances(item=packed.tea.name)
    card = house.warehouse.card(balance.name)
    assert [(one.on_hand_difference, one.stated_difference) for one in card] == [("120", "5 carton"), ("-7", "")]


@pytest.mark.clause("WHS-4")
def test_the_own_unit_said_by_its_name_is_nothing_more_than_the_own_unit(house: House, packed: Packed) -> None:
    made = house.warehouse.post(line(packed.tea, house.supplier, house.first, "5", unit="piece"))
    assert (told(made.lines[0].quantity), made.lines[0].HasField("stated_quantity")) == ("5 piece", False)


@pytest.mark.clause("WHS-4")
def test_one_line_in_cartons_and_one_in_pieces_are_two_lines_and_one_entry(house: House, packed: Packed) -> None:
    stated = [("2", "carton"), ("3", ""), ("1", "carton"), ("4", "piece")]
    made = house.warehouse.post(
        *(line(packed.tea, house.supplier, house.first, value, unit=name) for value, name in stated)
    )
    assert [(told(one.quantity), told(one.stated_quantity)) for one in made.lines] == [
        ("72 piece", "3 carton"),
        ("7 piece", ""),
    ]
    (balance,) = house.warehouse.balances(item=packed.tea.name)
    (entry,) = house.warehouse.card(balance.name)
    assert (entry.on_hand_difference, entry.stated_difference) == ("79", "3 carton, 7 piece")


@pytest.mark.clause("WHS-4")
def test_a_reversal_says_what_the_mistake_said(house: House, packed: Packed) -> None:
    made = house.warehouse.post(line(packed.tea, house.supplier, house.first, "2", unit="carton"))
    back = house.warehouse.reverse(made.name)
    assert told(back.lines[0].stated_quantity) == "2 carton"
    everywhere = house.warehouse.balances(item=packed.tea.name, show_beyond_the_door=True)
    assert everywhere == []


@pytest.mark.clause("WHS-4")
def test_many_movements_posted_at_once_say_it_too(house: House, kept: StockBooks, packed: Packed) -> None:
    said = house.warehouse.post(line(packed.tea, house.supplier, house.first, "2", unit="carton"))
    again = type(said)(warehouse=house.warehouse.name, papers=said.papers)
    again.lines.append(line(packed.tea, house.supplier, house.first, "1", unit="pallet"))
    kept.post_many(again)
    (balance,) = house.warehouse.balances(item=packed.tea.name)
    card = house.warehouse.card(balance.name)
    assert [(one.on_hand_difference, one.stated_difference) for one in card] == [
        ("48", "2 carton"),
        ("960", "1 pallet"),
    ]


@pytest.mark.clause("WHS-4")
@pytest.mark.parametrize(
    ("stated", "why"),
    [
        ("1 box", "QUANTITY_UNIT_UNKNOWN"),
        ("1 Carton", "QUANTITY_UNIT_UNKNOWN"),
        ("0.1 carton", "QUANTITY_NOT_CONVERTIBLE"),
        ("999999999999999 carton", "QUANTITY_NOT_CONVERTIBLE"),
        ("0 carton", "QUANTITY_INVALID"),
        ("-1 carton", "QUANTITY_INVALID"),
        ("1e30 carton", "QUANTITY_INVALID"),
        ("0.30000000000000004 carton", "QUANTITY_INVALID"),
        (" carton", "QUANTITY_INVALID"),
    ],
)
def test_a_quantity_that_does_not_convert_is_refused_by_its_line_wherever_it_is_stated(
    house: House, kept: StockBooks, dock: Dock, packed: Packed, stated: str, why: str
) -> None:
    tea, said = packed.tea, much(stated)
    note = dock.note(announced(tea, "100"))
    delivery = dock.start(note.name).name
    good = line(tea, house.supplier, house.first, "1")
    bad = line(tea, house.supplier, house.first, said.value, unit=said.unit)
    put = put_away_pb2.PutAwayLine(item=tea.name, from_place=house.inspection, to_place=house.first, quantity=said)
    putting = put_away_pb2.PutGoodsAwayRequest(parent=house.warehouse.name, lines=[put])
    scanned = deliveries_pb2.AddToCountRequest(name=delivery, item=tea.name, quantity=said)
    assert refused(lambda: house.warehouse.post(good, bad)) == {"stock_movement.lines[1].quantity": why}
    assert refused(lambda: kept.preview(bad)) == {"stock_movement.lines[0].quantity": why}
    assert refused(lambda: reserve(house, tea, "1", stated)) == {"stock_reservation.lines[1].quantity": why}
    assert refused(lambda: dock.note(announced(tea, said.value, said.unit))) == {"delivery_note.lines[0].quantity": why}
    assert refused(lambda: dock.record(delivery, counted_in(tea, stated))) == {"lines[0].fit": why}
    assert refused(lambda: dock.deliveries.AddToCount(scanned, metadata=dock.caller)) == {"quantity": why}
    assert refused(lambda: dock.put_aways.PutGoodsAway(putting, metadata=dock.caller)) == {"lines[0].quantity": why}
    if said.value.strip("0"):
        assert refused(lambda: kept.count(tea, house.first, said.value, unit=said.unit)) == {"spot_count.counted": why}
    assert house.warehouse.balances(item=tea.name, show_beyond_the_door=True) == []


@pytest.mark.clause("WHS-4")
def test_a_third_of_a_hundred_metres_is_refused_and_three_rolls_are_not(house: House, packed: Packed) -> None:
    roll = line(packed.cloth, house.supplier, house.first, "1", unit="roll")
    assert refused(lambda: house.warehouse.post(roll, roll, roll)) == {
        f"stock_movement.lines[{number}].quantity": "QUANTITY_NOT_CONVERTIBLE" for number in range(3)
    }
    house.warehouse.post(line(packed.cloth, house.supplier, house.first, "3", unit="roll"))
    assert house.warehouse.on_hand(packed.cloth) == {"A-01": ("100", "0")}


@pytest.mark.clause("WHS-4")
def test_the_refusal_says_which_units_there_are(house: House, packed: Packed) -> None:
    with pytest.raises(grpc.RpcError) as error:
        house.warehouse.post(line(packed.tea, house.supplier, house.first, "1", unit="箱"))
    (fault,) = refusal_from(error.value).violations
    assert fault.en.endswith("its units: piece, carton, pallet")
    assert "piece、carton、pallet" in fault.zh


def test_reserved_by_the_carton_it_is_held_by_the_piece_and_summed(house: House, packed: Packed) -> None:
    house.receive(packed.tea, "100")
    made = reserve(house, packed.tea, "2 carton", "3")
    assert [(told(one.quantity), told(one.reserved)) for one in made.lines] == [("51 piece", "51 piece")]
    assert house.warehouse.on_hand(packed.tea) == {"A-01": ("100", "51")}
    assert reserve(house, packed.tea, "51", name=made.name) == made
    assert refused(lambda: reserve(house, packed.tea, "3 carton")) == {"stock_reservation.lines[0]": "STOCK_SHORT"}
    order = line(packed.tea, house.first, house.customer, "1", unit="carton")
    issued = house.warehouse.post(order, reservation=made.name)
    assert told(issued.lines[0].stated_quantity) == "1 carton"
    assert house.warehouse.on_hand(packed.tea) == {"A-01": ("76", "27")}


def test_goods_are_put_away_by_the_carton(house: House, dock: Dock, packed: Packed) -> None:
    house.receive(packed.tea, "48", house.inspection)
    put = put_away_pb2.PutAwayLine(
        item=packed.tea.name, from_place=house.inspection, to_place=house.first, quantity=much("2 carton")
    )
    request = put_away_pb2.PutGoodsAwayRequest(parent=house.warehouse.name, lines=[put])
    moved = dock.put_aways.PutGoodsAway(request, metadata=dock.caller)
    assert [told(one.stated_quantity) for one in moved.lines] == ["2 carton"]
    assert house.warehouse.on_hand(packed.tea) == {"A-01": ("48", "0")}


@pytest.mark.clause("WHS-4")
def test_goods_are_counted_by_the_carton_and_nothing_is_nothing_in_every_unit(
    house: House, kept: StockBooks, packed: Packed
) -> None:
    assert told(kept.count(packed.tea, house.first, "2", unit="carton").counted) == "48 piece"
    assert told(kept.count(packed.tea, house.first, "0", unit="carton").counted) == "0 piece"


@pytest.mark.clause("GDS-1")
def test_a_serial_number_is_one_piece_whatever_unit_it_is_stated_in(house: House) -> None:
    phone = house.item("PHONE", tracking=items.ITEM_TRACKING_SERIAL, units=[unit("pair", "2")])
    two = line(phone, house.supplier, house.first, "1", unit="pair", lot="S-1")
    assert refused(lambda: house.warehouse.post(two)) == {"stock_movement.lines[0].lot": "SERIAL_NOT_ONE"}
    one = house.warehouse.post(line(phone, house.supplier, house.first, "0.5", unit="pair", lot="S-1"))
    assert told(one.lines[0].quantity) == "1 piece"
