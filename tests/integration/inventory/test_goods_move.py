"""Goods move between two places, by double entry; what does not add up is refused and leaves nothing (WHS-1, 3, 4)."""

import grpc
import pytest
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw_chassis.status import refusal_from
from google.protobuf.field_mask_pb2 import FieldMask

from tests.builders.inventory import InventoryService, line
from tests.builders.people import reason
from tests.integration.inventory.conftest import House

RECEIPT, ISSUE = stock.STOCK_MOVEMENT_KIND_RECEIPT, stock.STOCK_MOVEMENT_KIND_ISSUE


def fields(error: grpc.RpcError) -> dict[str, str]:
    """The places at fault with their reasons."""
    return {one.field: one.reason for one in refusal_from(error).violations}


@pytest.mark.clause("WHS-4")
def test_what_leaves_one_place_arrives_at_another_and_everything_sums_to_zero(house: House) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    moved = house.warehouse.post(line(tea, house.first, house.packing, "4"))
    assert moved.kind == stock.STOCK_MOVEMENT_KIND_TRANSFER
    assert house.warehouse.on_hand(tea) == {"A-01": ("6", "0"), "PACK": ("4", "0")}
    everywhere = house.warehouse.balances(show_beyond_the_door=True)
    assert sum(int(one.on_hand.value) for one in everywhere) == 0
    assert len(everywhere) == 3


@pytest.mark.clause("WHS-4")
def test_a_card_says_entry_by_entry_how_its_balance_came_to_be(house: House) -> None:
    rice = house.item("RICE", unit="kg", fraction_digits=3)
    house.receive(rice, "12.5")
    house.warehouse.post(line(rice, house.first, house.customer, "2.125"))
    held = house.warehouse.reserve((rice, "1"))
    (balance,) = house.warehouse.balances(item=rice.name)
    card = house.warehouse.card(balance.name)
    assert [(one.number, one.on_hand_difference, one.on_hand, one.reserved) for one in card] == [
        (1, "12.5", "12.5", "0"),
        (2, "-2.125", "10.375", "0"),
        (3, "0", "10.375", "1"),
    ]
    assert card[2].stock_reservation == held.name
    assert card[0].stock_movement.startswith("stockMovements/")


@pytest.mark.clause("WHS-3")
def test_goods_leave_only_against_an_order_or_a_requisition(house: House) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.post(line(tea, house.first, house.customer, "1"), papers=[])
    told = refusal_from(refused.value)
    assert (told.reason, told.clause) == ("PAPERS_MISSING", "WHS-3")
    assert house.warehouse.on_hand(tea) == {"A-01": ("10", "0")}
    requisition = stock.Paper(kind=stock.PAPER_KIND_REQUISITION, number="Q-7")
    assert house.warehouse.post(line(tea, house.first, house.customer, "1"), papers=[requisition]).kind == ISSUE


@pytest.mark.clause("WHS-1")
def test_goods_come_in_only_against_a_delivery_note(house: House) -> None:
    tea = house.item("TEA")
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.post(line(tea, house.supplier, house.first, "1"), papers=[])
    told = refusal_from(refused.value)
    assert (told.reason, told.clause) == ("PAPERS_MISSING", "WHS-1")
    assert house.warehouse.balances() == []


@pytest.mark.clause("WHS-6")
@pytest.mark.parametrize("places", [("first", "lost"), ("lost", "first"), ("first", "scrap")])
def test_differences_and_scrap_are_booked_by_a_count_alone(house: House, places: tuple[str, str]) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    origin, target = (getattr(house, place) for place in places)
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.post(line(tea, origin, target, "1"))
    assert refusal_from(refused.value).clause == "WHS-6"


@pytest.mark.clause("WHS-4")
def test_nothing_is_issued_that_is_not_there_and_the_line_says_what_is_free(house: House) -> None:
    tea, cup = house.item("TEA"), house.item("CUP")
    house.receive(tea, "10")
    house.receive(cup, "3")
    house.warehouse.reserve((tea, "8"))
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.post(line(cup, house.first, house.customer, "1"), line(tea, house.first, house.customer, "3"))
    told = refusal_from(refused.value)
    assert (told.reason, told.clause) == ("STOCK_SHORT", "WHS-4")
    assert [(one.field, one.en) for one in told.violations] == [
        ("stock_movement.lines[1].quantity", "only 2 is free there")
    ]
    assert house.warehouse.on_hand(cup) == {"A-01": ("3", "0")}


