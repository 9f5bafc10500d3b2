"""Builds the inventory service: the only file that knows all the others."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import grpc
from bylaw.inventory.v1 import audit_pb2, feed_pb2, items_pb2, reservations_pb2, stock_pb2, warehouses_pb2
from bylaw_chassis.clock import Clock, system_clock
from bylaw_chassis.decisions.line import DecisionLine
from bylaw_chassis.feed_rpc import FeedRpc
from bylaw_chassis.jobs import Lease, Timer
from bylaw_chassis.member import member
from bylaw_chassis.migrate import Migrations
from bylaw_chassis.notices import telling
from bylaw_chassis.server import Server
from bylaw_chassis.serving import Service
from bylaw_chassis.settings import ServiceSettings
from pydantic import Field

from bylaw_inventory.apps.books import Books, BookSettings
from bylaw_inventory.apps.codes import add_codes
from bylaw_inventory.apps.decisions import asking, decision_ends
from bylaw_inventory.apps.goods import LISTED, GoodsSettings, add_goods
from bylaw_inventory.apps.house import HouseSettings, add_house
from bylaw_inventory.apps.levels import LevelSettings, add_levels
from bylaw_inventory.apps.papers import add_papers
from bylaw_inventory.apps.parcels import add_parcels
from bylaw_inventory.apps.picking import add_picking
from bylaw_inventory.apps.posting import posting_of
from bylaw_inventory.apps.receiving import ReceivingSettings, add_receiving
from bylaw_inventory.apps.reserving import reservation_calls
from bylaw_inventory.apps.returns import add_returns
from bylaw_inventory.apps.special import add_special_goods
from bylaw_inventory.apps.stocktakes import StocktakeSettings, add_stocktakes
from bylaw_inventory.rpc.items import ItemCalls
from bylaw_inventory.rpc.stock import StockCalls
from bylaw_inventory.rpc.warehouses import WarehouseCalls
from bylaw_inventory.store import items, ledger, movements, units, warehouses
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.goods.keep_items import KeepItems
from bylaw_inventory.use_cases.goods.keep_warehouses import KeepWarehouses
from bylaw_inventory.use_cases.stock.show_stock import ShowStock

NAME = "inventory"
EXPIRE_SECONDS = 5.0
MIGRATIONS = Migrations(
    NAME,
    Path(__file__).parent / "store" / "migrations",
    (
        "lots",
        "movements",
        "movement_lines",
        "entries",
        "prices",
        "price_withdrawals",
        "stocktake_counts",
        "stocktake_results",
        "stocktake_signatures",
        "closed_days",
        "spot_counts",
        "month_hand_overs",
        "delivery_note_lines",
        "delivery_counts",
        "delivery_accepted",
        "delivery_photos",
        "visit_entries",
        "house_rounds",
        "round_photos",
        "stock_proposal_outcomes",
        "paper_rules",
        "refused_movements",
        "parcels",
        "parcel_receipts",
        "special_goods",
        "pack_lines",
        "pack_scans",
        "pack_rules",
        "return_photos",
    ),
)


class InventorySettings(
    ServiceSettings, GoodsSettings, HouseSettings, LevelSettings, BookSettings, ReceivingSettings, StocktakeSettings
):
    """What the service is told; `people_address` counts only where people is another process."""

    people_address: str = Field("people:50051", description="Where people answers gRPC.")


def build(settings: InventorySettings, *, channels: Mapping[str, grpc.Channel], clock: Clock = system_clock) -> Service:
    """The service over its database and its neighbours; `channels["people"]` reaches people."""
    decided = DecisionLine(NAME, decision_ends())
    own = member(NAME, settings, channels, clock=clock, handlers=decided.hearers())
    database, tokens, server = own.database, own.page_tokens, own.server()
    finding = Finding(database, own.organisation, warehouses)
    reserved = reservation_calls(database, finding, tokens)
    posting = posting_of(database, finding, settings.book_days_back)
    marks = add_special_goods(server, own, finding)
    _add(server, items_pb2, "Items", ItemCalls(KeepItems(database, items, units, LISTED), marks, tokens))
    _add(server, warehouses_pb2, "Warehouses", WarehouseCalls(KeepWarehouses(database, finding, warehouses), tokens))
    _add(server, stock_pb2, "Stock", StockCalls(posting, ShowStock(database, finding, movements, ledger), tokens))
    _add(server, reservations_pb2, "Reservations", reserved)
    _add(server, audit_pb2, "Audit", own.audit_calls(audit_pb2.DESCRIPTOR.services_by_name["Audit"]))
    _add(server, feed_pb2, "Feed", FeedRpc(database, feed_pb2.Event, feed_pb2.ListEventsResponse))

    add_papers(server, own, finding)
    add_codes(server, own, finding)
    add_parcels(server, own, finding)
    add_picking(server, own, finding)
    counted = add_stocktakes(server, own, finding, asking(own), reminds=settings.stocktake_duties)
    goods = add_goods(server, own, finding, settings, posting)
    received = add_receiving(server, own, finding, posting, settings)
    housed = add_house(server, own, finding, settings)
    add_levels(server, own, finding, settings)
    kept = Books(own, finding, posting, settings)
    kept.add(server)

    def expire(_lease: Lease) -> None:
        while reserved.reserve.expire_one():
            pass

    timers = (
        Timer("expire-reservations", EXPIRE_SECONDS, expire),
        decided.timer(database),
        *counted,
        *goods,
        *received,
        *housed,
        *add_returns(server, own, finding, asking(own), posting=posting, settings=settings),
        *kept.timers,
    )
    return own.hosted(server, jobs={**telling(own), **kept.jobs}, timers=timers)


def _add(server: Server, module: Any, service: str, servicer: object) -> None:
    server.add(module.DESCRIPTOR.services_by_name[service], servicer)
