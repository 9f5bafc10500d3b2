"""What is received, put away, handed over and closed, with the line to the database cut anywhere: done, and once."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from bylaw.inventory.v1 import (
    books_pb2,
    deliveries_pb2,
    goods_imports_pb2,
    goods_imports_pb2_grpc,
    parcels_pb2,
    put_away_pb2,
    reservations_pb2,
)
from bylaw.types.v1.amount_pb2 import Quantity
from google.api.httpbody_pb2 import HttpBody

from tests.builders.cutting import Line
from tests.builders.inventory import ORDER, InventoryService, line
from tests.builders.issuing import Parcels
from tests.builders.receiving import ACCEPTED, Dock, announced, counted
from tests.builders.stock_books import StockBooks
from tests.databases import Databases
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House


class State:
    """Where a reservation stands."""

    HELD = reservations_pb2.StockReservationState.STOCK_RESERVATION_STATE_HELD
    CONFIRMED = reservations_pb2.StockReservationState.STOCK_RESERVATION_STATE_CONFIRMED
    RELEASED = reservations_pb2.StockReservationState.STOCK_RESERVATION_STATE_RELEASED


@pytest.fixture
def cut_line(postgres: Databases, inventory: InventoryService, monkeypatch: pytest.MonkeyPatch) -> Line:
    """The line to the database of inventory."""
    return Line(postgres, inventory, monkeypatch)


@pytest.mark.clause("WHS-1")
def test_a_delivery_accepted_while_the_line_is_cut_is_received_once(
    inventory: InventoryService, house: House, cut_line: Line
) -> None:
    dock, tea = Dock(inventory, house.warehouse), house.item("TEA")
    note = dock.note(announced(tea, "1000")).name

    def accept() -> Callable[[], Any]:
        name = dock.arrived(note, counted(tea, "2"), partial=True)
        request = deliveries_pb2.DecideDeliveryRequest(
            name=name, decision=ACCEPTED, to_place=house.first, request_id=str(uuid4())
        )
        who = inventory.everything
        return lambda: dock.deliveries.DecideDelivery(request, metadata=who)

    answers = cut_line.cut_everywhere(accept)
    receipts = {one.stock_movement for one in answers}
    assert len(receipts) == len(answers) > 9
    assert house.warehouse.on_hand(tea) == {"A-01": (str(2 * len(answers)), "0")}
    assert_sound(inventory)


@pytest.mark.clause("WHS-8")
def test_goods_put_away_while_the_line_is_cut_lie_there_once(
    inventory: InventoryService, house: House, cut_line: Line
) -> None:
    dock, tea = Dock(inventory, house.warehouse), house.item("TEA")
    house.receive(tea, "500", house.inspection)
    dock.fix(tea, house.first)

    def put() -> Callable[[], Any]:
        moved = put_away_pb2.PutAwayLine(item=tea.name, from_place=house.inspection, quantity=Quantity(value="1"))
        request = put_away_pb2.PutGoodsAwayRequest(parent=house.warehouse.name, lines=[moved], request_id=str(uuid4()))
        who = inventory.everything
        return lambda: dock.put_aways.PutGoodsAway(request, metadata=who)

    count = len({one.name for one in cut_line.cut_everywhere(put)})
    assert count > 9
    assert house.warehouse.on_hand(tea) == {"A-01": (str(count), "0"), "LOOK": (str(500 - count), "0")}
    assert_sound(inventory)


@pytest.mark.clause("WHS-12")
def test_parcels_handed_over_while_the_line_is_cut_are_on_record_once(
    inventory: InventoryService, house: House, cut_line: Line
) -> None:
    parcels, tea = Parcels(inventory, house.warehouse), house.item("TEA")
    house.receive(tea, "10")
    issue = house.warehouse.post(line(tea, house.first, house.carrier, "1"), papers=[ORDER]).name

    def hand_over() -> Callable[[], Any]:
        said = parcels_pb2.ParcelLine(number=uuid4().hex, stock_movement=issue, receipt="R")
        request = parcels_pb2.HandOverParcelsRequest(
            parent=house.warehouse.name, carrier="SF", lines=[said], request_id=str(uuid4())
        )
        who = inventory.everything
        return lambda: parcels.stub.HandOverParcels(request, metadata=who)

    answers = cut_line.cut_everywhere(hand_over)
    names = [one.parcels[0].name for one in answers]
    assert len(set(names)) == len(names) > 9
    assert sorted(one.name for one in parcels.listed(page_size=1000)) == sorted(names)
    assert_sound(inventory)


@pytest.mark.clause("WHS-4")
def test_days_closed_while_the_line_is_cut_are_closed_once_each(
    inventory: InventoryService, house: House, kept: StockBooks, cut_line: Line
) -> None:
    tea, closed = house.item("TEA"), list[str]()

    def close() -> Callable[[], Any]:
        house.receive(tea, "1")
        closed.append(kept.day_name(kept.next_day()))
        request = books_pb2.CloseBookDayRequest(name=closed[-1], explanation="as it was", request_id=str(uuid4()))
        who = inventory.everything
        return lambda: kept.stub.CloseBookDay(request, metadata=who)

    answers = cut_line.cut_everywhere(close)
    assert [one.name for one in answers] == closed
    assert [one.name for one in kept.closed_days()] == closed[::-1]
    assert_sound(inventory)


@pytest.mark.clause("WHS-1")
def test_a_stock_list_taken_in_while_the_line_is_cut_is_taken_whole_and_once(
    inventory: InventoryService, house: House, cut_line: Line
) -> None:
    goods = [house.item(f"L{number}") for number in range(3)]
    imports = goods_imports_pb2_grpc.GoodsImportsStub(inventory.channel)

    def take() -> Callable[[], Any]:
        name, who = uuid4().hex, inventory.everything
        content = "code,quantity,remark\n" + "".join(f"{one.code},2,{name}\n" for one in goods)
        request = goods_imports_pb2.ImportStockRequest(
            parent=house.warehouse.name,
            file=HttpBody(data=content.encode()),
            file_name=name,
            place=house.first,
            request_id=name,
        )
        return lambda: imports.ImportStock(request, metadata=who)

    answers = cut_line.cut_everywhere(take)
    assert len({one.stock_movements[0] for one in answers}) == len(answers) > 9
    for one in goods:
        assert house.warehouse.on_hand(one) == {"A-01": (str(2 * len(answers)), "0")}
    assert_sound(inventory)


@pytest.mark.clause("WHS-4")
def test_many_reserved_confirmed_and_released_while_the_line_is_cut_are_held_once_each_and_let_go_once(
    inventory: InventoryService, house: House, cut_line: Line
) -> None:
    tea, stub, who = house.item("TEA"), inventory.reservations, inventory.everything
    house.receive(tea, "1000")

    def reserved() -> reservations_pb2.BatchCreateStockReservationsRequest:
        line = reservations_pb2.StockReservationLine(item=tea.name, quantity=Quantity(value="1"))
        where = {"warehouse": house.warehouse.name, "lines": [line]}
        wishes = [{"name": f"stockReservations/{uuid4()}", **where} for _ in range(3)]
        return reservations_pb2.BatchCreateStockReservationsRequest(stock_reservations=wishes, request_id=str(uuid4()))

    def names() -> list[str]:
        made = stub.BatchCreateStockReservations(reserved(), metadata=who)
        return [one.stock_reservation.name for one in made.results]

    def reserve() -> Callable[[], Any]:
        request = reserved()
        return lambda: stub.BatchCreateStockReservations(request, metadata=who)

    def confirm() -> Callable[[], Any]:
        request = reservations_pb2.BatchConfirmStockReservationsRequest(names=names(), request_id=str(uuid4()))
        return lambda: stub.BatchConfirmStockReservations(request, metadata=who)

    def release() -> Callable[[], Any]:
        ends = [{"name": name, "warehouse": house.warehouse.name} for name in names()]
        request = reservations_pb2.BatchReleaseStockReservationsRequest(releases=ends, request_id=str(uuid4()))
        return lambda: stub.BatchReleaseStockReservations(request, metadata=who)

    held = cut_line.cut_everywhere(reserve)
    confirmed = cut_line.cut_everywhere(confirm)
    released = cut_line.cut_everywhere(release)
    assert min(map(len, (held, confirmed, released))) > 3
    assert {one.stock_reservation.state for answer in held for one in answer.results} == {State.HELD}
    assert {one.stock_reservation.state for answer in confirmed for one in answer.results} == {State.CONFIRMED}
    assert {one.stock_reservation.state for answer in released for one in answer.results} == {State.RELEASED}
    assert house.warehouse.on_hand(tea) == {"A-01": ("1000", str(3 * (len(held) + len(confirmed))))}
    assert_sound(inventory)