def test_the_same_goods_in_several_lines_are_summed_before_they_are_checked(house: House) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    half = line(tea, house.first, house.customer, "6")
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.post(half, half)
    assert reason(refused.value) == "STOCK_SHORT"
    five = line(tea, house.first, house.customer, "5")
    assert [one.quantity.value for one in house.warehouse.post(five, five).lines] == ["10"]


@pytest.mark.clause("WHS-4")
def test_a_mistake_is_corrected_by_its_reverse_once(inventory: InventoryService, house: House) -> None:
    tea = house.item("TEA")
    wrong = house.warehouse.post(line(tea, house.supplier, house.first, "10"))
    back = house.warehouse.reverse(wrong.name)
    assert (back.kind, back.reverses) == (stock.STOCK_MOVEMENT_KIND_REVERSAL, wrong.name)
    assert house.warehouse.balances(show_beyond_the_door=True) == []
    for name, why in ((wrong.name, "STOCK_MOVEMENT_REVERSED"), (back.name, "REVERSAL_NOT_REVERSED")):
        with pytest.raises(grpc.RpcError) as refused:
            house.warehouse.reverse(name)
        assert reason(refused.value) == why
    request = stock.GetStockMovementRequest(name=wrong.name)
    shown = inventory.stock.GetStockMovement(request, metadata=inventory.everything)
    assert (shown.reversed_by, len(shown.lines)) == (back.name, 1)


@pytest.mark.clause("WHS-4")
def test_goods_that_have_moved_on_cannot_be_reversed_away(house: House) -> None:
    tea = house.item("TEA")
    wrong = house.warehouse.post(line(tea, house.supplier, house.first, "10"))
    house.warehouse.post(line(tea, house.first, house.customer, "1"))
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.reverse(wrong.name)
    assert reason(refused.value) == "STOCK_SHORT"


@pytest.mark.parametrize("value", ["0", "-1", "1e30", "0.30000000000000004", "1.5", "", "٣"])
def test_a_quantity_that_cannot_be_counted_is_refused_at_its_line(house: House, value: str) -> None:
    tea = house.item("TEA")
    sound = line(tea, house.supplier, house.first, "1")
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.post(sound, line(tea, house.supplier, house.second, value))
    assert fields(refused.value) == {"stock_movement.lines[1].quantity": "QUANTITY_INVALID"}
    assert house.warehouse.balances() == []


def test_every_line_at_fault_is_named(inventory: InventoryService, house: House) -> None:
    tea, lot = house.item("TEA"), house.item("MILK", tracking=items.ITEM_TRACKING_LOT)
    elsewhere = inventory.warehouse(house.unit, house.site, f"OTHER-{house.number}").place("B-01")
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.post(
            line(tea, house.supplier, elsewhere, "1"),
            line(lot, house.supplier, house.first, "1"),
            line(tea, house.supplier, house.first, "1", lot="L"),
            line(tea, house.first, house.first, "1"),
        )
    assert fields(refused.value) == {
        "stock_movement.lines[0].to_place": "PLACE_NOT_FOUND",
        "stock_movement.lines[1].lot": "LOT_MISSING",
        "stock_movement.lines[2].lot": "LOT_UNEXPECTED",
        "stock_movement.lines[3].to_place": "PLACE_NOT_FOUND",
    }


@pytest.mark.clause("WHS-4")
def test_the_books_take_entries_of_today_and_yesterday_in_the_warehouses_own_zone(
    inventory: InventoryService, house: House
) -> None:
    tea = house.item("TEA")
    incoming = line(tea, house.supplier, house.first, "1")
    today = inventory.clock.now.astimezone().date().isoformat()
    assert house.warehouse.post(incoming).book_date >= today
    inventory.clock.pass_time(hours=16)  # the day after where the warehouse stands, and not yet in UTC
    assert house.warehouse.post(incoming).book_date > today
    for day in ("2199-01-01", "2001-01-01"):
        with pytest.raises(grpc.RpcError) as refused:
            house.warehouse.post(incoming, book_date=day)
        assert reason(refused.value) == "DAY_NOT_OPEN"


