"""An inventory service beside a real people service, both on fresh databases, and the calls tests make."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import grpc
from bylaw.inventory.v1 import (
    feed_pb2_grpc,
    items_pb2_grpc,
    reservations_pb2_grpc,
    stock_pb2_grpc,
    warehouses_pb2_grpc,
)
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import reservations_pb2 as reservations
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw.inventory.v1 import warehouses_pb2 as warehouses
from bylaw.types.v1.amount_pb2 import Quantity
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.local_channel import LocalChannel
from bylaw_chassis.migrate import migrate
from bylaw_chassis.serving import Service
from bylaw_inventory.app import MIGRATIONS, InventorySettings, build
from sqlalchemy import make_url

from tests.builders.people import MASTER_KEY, ROLE_PASSWORD, PeopleService, SetClock, people_service, text, url_of_admin
from tests.databases import Databases

INVENTORY_PERMISSIONS = frozenset(
    f"inventory.{name}"
    for name in (
        "items.create",
        "items.read",
        "items.update",
        "warehouses.create",
        "warehouses.read",
        "places.create",
        "places.read",
        "stock.post",
        "stock.read",
        "stock.reverse",
        "reservations.create",
        "reservations.read",
        "feed.read",
        "items.import",
        "sheets.read",
        "sheets.update",
        "sheets.set_rule",
        "listings.read",
        "listings.change",
        "channels.set",
        "prices.read",
        "prices.ask",
        "reviews.read",
        "reviews.hold",
        "stock.import",
        "delivery_notes.create",
        "delivery_notes.end",
        "delivery_notes.read",
        "deliveries.count",
        "deliveries.decide",
        "deliveries.read",
        "receiving_rules.set",
        "receiving_rules.read",
        "fixed_places.set",
        "fixed_places.read",
        "put_aways.create",
        "put_aways.read",
        "books.read",
        "books.close",
        "books.count",
        "months.read",
        "stocktakes.create",
        "stocktakes.join",
        "stocktakes.count",
        "stocktakes.settle",
        "stocktakes.read",
        "months.hand_over",
        "paper_rules.set",
        "paper_rules.read",
        "refused_movements.read",
        "codes.read",
        "parcels.hand_over",
        "parcels.read",
        "pack_checks.check",
        "pack_checks.read",
        "pack_rules.set",
        "pack_rules.read",
        "returns.decide",
        "returns.read",
        "special_goods.set",
        "special_goods.read",
        "visits.record",
        "visits.read",
        "rounds.hand_in",
        "rounds.read",
        "levels.read",
        "levels.set",
        "levels.settle",
    )
)
EVERYTHING = HeldGrant(Scope.COMPANY, None, INVENTORY_PERMISSIONS)
NOTE = stock.Paper(kind=stock.PAPER_KIND_DELIVERY_NOTE, number="N-1")
ORDER = stock.Paper(kind=stock.PAPER_KIND_SALES_ORDER, number="O-1")
SLIP = stock.Paper(kind=stock.PAPER_KIND_RETURN_SLIP, number="R-1")


def migrated_url(databases: Databases) -> str:
    """The address, for the service's own role, of a fresh database with the schema of inventory."""
    url = databases.prepared("inventory", lambda admin: migrate(admin, MIGRATIONS, password=ROLE_PASSWORD))
    return make_url(url).set(username="bylaw_inventory", password=ROLE_PASSWORD).render_as_string(hide_password=False)


@dataclass
class InventoryService:
    """A built service and its stubs; `people` is the service beside it, `url` its own database."""

    service: Service
    people: PeopleService
    url: str
    channel: grpc.Channel = field(init=False)

    def __post_init__(self) -> None:
        self.channel = LocalChannel(self.service.server)
        self.items = items_pb2_grpc.ItemsStub(self.channel)
        self.warehouses = warehouses_pb2_grpc.WarehousesStub(self.channel)
        self.stock = stock_pb2_grpc.StockStub(self.channel)
        self.reservations = reservations_pb2_grpc.ReservationsStub(self.channel)
        self.feed = feed_pb2_grpc.FeedStub(self.channel)

    @property
    def everything(self) -> tuple[tuple[str, str], ...]:
        """Metadata of a caller who may do everything, with a token of now."""
        return self.people.as_caller(EVERYTHING)

    @property
    def clock(self) -> SetClock:
        """The clock of both services."""
        return self.people.clock

    def caller(self, unit: str, permissions: frozenset[str] = INVENTORY_PERMISSIONS) -> tuple[tuple[str, str], ...]:
        """Metadata of a caller whose grant reaches a unit and what is below it."""
        return self.people.as_caller(HeldGrant(Scope.SUBTREE, UUID(unit.rpartition("/")[2]), permissions))

    def follow_people(self) -> None:
        """Reads people's feed on, as the timer does every second; no test waits for that second."""
        self.run_timer("organisation")

    def run_timer(self, kind: str) -> None:
        """Runs a timer's work once."""
        (timer,) = (timer for timer in self.service.runner.timers if timer.kind == kind)
        timer.function(None)  # type: ignore[arg-type]

    def item(self, code: str, unit: str = "piece", **more: Any) -> items.Item:
        """Puts an item on record."""
        wish = items.Item(**{"code": code, "display_name": code, "unit": unit, **more})
        return self.items.CreateItem(items.CreateItemRequest(item=wish), metadata=self.everything)

    def warehouse(self, unit: str, site: str, code: str = "MAIN") -> "KnownWarehouse":
        """Opens a warehouse."""
        wish = warehouses.Warehouse(code=code, title=text(code), site=site, unit=unit)
        request = warehouses.CreateWarehouseRequest(warehouse=wish)
        return KnownWarehouse(self, self.warehouses.CreateWarehouse(request, metadata=self.everything))


