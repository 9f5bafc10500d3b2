"""Inventory killed again and again while goods come and go: what was answered is in the books, once, and they hold."""

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import grpc
import psycopg
import pytest
from bylaw.inventory.v1 import (
    deliveries_pb2,
    deliveries_pb2_grpc,
    delivery_notes_pb2,
    delivery_notes_pb2_grpc,
    parcels_pb2,
    parcels_pb2_grpc,
    put_away_pb2,
    put_away_pb2_grpc,
    reservations_pb2_grpc,
    stock_pb2_grpc,
)
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import reservations_pb2 as reservations
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw.inventory.v1 import warehouses_pb2 as warehouses
from bylaw.types.v1.amount_pb2 import Quantity
from bylaw_chassis.clock import system_clock
from bylaw_chassis.serving import Listener

from tests.builders.inventory import NOTE, ORDER, InventoryService, KnownWarehouse, inventory_beside, line
from tests.builders.people import MASTER_KEY, PeopleService, SetClock, people_service
from tests.builders.receiving import ACCEPTED, announced, counted
from tests.cli.running import free_port
from tests.databases import Databases, plain
from tests.integration.inventory.books import assert_sound

KILLS = {"short": 4, "long": 60}[os.environ.get("BYLAW_PROVE", "short")]
KEEPERS = 4
AGAIN = {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.CANCELLED}
"""What a good client asks again after, under the same key: nobody knows whether it was done."""