def test_a_balance_as_of_a_day_is_what_was_booked_until_then(inventory: InventoryService, house: House) -> None:
    tea = house.item("TEA")
    first = house.warehouse.post(line(tea, house.supplier, house.first, "5"))
    inventory.clock.pass_time(hours=24)
    house.warehouse.post(line(tea, house.first, house.customer, "2"))
    (then,) = house.warehouse.balances(as_of_date=first.book_date)
    (now,) = house.warehouse.balances()
    assert (then.on_hand.value, now.on_hand.value) == ("5", "3")


def test_an_expired_lot_is_not_issued_and_a_lot_keeps_its_expiry(house: House) -> None:
    milk = house.item("MILK", tracking=items.ITEM_TRACKING_LOT)
    house.warehouse.post(line(milk, house.supplier, house.first, "5", lot="L1", expiry_date="2001-01-01"))
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.post(line(milk, house.first, house.customer, "1", lot="L1"))
    assert fields(refused.value) == {"stock_movement.lines[0].lot": "LOT_EXPIRED"}
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.post(line(milk, house.supplier, house.first, "5", lot="L1", expiry_date="2150-01-01"))
    assert fields(refused.value) == {"stock_movement.lines[0].expiry_date": "LOT_DIFFERS"}


def test_a_serial_number_is_one_piece_and_comes_in_once(house: House) -> None:
    phone = house.item("PHONE", tracking=items.ITEM_TRACKING_SERIAL)
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.post(line(phone, house.supplier, house.first, "2", lot="S1"))
    assert fields(refused.value) == {"stock_movement.lines[0].lot": "SERIAL_NOT_ONE"}
    house.warehouse.post(line(phone, house.supplier, house.first, "1", lot="S1"))
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.post(line(phone, house.supplier, house.second, "1", lot="S1"))
    assert reason(refused.value) == "SERIAL_NOT_ONE"


def test_an_item_may_go_below_zero_only_where_it_says_so(inventory: InventoryService, house: House) -> None:
    ahead = house.item("AHEAD", may_go_below_zero=True)
    house.warehouse.post(line(ahead, house.first, house.customer, "3"))
    assert house.warehouse.on_hand(ahead) == {"A-01": ("-3", "0")}
    ahead.may_go_below_zero = False
    forbidden = items.UpdateItemRequest(item=ahead, update_mask=FieldMask(paths=["may_go_below_zero"]))
    with pytest.raises(grpc.RpcError) as refused:
        inventory.items.UpdateItem(forbidden, metadata=inventory.everything)
    assert reason(refused.value) == "STOCK_BELOW_ZERO"
    house.receive(ahead, "3")
    inventory.items.UpdateItem(forbidden, metadata=inventory.everything)
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.post(line(ahead, house.first, house.customer, "1"))
    assert reason(refused.value) == "STOCK_SHORT"


def test_a_warehouse_out_of_reach_is_answered_like_none(inventory: InventoryService, house: House) -> None:
    tea = house.item("TEA")
    house.receive(tea, "5")
    (balance,) = house.warehouse.balances()
    stranger = inventory.caller(inventory.people.unit(f"OTHER-{house.number}").name)
    incoming = line(tea, house.supplier, house.first, "1")
    with pytest.raises(grpc.RpcError) as refused:
        house.warehouse.post(incoming, metadata=stranger)
    assert reason(refused.value) == "WAREHOUSE_NOT_FOUND"
    request = stock.ListCardEntriesRequest(parent=balance.name)
    with pytest.raises(grpc.RpcError) as refused:
        inventory.stock.ListCardEntries(request, metadata=stranger)
    assert reason(refused.value) == "STOCK_BALANCE_NOT_FOUND"
    assert house.warehouse.post(incoming, metadata=inventory.caller(house.unit)).kind == RECEIPT
