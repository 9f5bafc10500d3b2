"""The line to the database cut at each statement of a write in turn: asked again under its key it is done, and once."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import grpc
import psycopg
import pytest
from bylaw.inventory.v1 import reservations_pb2 as reservations
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw.types.v1.amount_pb2 import Quantity

from tests.builders.inventory import NOTE, ORDER, InventoryService, line
from tests.builders.people import url_of_admin
from tests.databases import Databases, plain
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House

MOST_STATEMENTS = 60
"""A write has fewer."""


@dataclass
class Cutter:
    """Counts what is said to the database on this thread, and ends the connection before the statement of a number."""

    admin: str
    at: int = 0
    said: int = 0

    def before(self, connection: psycopg.Connection[Any]) -> None:
        """Before each statement."""
        self.said += 1
        if self.said == self.at:
            process = connection.info.backend_pid
            with psycopg.connect(self.admin, autocommit=True) as other:
                other.execute("select pg_terminate_backend(%s, 5000)", (process,))


@contextmanager
def cutting(monkeypatch: pytest.MonkeyPatch, cutter: Cutter) -> Iterator[None]:
    """With the cutter at every statement that this thread says."""
    execute, me, inside = psycopg.Cursor.execute, threading.get_ident(), False

    def watched(cursor: psycopg.Cursor[Any], *arguments: Any, **more: Any) -> Any:
        nonlocal inside
        if not inside and threading.get_ident() == me:
            inside = True
            try:
                cutter.before(cursor.connection)
            finally:
                inside = False
        return execute(cursor, *arguments, **more)

    with monkeypatch.context() as patched:
        patched.setattr(psycopg.Cursor, "execute", watched)
        yield


def each_statement(
    postgres: Databases,
    inventory: InventoryService,
    monkeypatch: pytest.MonkeyPatch,
    write: Callable[[], Callable[[], Any]],
) -> int:
    """A write, another one each time, with the line cut at its first statement, its second, and so on; how many.

    `write` makes what is asked; it is asked until it is answered.
    """
    admin = plain(url_of_admin(postgres, inventory.url))
    for at in range(1, MOST_STATEMENTS):
        ask, cutter = write(), Cutter(admin, at)
        with cutting(monkeypatch, cutter):
            answered(ask)
        if cutter.said < at:
            return at
    raise AssertionError("it never came to an end")


def answered(ask: Callable[[], Any]) -> Any:
    """As a good client asks: again, under the same key, while nobody can say whether it was done."""
    for _ in range(5):
        try:
            return ask()
        except grpc.RpcError as error:
            assert error.code() is grpc.StatusCode.UNAVAILABLE, error  # noqa: PT017 - what is not refused is asked again
    raise AssertionError("it was never answered")


@pytest.mark.clause("WHS-4")
def test_a_posting_cut_anywhere_is_in_the_books_once(
    postgres: Databases, inventory: InventoryService, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    tea = house.item("TEA")
    who = inventory.everything

    def receipt() -> Callable[[], Any]:
        wish = stock.StockMovement(
            warehouse=house.warehouse.name, lines=[line(tea, house.supplier, house.first, "1")], papers=[NOTE]
        )
        request = stock.PostStockMovementRequest(stock_movement=wish, request_id=str(uuid4()))
        return lambda: inventory.stock.PostStockMovement(request, metadata=who)

    asked = each_statement(postgres, inventory, monkeypatch, receipt)
    assert asked > 5
    assert house.warehouse.on_hand(tea) == {"A-01": (str(asked), "0")}
    assert_sound(inventory)


@pytest.mark.clause("WHS-4")
def test_a_reservation_cut_anywhere_holds_once_and_so_does_its_issue(
    postgres: Databases, inventory: InventoryService, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    tea, who, made = house.item("TEA"), inventory.everything, list[str]()
    house.receive(tea, "200")

    def hold() -> Callable[[], Any]:
        made.append(f"stockReservations/{uuid4()}")
        lines = [reservations.StockReservationLine(item=tea.name, quantity=Quantity(value="1"))]
        wish = reservations.StockReservation(name=made[-1], warehouse=house.warehouse.name, lines=lines)
        request = reservations.CreateStockReservationRequest(stock_reservation=wish)
        return lambda: inventory.reservations.CreateStockReservation(request, metadata=who)

    held = each_statement(postgres, inventory, monkeypatch, hold)
    assert held == len(made) > 5
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

    issued = each_statement(postgres, inventory, monkeypatch, issue)
    left = len(made)
    assert house.warehouse.on_hand(tea) == {"A-01": (str(200 - issued), str(left))}
    assert_sound(inventory)