@dataclass
class Process:
    """Inventory in a process over the database of `inventory`, to be killed and started again on the same port."""

    inventory: InventoryService
    people_port: int
    port: int = field(default_factory=free_port)

    def start(self) -> subprocess.Popen[bytes]:
        """A new one; it answers soon."""
        environment = {
            **os.environ,
            "BYLAW_DATABASE_URL": self.inventory.url,
            "BYLAW_MASTER_KEY": MASTER_KEY,
            "BYLAW_PEOPLE_ADDRESS": f"127.0.0.1:{self.people_port}",
            "BYLAW_LISTEN": f"127.0.0.1:{self.port}",
            "BYLAW_LINGER_SECONDS": "0",
        }
        return subprocess.Popen(
            [sys.executable, "-m", "bylaw_inventory"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )


@dataclass
class Shelf:
    """What keepers work on: an item that comes from the supplier to a shelf and leaves with the carrier."""

    warehouse: KnownWarehouse
    item: items.Item

    def moved(self, origin: str, target: str, value: str, **more: Any) -> stock.StockMovement:
        """What moves so much of the item."""
        places = self.warehouse.places()
        lines = [line(self.item, places[origin], places[target], value)]
        return stock.StockMovement(warehouse=self.warehouse.name, lines=lines, papers=(NOTE, ORDER), **more)


@contextmanager
def shelf_of(people: PeopleService, inventory: InventoryService) -> Iterator[Shelf]:
    site, unit = people.site("WH").name, people.unit("STORES").name
    inventory.follow_people()
    warehouse = inventory.warehouse(unit, site)
    warehouse.place("A-01")
    warehouse.place("LOOK", warehouses.PLACE_KIND_INSPECTION)
    yield Shelf(warehouse, inventory.item("TEA"))


def answered(call: Callable[..., Any], request: Any, who: Any) -> Any:
    """Sends a write until it is answered, always under its key."""
    while True:
        try:
            return call(request, metadata=who, timeout=5)
        except grpc.RpcError as error:
            if error.code() not in AGAIN:
                raise
            time.sleep(0.05)


def keeps(shelf: Shelf, channel: grpc.Channel, keeper: int, done: threading.Event) -> int:
    """Takes three in, holds two, issues them, again and again; answers how often all of that was answered."""
    who, rounds = shelf.warehouse.inventory.everything, 0
    goods, held = stock_pb2_grpc.StockStub(channel), reservations_pb2_grpc.ReservationsStub(channel)
    receipt = shelf.moved("SUPPLIER", "A-01", "3")
    issue = shelf.moved("A-01", "CARRIER", "2")
    while not done.is_set():
        key = f"{keeper}-{rounds}"
        answered(
            goods.PostStockMovement,
            stock.PostStockMovementRequest(stock_movement=receipt, request_id=f"{key}-in"),
            who,
        )
        wanted = reservations.StockReservation(
            name=f"stockReservations/{uuid4()}",
            warehouse=shelf.warehouse.name,
            lines=[reservations.StockReservationLine(item=shelf.item.name, quantity=issue.lines[0].quantity)],
        )
        answered(held.CreateStockReservation, reservations.CreateStockReservationRequest(stock_reservation=wanted), who)
        answered(held.ConfirmStockReservation, reservations.ConfirmStockReservationRequest(name=wanted.name), who)
        taken = stock.StockMovement()
        taken.CopyFrom(issue)
        taken.reservation = wanted.name
        answered(
            goods.PostStockMovement, stock.PostStockMovementRequest(stock_movement=taken, request_id=f"{key}-out"), who
        )
        rounds += 1
    return rounds


def passes_on(shelf: Shelf, channel: grpc.Channel, keeper: int, done: threading.Event) -> int:
    """Receives two by their note, puts them away, issues them and hands their parcel over, again and again."""
    who, rounds = shelf.warehouse.inventory.everything, 0
    docks = (
        delivery_notes_pb2_grpc.DeliveryNotesStub(channel),
        deliveries_pb2_grpc.DeliveriesStub(channel),
        put_away_pb2_grpc.PutAwaysStub(channel),
    )
    leaving = stock_pb2_grpc.StockStub(channel), parcels_pb2_grpc.ParcelsStub(channel)
    while not done.is_set():
        key = f"{keeper}-{rounds}"
        _receive(shelf, docks, key, who)
        _send(shelf, leaving, key, who)
        rounds += 1
    return rounds


def _receive(shelf: Shelf, docks: tuple[Any, Any, Any], key: str, who: Any) -> None:
    notes, deliveries, put_aways = docks
    places, own = shelf.warehouse.places(), {"warehouse": shelf.warehouse.name, "supplier": "Tea & Co"}
    wish = delivery_notes_pb2.DeliveryNote(number=key, lines=[announced(shelf.item, "2")], **own)
    note = answered(
        notes.CreateDeliveryNote,
        delivery_notes_pb2.CreateDeliveryNoteRequest(delivery_note=wish, request_id=f"{key}-note"),
        who,
    )
    started = deliveries_pb2.StartDeliveryRequest(parent=note.name, request_id=f"{key}-start")
    name = answered(deliveries.StartDelivery, started, who).name
    lines = [counted(shelf.item, "2")]
    for call, request in (
        (deliveries.RecordCount, deliveries_pb2.RecordCountRequest(name=name, lines=lines, request_id=f"{key}-count")),
        (deliveries.FinishCount, deliveries_pb2.FinishCountRequest(name=name, request_id=f"{key}-finish")),
        (
            deliveries.DecideDelivery,
            deliveries_pb2.DecideDeliveryRequest(
                name=name, decision=ACCEPTED, to_place=places["LOOK"], request_id=f"{key}-decide"
            ),
        ),
    ):
        answered(call, request, who)
    moved = put_away_pb2.PutAwayLine(
        item=shelf.item.name, from_place=places["LOOK"], to_place=places["A-01"], quantity=Quantity(value="2")
    )
    putting = put_away_pb2.PutGoodsAwayRequest(parent=shelf.warehouse.name, lines=[moved], request_id=f"{key}-put")
    answered(put_aways.PutGoodsAway, putting, who)


def _send(shelf: Shelf, leaving: tuple[Any, Any], key: str, who: Any) -> None:
    goods, parcels = leaving
    issue = answered(
        goods.PostStockMovement,
        stock.PostStockMovementRequest(stock_movement=shelf.moved("A-01", "CARRIER", "2"), request_id=f"{key}-out"),
        who,
    )
    parcel = parcels_pb2.ParcelLine(number=key, stock_movement=issue.name, receipt=key)
    handing = parcels_pb2.HandOverParcelsRequest(
        parent=shelf.warehouse.name, carrier="SF", lines=[parcel], request_id=f"{key}-hand"
    )
    answered(parcels.HandOverParcels, handing, who)


@contextmanager
def killed_again_and_again(embedded: Databases, work: Callable[..., int]) -> Iterator[tuple[Shelf, int]]:
    """A shelf on which keepers worked while inventory was killed, and how many rounds were answered whole."""
    chance, done = random.Random(20), threading.Event()  # noqa: S311 - pauses of a test
    with (
        people_service(embedded, SetClock(system_clock())) as people,
        inventory_beside(embedded, people) as inventory,
        shelf_of(people, inventory) as shelf,
    ):
        listener = Listener(people.service, "127.0.0.1:0", linger_seconds=0)
        listener.start()
        process = Process(inventory, listener.port)
        running = process.start()
        with grpc.insecure_channel(f"127.0.0.1:{process.port}") as channel, ThreadPoolExecutor(KEEPERS) as keepers:
            grpc.channel_ready_future(channel).result(timeout=30)
            working = [keepers.submit(work, shelf, channel, keeper, done) for keeper in range(KEEPERS)]
            for _ in range(KILLS):
                time.sleep(chance.uniform(1.5, 3.0))
                running.kill()
                running.communicate()
                running = process.start()
            time.sleep(2.0)
            done.set()
            rounds = sum(keeper.result() for keeper in working)
        running.terminate()
        running.communicate(timeout=30)
        listener.stop()
        assert rounds > KILLS
        yield shelf, rounds
        assert_sound(inventory)


@pytest.mark.clause("WHS-4")
def test_no_kill_loses_or_doubles_goods(embedded: Databases) -> None:
    with killed_again_and_again(embedded, keeps) as (shelf, rounds):
        assert shelf.warehouse.on_hand(shelf.item) == {"A-01": (str(rounds), "0")}


@pytest.mark.clause("WHS-1", "WHS-8", "WHS-12")
def test_no_kill_receives_puts_away_or_hands_over_anything_twice(embedded: Databases) -> None:
    with killed_again_and_again(embedded, passes_on) as (shelf, rounds):
        inventory = shelf.warehouse.inventory
        assert shelf.warehouse.on_hand(shelf.item) == {}
        there = shelf.warehouse.balances(item=shelf.item.name, show_beyond_the_door=True)
        at_carrier = [one.on_hand.value for one in there if one.place == shelf.warehouse.places()["CARRIER"]]
        assert at_carrier == [str(2 * rounds)]
        with psycopg.connect(plain(inventory.url), options="-csearch_path=inventory") as connection:
            query = (
                "select (select count(*) from parcels), (select count(*) from deliveries where movement is not null)"
            )
            assert connection.execute(query).fetchone() == (rounds, rounds)
