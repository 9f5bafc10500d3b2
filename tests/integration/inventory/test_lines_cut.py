"""The line to the database cut at each statement and COMMIT of a write in turn: asked again it is done, once."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from bylaw.inventory.v1 import reservations_pb2 as reservations
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw.types.v1.amount_pb2 import Quantity

from tests.builders.cutting import Line
from tests.builders.inventory import NOTE, ORDER, InventoryService, line
from tests.databases import Databases
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House


@pytest.fixture
def cut_line(postgres: Databases, inventory: InventoryService, monkeypatch: pytest.MonkeyPatch) -> Line:
    """The line to the database of inventory."""
    return Line(postgres, inventory, monkeypatch)


@pytest.mark.clause("WHS-4")
def test_a_posting_cut_anywhere_is_in_the_books_once(inventory: InventoryService, house: House, cut_line: Line) -> None:
    tea = house.item("TEA")
    who = inventory.everything

    def receipt() -> Callable[[], Any]:
        wish = stock.StockMovement(
            warehouse=house.warehouse.name, lines=[line(tea, house.supplier, house.first, "1")], papers=[NOTE]
        )
        request = stock.PostStockMovementRequest(stock_movement=wish, request_id=str(uuid4()))
        return lambda: inventory.stock.PostStockMovement(request, metadata=who)

    answers = cut_line.cut_everywhere(receipt)
    assert len(answers) == len({one.name for one in answers}) > 9
    assert house.warehouse.on_hand(tea) == {"A-01": (str(len(answers)), "0")}
    assert_sound(inventory)


@pytest.mark.clause("WHS-4")
def test_a_reservation_cut_anywhere_holds_once_and_so_does_its_issue(
    inventory: InventoryService, house: House, cut_line: Line
) -> None:
    tea, who, made = house.item("TEA"), inventory.everything, list[str]()
    house.receive(tea, "200")

    def hold() -> Callable[[], Any]:
        made.append(f"stockReservations/{uuid4()}")
        lines = [reservations.StockReservationLine(item=tea.name, quantity=Quantity(value="1"))]
        wish = reservations.StockReservation(name=made[-1], warehouse=house.warehouse.name, lines=lines)
        request = reservations.CreateStockReservationRequest(stock_reservation=wish)
        return lambda: inventory.reservations.CreateStockReservation(request, metadata=who)

    held = len(cut_line.cut_everywhere(hold))
    assert held == len(made) > 6
    assert house.warehouse.on_hand(tea) == {"A-01": ("200", str(held))}

    def issue() -> Callable[[], Any]:
        wish = stock.StockMovement(
            warehouse=house.warehouse.name,
            lines=[line(tea, house.first, house.carrier, "1")],
            papers=[ORDER],
            reservation=made.pop() if made else house.warehouse.reserve((tea, "1")).name,
        )
        request = stock.PostStockMovementRequest(stock_movement=wish, request_id=str(uuid4()))
        return lambda: inventory.stock.PostStockMovement(request, metadata=who)

    issued, left = len(cut_line.cut_everywhere(issue)), len(made)
    assert house.warehouse.on_hand(tea) == {"A-01": (str(200 - issued), str(left))}
    assert_sound(inventory)