@dataclass
class KnownWarehouse:
    """A warehouse and what is done in it, in a line each."""

    inventory: InventoryService
    made: warehouses.Warehouse

    @property
    def name(self) -> str:
        """Its resource name."""
        return self.made.name

    def place(self, code: str, kind: warehouses.PlaceKind.ValueType = warehouses.PLACE_KIND_BIN) -> str:
        """Makes a place; answers its name."""
        wish = warehouses.Place(code=code, kind=kind)
        request = warehouses.CreatePlaceRequest(parent=self.name, place=wish)
        return self.inventory.warehouses.CreatePlace(request, metadata=self.inventory.everything).name

    def places(self) -> dict[str, str]:
        """Every place's name by code."""
        request = warehouses.ListPlacesRequest(parent=self.name, page_size=1000)
        answer = self.inventory.warehouses.ListPlaces(request, metadata=self.inventory.everything)
        return {place.code: place.name for place in answer.places}

    def post(
        self, *lines: stock.StockMovementLine, papers: Sequence[stock.Paper] = (NOTE, ORDER, SLIP), **more: Any
    ) -> stock.StockMovement:
        """Posts a movement."""
        metadata = more.pop("metadata", self.inventory.everything)
        wish = stock.StockMovement(**{"warehouse": self.name, "lines": lines, "papers": papers, **more})
        request = stock.PostStockMovementRequest(stock_movement=wish)
        return self.inventory.stock.PostStockMovement(request, metadata=metadata)

    def reverse(self, name: str, reason: str = "a slip of the pen", **more: Any) -> stock.StockMovement:
        """Reverses a movement."""
        request = stock.ReverseStockMovementRequest(name=name, reason=reason, **more)
        return self.inventory.stock.ReverseStockMovement(request, metadata=self.inventory.everything)

    def balances(self, **more: Any) -> list[stock.StockBalance]:
        """What is on hand and reserved, page by page."""
        request = stock.ListStockBalancesRequest(parent=self.name, page_size=1000, **more)
        found: list[stock.StockBalance] = []
        while True:
            answer = self.inventory.stock.ListStockBalances(request, metadata=self.inventory.everything)
            found += answer.stock_balances
            if not answer.next_page_token:
                return found
            request.page_token = answer.next_page_token

    def on_hand(self, item: items.Item) -> dict[str, tuple[str, str]]:
        """On hand and reserved of an item by the code of the place."""
        codes = {name: code for code, name in self.places().items()}
        found = self.balances(item=item.name)
        return {codes[one.place]: (one.on_hand.value, one.reserved.value) for one in found}

    def card(self, balance: str, **more: Any) -> list[stock.CardEntry]:
        """The entries of a card."""
        request = stock.ListCardEntriesRequest(parent=balance, page_size=1000, **more)
        return list(self.inventory.stock.ListCardEntries(request, metadata=self.inventory.everything).card_entries)

    def reserve(
        self, *wanted: tuple[items.Item, str], name: str = "", metadata: Any = None, **more: Any
    ) -> reservations.StockReservation:
        """Reserves so much of each item, under a new id where none is given."""
        lines = [
            reservations.StockReservationLine(item=item.name, quantity=Quantity(value=value)) for item, value in wanted
        ]
        named = name or f"stockReservations/{uuid4()}"
        wish = reservations.StockReservation(name=named, warehouse=self.name, lines=lines, **more)
        request = reservations.CreateStockReservationRequest(stock_reservation=wish)
        return self.inventory.reservations.CreateStockReservation(
            request, metadata=metadata or self.inventory.everything
        )

    def confirm(self, name: str) -> reservations.StockReservation:
        """Confirms a reservation."""
        request = reservations.ConfirmStockReservationRequest(name=name)
        return self.inventory.reservations.ConfirmStockReservation(request, metadata=self.inventory.everything)

    def release(self, name: str) -> reservations.StockReservation:
        """Releases a reservation."""
        request = reservations.ReleaseStockReservationRequest(name=name, warehouse=self.name)
        return self.inventory.reservations.ReleaseStockReservation(request, metadata=self.inventory.everything)

    def reservation(self, name: str) -> reservations.StockReservation:
        """A reservation as it stands."""
        request = reservations.GetStockReservationRequest(name=name)
        return self.inventory.reservations.GetStockReservation(request, metadata=self.inventory.everything)


def line(item: items.Item, origin: str, target: str, value: str, **more: Any) -> stock.StockMovementLine:
    """So much of an item from a place to another."""
    quantity = Quantity(value=value, unit=more.pop("unit", ""))
    return stock.StockMovementLine(item=item.name, from_place=origin, to_place=target, quantity=quantity, **more)


@contextmanager
def inventory_service(databases: Databases, clock: SetClock | None = None, **more: Any) -> Iterator[InventoryService]:
    """Both services, talking in process; `more` are settings of inventory."""
    with people_service(databases, clock) as people, inventory_beside(databases, people, **more) as inventory:
        yield inventory


@contextmanager
def inventory_beside(databases: Databases, people: PeopleService, **more: Any) -> Iterator[InventoryService]:
    """Inventory beside a people service that is there; `more` are its settings."""
    url = migrated_url(databases)
    told = InventorySettings(database_url=url, master_key=MASTER_KEY, **more)
    service = build(told, channels={"people": people.channel}, clock=people.clock)
    try:
        yield InventoryService(service, people, url)
    finally:
        service.close()
        databases.drop(url_of_admin(databases, url))
