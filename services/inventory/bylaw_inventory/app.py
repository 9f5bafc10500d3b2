"""Builds the inventory service: the only file that knows all the others."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import grpc
from bylaw.inventory.v1 import audit_pb2, feed_pb2, items_pb2, reservations_pb2, stock_pb2, warehouses_pb2
from bylaw_chassis.clock import Clock, system_clock
from bylaw_chassis.feed_rpc import FeedRpc
from bylaw_chassis.jobs import Lease, Timer
from bylaw_chassis.member import member
from bylaw_chassis.migrate import Migrations
from bylaw_chassis.server import Server
from bylaw_chassis.serving import Service
from bylaw_chassis.settings import ServiceSettings
from pydantic import Field

from bylaw_inventory.rpc.items import ItemCalls
from bylaw_inventory.rpc.reservations import ReservationCalls
from bylaw_inventory.rpc.stock import StockCalls
from bylaw_inventory.rpc.warehouses import WarehouseCalls
from bylaw_inventory.store import items, ledger, movements, reservations, reserving, warehouses
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.goods.keep_items import KeepItems
from bylaw_inventory.use_cases.goods.keep_warehouses import KeepWarehouses
from bylaw_inventory.use_cases.reserving.reserve import Reserve
from bylaw_inventory.use_cases.stock.booking import Booking
from bylaw_inventory.use_cases.stock.post_movement import PostMovement
from bylaw_inventory.use_cases.stock.show_stock import ShowStock

NAME = "inventory"
EXPIRE_SECONDS = 5.0
MIGRATIONS = Migrations(
    NAME, Path(__file__).parent / "store" / "migrations", ("lots", "movements", "movement_lines", "entries")
)


class InventorySettings(ServiceSettings):
    """What the service is told; `people_address` counts only where people is another process."""

    people_address: str = Field("people:50051", description="Where people answers gRPC.")
    book_days_back: int = Field(
        1, ge=0, le=366, description="Days after its own for which the books still take an entry (WHS-4)."
    )


def build(settings: InventorySettings, *, channels: Mapping[str, grpc.Channel], clock: Clock = system_clock) -> Service:
    """The service over its database and its neighbours; `channels["people"]` reaches people."""
    own = member(NAME, settings, channels, clock=clock)
    database, tokens, server = own.database, own.page_tokens, own.server()
    finding = Finding(database, own.organisation, warehouses)
    reserve = Reserve(database, finding, ledger, reserving, reservations)
    stores = (items, warehouses, movements, reservations)
    posting = PostMovement(database, finding, *stores, Booking(ledger), settings.book_days_back)
    _add(server, items_pb2, "Items", ItemCalls(KeepItems(database, items), tokens))
    _add(server, warehouses_pb2, "Warehouses", WarehouseCalls(KeepWarehouses(database, finding, warehouses), tokens))
    _add(server, stock_pb2, "Stock", StockCalls(posting, ShowStock(database, finding, movements, ledger), tokens))
    _add(server, reservations_pb2, "Reservations", ReservationCalls(reserve, tokens))
    _add(server, audit_pb2, "Audit", own.audit_calls(audit_pb2.DESCRIPTOR.services_by_name["Audit"]))
    _add(server, feed_pb2, "Feed", FeedRpc(database, feed_pb2.Event, feed_pb2.ListEventsResponse))

    def expire(_lease: Lease) -> None:
        while reserve.expire_one():
            pass

    return own.hosted(server, timers=(Timer("expire-reservations", EXPIRE_SECONDS, expire),))


def _add(server: Server, module: Any, service: str, servicer: object) -> None:
    server.add(module.DESCRIPTOR.services_by_name[service], servicer)
